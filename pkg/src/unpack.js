// @ts-check
// The core as scripts/pack.mjs has written it: brotli makes less of instructions when what they act on lies
// apart from them, sorted by what it is. https://webassembly.github.io/spec/core/binary/

// The streams. The first has all that is in no other, in it sizes of what need not be known in detail.
export const [REST, INSTRUCTION, LOCAL, CALL, NUMBER, ALIGNMENT, OFFSET, BRANCH, BLOCK] = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const MEMORY = ALIGNMENT | (OFFSET << 4);
/** What follows is in the rest, its size before it. */
export const SIZED = 1 << 12;

export const CODE = 10;
/** What several instructions begin with: those on bulks, and those on vectors. */
export const [BULK, VECTOR] = [0xfc, 0xfd];

/** Which numbers follow an instruction: one of each of these streams, the first in the lowest four bits. */
export const NUMBERS = table(
  [0x02, 0x04, BLOCK],
  [0x0c, 0x0d, BRANCH],
  [0x0e, 0x0e, SIZED],
  [0x10, 0x10, CALL],
  [0x11, 0x11, SIZED],
  [0x1c, 0x1c, SIZED],
  [0x20, 0x22, LOCAL],
  [0x23, 0x26, REST],
  [0x28, 0x3e, MEMORY],
  [0x3f, 0x40, REST],
  [0x41, 0x41, NUMBER],
  [0x42, 0x42, REST],
  [0x43, 0x44, SIZED],
  [0xd0, 0xd2, REST],
);
export const NUMBERS_OF_BULK = table([8, 17, SIZED]);
export const NUMBERS_OF_VECTOR = table(
  [0, 11, MEMORY],
  [12, 13, SIZED],
  [21, 34, REST],
  [84, 91, MEMORY | (REST << 8)],
  [92, 93, MEMORY],
);

/** @param {[from: number, to: number, streams: number][]} ranges */
function table(...ranges) {
  const streams = new Uint16Array(512);
  for (const [from, to, of] of ranges) streams.fill(of, from, to + 1);
  return streams;
}

/**
 * @param {{ alphabet: string, order: string, lengths: number[], size: number, text: string }} packed the first two
 *   characters of the alphabet announce another; the rest are the bytes of the order, the most frequent ones
 */
export function unpack({ alphabet, order, lengths, size, text }) {
  /** Where each stream goes on. */
  const at = [0, 0];
  for (const length of lengths) at.push(at[at.length - 1] + length);
  const packed = bytesOf(alphabet, order, text, at[at.length - 1]);
  const module = new Uint8Array(size);
  const endOfRest = at[INSTRUCTION];
  let end = 0;
  const copy = (/** @type {number} */ count) => {
    module.set(packed.subarray(at[REST], at[REST] + count), end);
    at[REST] += count;
    end += count;
  };
  const number = () => {
    let value = 0;
    for (let shift = 0, byte = 128; byte > 127; shift += 7) {
      byte = packed[at[REST]];
      copy(1);
      value |= (byte & 127) << shift;
    }
    return value;
  };
  copy(8);
  while (at[REST] < endOfRest) {
    copy(1);
    const begin = end;
    if (module[end - 1] !== CODE) copy(number());
    else {
      const functions = number();
      end = withSize(module, begin, unpackCode(functions, packed, at, module, end));
    }
  }
  return module;
}

/**
 * One loop without calls for nearly all that there is: so it is compiled while it runs, for the first and only time.
 * @param {number} functions
 * @param {Uint8Array} packed
 * @param {number[]} at
 * @param {Uint8Array} module
 * @param {number} end
 */
function unpackCode(functions, packed, at, module, end) {
  for (; functions > 0; functions--) {
    const begin = end;
    // What declares the locals comes first.
    let streams = SIZED;
    for (let depth = 1; ; ) {
      for (; streams > 0 && streams < SIZED; streams >>= 4) {
        let from = at[streams & 15];
        while (packed[from] > 127) module[end++] = packed[from++];
        module[end++] = packed[from++];
        at[streams & 15] = from;
      }
      if (streams === SIZED) {
        let from = at[REST];
        at[REST] += 1 + packed[from++];
        while (from < at[REST]) module[end++] = packed[from++];
      }
      if (depth === 0) break;
      const code = packed[at[INSTRUCTION]++];
      module[end++] = code;
      streams = NUMBERS[code];
      if (code === 0x0b) depth--;
      else if (code >= 0x02 && code <= 0x04) depth++;
      else if (code === BULK || code === VECTOR) {
        let second = packed[at[INSTRUCTION]++];
        module[end++] = second;
        if (second > 127) {
          const high = packed[at[INSTRUCTION]++];
          module[end++] = high;
          second += (high - 1) << 7;
        }
        streams = code === BULK ? NUMBERS_OF_BULK[second] : NUMBERS_OF_VECTOR[second];
      }
    }
    end = withSize(module, begin, end);
  }
  return end;
}

/**
 * Writes the size of what is there since a place before it. Returns where it ends then.
 * @param {Uint8Array} module
 * @param {number} begin
 * @param {number} end
 */
function withSize(module, begin, end) {
  const size = [];
  for (let rest = end - begin; rest > 0; rest >>>= 7) size.push((rest & 127) | (rest > 127 ? 128 : 0));
  module.copyWithin(begin + size.length, begin, end);
  module.set(size, begin);
  return end + size.length;
}

/** @param {string} alphabet @param {string} order @param {string} text @param {number} length */
function bytesOf(alphabet, order, text, length) {
  const frequent = Array.from(order.matchAll(/../g), ([digits]) => Number.parseInt(digits, 16));
  // The rare ones behind them, each once.
  const byteOf = Uint8Array.from(new Set([...frequent, ...Array(256).keys()]));
  const places = new Uint8Array(128);
  for (let place = 0; place < alphabet.length; place++) places[alphabet.charCodeAt(place)] = place;
  const bytes = new Uint8Array(length);
  for (let read = 0, write = 0; write < length; write++) {
    let place = places[text.charCodeAt(read++)] - 2;
    if (place < 0) place = frequent.length + (place + 2) * alphabet.length + places[text.charCodeAt(read++)];
    bytes[write] = byteOf[place];
  }
  return bytes;
}
