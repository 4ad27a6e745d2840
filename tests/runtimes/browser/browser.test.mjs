// @ts-check
// Browsers without a bundler: a page, a worker and a service worker, all of them modules.
import { readFile } from "node:fs/promises";
import { browser, NAMES } from "../support/browsers.mjs";
import { consumer, entryAmong } from "../support/consumer.mjs";
import { inRuntime, NO_CONTEXT } from "../support/runtime.mjs";
import { serve } from "../support/site.mjs";

const html = await readFile(new URL("../support/page.html", import.meta.url), "utf8");
const asking = html.replace("./main.js", "./ask.js");
const here = (/** @type {string} */ name) => new URL(name, import.meta.url);
const folder = await consumer({
  "main.js": here("../support/page.mjs"),
  "ask.js": here("ask.js"),
  "worker.mjs": here("worker.mjs"),
  "worker.html": asking,
  "service-worker.html": asking,
  "index.html": html.replace("<script type=", `<script type="importmap">${await importMap()}</script>\n<script type=`),
});

/** What a page has to say so that `import "auriko-wasm"` works without a bundler. */
async function importMap() {
  const { default: fallback } = JSON.parse(await readFile(here("../../../pkg/package.json"), "utf8")).exports["."];
  return JSON.stringify({ imports: { "auriko-wasm": `./node_modules/auriko-wasm/${fallback.default}` } });
}

for (const name of NAMES) {
  for (const [how, page] of [
    ["page", ""],
    ["module worker", "worker.html"],
    ["module service worker", "service-worker.html"],
  ]) {
    const expected = { runtime: name, how, entry: "index.js", skips: NO_CONTEXT, pinned: false };
    inRuntime(expected, async (gateway) => {
      const { outcomeOf, version } = await browser(name);
      const { url, asked } = await serve(folder);
      const { results } = await outcomeOf(`${url}/${page}?gateway=${gateway}`);
      return {
        version,
        entry: await entryAmong(
          folder,
          asked.map((path) => path.slice(1)),
        ),
        results,
      };
    });
  }
}
