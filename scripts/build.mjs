// @ts-check
// Makes the entries of pkg/dist from pkg/src and what wasm-pack left in pkg/wasm.
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../", import.meta.url));
const pkg = `${root}pkg/`;
const WASM = "auriko_wasm_bg.wasm";
// Built beside and moved at the end: who imports the package meanwhile finds the old one.
const out = `${pkg}dist.new/`;

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

/** The edge entry imports the file itself, which lies beside it. @type {import("esbuild").Plugin} */
const module = {
  name: "module",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm\?module$/ }, () => ({ path: `./${WASM}?module`, external: true }));
  },
};

/** @type {import("esbuild").BuildOptions} */
const options = {
  outdir: out,
  bundle: true,
  platform: "neutral",
  // Keeps a way to decode base64 where Uint8Array.fromBase64 is missing.
  target: "es2022",
  loader: { ".wasm": "binary" },
  plugins: [originals, module],
  // Not minified: bundlers of web apps do that, and everybody else wants stack traces that can be read.
  legalComments: "none",
  logLevel: "warning",
};

await rm(out, { recursive: true, force: true });
const entries = ["index", "edge", "slim"].map((name) => `${pkg}src/${name}.js`);
// What the entries share, the glue above all, is one file.
await build({ ...options, entryPoints: entries, format: "esm", splitting: true, chunkNames: "shared" });
await build({ ...options, entryPoints: [`${pkg}src/index.js`], format: "cjs", outExtension: { ".js": ".cjs" } });
await copyFile(`${pkg}wasm/${WASM}`, out + WASM);
for (const file of ["README.md", "LICENSE"]) await copyFile(root + file, pkg + file);

// The same declarations again for those who use require(): TypeScript goes by the name of the file.
const types = `${out}types/`;
await mkdir(types);
for (const file of await readdir(`${pkg}types`)) {
  const text = await readFile(`${pkg}types/${file}`, "utf8");
  await writeFile(types + file.replace(/\.d\.ts$/, ".d.cts"), text.replaceAll(/(from "\.[^"]*)\.js"/g, '$1.cjs"'));
}

await rm(`${pkg}dist`, { recursive: true, force: true });
await rename(out, `${pkg}dist`);
