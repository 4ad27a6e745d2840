// @ts-check
// By how much an app grows that imports the client, in bytes as brotli sends them.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { build } from "esbuild";

const dist = fileURLToPath(new URL("../../pkg/dist/", import.meta.url));

/** A web app: one script, with the core inside. */
export const browser = async () => compressed(await bundled("index.js"));

/** An edge function: its script, and the core as a module beside it. */
export const edge = async () =>
  compressed(await bundled("edge.js")) + compressed(await readFile(`${dist}auriko_wasm_bg.wasm`));

/** @param {string} entry */
async function bundled(entry) {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { AurikoClient } from "./${entry}"; globalThis.client = new AurikoClient();`,
      resolveDir: dist,
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    external: ["*.wasm?module"],
    write: false,
    logLevel: "error",
  });
  return outputFiles[0].contents;
}

/** @param {Uint8Array} bytes */
const compressed = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
