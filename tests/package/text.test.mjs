// @ts-check
// The text of bytes in the memory of the core.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bytesOfCore, share, wordsOfCore } from "../../pkg/src/memory.js";
import { decode } from "../../pkg/src/text.js";

const memory = new WebAssembly.Memory({ initial: 1 });
share(memory);
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const PLACE = 40;

/** @param {number[]} bytes */
function assertAsPlatform(bytes) {
  bytesOfCore().fill(0x61).set(bytes, PLACE);
  assert.equal(decode(PLACE, bytes.length), decoder.decode(Uint8Array.from(bytes)), bytes.join(" "));
}

test("any bytes are decoded as the platform decodes them", () => {
  // One of every kind of byte, and those at the borders of what is UTF-8.
  const some = [
    0x00, 0x41, 0x7f, 0x80, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4, 0xff,
  ];
  for (let one = 0; one < 256; one++) assertAsPlatform([one]);
  for (const one of some) {
    for (const two of some) {
      assertAsPlatform([one, two]);
      for (const three of some) {
        assertAsPlatform([one, two, three]);
        for (const four of some) assertAsPlatform([one, two, three, four]);
      }
    }
  }
  for (const text of [
    "",
    "word",
    "你好 世界",
    "naïve",
    "🙂",
    "\ufeffx",
    "x".repeat(24),
    "é".repeat(12),
    "東".repeat(9),
  ]) {
    assertAsPlatform([...new TextEncoder().encode(text)]);
  }
});

test("memory that has grown is read where it is now", () => {
  bytesOfCore()[PLACE] = 0x62;
  assert.equal(wordsOfCore().length, memory.buffer.byteLength / 4);
  memory.grow(1);
  assert.equal(decode(PLACE, 1), "b");
  assert.equal(wordsOfCore().length, memory.buffer.byteLength / 4);
});
