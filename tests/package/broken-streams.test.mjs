// @ts-check
// A stream ends complete, or with a typed error after the chunks that came before it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { all, auriko, gatewayWithClients, hi, rejection, serverFor, until } from "./support.mjs";

const gateway = gatewayWithClients();

const STREAM = /** @type {const} */ ({ ...hi(), stream: true });
const SSE = { "content-type": "text/event-stream", "x-request-id": "req_1" };

const CHUNK = { choices: [{ index: 0, delta: { content: "é" } }] };
const FINISHED = { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] };

/** @param {unknown} value */
const event = (value) => `data: ${typeof value === "string" ? value : JSON.stringify(value)}\n\n`;

/**
 * Reads to the end of a stream in one of the two ways.
 * @param {ReadableStream<any> & AsyncIterable<any>} stream
 * @param {boolean} [byReader]
 * @returns {Promise<{ chunks: any[], error: any }>}
 */
async function readAll(stream, byReader = false) {
  /** @type {any[]} */
  const chunks = [];
  try {
    if (byReader) {
      const reader = stream.getReader();
      for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value);
    } else {
      for await (const chunk of stream) chunks.push(chunk);
    }
  } catch (error) {
    return { chunks, error };
  }
  return { chunks, error: null };
}

/**
 * What comes of a stream whose whole body is this.
 * @param {import("node:test").TestContext} t
 * @param {string} body
 * @param {Record<string, string>} [headers]
 */
async function streamOf(t, body, headers = SSE) {
  const server = await serverFor(t, (_, res) => res.writeHead(200, headers).end(body));
  return server.client({ maxRetries: 2 }).chat.completions.create(STREAM);
}

test("an error event throws the error of its code, after the chunks, in every cut and to every reader", async () => {
  const error = {
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    message: "Slow down",
    provider: "xai",
    param: "p",
  };
  const lines = [CHUNK, CHUNK, { error }, CHUNK].map((value) => JSON.stringify(value));
  const replay = await gateway.record(lines);
  for (const cut of ["event", "all", "1", "7"]) {
    for (const byReader of [false, true]) {
      const headers = { "x-replay": replay, "x-gateway-cut": cut };
      const stream = await gateway.client({ maxRetries: 2 }).chat.completions.create(STREAM, { headers });
      const { chunks, error: thrown } = await readAll(stream, byReader);
      assert.deepStrictEqual(chunks, [CHUNK, CHUNK], cut);
      assert.ok(thrown instanceof auriko.RateLimitError, String(thrown));
      const { name, code, message, statusCode, provider, param, requestId, body } = thrown;
      assert.deepStrictEqual([name, code, statusCode], ["RateLimitError", "rate_limit_exceeded", 429]);
      assert.match(message, /Slow down/);
      assert.deepStrictEqual([provider, param, requestId], ["xai", "p", stream.requestId]);
      assert.deepStrictEqual(body, { error });
      assert.equal(stream.completed, false);
    }
  }
});

test("an error as the first event is that error, and is not repeated", async () => {
  const replay = await gateway.record([
    JSON.stringify({ error: { type: "api_error", code: "upstream_error", message: "Gone" } }),
  ]);
  const before = gateway.log.length;
  const { create } = gateway.client({ maxRetries: 2 }).chat.completions;
  const { chunks, error } = await readAll(await create(STREAM, { headers: { "x-replay": replay } }));
  assert.deepStrictEqual(
    [chunks, error.code, error.name, error.statusCode],
    [[], "upstream_error", "APIStatusError", 502],
  );
  assert.equal(gateway.log.length, before + 1);
});

