// @ts-check
// Gives short names to what has long ones in the core: node scripts/names.mjs FOLDER
// Imports and closures have a hash in theirs, which does not compress, and stands on both sides.
import { readFile, writeFile } from "node:fs/promises";
import { Reader } from "./wasm-reader.mjs";

const [folder = ""] = process.argv.slice(2);
const [wasmFile, glueFile] = [`${folder}/auriko_wasm_bg.wasm`, `${folder}/auriko_wasm.js`];

// https://webassembly.github.io/spec/core/binary/modules.html
const IMPORTS = 2;
const EXPORTS = 7;
const FUNCTION = 0;

/** The module that the glue's own functions are imported from. */
const GLUE = "./auriko_wasm_bg.js";
/** The one that all are imported from now. */
const MODULE = "a";
const CLOSURE = /^wasm_bindgen__convert__closures_/;

/** a, b, … z, a1, b1, … @param {number} index */
function shortName(index) {
  const letter = String.fromCharCode(97 + (index % 26));
  return index < 26 ? letter : letter + Math.floor(index / 26).toString(36);
}

/** @param {number} value */
function leb128(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/** @param {string} text */
const utf8 = (text) => [...leb128(Buffer.byteLength(text)), ...Buffer.from(text)];

/**
 * The module with another list in one of its sections.
 * @param {Uint8Array} wasm
 * @param {number} wanted the section
 * @param {(reader: Reader, index: number) => number[]} rewritten an item
 */
function withSection(wasm, wanted, rewritten) {
  for (const reader = new Reader(wasm, 8); reader.at < wasm.length; ) {
    const begin = reader.at;
    const [id, size] = [reader.number(), reader.number()];
    const end = reader.at + size;
    if (id === wanted) {
      const count = reader.number();
      const items = Array.from({ length: count }, (_, index) => rewritten(reader, index)).flat();
      if (reader.at !== end) throw new Error(`section ${wanted} of ${wasmFile} has more than was read`);
      const content = [...leb128(count), ...items];
      const section = Buffer.from([id, ...leb128(content.length), ...content]);
      return Buffer.concat([wasm.subarray(0, begin), section, wasm.subarray(end)]);
    }
    reader.at = end;
  }
  throw new Error(`${wasmFile} has no section ${wanted}`);
}

let glue = await readFile(glueFile, "utf8");

/** @param {string | RegExp} part @param {string} other */
function replace(part, other) {
  const [before, ...behind] = glue.split(part);
  if (behind.length !== 1) throw new Error(`${glueFile} does not have once: ${part}`);
  glue = before + other + behind[0];
}

// The glue has an object of its own functions, and takes the others from files that it imports whole.
let named = "";
let members = "";
const imported = withSection(await readFile(wasmFile), IMPORTS, (reader, index) => {
  const [module, name, kind, type] = [reader.name(), reader.name(), reader.number(), reader.number()];
  if (kind !== FUNCTION) throw new Error(`${name}, which ${wasmFile} imports, is no function`);
  const short = shortName(index);
  if (module === GLUE) {
    replace(`\n        ${name}: `, `\n        ${short}: `);
  } else {
    named += `import { ${name} as imported_${short} } from "${module}";\n`;
    members += `            ${short}: imported_${short},\n`;
  }
  return [...utf8(MODULE), ...utf8(short), kind, ...leb128(type)];
});
glue = named + glue.replaceAll(/^import \* as import\d+ from .*\n/gm, "");
replace(
  / {4}return \{\n {8}__proto__: null,\n(?: {8}"[^"]*": import\d+,\n)+ {4}\};/,
  `    return {\n        __proto__: null,\n        ${MODULE}: {\n            ...import0,\n${members}        },\n    };`,
);

let closures = 0;
const exported = withSection(imported, EXPORTS, (reader) => {
  const [name, kind, index] = [reader.name(), reader.number(), reader.number()];
  if (!CLOSURE.test(name)) return [...utf8(name), kind, ...leb128(index)];
  const short = `__closure_${closures++}`;
  const [before, ...behind] = glue.split(new RegExp(`\\b${name}\\b`));
  if (behind.length === 0) throw new Error(`${glueFile} does not have ${name}`);
  glue = [before, ...behind].join(short);
  return [...utf8(short), kind, ...leb128(index)];
});
await writeFile(wasmFile, exported);
await writeFile(glueFile, glue);
