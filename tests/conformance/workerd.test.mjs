// @ts-check
// The cases in workerd, the runtime of Cloudflare Workers.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { nameOf } from "./harness.mjs";
import { bundled } from "./hosts/bundle.mjs";
import { drive } from "./hosts/drive.mjs";

// It starts workerd, and belongs to wrangler: so it is installed with the other runtimes.
const { Miniflare } = createRequire(new URL("../runtimes/package.json", import.meta.url))("miniflare");
const wasm = new URL("../../pkg/dist/auriko_wasm_bg.wasm", import.meta.url);
const worker = new Miniflare({
  compatibilityDate: "2026-04-01",
  modules: [
    {
      type: "ESModule",
      path: "worker.mjs",
      contents: await bundled("worker.mjs", { conditions: ["workerd"], external: ["*.wasm?module"] }),
    },
    { type: "CompiledWasm", path: "auriko_wasm_bg.wasm?module", contents: await readFile(wasm) },
  ],
});
await worker.ready;

await drive("workerd", {
  sideBySide: 8,
  async run(one, gateway) {
    const body = JSON.stringify({ name: nameOf(one), gateway });
    const response = await worker.dispatchFetch("http://cases/", { method: "POST", body });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    const { failure, strays } = JSON.parse(text);
    if (failure) throw new Error(failure);
    if (strays.length > 0) throw new Error(`nobody in the worker has caught these: ${strays.join("\n")}`);
  },
  end: () => worker.dispose(),
});