test("a flat error event of the Responses API is an error; a failed response is an event", async () => {
  const created = { type: "response.created", response: { id: "r" } };
  const flat = { type: "error", code: "budget_exhausted", message: "All spent", param: null };
  const failed = {
    type: "response.failed",
    response: { id: "r", status: "failed", error: { code: "c", message: "m" } },
  };
  /** @param {object[]} events */
  const open = async (...events) => {
    const replay = await gateway.record(events.map((each) => JSON.stringify(each)));
    const params = { model: "gpt-5.4", input: "Hi", stream: /** @type {const} */ (true) };
    return gateway.client().responses.create(params, { headers: { "x-replay": replay } });
  };
  const broken = await readAll(await open(created, flat, failed));
  assert.deepStrictEqual(broken.chunks, [created]);
  assert.ok(broken.error instanceof auriko.RateLimitError);
  assert.deepStrictEqual([broken.error.code, broken.error.message], ["budget_exhausted", "All spent"]);
  // Nothing after a terminal event counts.
  for (const later of [[], [flat], [created]]) {
    const stream = await open(created, failed, ...later);
    assert.deepStrictEqual(await readAll(stream), { chunks: [created, failed], error: null });
    assert.deepStrictEqual([stream.completed, stream.completedResponse], [true, failed.response]);
  }
});

test("a stream of responses ends at its terminal event though the connection lives on", async (t) => {
  const failed = { type: "response.failed", response: { id: "r", status: "failed" } };
  let open = false;
  const server = await serverFor(t, (_, res) => {
    open = true;
    res.writeHead(200, SSE).write(event(failed));
    const timer = setInterval(() => res.write(": still here\n\n"), 20);
    res.on("close", () => {
      clearInterval(timer);
      open = false;
    });
  });
  const stream = await server.client().responses.create({ model: "m", input: "Hi", stream: true });
  assert.deepStrictEqual(await readAll(stream), { chunks: [failed], error: null });
  assert.equal(stream.completed, true);
  await until(() => !open);
});

test("an error is thrown once; the stream is at its end then, and the connection closed", async (t) => {
  let gone = false;
  const server = await serverFor(t, (_, res) => {
    res.on("close", () => (gone = true));
    res.writeHead(200, SSE).write(event(CHUNK) + event({ error: "text" }));
  });
  const stream = await server.client().chat.completions.create(STREAM);
  const iterator = stream[Symbol.asyncIterator]();
  assert.deepStrictEqual((await iterator.next()).value, CHUNK);
  const error = await rejection(iterator.next());
  assert.deepStrictEqual([error.code, error.statusCode], ["malformed_response", 200]);
  for (let again = 0; again < 2; again++)
    assert.deepStrictEqual(await iterator.next(), { value: undefined, done: true });
  await stream.close();
  await until(() => gone);
});

test("an `error` that is null is part of a chunk", async (t) => {
  const chunk = { ...CHUNK, error: null };
  assert.deepStrictEqual(await all(await streamOf(t, event(chunk) + event("[DONE]"))), [chunk]);
});

test("data that is no JSON object is an error that does not quote it", async (t) => {
  for (const data of [
    "{secret",
    "null",
    "1",
    '"secret"',
    "[]",
    '[{"secret":1}]',
    "secret",
    "[DONE] ",
    "{},{}",
    '{"a":}',
  ]) {
    const { chunks, error } = await readAll(
      await streamOf(t, event(CHUNK) + event(data) + event(CHUNK) + event("[DONE]")),
    );
    assert.deepStrictEqual(chunks, [CHUNK], data);
    assert.deepStrictEqual(
      [error.name, error.code, error.requestId],
      ["APIStatusError", "invalid_chunk", "req_1"],
      data,
    );
    assert.match(error.message, /a JSON object was expected/);
    assert.ok(!error.message.includes("secret"));
  }
});

test("an end without [DONE] is complete after a finish reason, and an error before one", async (t) => {
  for (const body of [event(CHUNK) + event(FINISHED), event(CHUNK) + event(FINISHED).trimEnd()]) {
    const stream = await streamOf(t, body);
    assert.deepStrictEqual(await all(stream), [CHUNK, FINISHED]);
    assert.equal(stream.completed, true);
  }
  for (const [body, before] of /** @type {const} */ ([
    [event(CHUNK), [CHUNK]],
    [`${event(CHUNK)}data: {"half":`, [CHUNK]],
    [`${event(CHUNK)}data: [DON`, [CHUNK]],
    ["", []],
    [": only a comment\n\n", []],
  ])) {
    const stream = await streamOf(t, body);
    const { chunks, error } = await readAll(stream);
    assert.deepStrictEqual(chunks, before);
    assert.ok(error instanceof auriko.APIConnectionError, String(error));
    assert.deepStrictEqual([error.code, error.requestId, stream.completed], ["stream_truncated", "req_1", false]);
  }
});

