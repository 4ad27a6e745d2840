// @ts-check
// The proxy in each runtime, started the way its README says, from a project that has the package installed.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { consumer } from "../../runtimes/support/consumer.mjs";
import { start } from "../../runtimes/support/processes.mjs";
import { binaryOf } from "../../runtimes/support/tools.mjs";
import { startWorkerd } from "./workerd.mjs";

/** @typedef {Record<string, string>} Env */

const FILES = ["proxy", "rules", "node-http", "node", "deno", "bun", "worker", "vercel"].map((name) => `${name}.mjs`);
const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

export function project() {
  const sources = [...FILES, "wrangler.json"].map((name) => [
    name,
    new URL(`../../../examples/edge-proxy/${name}`, import.meta.url),
  ]);
  return consumer(Object.fromEntries(sources));
}

/** @param {string} command @param {string[]} args */
const program = (command, args) => async (/** @type {string} */ cwd, /** @type {Env} */ env) => {
  const [url] = await start(command, args, { cwd, env: { ...env, PORT: "0" } }).prints(/^http:\/\/\S+(?=\/v1$)/m);
  return url;
};

/** What Vercel's build does: one script, and the wasm compiled ahead. @param {string} cwd @param {Env} env */
async function edgeVm(cwd, env) {
  await build({
    absWorkingDir: cwd,
    entryPoints: ["vercel.mjs"],
    outfile: join(cwd, "vercel.js"),
    bundle: true,
    format: "iife",
    globalName: "route",
    conditions: ["edge-light"],
    plugins: [
      {
        name: "wasm-module",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "wasm-module" }));
          onLoad({ filter: /.*/, namespace: "wasm-module" }, () => ({ contents: "export default globalThis.wasm" }));
        },
      },
    ],
  });
  return program(process.execPath, [here("edge-vm.mjs")])(cwd, env);
}

/** @type {Record<string, (cwd: string, env: Env) => Promise<string>>} */
const HOSTS = {
  "Node.js": program(process.execPath, ["node.mjs"]),
  Deno: program(binaryOf("deno", "deno"), ["run", "--no-prompt", "--allow-net=127.0.0.1", "--allow-env", "deno.mjs"]),
  Bun: program(binaryOf("bun", "bin/bun"), ["bun.mjs"]),
  "Cloudflare Workers": async (cwd, env) => (await startWorkerd(cwd, env)).url,
  "Vercel Edge": edgeVm,
};

export const NAMES = Object.keys(HOSTS);

/** Starts all of them, each with its base URL. @param {Env} env @returns {Promise<Record<string, string>>} */
export async function startAll(env) {
  const cwd = await project();
  return Object.fromEntries(await Promise.all(NAMES.map(async (name) => [name, `${await HOSTS[name](cwd, env)}/v1`])));
}
