// @ts-check
// What must not take four times as long when there is twice as much of it.
import { AurikoClient } from "auriko-wasm";
import { answerOf } from "../streams/reads.mjs";
import { open } from "./service.mjs";

/** Twice the work may take this much longer; a quadratic part would make it 4. */
const LIMIT = 2.8;
const HEAD = `data: {"choices":[{"index":0,"delta":{"content":"`;
const TAIL = `"}}]}\n\ndata: [DONE]\n\n`;

/** One event, in network reads of 64 KB. @param {boolean} short */
export async function largeEvent(short) {
  const megabytes = short ? 16 : 100;
  const piece = new TextEncoder().encode("x".repeat(2 ** 16));
  return compare(`${megabytes} MB event`, megabytes * 16, (/** @type {number} */ count) => Array(count).fill(piece));
}

/** One event, a byte in each read. @param {boolean} short */
export async function tinyReads(short) {
  const count = short ? 20_000 : 100_000;
  const byte = new TextEncoder().encode("x");
  return compare(`${count} reads of one byte`, count, (/** @type {number} */ count) => Array(count).fill(byte));
}

/** @param {string} name @param {number} count @param {(count: number) => Uint8Array[]} piecesOf */
async function compare(name, count, piecesOf) {
  await time(piecesOf(count / 4));
  const half = Math.min(await time(piecesOf(count / 2)), await time(piecesOf(count / 2)));
  const whole = Math.min(await time(piecesOf(count)), await time(piecesOf(count)));
  return [{ name: `${name} (${whole.toFixed(0)} ms), to half of it`, value: whole / half, limit: LIMIT, unit: "×" }];
}

/** @param {Uint8Array[]} pieces */
async function time(pieces) {
  const encoder = new TextEncoder();
  const reads = [encoder.encode(HEAD), ...pieces, encoder.encode(TAIL)];
  const client = new AurikoClient({ apiKey: null, baseUrl: "http://localhost", fetch: async () => answerOf(reads) });
  const expected = pieces.length * pieces[0].length;
  const begin = performance.now();
  for await (const chunk of await open(client)) {
    if (chunk.choices[0].delta.content?.length !== expected) throw new Error("the event is not whole");
  }
  return performance.now() - begin;
}
