// @ts-check
// Puts a trap in the place of what a panic runs through: node scripts/panics.mjs FILE
// There is nobody to read what it would print, and a trap is told to those who call (pkg/src/guard.js). What only
// panics need, most of all what formats their messages, can go then.
import { readFile, writeFile } from "node:fs/promises";
import binaryen from "binaryen";

/** None of these returns. */
const PANICS = [
  /^core::(panicking|cell::(lazy::)?panic_|option::(expect|unwrap)_failed|result::unwrap_failed)/,
  /^core::(slice::index::slice_\w*fail|str::slice_error_fail)/,
  /^alloc::(raw_vec::(handle_error|capacity_overflow)|alloc::handle_alloc_error)/,
  /^<?std::(alloc::rust_oom|panicking::(panic_handler|panic_with_hook|begin_panic))/,
  /^__rustc::(rust_begin_unwind|rust_panic|__rust_alloc_error_handler)/,
];

/** Where in the source a panic is, as the compiler writes it into the data: see the prefixes in scripts/build.sh. */
const PLACES = /(?:src|cargo|rust|\/rustc)\/[\w./-]+?\.rs/g;

const [file = ""] = process.argv.slice(2);
const bytes = (await readFile(file)).toString("latin1");
// As long as before, and nothing in it.
const placeless = bytes.replaceAll(PLACES, (place) => "\0".repeat(place.length));
if (placeless === bytes) throw new Error(`${file} names no place in the source`);
binaryen.setDebugInfo(true);
const module = binaryen.readBinary(Buffer.from(placeless, "latin1"));
const found = new Set();
for (let index = 0; index < module.getNumFunctions(); index++) {
  const reference = module.getFunctionByIndex(index);
  const { name, module: imported } = binaryen.getFunctionInfo(reference);
  // Crates have a hash behind their names.
  const path = name.replaceAll(/\[\w+\]/g, "");
  const panic = PANICS.find((names) => names.test(path));
  if (imported || !panic) continue;
  new binaryen.Function(reference).setBody(module.unreachable());
  found.add(panic);
}
const missed = PANICS.filter((panic) => !found.has(panic));
if (missed.length > 0) throw new Error(`${file} has no function of a name like ${missed.join(", ")}`);
await writeFile(file, module.emitBinary());
