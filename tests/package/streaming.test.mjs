// @ts-check
// A stream as a ReadableStream and as an async iterable, as long as nothing goes wrong.
import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { all, auriko, gatewayWithClients, hi } from "./support.mjs";

const gateway = gatewayWithClients();

/** @typedef {import("../../pkg/types/index.js").ChatCompletionChunk} Chunk */

/**
 * @param {object} [params]
 * @param {import("../../pkg/types/index.js").RequestOptions} [options]
 */
const open = (params, options) =>
  gateway.client().chat.completions.create({ ...hi(), ...params, stream: true }, options);

/** The text that some chunks add up to. @param {Chunk[]} chunks */
const textOf = (chunks) => chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join("");

const SAID = "one two naïve 東京 🦀 three";

/** A stream that says `SAID`. */
const said = () => open(hi(`echo: ${SAID}`));

test("for await gives the chunks as they were sent", async () => {
  const chunks = await all(await said());
  assert.equal(textOf(chunks), SAID);
  assert.equal(chunks[0].choices[0]?.delta.role, "assistant");
  assert.ok(chunks.every((chunk) => Object.getPrototypeOf(chunk) === Object.prototype));
  assert.deepStrictEqual(structuredClone(chunks), chunks);
});

test("a stream is a ReadableStream that a reader can read", async () => {
  const stream = await said();
  assert.ok(stream instanceof ReadableStream);
  assert.ok(stream instanceof auriko.ChatCompletionStream);
  const reader = stream.getReader();
  /** @type {Chunk[]} */
  const chunks = [];
  for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value);
  assert.equal(textOf(chunks), SAID);
  assert.deepStrictEqual(await reader.read(), { value: undefined, done: true });
  await reader.closed;
  assert.equal(stream.completed, true);
});

test("a stream can be piped, and be the body of a Response", async () => {
  const toText = () =>
    new TransformStream({
      /** @param {Chunk} chunk @param {TransformStreamDefaultController<string>} out */
      transform: (chunk, out) => out.enqueue(textOf([chunk])),
    });
  const stream = await said();
  const body = stream.pipeThrough(toText()).pipeThrough(new TextEncoderStream());
  assert.equal(await new Response(body).text(), SAID);

  /** @type {string[]} */
  const pieces = [];
  await (await said()).pipeThrough(toText()).pipeTo(new WritableStream({ write: (piece) => void pieces.push(piece) }));
  assert.equal(pieces.join(""), SAID);
});

test("both branches of a tee get every chunk", async () => {
  const [left, right] = (await said()).tee();
  const [first, second] = await Promise.all([left, right].map((branch) => all(/** @type {any} */ (branch))));
  assert.equal(textOf(first), SAID);
  assert.deepStrictEqual(second, first);
});

test("a stream can be read by Node's own streams", async () => {
  const web = Readable.fromWeb(/** @type {any} */ (await said()), { objectMode: true });
  for (const readable of [web, Readable.from(await said())]) {
    assert.equal(textOf(await readable.toArray()), SAID);
  }
});

test("values() and the iterator of an iterator read the same stream", async () => {
  assert.equal(textOf(await all((await said()).values())), SAID);
  const iterator = (await said())[Symbol.asyncIterator]();
  const first = /** @type {Chunk} */ ((await iterator.next()).value);
  assert.equal(textOf([first, ...(await all(iterator))]), SAID);
});

test("a loop over values({ preventCancel: true }) can be left, and the rest read", async () => {
  const stream = await said();
  const chunks = [];
  for await (const chunk of stream.values({ preventCancel: true })) {
    chunks.push(chunk);
    break;
  }
  assert.equal(stream.locked, false);
  assert.equal(textOf([...chunks, ...(await all(stream))]), SAID);
  assert.equal(stream.completed, true);
});

test("headers and request id are there before the first chunk; metadata and usage come with the last", async () => {
  const stream = await said();
  assert.equal(stream.requestId, gateway.last.id);
  assert.equal(stream.responseHeaders.get("x-request-id"), gateway.last.id);
  assert.deepStrictEqual([stream.routingMetadata, stream.usage, stream.completed], [null, null, false]);
  const chunks = await all(stream);
  const last = chunks.at(-1);
  assert.equal(typeof last?.routing_metadata?.provider, "string");
  assert.deepStrictEqual(stream.routingMetadata, last?.routing_metadata);
  assert.deepStrictEqual(stream.usage, last?.usage);
  assert.equal(stream.completed, true);
});

