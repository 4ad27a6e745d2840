// @ts-check
// The wasm inside of the entries is the file that is shipped beside them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { unpack } from "../../pkg/src/unpack.js";
import { pack } from "../../scripts/pack.mjs";

test("what is packed is unpacked, whatever bytes it has", async () => {
  const wasm = await readFile(new URL("../../pkg/dist/auriko_wasm_bg.wasm", import.meta.url));
  const every = Uint8Array.from({ length: 1024 }, (_, index) => index % 256);
  for (const bytes of [wasm, every, new Uint8Array(), Uint8Array.of(7)]) {
    assert.deepStrictEqual(Buffer.from(unpack(pack(bytes))), Buffer.from(bytes));
  }
});

test("the text needs no escape in a string, a template or a script in a page", () => {
  const { text } = pack(Uint8Array.from({ length: 256 }, (_, index) => index));
  assert.match(text, /^[\x20-\x7e]+$/);
  assert.doesNotMatch(text, /["'\\`$<]/);
});
