// @ts-check
// What a bundler makes of both entries together: one core, started once.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { KEY, params, Run } from "../local.mjs";
import { installed } from "../package.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));
const wasm = fileURLToPath(new URL("../../../pkg/dist/auriko_wasm_bg.wasm", import.meta.url));

/** How often WebAssembly is instantiated while something runs. @template T @param {() => Promise<T>} run */
async function instances(run) {
  const { Instance } = WebAssembly;
  let count = 0;
  WebAssembly.Instance = new Proxy(Instance, {
    construct(target, given) {
      count++;
      return Reflect.construct(target, given);
    },
  });
  try {
    return { result: await run(), count };
  } finally {
    WebAssembly.Instance = Instance;
  }
}

/** Edge runtimes give a compiled module for this. @type {import("esbuild").Plugin} */
const compiled = {
  name: "compiled",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.wasm\?module$/ }, () => ({ path: wasm, namespace: "compiled" }));
    onLoad({ filter: /.*/, namespace: "compiled" }, async () => ({
      contents: `export default new WebAssembly.Module(Uint8Array.from(atob("${(await readFile(wasm)).toString("base64")}"), (c) => c.charCodeAt(0)))`,
    }));
  },
};

for (const [runtime, conditions, entry] of /** @type {const} */ ([
  ["a browser or Node", [], "index.js"],
  ["workerd", ["workerd", "worker"], "edge.js"],
  ["an edge function", ["edge-light"], "edge.js"],
])) {
  test(`for ${runtime}`, async () => {
    const out = await mkdtemp(join(tmpdir(), "auriko-wasm-"));
    try {
      const outfile = join(out, "bundle.mjs");
      const { metafile } = await build({
        stdin: {
          contents: `export { AurikoOpenAI, RateLimitError as One } from "auriko-wasm/openai";
            export { AurikoClient, RateLimitError as Other } from "auriko-wasm";`,
          resolveDir: here,
        },
        // The workspace's copy has no openai beside it.
        alias: { openai: fileURLToPath(new URL("../node_modules/openai", import.meta.url)) },
        bundle: true,
        format: "esm",
        metafile: true,
        outfile,
        conditions: [...conditions, "import"],
        external: ["node:*"],
        plugins: [compiled],
        logLevel: "error",
      });
      const inputs = Object.keys(metafile.inputs).filter((path) => /pkg\/dist\/(index|edge)\.js$/.test(path));
      assert.deepEqual(
        inputs.map((path) => path.split("/").at(-1)),
        [entry],
      );
      const { result, count } = await instances(() => import(pathToFileURL(outfile).href));
      assert.equal(count, 1);
      assert.equal(result.One, result.Other);
      const run = new Run();
      const client = new result.AurikoOpenAI({ apiKey: KEY, baseURL: run.url() });
      await client.chat.completions.create(params());
      assert.equal(client.lastRoutingMetadata.model_canonical, "gpt-5.4");
    } finally {
      await rm(out, { recursive: true });
    }
  });
}

test("import and require start one core each, for both entries", async () => {
  const { result, count } = await instances(() => installed());
  assert.equal(count, 2);
  for (const { auriko, entry } of [result.esm, result.cjs]) {
    assert.equal(auriko.RateLimitError, entry.RateLimitError);
    assert.equal(auriko.toAurikoError, entry.toAurikoError);
  }
});

test("auriko-wasm/openai exports this and nothing else, by import and by require", async () => {
  const { esm, cjs } = await installed();
  const errors = Object.keys(esm.auriko).filter((name) => name.endsWith("Error") && name !== "toAurikoError");
  const names = ["AurikoOpenAI", "aurikoMetadataExtractor", "toAurikoError", ...errors].sort();
  assert.deepEqual(Object.keys(esm.entry).sort(), names);
  assert.deepEqual(Object.keys(cjs.entry).sort(), names);
});