test("metadata and usage may come in any chunk; the last that is not null counts", async () => {
  const metadata = { provider: "p", provider_model_id: "m", model_canonical: "m", routing_strategy: "cost" };
  const replay = await gateway.record(
    [
      { usage: { total_tokens: 1 }, routing_metadata: { ...metadata, provider: "first" }, choices: [] },
      { usage: { total_tokens: 2 }, routing_metadata: metadata, choices: [] },
      { usage: null, routing_metadata: null, choices: [] },
      { routing_metadata: { provider: "without the rest" }, choices: [] },
    ].map((chunk) => JSON.stringify(chunk)),
  );
  for (const cut of ["event", "all", "1"]) {
    const stream = await open({}, { headers: { "x-replay": replay, "x-gateway-cut": cut } });
    assert.equal((await all(stream)).length, 4, cut);
    assert.deepStrictEqual(stream.routingMetadata, metadata, cut);
    assert.deepStrictEqual(stream.usage, { total_tokens: 2 }, cut);
  }
});

test("the client and onResponse are told of a stream's metadata", async () => {
  /** @type {unknown[]} */
  const seen = [];
  const client = gateway.client({ onResponse: (metadata) => seen.push(metadata) });
  const stream = await client.chat.completions.create({ ...hi(), stream: true });
  assert.equal(client.lastRoutingMetadata, null);
  await all(stream);
  assert.notEqual(stream.routingMetadata, null);
  assert.deepStrictEqual(seen, [stream.routingMetadata]);
  assert.deepStrictEqual(client.lastRoutingMetadata, stream.routingMetadata);
});

test("a stream is complete once all of it was handed out, also where all of it came at once", async () => {
  const { create } = gateway.client().chat.completions;
  const open = () => create({ ...hi(), stream: true }, { headers: { "x-gateway-cut": "all" } });
  const chunks = await all(await open());
  const read = await open();
  let left = chunks.length;
  for await (const _ of read) assert.equal(read.completed, --left === 0);
  assert.equal(read.completed, true);

  /** @type {((stream: import("../../pkg/types/index.js").ChatCompletionStream) => Promise<unknown>)[]} */
  const leaving = [
    async (stream) => {
      for await (const _ of stream) {
        assert.equal(stream.completed, false);
        break;
      }
    },
    async (stream) => {
      await stream[Symbol.asyncIterator]().next();
      await stream.close();
    },
    async (stream) => {
      const reader = stream.getReader();
      await reader.read();
      await reader.cancel();
    },
  ];
  for (const leave of leaving) {
    const stream = await open();
    await leave(stream);
    assert.equal(stream.completed, false);
    const [one, other] = (await open()).tee();
    await leave(one);
    assert.ok((await all(other)).length > 1);
    assert.deepStrictEqual([one.completed, other.completed], [false, true]);
  }

  const [one, other] = (await open()).tee();
  await all(one);
  assert.deepStrictEqual([one.completed, other.completed], [true, false]);
  await other.close();
  assert.equal(other.completed, false);

  const begun = await open();
  for await (const _ of begun.values({ preventCancel: true })) break;
  const branches = begun.tee();
  assert.deepStrictEqual(
    [begun, ...branches].map(({ completed }) => completed),
    [false, false, false],
  );
  assert.equal((await Promise.all(branches.map(all)))[1].length, chunks.length - 1);
  assert.deepStrictEqual(
    [begun, ...branches].map(({ completed }) => completed),
    [true, true, true],
  );
});

test("a stream of responses ends with its terminal event and keeps its response", async () => {
  const stream = await gateway.client().responses.create({ model: "gpt-5.4", input: `echo: ${SAID}`, stream: true });
  assert.ok(stream instanceof auriko.ResponseStream);
  const { completedResponse } = stream;
  assert.equal(completedResponse, null);
  const events = await all(stream);
  const last = /** @type {any} */ (events.at(-1));
  assert.equal(events[0].type, "response.created");
  assert.equal(last.type, "response.completed");
  assert.equal(stream.completedResponse?.output_text, SAID);
  assert.deepStrictEqual(stream.completedResponse, last.response);
  assert.deepStrictEqual(stream.usage, last.response.usage);
  assert.equal(stream.completed, true);
});

test("the second loop throws a typed error and does not disturb the first", async () => {
  const stream = await said();
  /** @type {Chunk[]} */
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
    await assert.rejects(all(stream), (error) => {
      assert.ok(error instanceof auriko.AurikoAPIError);
      assert.equal(error.code, "stream_consumed");
      assert.match(error.message, /once/);
      return true;
    });
  }
  assert.equal(textOf(chunks), SAID);
  await assert.rejects(all(stream), { code: "stream_consumed" });
});

test("a stream that a reader holds cannot be iterated", async () => {
  const stream = await said();
  const reader = stream.getReader();
  assert.throws(() => stream[Symbol.asyncIterator](), { code: "stream_consumed" });
  assert.throws(() => stream.values(), { code: "stream_consumed" });
  assert.equal((await reader.read()).done, false);
  await stream.close();
});

test("a stream that is being iterated is locked: nobody else can take chunks away", async (t) => {
  const stream = await said();
  t.after(() => stream.close());
  const iterator = stream[Symbol.asyncIterator]();
  const first = /** @type {Chunk} */ ((await iterator.next()).value);
  assert.equal(stream.locked, true);
  for (const take of [() => stream.getReader(), () => stream.tee(), () => stream.pipeThrough(new TransformStream())]) {
    assert.throws(take, Error);
  }
  assert.equal(textOf([first, ...(await all(iterator))]), SAID);
});

