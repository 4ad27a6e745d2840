// @ts-check
// The wasm inside of the entries is the file that is shipped beside them.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import binaryen from "binaryen";
import { unpack } from "../../pkg/src/unpack.js";
import { pack } from "../../scripts/pack.mjs";

const wasm = await readFile(new URL("../../pkg/dist/auriko_wasm_bg.wasm", import.meta.url));

/** A module of one function with all kinds of what can follow an instruction. */
const EVERYTHING = `(module
  (memory 1) (table $t 2 funcref) (global $g (mut i32) (i32.const -7)) (data $d "passive") (elem $e func $f)
  (type $pair (func (param i32 i64) (result i32)))
  (func $f (type $pair)
    (local f32 f64 v128)
    (local.set 2 (f32.const 1.5)) (local.set 3 (f64.const -2.25)) (local.set 1 (i64.const -9000000000))
    (local.set 4 (v128.const i32x4 1 2 3 4))
    (local.set 4 (i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 31 (local.get 4) (local.get 4)))
    (local.set 4 (v128.load32_lane offset=300 2 (local.get 0) (local.get 4)))
    (v128.store offset=16 align=4 (local.get 0) (v128.load32_zero (i32.const 100000)))
    (block $a (block $b (loop $c
      (br_table $a $b $c (i32x4.extract_lane 3 (local.get 4))))
      (br_if $a (i32.eqz (local.get 0)))))
    (memory.copy (i32.const 0) (i32.const 8) (i32.const 8)) (memory.fill (i32.const 0) (i32.const 1) (i32.const 2))
    (memory.init $d (i32.const 0) (i32.const 0) (i32.const 7)) (data.drop $d)
    (table.set $t (i32.const 1) (ref.func $f)) (drop (table.grow $t (ref.null func) (i32.const 1)))
    (table.fill $t (i32.const 0) (ref.null func) (i32.const 1)) (table.init $t $e (i32.const 0) (i32.const 0) (i32.const 1))
    (drop (select (result funcref) (table.get $t (i32.const 0)) (ref.null func) (i32.const 1)))
    (drop (memory.grow (memory.size))) (global.set $g (i32.trunc_sat_f64_s (f64.load offset=8 (i32.const 0))))
    (if (result i32) (global.get $g)
      (then (call $f (i32.const 2147483647) (i64.const 1)))
      (else (call_indirect (type $pair) (i32.const 1) (i64.const 2) (i32.const 0))))))`;

test("what is packed is unpacked, byte for byte", () => {
  const everything = binaryen.parseText(EVERYTHING);
  everything.setFeatures(binaryen.Features.All);
  for (const module of [wasm, everything.emitBinary(), binaryen.parseText("(module)").emitBinary()]) {
    assert.deepStrictEqual(Buffer.from(unpack(pack(module))), Buffer.from(module));
  }
});

test("what is no module, or has what cannot be unpacked, is not packed", () => {
  for (const bytes of [
    wasm.subarray(0, 1000),
    wasm.subarray(0, -1),
    Uint8Array.from({ length: 1024 }, (_, i) => i % 256),
  ]) {
    assert.throws(() => pack(bytes));
  }
});

test("the text needs no escape in a string, a template or a script in a page", () => {
  const { text } = pack(wasm);
  assert.match(text, /^[\x20-\x7e]+$/);
  assert.doesNotMatch(text, /["'\\`$<]/);
});
