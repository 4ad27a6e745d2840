// @ts-check
// Cloudflare's runtime, as `wrangler dev` runs it here.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { consumer, entryAmong } from "../support/consumer.mjs";
import { run, start } from "../support/processes.mjs";
import { inRuntime } from "../support/runtime.mjs";
import { scriptOf, versionOf } from "../support/tools.mjs";

const folder = await consumer(
  {
    "worker.mjs": new URL("worker.mjs", import.meta.url),
    "wrangler.json": new URL("wrangler.json", import.meta.url),
  },
  { openai: true },
);
const wrangler = scriptOf("wrangler");

/** What wrangler bundles of the package. @param {string[]} compatibility */
async function entry(compatibility) {
  const options = ["--dry-run", "--outdir", "out", "--metafile", "meta.json", ...compatibility];
  await run(process.execPath, [wrangler, "deploy", ...options], { cwd: folder });
  const { inputs } = JSON.parse(await readFile(join(folder, "meta.json"), "utf8"));
  return entryAmong(folder, Object.keys(inputs));
}

for (const [how, date, flag] of [
  // Before 2025-06-01 it compiles no wasm even at its start: the package has to come with a module.
  ["wrangler", "2025-05-01", "nodejs_als"],
  ["wrangler with nodejs_compat", "2026-04-01", "nodejs_compat"],
]) {
  const compatibility = ["--compatibility-date", date, "--compatibility-flags", flag];
  inRuntime({ runtime: "Cloudflare Workers (workerd)", how, entry: "edge.js", openai: true }, async (gateway) => {
    const options = ["--ip", "127.0.0.1", "--port", "0", "--inspector-port", "0", ...compatibility];
    const dev = start(process.execPath, [wrangler, "dev", ...options], { cwd: folder });
    try {
      const [, url] = await dev.prints(/Ready on (http:\/\/127\.0\.0\.1:\d+)/);
      const response = await fetch(`${url}/?gateway=${gateway}`);
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status} ${text}\n${dev.output()}`);
      return { version: versionOf("workerd"), entry: await entry(compatibility), results: JSON.parse(text) };
    } finally {
      await dev.end();
    }
  });
}
