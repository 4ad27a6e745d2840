// @ts-check
// Makes the entries of pkg/dist from pkg/src and what wasm-pack left in pkg/wasm.
import { copyFile, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const pkg = fileURLToPath(new URL("../pkg/", import.meta.url));

/**
 * The glue imports the JavaScript of the crate from copies in a folder with a hash in its name. The
 * package has the originals, and must not have two copies of its error classes.
 * @type {import("esbuild").Plugin}
 */
const originals = {
  name: "originals",
  setup({ onResolve }) {
    onResolve({ filter: /\/snippets\/.*\/pkg\/src\// }, ({ path }) => ({
      path: `${pkg}src/${path.split("/pkg/src/")[1]}`,
    }));
  },
};

await rm(`${pkg}dist`, { recursive: true, force: true });
await build({
  entryPoints: [`${pkg}src/index.js`],
  outdir: `${pkg}dist`,
  bundle: true,
  format: "esm",
  platform: "neutral",
  target: "es2022",
  // Not minified: an uncaught error makes Node print the line that threw it, which then would be all of
  // this, the wasm included. Bundlers of web apps minify in any case.
  legalComments: "none",
  loader: { ".wasm": "binary" },
  plugins: [originals],
  logLevel: "warning",
});
await copyFile(`${pkg}wasm/auriko_wasm_bg.wasm`, `${pkg}dist/auriko_wasm_bg.wasm`);
for (const file of ["README.md", "LICENSE"]) await copyFile(`${pkg}../${file}`, pkg + file);
