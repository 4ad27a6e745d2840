// @ts-check
// The suite in a page of headless Chromium.
import { createServer } from "node:http";
import { chromium } from "playwright-core";

/** Without these two, a page's clock has steps of 100 µs. */
const ISOLATED = {
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

const HTML = `<!doctype html><title>benchmarks</title><script type="module">
import { measure } from "/suite.js";
globalThis.measure = measure;
</script>`;

/** @param {string} script @param {boolean} quick */
export async function inChromium(script, quick) {
  const server = createServer((request, response) => {
    const isScript = request.url === "/suite.js";
    response.writeHead(200, { ...ISOLATED, "content-type": isScript ? "text/javascript" : "text/html" });
    response.end(isScript ? script : HTML);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    await page.waitForFunction("globalThis.measure");
    const measured = await page.evaluate((quick) => /** @type {any} */ (globalThis).measure(quick), quick);
    return { version: browser.version(), ...measured };
  } finally {
    await browser.close();
    server.close();
  }
}
