// @ts-check
// A body that ends, or whose owner aborts, in the very moment in which it is read: a stream that is made by hand runs
// its `pull` inside of `read()`. Whoever waits is told, and nothing is left over for the process to die of.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { all, auriko, clientOf, hi, rejection } from "./support.mjs";

const CHUNK = { choices: [{ index: 0, delta: { content: "a" } }] };
const bytes = new TextEncoder().encode(`data: ${JSON.stringify(CHUNK)}\n\n`);
const SSE = { headers: { "content-type": "text/event-stream" } };

/** @type {unknown[]} */
const unhandled = [];
const note = (/** @type {unknown} */ reason) => void unhandled.push(reason);
before(() => process.on("unhandledRejection", note));
after(() => {
  process.off("unhandledRejection", note);
  assert.deepEqual(unhandled, []);
});

/** A stream whose second read runs `end`. @param {(stream: any) => void} end @param {AbortController} abort */
async function stream(end, abort) {
  let reads = 0;
  /** @type {any} */
  let own;
  const body = new ReadableStream(
    {
      pull(queue) {
        if (reads++ === 0) queue.enqueue(bytes);
        else end(own);
      },
    },
    { highWaterMark: 0 },
  );
  const client = clientOf("https://x", { fetch: async () => new Response(body, SSE) });
  own = await client.chat.completions.create({ ...hi(), stream: true }, { signal: abort.signal });
  return own;
}

/** @type {Record<string, (stream: any) => Promise<unknown>>} */
const WAYS = {
  iterated: (own) => all(own),
  "as text": (own) => all(own.textStream),
  "by a reader": async (own) => {
    const reader = own.getReader();
    while (!(await reader.read()).done);
  },
  "as one completion": (own) => own.finalCompletion(),
  "as lines": (own) => new Response(own.toReadableStream()).text(),
  "in two branches": (own) => Promise.all(own.tee().map(all)),
};

for (const [way, read] of Object.entries(WAYS)) {
  test(`an abort while the body is read reaches a stream ${way}`, async () => {
    const abort = new AbortController();
    const own = await stream(() => abort.abort("mine"), abort);
    assert.equal(await rejection(/** @type {any} */ (read(own))), "mine");
  });

  // Its branches end a stream that was divided, and not its own close().
  if (way === "in two branches") continue;
  test(`close() while the body is read ends a stream ${way}`, async () => {
    const own = await stream((running) => void running.close(), new AbortController());
    const end = await Promise.resolve(read(own)).catch((error) => error);
    // One completion is not whole; everything else has just ended.
    assert.ok(!(end instanceof TypeError), String(end?.stack));
  });
}

test("what fails after the abort that it has caused is nobody's affair", async () => {
  const abort = new AbortController();
  const failing = async () => {
    abort.abort("mine");
    throw new Error("lost");
  };
  const { signal } = abort;
  const client = clientOf("https://x", { fetch: failing });
  assert.equal(await rejection(client.me.get({ signal })), "mine");
  const other = clientOf("https://x", { apiKey: failing });
  assert.equal(await rejection(other.me.get({ signal })), "mine");
  const aborted = { signal: AbortSignal.abort("before") };
  assert.equal(await rejection(other.fetch("https://x/v1/me", aborted)), "before");
});

test("an event that is too large ends the stream, and nothing before it comes again", { timeout: 60_000 }, async () => {
  for (const text of [false, true]) {
    let reads = 0;
    const piece = () => (reads++ === 0 ? new Uint8Array([...bytes, ...bytes]) : new Uint8Array(2 ** 28 + 1));
    const getReader = () => ({ read: async () => ({ done: false, value: piece() }), cancel: async () => {} });
    const answer = { status: 200, headers: new Headers(SSE.headers), body: { getReader } };
    const client = clientOf("https://x", { fetch: async () => /** @type {any} */ (answer) });
    const own = await client.chat.completions.create({ ...hi(), stream: true });
    const seen = [];
    const error = await rejection(
      (async () => {
        for await (const item of /** @type {any} */ (text ? own.textStream : own)) seen.push(item);
      })(),
    );
    assert.ok(error instanceof auriko.AurikoAPIError && error.code === "invalid_chunk");
    assert.deepEqual(seen, text ? ["aa"] : [CHUNK, CHUNK]);
  }
});
