// @ts-check
// Next.js: one application with a route in Node, a route in the edge runtime, and a client component.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { browser, NAMES } from "../support/browsers.mjs";
import { consumer, entryAmong } from "../support/consumer.mjs";
import { run, start } from "../support/processes.mjs";
import { inRuntime, NO_CONTEXT } from "../support/runtime.mjs";
import { runtimes, scriptOf, versionOf } from "../support/tools.mjs";

const here = (/** @type {string} */ name) => new URL(name, import.meta.url);
const files = { app: here("app"), "next.config.mjs": here("next.config.mjs") };
// Inside this folder: Next.js has to be found from the application, and takes no links.
const folder = await consumer(files, { parent: join(runtimes, ".consumers") });
const next = scriptOf("next");
const version = versionOf("next");
const options = { cwd: folder, env: { TOOLS: runtimes } };

/** @type {Promise<{ url: string, output: () => string }> | undefined} */
let running;

/** The application, once it is built and started: where it is, and what it has printed. */
function application() {
  running ??= (async () => {
    await run(process.execPath, [next, "build"], options);
    const server = start(process.execPath, [next, "start", "--hostname", "127.0.0.1", "--port", "0"], options);
    const [, url] = await server.prints(/(http:\/\/127\.0\.0\.1:\d+)[\s\S]*Ready in/);
    return { url, output: server.output };
  })();
  return running;
}

/** The entry of the package in the bundles of one part of the application. @param {string} part of .next */
async function entryIn(part) {
  const path = join(folder, ".next", part);
  const maps = (await readdir(path)).filter((name) => name.endsWith(".map"));
  const texts = await Promise.all(maps.map((name) => readFile(join(path, name), "utf8")));
  return entryAmong(
    folder,
    texts.flatMap((text) => text.match(/node_modules\/auriko-wasm\/dist\/[\w.]+/g) ?? []),
  );
}

for (const [how, path, part, entry] of [
  ["Node route", "node", "server/chunks", "index.js"],
  ["edge route", "edge", "server/edge/chunks", "edge.js"],
]) {
  inRuntime({ runtime: "Next.js", how, entry }, async (gateway) => {
    const { url, output } = await application();
    const response = await fetch(`${url}/${path}?gateway=${gateway}`);
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}\n${output()}`);
    return { version, entry: await entryIn(part), results: JSON.parse(text) };
  });
}

for (const where of NAMES) {
  const expected = { runtime: "Next.js", how: "client component", where, entry: "index.js", skips: NO_CONTEXT };
  inRuntime(expected, async (gateway) => {
    const { url } = await application();
    const { results } = await (await browser(where)).outcomeOf(`${url}/?gateway=${gateway}`);
    return { version, entry: await entryIn("static/chunks"), results };
  });
}
