// @ts-check
// What providers really sent, replayed through the gateway and cut into network reads in many ways.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { auriko, gatewayWithClients, hi } from "./support.mjs";

const gateway = gatewayWithClients();

// The recordings are not part of this repository: they lie beside it where it is developed.
const FOLDER = new URL("../../../shared/captures/", import.meta.url);

const CUTS = ["event", "all", "split", "events:8", "64", "7"];
/** Byte by byte is slow, and says nothing more on a long recording than on a short one. */
const LONGEST_IN_BYTES = 20_000;

/**
 * @typedef {object} Recording
 * @property {string} name
 * @property {string[]} lines
 * @property {number} size
 */

/** @type {Recording[]} */
const recordings = existsSync(FOLDER)
  ? readdirSync(FOLDER)
      .filter((name) => name.endsWith(".jsonl"))
      .sort()
      .map((name) => {
        const text = readFileSync(new URL(name, FOLDER), "utf8");
        return { name: name.replace(".jsonl", ""), lines: text.split(/\r?\n/).filter(Boolean), size: text.length };
      })
  : [];

/** @param {Recording} recording */
const cutsOf = ({ size }) => (size <= LONGEST_IN_BYTES ? [...CUTS, "1"] : CUTS);

/**
 * Reads to the end, whatever the end is.
 * @param {AsyncIterable<unknown>} stream
 * @returns {Promise<{ chunks: any[], error: any }>}
 */
async function readAll(stream) {
  /** @type {any[]} */
  const chunks = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (error) {
    return { chunks, error };
  }
  return { chunks, error: null };
}

/** @param {unknown[]} chunks @param {string[]} lines */
function assertSame(chunks, lines) {
  for (const [index, line] of lines.entries()) {
    assert.deepStrictEqual(chunks[index], JSON.parse(line), `chunk ${index}`);
  }
  assert.equal(chunks.length, lines.length);
}

/** What the last line that has a `usage` says. @param {string[]} lines */
const usageIn = (lines) => lines.map((line) => JSON.parse(line).usage ?? null).findLast((usage) => usage !== null);

test("there are recordings to be replayed", (t) => {
  if (recordings.length === 0)
    return t.skip(
      `none replayed: there is no folder ${FOLDER.pathname.split("/").slice(-3, -1).join("/")} beside the repository`,
    );
  assert.ok(recordings.some(({ name }) => name.startsWith("chat-")));
  assert.ok(recordings.some(({ name }) => name.startsWith("responses-")));
});

for (const recording of recordings.filter(({ name }) => name.startsWith("chat-"))) {
  const { name, lines } = recording;
  test(`${name}: every chunk is JSON.parse of its line, in every cut`, async (t) => {
    const replay = await gateway.record(lines);
    const { create } = gateway.client().chat.completions;
    for (const cut of cutsOf(recording)) {
      await t.test(cut, async () => {
        const headers = { "x-replay": replay, "x-gateway-cut": cut };
        const stream = await create({ ...hi(), stream: true }, { headers });
        const { chunks, error } = await readAll(stream);
        assert.equal(error, null);
        assertSame(chunks, lines);
        assert.equal(stream.completed, true);
        assert.deepStrictEqual(stream.usage, usageIn(lines) ?? null);
        assert.equal(stream.routingMetadata, null);
      });
    }
    await t.test("through a reader, and followed by routing metadata", async () => {
      const headers = { "x-replay": replay, "x-replay-metadata": "1", "x-gateway-cut": "1000" };
      const stream = await create({ ...hi(), stream: true }, { headers });
      const reader = stream.getReader();
      const chunks = [];
      for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value);
      const last = chunks.pop();
      assertSame(chunks, lines);
      assert.equal(typeof last?.routing_metadata?.provider, "string");
      assert.deepStrictEqual(stream.routingMetadata, last?.routing_metadata);
      assert.deepStrictEqual(stream.usage, last?.usage);
    });
  });
}

for (const recording of recordings.filter(({ name }) => name.startsWith("responses-"))) {
  // Some hold the streams of several turns in a row.
  for (const [turn, lines] of turnsOf(recording.lines).entries()) {
    test(`${recording.name}, turn ${turn + 1}: every event is JSON.parse of its line, in every cut`, (t) =>
      replayed(t, recording, lines));
  }
}

/** @param {string[]} lines */
function turnsOf(lines) {
  /** @type {string[][]} */
  const turns = [[]];
  for (const line of lines) {
    if (isTerminal(turns.at(-1)?.at(-1))) turns.push([]);
    turns.at(-1)?.push(line);
  }
  return turns;
}

/** @param {string | undefined} line */
function isTerminal(line) {
  const type = line && JSON.parse(line).type;
  return ["response.completed", "response.incomplete", "response.failed"].includes(type);
}

/** @param {import("node:test").TestContext} t @param {Recording} recording @param {string[]} lines of one turn */
async function replayed(t, recording, lines) {
  const replay = await gateway.record(lines);
  const failure = lines.findIndex((line) => JSON.parse(line).type === "error");
  for (const cut of cutsOf(recording)) {
    await t.test(cut, async () => {
      const headers = { "x-replay": replay, "x-gateway-cut": cut };
      const params = { model: "gpt-5.4", input: "Hi", stream: /** @type {const} */ (true) };
      const stream = await gateway.client().responses.create(params, { headers });
      const { chunks, error } = await readAll(stream);
      assertSame(chunks, failure < 0 ? lines : lines.slice(0, failure));
      if (failure < 0) assertComplete(stream, error, JSON.parse(lines.at(-1) ?? "").response);
      else assertFailed(stream, error, JSON.parse(lines[failure]));
    });
  }
}

/**
 * @param {import("../../pkg/types/index.js").ResponseStream} stream
 * @param {unknown} error
 * @param {any} response
 */
function assertComplete(stream, error, response) {
  assert.equal(error, null);
  assert.equal(stream.completed, true);
  assert.deepStrictEqual(stream.completedResponse, response);
  assert.deepStrictEqual(stream.usage, response.usage);
}

/**
 * The report is either flat, as Auriko documents it, or in an `error` of its own, as OpenAI sends it.
 * @param {import("../../pkg/types/index.js").ResponseStream} stream
 * @param {any} error
 * @param {any} event
 */
function assertFailed(stream, error, event) {
  const { code, message } = event.error ?? event;
  assert.ok(error instanceof auriko.AurikoAPIError, String(error));
  assert.equal(error.code, code);
  assert.equal(error.message, message);
  assert.deepStrictEqual(error.body, event);
  assert.equal(error.requestId, stream.requestId);
  if (code === "insufficient_quota") {
    assert.ok(error instanceof auriko.RateLimitError);
    assert.equal(error.statusCode, 429);
  }
  assert.deepStrictEqual([stream.completed, stream.completedResponse], [false, null]);
}