test("a connection that breaks is a connection error with its cause, after the chunks", async (t) => {
  const server = await serverFor(t, (_, res) => {
    res.writeHead(200, SSE).write(`${event(CHUNK)}data: {"half":`);
    setImmediate(() => res.destroy());
  });
  for (const byReader of [false, true]) {
    const stream = await server.client().chat.completions.create(STREAM);
    const { chunks, error } = await readAll(stream, byReader);
    assert.deepStrictEqual(chunks, [CHUNK]);
    assert.ok(error instanceof auriko.APIConnectionError);
    assert.deepStrictEqual([error.code, error.requestId], ["api_connection_error", "req_1"]);
    assert.ok(error.cause instanceof Error);
  }
});

test("a success that is no stream is an error at once", async (t) => {
  const envelope = { error: { type: "rate_limit_error", code: "insufficient_quota", message: "All spent" } };
  for (const [type, body, code] of [
    ["application/json", "{}", "not_a_stream"],
    ["text/html; charset=utf-8", "<html></html>", "not_a_stream"],
    ["application/json", JSON.stringify(envelope), "insufficient_quota"],
  ]) {
    const error = await rejection(streamOf(t, body, { "content-type": type }));
    assert.ok(error instanceof auriko.APIStatusError);
    assert.equal(error.code, code);
  }
});

test("an event stream needs no content type", async (t) => {
  assert.deepStrictEqual(await all(await streamOf(t, event(CHUNK) + event("[DONE]"), {})), [CHUNK]);
});

test("every way to write an event is understood", async (t) => {
  const body = `\ufeff: hello\r\n\r\ndata:{"a":\r\ndata: 1}\r\n\r\nevent: x\rid: 1\rdata: {"b":2}\r\r:\n\ndata\n\ndata: {"c":3}\n\ndata:[DONE]\n\ndata: junk\n\n`;
  assert.deepStrictEqual(await all(await streamOf(t, body)), [{ a: 1 }, { b: 2 }, { c: 3 }]);
});

test("a stream of which nothing comes for too long is a timeout error, after the chunks", async (t) => {
  const server = await serverFor(t, (_, res) => res.writeHead(200, SSE).write(event(CHUNK)));
  for (const byReader of [false, true]) {
    const stream = await server.client({ timeout: 250 }).chat.completions.create(STREAM);
    const { chunks, error } = await readAll(stream, byReader);
    assert.deepStrictEqual(chunks, [CHUNK]);
    assert.ok(error instanceof auriko.APIConnectionTimeoutError);
    assert.deepStrictEqual([error.code, error.requestId], ["idle_timeout", "req_1"]);
    assert.match(error.message, /nothing came for 250 ms.*Raise `timeout`/);
  }
});

test("a stream may last longer than the timeout as long as something comes", async (t) => {
  const server = await serverFor(t, async (_, res) => {
    res.writeHead(200, SSE).flushHeaders();
    for (let comment = 0; comment < 12; comment++) {
      await sleep(50);
      res.write(": still here\n\n");
    }
    res.end(event(CHUNK) + event("[DONE]"));
  });
  const stream = await server.client({ timeout: 400 }).chat.completions.create(STREAM);
  assert.deepStrictEqual(await all(stream), [CHUNK]);
});

test("a reader that takes its time is no idle server", async (t) => {
  const server = await serverFor(t, async (_, res) => {
    res.writeHead(200, SSE).write(event(CHUNK));
    await sleep(200);
    res.end(event(FINISHED) + event("[DONE]"));
  });
  const stream = await server.client({ timeout: 250 }).chat.completions.create(STREAM);
  const iterator = stream[Symbol.asyncIterator]();
  assert.deepStrictEqual((await iterator.next()).value, CHUNK);
  await sleep(400);
  assert.deepStrictEqual((await iterator.next()).value, FINISHED);
  assert.equal((await iterator.next()).done, true);
});
