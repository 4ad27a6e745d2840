// @ts-check
// Where the bytes of the package are: npm run bench:size. Writes the table in ARCHITECTURE.md. Takes a core that has
// the names of its functions still (scripts/build.sh).
import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import binaryen from "binaryen";
import { browser, edge } from "./size.mjs";

const [named = ""] = process.argv.slice(2);
const ARCHITECTURE = new URL("../../ARCHITECTURE.md", import.meta.url);
const CORE = new URL("../../pkg/dist/auriko_wasm_bg.wasm", import.meta.url);

/** The first that a name fits. @type {[string, RegExp][]} */
const PARTS = [
  [
    "streams: events, chunks, text (`src/sse`, `stream`, `capture`, `patience`)",
    /auriko_wasm::(sse|stream|capture|patience)::/,
  ],
  ["errors (`src/error`)", /auriko_wasm::error::/],
  ["routing options (`src/routing`, `value`)", /auriko_wasm::(routing|value)::/],
  [
    "configuration, headers, retries, calls, metadata (the rest of `src`)",
    /auriko_wasm::(config|headers|retry|call|metadata)::/,
  ],
  ["the boundary (`src/js`)", /auriko_wasm::js::| shim$|^(aurikoclient|metadata|streamsource|routing|gateway)\w*$/],
  ["bindings: wasm-bindgen, js-sys, web-sys, gloo-net, serde", /wasm_bindgen|js_sys|web_sys|gloo|serde|wbg|externref/],
  ["memory: talc, `alloc`", /talc|__rust_|^(<)?alloc\b|alloc::|alloc\[/],
  ["`core`, `std`, memchr, others", /(?:)/],
];

/** Features that the core could do without, by the exports they have. @type {[string, RegExp][]} */
const LESS = [
  ["routing options", /options_|mergeBodies/],
  ["metadata and errors for other libraries", /metadata|^(connection|statusError|streamError)$/],
  ["both", /options_|mergeBodies|metadata|^(connection|statusError|streamError)$/],
  ["streams", /^streamsource_/],
  ["calls", /aurikoclient_|^__closure/],
];

/** What is left of the core without these exports, and what only they need. @param {RegExp} dropped */
function without(dropped) {
  const module = binaryen.readBinary(whole);
  module.setFeatures(binaryen.Features.All);
  const names = Array.from(
    { length: module.getNumExports() },
    (_, at) => binaryen.getExportInfo(module.getExportByIndex(at)).name,
  );
  for (const name of names.filter((name) => dropped.test(name))) module.removeExport(name);
  module.runPasses(["remove-unused-module-elements"]);
  return brotliCompressSync(module.emitBinary()).length;
}

const metrics = execFileSync("wasm-opt", ["--func-metrics", "--all-features", named], {
  encoding: "utf8",
  maxBuffer: 2 ** 28,
  stdio: ["ignore", "pipe", "ignore"],
});
const data = Number(/\[memory-data\]\s*: (\d+)/.exec(metrics)?.[1]);
/** @type {Map<string, number>} */
const sizes = new Map(PARTS.map(([part]) => [part, 0]));
for (const [, name = "", bytes] of metrics.matchAll(/^func: (.*)\n \[binary-bytes\] : (\d+)/gm)) {
  const [part = ""] = PARTS.find(([, names]) => names.test(name)) ?? [];
  sizes.set(part, (sizes.get(part) ?? 0) + Number(bytes));
}
const code = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);

const whole = await readFile(CORE);
const core = brotliCompressSync(whole).length;
const inEdge = await edge();
const kb = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const rows = [
  ...[...sizes].map(([part, bytes]) => [part, bytes]),
  ["data: texts and tables", data],
  ["the rest: types, imports, exports", whole.length - code - data],
];
const table = [
  `A web app grows by ${kb(await browser())}, an edge function by ${kb(inEdge)}: ${kb(inEdge - core)} of JavaScript and`,
  `${kb(core)} of the core, as brotli sends them. Before that, the core is ${kb(whole.length)}:`,
  "",
  "| of the core | bytes | share |",
  "| --- | ---: | ---: |",
  ...rows.map(([part, bytes]) => `| ${part} | ${bytes} | ${((100 * Number(bytes)) / (code + data)).toFixed(1)} % |`),
  "",
  "| the core as sent, without | |",
  "| --- | ---: |",
  ...LESS.map(([feature, exports]) => `| ${feature} | ${kb(without(exports))} |`),
].join("\n");
console.log(table);
const text = await readFile(ARCHITECTURE, "utf8");
const place = /(<!-- size -->\n)[\s\S]*(\n<!-- \/size -->)/;
if (!place.test(text)) throw new Error("ARCHITECTURE.md has no place for the table");
await writeFile(
  ARCHITECTURE,
  text.replace(place, (_, begin, end) => begin + table + end),
);
