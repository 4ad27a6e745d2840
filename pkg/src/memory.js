// @ts-check
// The memory of the core. What it hands over on every read is read in place, without the view of its own for each piece
// that the glue would make.

/** @type {WebAssembly.Memory | undefined} */
let memory;
let bytes = new Uint8Array();
let words = new Uint32Array();

/** Called by the core, before it hands over anything. @param {WebAssembly.Memory} own */
export function share(own) {
  memory = own;
}

/** All of it. When memory has grown, the view of before is empty. */
export function bytesOfCore() {
  if (bytes.length === 0 && memory) bytes = new Uint8Array(memory.buffer);
  return bytes;
}

/** The same in units of 32 bits. */
export function wordsOfCore() {
  if (words.length === 0 && memory) words = new Uint32Array(memory.buffer);
  return words;
}
