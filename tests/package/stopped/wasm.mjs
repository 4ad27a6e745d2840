// @ts-check
// Changes a WebAssembly module as its binary format has it, so that what never happens does.
import { Reader } from "../../../scripts/wasm-reader.mjs";

const IMPORT = 2;
const MEMORY = 5;
const EXPORT = 7;
const CODE = 10;
const UNREACHABLE = 0x00;
const NOP = 0x01;
const END = 0x0b;

/**
 * The same module, in which the exported functions of these names trap.
 * @param {Uint8Array} module
 * @param {RegExp} names
 */
export function trapping(module, names) {
  const bytes = new Uint8Array(module);
  const sections = sectionsOf(bytes);
  const imported = vector(bytes, sections[IMPORT], (reader) => {
    reader.name();
    reader.name();
    return external(reader);
  }).filter((kind) => kind === 0).length;
  const trapped = vector(bytes, sections[EXPORT], (reader) => {
    const name = reader.name();
    return { name, kind: reader.byte(), index: reader.number() };
  }).filter(({ name, kind }) => kind === 0 && names.test(name));
  if (trapped.length === 0) throw new Error(`no function is exported as ${names}`);
  const bodies = vector(bytes, sections[CODE], (reader) => {
    const size = reader.number();
    reader.at += size;
    return bytes.subarray(reader.at - size, reader.at);
  });
  for (const { index } of trapped) {
    const body = bodies[index - imported];
    // No locals, and nothing behind the trap; as long as it was, so that nothing else moves.
    body.fill(NOP).set([0, UNREACHABLE]);
    body[body.length - 1] = END;
  }
  return bytes;
}

/** The same module with so many pages of memory more than it begins with, and no more. @param {Uint8Array} module */
export function withPages(module, more = 0) {
  const { start, end } = sectionsOf(module)[MEMORY];
  const reader = new Reader(module, start);
  const [count, flags, pages] = [reader.number(), reader.number(), reader.number()];
  // Each of these numbers is one byte, as is the length of the section.
  if (count !== 1 || flags !== 0 || pages + more > 127) throw new Error("not one small memory without a limit");
  const content = [1, 1, pages, pages + more];
  return new Uint8Array([...module.subarray(0, start - 1), content.length, ...content, ...module.subarray(end)]);
}

/** What an import is: 0 for a function. @param {Reader} reader */
function external(reader) {
  const kind = reader.byte();
  if (kind === 1) reader.byte();
  const limited = kind === 1 || kind === 2;
  const hasMaximum = limited && reader.number() & 1;
  reader.number();
  if (hasMaximum || kind === 3) reader.number();
  return kind;
}

/** Where the contents of each section lie, by the section's id. @param {Uint8Array} bytes */
function sectionsOf(bytes) {
  /** @type {Record<number, { start: number, end: number }>} */
  const sections = {};
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const id = reader.byte();
    const size = reader.number();
    sections[id] = { start: reader.at, end: reader.at + size };
    reader.at += size;
  }
  return sections;
}

/** @template T @param {Uint8Array} bytes @param {{ start: number }} section @param {(reader: Reader) => T} item */
function vector(bytes, { start }, item) {
  const reader = new Reader(bytes, start);
  return Array.from({ length: reader.number() }, () => item(reader));
}
