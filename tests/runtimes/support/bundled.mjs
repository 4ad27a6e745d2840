// @ts-check
// What a bundler makes of a page, run in every browser.
import { browser, NAMES } from "./browsers.mjs";
import { consumer, entryAmong } from "./consumer.mjs";
import { inRuntime, NO_CONTEXT } from "./runtime.mjs";
import { serve } from "./site.mjs";

/** A project with a page, ready to be bundled: index.html asks for main.js. */
export const pageToBundle = () =>
  consumer({
    "index.html": new URL("page.html", import.meta.url),
    "main.js": new URL("page.mjs", import.meta.url),
  });

/**
 * @param {string} folder of the project
 * @param {{ runtime: string, how: string, version: string }} tool
 * @param {() => Promise<{ url: string, modules: () => Iterable<string> }>} prepare bundles, and says where the page
 *   is, and, once it was opened, which modules went into it
 */
export function inBrowsers(folder, { runtime, how, version }, prepare) {
  /** @type {ReturnType<typeof prepare> | undefined} */
  let prepared;
  for (const where of NAMES) {
    inRuntime({ runtime, how, where, entry: "index.js", skips: NO_CONTEXT }, async (gateway) => {
      prepared ??= prepare();
      const { url, modules } = await prepared;
      const { outcomeOf } = await browser(where);
      const { results } = await outcomeOf(`${url}/?gateway=${gateway}`);
      return { version, entry: await entryAmong(folder, modules()), results };
    });
  }
}

/** The address of a page that lies in a folder. @param {string} folder */
export const addressOf = async (folder) => (await serve(folder)).url;
