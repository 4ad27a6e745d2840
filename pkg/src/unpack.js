// @ts-check
// The core as scripts/pack.mjs has written it: brotli makes a tenth less of instructions when what they act on lies
// apart from them, sorted by what it is. https://webassembly.github.io/spec/core/binary/

/** How many streams there are. The first has all that is in no other. */
export const STREAMS = 9;
const [REST, INSTRUCTION, LOCAL, CALL, NUMBER, ALIGNMENT, OFFSET, BRANCH, BLOCK] = Array(STREAMS).keys();

const CODE = 10;
/** What several instructions begin with: those on bulks, and those on vectors. */
const [BULK, VECTOR] = [0xfc, 0xfd];

/** Which numbers follow an instruction: one of each of these streams. */
const NUMBERS = table(
  [0x02, 0x04, [BLOCK]],
  [0x0c, 0x0d, [BRANCH]],
  [0x10, 0x10, [CALL]],
  [0x11, 0x11, [REST, REST]],
  [0x1c, 0x1c, [REST, REST]],
  [0x20, 0x22, [LOCAL]],
  [0x23, 0x26, [REST]],
  [0x28, 0x3e, [ALIGNMENT, OFFSET]],
  [0x3f, 0x40, [REST]],
  [0x41, 0x41, [NUMBER]],
  [0x42, 0x42, [REST]],
  [0xd0, 0xd2, [REST]],
);
const NUMBERS_OF_BULK = table([8, 8, [REST, REST]], [9, 9, [REST]], [10, 10, [REST, REST]], [11, 17, [REST]]);
const NUMBERS_OF_VECTOR = table(
  [0, 11, [ALIGNMENT, OFFSET]],
  [21, 34, [REST]],
  [84, 91, [ALIGNMENT, OFFSET, REST]],
  [92, 93, [ALIGNMENT, OFFSET]],
);

/** @param {[from: number, to: number, streams: number[]][]} ranges */
function table(...ranges) {
  /** @type {number[][]} */
  const streams = Array.from({ length: 256 }, () => []);
  for (const [from, to, of] of ranges) streams.fill(of, from, to + 1);
  return streams;
}

/**
 * Goes over a module, in which the sizes of functions and of the code are left out.
 * @param {{ move: (stream: number) => number, isOver: () => boolean, sized: (content: () => void) => void }} module
 *   moves its next byte and returns it; tells whether that was the last; adds or leaves out a size
 */
export function walk({ move, isOver, sized }) {
  /** @param {number} stream */
  const number = (stream) => {
    let value = 0;
    let shift = 0;
    for (let byte = 128; byte > 127; shift += 7) {
      byte = move(stream);
      value |= (byte & 127) << shift;
    }
    return value;
  };
  /** @param {number} count */
  const bytes = (count) => {
    for (; count > 0; count--) move(REST);
  };
  const body = () => {
    for (let groups = number(REST); groups > 0; groups--) bytes(number(REST) && 1);
    for (let depth = 1; depth > 0; ) {
      const code = move(INSTRUCTION);
      let numbers = NUMBERS[code];
      if (code === 0x0b) depth--;
      else if (code >= 0x02 && code <= 0x04) depth++;
      else if (code === 0x0e) for (let others = number(REST); others >= 0; others--) number(REST);
      else if (code === 0x43) bytes(4);
      else if (code === 0x44) bytes(8);
      else if (code === BULK) numbers = NUMBERS_OF_BULK[number(INSTRUCTION)];
      else if (code === VECTOR) {
        const second = number(INSTRUCTION);
        if (second === 12 || second === 13) bytes(16);
        numbers = NUMBERS_OF_VECTOR[second];
      }
      for (let at = 0; at < numbers.length; at++) number(numbers[at]);
    }
  };
  bytes(8);
  while (!isOver()) {
    if (move(REST) !== CODE) bytes(number(REST));
    else
      sized(() => {
        for (let count = number(REST); count > 0; count--) sized(body);
      });
  }
}

/**
 * @param {{ alphabet: string, order: string, lengths: number[], size: number, text: string }} packed the first two
 *   characters of the alphabet announce another; the rest are the bytes of the order, the most frequent ones
 */
export function unpack({ alphabet, order, lengths, size, text }) {
  const frequent = order.match(/../g)?.map((digits) => Number.parseInt(digits, 16)) ?? [];
  const all = Array.from({ length: 256 }, (_, byte) => byte);
  const byteOf = [...frequent, ...all.filter((byte) => !frequent.includes(byte))];
  const places = new Uint8Array(128);
  for (let place = 0; place < alphabet.length; place++) places[alphabet.charCodeAt(place)] = place;
  const at = [0];
  for (const length of lengths) at.push(at[at.length - 1] + length);
  const endOfRest = at[1];
  const streams = new Uint8Array(at[lengths.length]);
  for (let read = 0, write = 0; read < text.length; write++) {
    let place = places[text.charCodeAt(read++)] - 2;
    if (place < 0) place = frequent.length + (place + 2) * alphabet.length + places[text.charCodeAt(read++)];
    streams[write] = byteOf[place];
  }

  const module = new Uint8Array(size);
  let end = 0;
  walk({
    move: (stream) => {
      const byte = streams[at[stream]++];
      module[end++] = byte;
      return byte;
    },
    isOver: () => at[REST] === endOfRest,
    sized: (content) => {
      const begin = end;
      content();
      const size = [];
      for (let rest = end - begin; rest > 0; rest >>>= 7) size.push((rest & 127) | (rest > 127 ? 128 : 0));
      module.copyWithin(begin + size.length, begin, end);
      module.set(size, begin);
      end += size.length;
    },
  });
  return module;
}
