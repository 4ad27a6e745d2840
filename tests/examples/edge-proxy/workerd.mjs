// @ts-check
// Cloudflare's runtime, with what `wrangler deploy` would send there. (`wrangler dev` is this with a proxy in front,
// which does not notice when a visitor leaves.)
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run, start } from "../../runtimes/support/processes.mjs";
import { binaryOf, scriptOf } from "../../runtimes/support/tools.mjs";

/** @param {string} cwd the project @param {Record<string, string>} env */
export async function startWorkerd(cwd, env) {
  await run(process.execPath, [scriptOf("wrangler"), "deploy", "--dry-run", "--outdir", "out"], { cwd });
  const { compatibility_date: date } = JSON.parse(await readFile(join(cwd, "wrangler.json"), "utf8"));
  const wasm = (await readdir(join(cwd, "out"))).find((name) => name.endsWith(".wasm"));
  const bindings = Object.entries(env).map(([name, text]) => `(name = ${quoted(name)}, text = ${quoted(text)})`);
  await writeFile(
    join(cwd, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
     const config :Workerd.Config = (
       services = [(name = "proxy", worker = .proxy), (name = "internet", network = (allow = ["private"]))],
       # What a worker has on Cloudflare. Without a limit, garbage is collected late.
       v8Flags = ["--max-heap-size=128"],
       sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "proxy")],
     );
     const proxy :Workerd.Worker = (
       modules = [
         (name = "worker.js", esModule = embed "out/worker.js"),
         (name = ${quoted(`./${wasm}`)}, wasm = embed ${quoted(`out/${wasm}`)}),
       ],
       compatibilityDate = ${quoted(date)},
       bindings = [${bindings}],
     );`,
  );
  const workerd = start(binaryOf("workerd", "bin/workerd"), ["serve", "config.capnp", "--control-fd=1"], { cwd });
  const [, port] = await workerd.prints(/"port":(\d+)/);
  return { url: `http://127.0.0.1:${port}`, pid: workerd.pid };
}

/** @param {string} text */
const quoted = (text) => JSON.stringify(text);
