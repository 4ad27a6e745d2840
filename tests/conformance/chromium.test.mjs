// @ts-check
// The cases in a page of headless Chromium.
import { createServer } from "node:http";
import { after, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { startGateway } from "../../gateway/server.mjs";
import "./cases/index.mjs";
import { casesFor } from "./harness.mjs";

const gateway = await startGateway();
const bundle = await build({
  stdin: {
    contents: `
      import * as auriko from "auriko-wasm";
      import "./cases/index.mjs";
      import { cases, Context } from "./harness.mjs";
      globalThis.runCase = async (id, title, gateway) => {
        const { run } = cases.find((one) => one.id === id && one.title === title);
        try { await run(new Context(auriko, gateway, "chromium")); return null; }
        catch (error) { return error?.stack ?? String(error); }
      };`,
    resolveDir: fileURLToPath(new URL(".", import.meta.url)),
  },
  bundle: true,
  format: "esm",
  write: false,
  logLevel: "warning",
});
const script = bundle.outputFiles[0].text;
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
await page.goto(`http://127.0.0.1:${port}/`);
await page.waitForFunction("globalThis.runCase");
after(async () => {
  await browser.close();
  server.close();
  await gateway.close();
});

const { together, alone } = casesFor("chromium");
for (const [name, some, concurrency] of /** @type {const} */ ([
  // A browser opens six connections to one host at the most.
  ["side by side", together, 3],
  ["alone", alone, 1],
])) {
  describe(`Chromium, ${name}`, { concurrency }, () => {
    for (const { id, title } of some) {
      test(`${id}: ${title}`, async () => {
        const failure = await page.evaluate(
          (/** @type {string[]} */ [id, title, gateway]) => /** @type {any} */ (globalThis).runCase(id, title, gateway),
          [id, title, gateway.url],
        );
        if (failure) throw new Error(failure);
      });
    }
  });
}
