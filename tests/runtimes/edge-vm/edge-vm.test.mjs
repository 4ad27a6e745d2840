// @ts-check
// Vercel's edge runtime, of which @edge-runtime/vm is the local form.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { consumer, entryAmong } from "../support/consumer.mjs";
import { run } from "../support/processes.mjs";
import { inRuntime } from "../support/runtime.mjs";
import { versionOf } from "../support/tools.mjs";

const folder = await consumer({ "route.mjs": new URL("route.mjs", import.meta.url) }, { openai: true });

/** The one file that the host instantiates ahead, as Vercel's build does. @type {import("esbuild").Plugin} */
const wasmModule = {
  name: "wasm-module",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm\?module$/ }, ({ path }) => ({ path, namespace: "wasm-module" }));
    onLoad({ filter: /.*/, namespace: "wasm-module" }, () => ({ contents: "export default globalThis.wasm" }));
  },
};

inRuntime(
  { runtime: "Vercel Edge (@edge-runtime/vm)", how: "no code generation", entry: "edge.js", openai: true },
  async (gateway) => {
    const outfile = join(folder, "bundle.js");
    const { metafile } = await build({
      absWorkingDir: folder,
      entryPoints: ["route.mjs"],
      outfile,
      bundle: true,
      format: "iife",
      conditions: ["edge-light"],
      plugins: [wasmModule],
      metafile: true,
    });
    const host = fileURLToPath(new URL("host.mjs", import.meta.url));
    const wasm = join(folder, "node_modules/auriko-wasm/dist/auriko_wasm_bg.wasm");
    const output = await run(process.execPath, [host, outfile, wasm, gateway]);
    return {
      version: versionOf("@edge-runtime/vm"),
      entry: await entryAmong(folder, Object.keys(metafile.inputs)),
      results: JSON.parse(output),
    };
  },
);
