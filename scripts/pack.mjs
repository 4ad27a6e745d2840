// @ts-check
// Writes a module as text that compresses better than the module does. base64 moves everything out of place, so that
// brotli finds a third less in it. Here the frequent bytes are one printable character each, the others two; and what
// instructions act on lies apart from them (pkg/src/unpack.js).
import {
  BLOCK,
  BULK,
  CODE,
  INSTRUCTION,
  NUMBERS,
  NUMBERS_OF_BULK,
  NUMBERS_OF_VECTOR,
  REST,
  SIZED,
  unpack,
  VECTOR,
} from "../pkg/src/unpack.js";

/** The printable characters that need no escape in a string, a template or a script in HTML. */
const ALPHABET = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter(
  (character) => !"\"'\\`$<".includes(character),
);
const [FIRST = "", SECOND = "", ...SINGLES] = ALPHABET;
const SYMBOLS = [...SINGLES, ...ALPHABET.map((end) => FIRST + end), ...ALPHABET.map((end) => SECOND + end)];

/** What `unpack` of pkg/src/unpack.js makes the module of. @param {Uint8Array} module */
export function pack(module) {
  const streams = streamsOf(module);
  const bytes = streams.flat();
  const counts = new Array(256).fill(0);
  for (const byte of bytes) counts[byte]++;
  const byFrequency = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
  const frequent = byFrequency.slice(0, SINGLES.length);
  const others = byFrequency.slice(SINGLES.length).sort((a, b) => a - b);
  const symbolOf = new Map([...frequent, ...others].map((byte, place) => [byte, SYMBOLS[place]]));
  const packed = {
    alphabet: ALPHABET.join(""),
    order: frequent.map((byte) => byte.toString(16).padStart(2, "0")).join(""),
    lengths: streams.map(({ length }) => length),
    size: module.length,
    text: bytes.map((byte) => symbolOf.get(byte)).join(""),
  };
  if (Buffer.compare(unpack(packed), module) !== 0)
    throw new Error("pkg/src/unpack.js does not know all of the module");
  return packed;
}

/** What `unpack` puts together again, without the sizes of functions and of the code. @param {Uint8Array} module */
function streamsOf(module) {
  /** @type {number[][]} */
  const streams = Array.from({ length: BLOCK }, () => []);
  let at = 0;
  const move = (/** @type {number} */ stream) => {
    if (at === module.length) throw new Error("the module ends in the middle of something");
    streams[stream - 1].push(module[at]);
    return module[at++];
  };
  const copy = (/** @type {number} */ count) => {
    for (; count > 0; count--) move(REST);
  };
  const number = (/** @type {number} */ stream) => {
    let value = 0;
    for (let shift = 0, byte = 128; byte > 127; shift += 7) {
      byte = move(stream);
      value |= (byte & 127) << shift;
    }
    return value;
  };
  const skipSize = () => {
    while (module[at++] > 127);
  };
  const sized = (/** @type {() => void} */ content) => {
    const rest = streams[REST - 1];
    const begin = rest.push(0);
    content();
    const size = rest.length - begin;
    if (size > 255) throw new Error("a table of branches, or of locals, is too large");
    rest[begin - 1] = size;
  };
  const numbers = (/** @type {number} */ count) => {
    for (; count > 0; count--) number(REST);
  };
  /** What is sized after an instruction. @param {number} code @param {number} second */
  const content = (code, second) => {
    if (code === BULK) numbers([8, 10, 12, 14].includes(second) ? 2 : 1);
    else if (code === VECTOR) copy(16);
    else if (code === 0x0e) numbers(number(REST) + 1);
    else if (code === 0x11) numbers(2);
    else if (code === 0x1c) copy(number(REST));
    else copy(code === 0x43 ? 4 : 8);
  };
  const body = () => {
    sized(() => {
      for (let groups = number(REST); groups > 0; groups--) numbers(2);
    });
    for (let depth = 1; depth > 0; ) {
      const code = move(INSTRUCTION);
      if (code === 0x0b) depth--;
      if (code >= 0x02 && code <= 0x04) depth++;
      const second = code === BULK || code === VECTOR ? number(INSTRUCTION) : 0;
      const follows =
        code === BULK ? NUMBERS_OF_BULK[second] : code === VECTOR ? NUMBERS_OF_VECTOR[second] : NUMBERS[code];
      if (follows === SIZED) sized(() => content(code, second));
      else for (let left = follows; left > 0; left >>= 4) number(left & 15);
    }
  };
  copy(8);
  while (at < module.length) {
    if (move(REST) !== CODE) copy(number(REST));
    else {
      skipSize();
      for (let functions = number(REST); functions > 0; functions--) {
        skipSize();
        body();
      }
    }
  }
  return streams;
}