test("next() after the end is done for ever", async () => {
  const stream = await said();
  const iterator = stream[Symbol.asyncIterator]();
  while (!(await iterator.next()).done);
  const requests = gateway.log.length;
  for (let again = 0; again < 3; again++) {
    assert.deepStrictEqual(await iterator.next(), { value: undefined, done: true });
  }
  assert.deepStrictEqual(await iterator.return?.(), { value: undefined, done: true });
  assert.equal(gateway.log.length, requests);
});

test("calls of next() that do not wait for each other get the chunks in order", async () => {
  for (const cut of ["event", "all", "1"]) {
    const stream = await open(hi(`echo: ${SAID}`), { headers: { "x-gateway-cut": cut } });
    const iterator = stream[Symbol.asyncIterator]();
    const reads = await Promise.all(Array.from({ length: 40 }, () => iterator.next()));
    const end = reads.findIndex(({ done }) => done);
    assert.ok(end > 0, cut);
    assert.ok(reads.slice(end).every(({ done, value }) => done && value === undefined));
    const chunks = reads.slice(0, end).map(({ value }) => /** @type {Chunk} */ (value));
    assert.equal(textOf(chunks), SAID, cut);
  }
});

test("the fragments of several tool calls arrive as they were sent", async () => {
  const tool = (/** @type {string} */ name) => ({
    type: /** @type {const} */ ("function"),
    function: { name, parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] } },
  });
  const params = { ...hi("weather and time in Paris, twice"), tools: [tool("weather"), tool("__proto__")] };
  const chunks = await all(await open(params));
  /** @type {Map<number, { name: string, arguments: string }>} */
  const calls = new Map();
  for (const { index, function: piece } of chunks.flatMap((chunk) => chunk.choices[0]?.delta.tool_calls ?? [])) {
    const call = calls.get(index) ?? { name: "", arguments: "" };
    calls.set(index, {
      name: call.name + (piece?.name ?? ""),
      arguments: call.arguments + (piece?.arguments ?? ""),
    });
  }
  assert.deepStrictEqual(
    [...calls.values()].map(({ name, arguments: text }) => [name, JSON.parse(text)]),
    [
      ["weather", { city: "Paris" }],
      ["__proto__", { city: "Paris" }],
    ],
  );
  assert.equal(chunks.at(-2)?.choices[0]?.finish_reason, "tool_calls");
});

test("streams at the same time keep apart", async () => {
  const texts = Array.from({ length: 10 }, (_, index) => `${SAID} ${index}`);
  const streams = await Promise.all(
    texts.map((text) => open(hi(`echo: ${text}`), { headers: { "x-gateway-cut": "7" } })),
  );
  assert.deepStrictEqual((await Promise.all(streams.map(all))).map(textOf), texts);
});

test("the loop and onResponse may call the client again", async () => {
  /** @type {Promise<unknown>[]} */
  const calls = [];
  const client = gateway.client({
    onResponse: () => {
      if (calls.length < 2) calls.push(client.chat.completions.create(hi("echo: again")));
    },
  });
  const stream = await client.chat.completions.create({ ...hi(`echo: ${SAID}`), stream: true });
  /** @type {Chunk[]} */
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
    assert.equal((await client.chat.completions.create(hi("echo: inside"))).choices[0]?.message.content, "inside");
  }
  assert.equal(textOf(chunks), SAID);
  assert.equal((await Promise.all(calls)).length, 2);
});

test("what a reader leaves is for whoever reads next, in whatever way", async () => {
  const begun = async () => {
    const stream = await open(hi(`echo: ${SAID}`), { headers: { "x-gateway-cut": "all" } });
    let first;
    for await (first of stream.values({ preventCancel: true })) break;
    return { stream, first: /** @type {Chunk} */ (first) };
  };
  const { stream, first } = await begun();
  const [one, other] = stream.tee();
  for (const branch of [one, other]) assert.equal(textOf([first, ...(await all(branch))]), SAID);
  const lines = (await new Response((await begun()).stream.toReadableStream()).text()).trim().split("\n");
  assert.equal(textOf([first, ...lines.map((line) => JSON.parse(line))]), SAID);
  // Its chunks are objects already, and a completion of the rest would not be whole.
  const { stream: late } = await begun();
  assert.throws(() => late.textStream, { code: "stream_consumed" });
  await assert.rejects(late.finalCompletion(), { code: "stream_consumed" });
  await late.close();
});

test("an iterator that was left reads no more, and frees nobody else's lock", async () => {
  const stream = await said();
  const left = stream.values({ preventCancel: true });
  await left.next();
  await left.return?.();
  const iterator = stream.values();
  assert.deepStrictEqual(await left.next(), { value: undefined, done: true });
  await left.return?.();
  assert.equal(stream.locked, true);
  assert.ok((await all(iterator)).length > 0);
});
