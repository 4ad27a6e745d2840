// @ts-check
// The cases in a page of headless Chromium.
import { createServer } from "node:http";
import { chromium } from "playwright-core";
import { nameOf } from "./harness.mjs";
import { bundled } from "./hosts/bundle.mjs";
import { drive } from "./hosts/drive.mjs";

const script = await bundled("page.mjs");
const server = createServer((request, response) => {
  const isScript = request.url === "/cases.js";
  response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
  response.end(
    isScript ? script : '<!doctype html><title>cases</title><script type="module" src="/cases.js"></script>',
  );
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
});
const page = await browser.newPage();
/** What nobody in the page has caught. @type {Error[]} */
const uncaught = [];
page.on("pageerror", (error) => uncaught.push(error));
await page.goto(`http://127.0.0.1:${port}/`);
await page.waitForFunction("globalThis.runCase");

await drive("chromium", {
  // A browser opens six connections to one host at the most.
  sideBySide: 3,
  // To use a connection again, Chromium now and then reads on for five seconds what the page has given up; cases
  // see by the end of the connection that it is given up at once.
  keepAlive: false,
  async run(one, gateway) {
    const failure = await page.evaluate(
      ([name, gateway]) => /** @type {any} */ (globalThis).runCase(name, gateway),
      [nameOf(one), gateway],
    );
    if (failure) throw new Error(failure);
    const strays = uncaught.splice(0).map((error) => error.stack ?? String(error));
    if (strays.length > 0) throw new Error(`nobody in the page has caught these: ${strays.join("\n")}`);
  },
  async end() {
    await browser.close();
    server.close();
  },
});
