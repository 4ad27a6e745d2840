// @ts-check
// Makes the entries of pkg/dist from pkg/src and what wasm-pack left in pkg/wasm.
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { pack } from "./pack.mjs";

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

/**
 * The entries for other libraries take the rest of the package from the files that were built before: there is one
 * instance of the core, and one of each class.
 * @type {import("esbuild").Plugin}
 */
const rest = {
  name: "rest",
  setup({ onResolve, initialOptions }) {
    const extension = initialOptions.outExtension?.[".js"] ?? ".js";
    onResolve({ filter: /^\.\/(index|edge|internal)\.js$/ }, ({ path }) => ({
      path: path.replace(".js", extension),
      external: true,
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

/** What becomes of the glue: what stands there, and what in its place. @type {[RegExp, string][]} */
const edits = [
  // The core is called by way of pkg/src/guard.js.
  [/wasm = instance\.exports;/g, "wasm = guarded(instance.exports);"],
  // Only pkg/src sees these classes, and frees what it is done with.
  [/^if \(Symbol\.dispose\) .*\n/gm, ""],
  // What an app does not use of them, it need not ship.
  [/: new FinalizationRegistry\(/g, ": /* @__PURE__ */ new FinalizationRegistry("],
  // Whatever runs this core has it.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n.*?^\}\n/gms, ""],
  // pkg/src/instantiate.js starts it as one should.
  [/^ {4}if \(module !== undefined\) \{\n.*?^ {4}\}\n/gms, "    ({ module } = module);\n"],
];

/** @type {import("esbuild").Plugin} */
const glue = {
  name: "glue",
  setup({ onLoad }) {
    onLoad({ filter: /\/pkg\/wasm\/auriko_wasm\.js$/ }, async ({ path }) => {
      let contents = `import { guarded } from "../src/guard.js";\n${await readFile(path, "utf8")}`;
      for (const [from, to] of edits) {
        const edited = contents.replaceAll(from, to);
        if (edited === contents) throw new Error(`${path} has another form than it had: no ${from}`);
        contents = edited;
      }
      return { contents };
    });
  },
};

/** The wasm inside of a module, as text. @type {import("esbuild").Plugin} */
const packed = {
  name: "packed",
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
      contents: `import { unpack } from "./unpack.js";
        export default unpack(${JSON.stringify(pack(await readFile(path)))});`,
      resolveDir: `${pkg}src`,
    }));
  },
};

const plugins = [originals, module, packed, glue];

/** @type {import("esbuild").BuildOptions} */
const options = {
  outdir: out,
  bundle: true,
  platform: "neutral",
  target: "es2022",
  // Of the glue's own way to the wasm, which nothing here takes.
  logOverride: { "empty-import-meta": "silent" },
  plugins,
  // Not minified: bundlers of web apps do that, and everybody else wants stack traces that can be read.
  legalComments: "none",
  logLevel: "warning",
};

await rm(out, { recursive: true, force: true });
const source = (/** @type {string} */ name) => `${pkg}src/${name}.js`;
const entries = ["index", "edge", "slim", "internal"].map(source);
// What the entries share, the glue above all, is one file.
const { metafile } = await build({
  ...options,
  entryPoints: entries,
  format: "esm",
  splitting: true,
  chunkNames: "shared",
  metafile: true,
});
const besides = { ...options, plugins: [...plugins, rest], external: ["openai"] };
await build({ ...besides, entryPoints: [source("openai"), source("openai-edge")], format: "esm" });

// CommonJS cannot share so: one file has all, and the entries require it.
/** @type {import("esbuild").BuildOptions} */
const commonjs = { format: "cjs", outExtension: { ".js": ".cjs" } };
await build({ ...options, ...commonjs, entryPoints: { internal: source("commonjs") } });
await build({ ...besides, ...commonjs, entryPoints: { openai: source("openai-api") } });
const index = Object.entries(metafile.outputs).find(([path]) => path.endsWith("/index.js"));
const contents = `export { ${index?.[1].exports.join(", ")} } from "./internal.js"`;
await build({
  ...besides,
  ...commonjs,
  stdin: { contents, sourcefile: "index" },
  outfile: `${out}index.cjs`,
  outdir: undefined,
});
await copyFile(`${pkg}wasm/${WASM}`, out + WASM);
for (const file of ["README.md", "LICENSE"]) await copyFile(root + file, pkg + file);

// The same declarations again for those who use require(): TypeScript goes by the name of the file. There is no slim
// for them, and what pkg/src says to the core is for nobody else.
const types = `${out}types/`;
await mkdir(types);
for (const file of await readdir(`${pkg}types`)) {
  if (file === "core.d.ts" || file === "slim.d.ts") continue;
  const text = await readFile(`${pkg}types/${file}`, "utf8");
  await writeFile(types + file.replace(/\.d\.ts$/, ".d.cts"), text.replaceAll(/(from "\.[^"]*)\.js"/g, '$1.cjs"'));
}

await rm(`${pkg}dist`, { recursive: true, force: true });
await rename(out, `${pkg}dist`);
