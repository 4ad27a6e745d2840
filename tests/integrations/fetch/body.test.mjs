// @ts-check
// The response that `client.fetch` gives, as those see it who read it.
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { AurikoClient } from "auriko-wasm";
// Not for users: here to see that the core gets its memory back.
import { MetadataListener } from "../../../pkg/dist/internal.js";
import { KEY, params, Run, rejection } from "../local.mjs";

const METADATA = { provider: "p", provider_model_id: "m", model_canonical: "c", routing_strategy: "balanced" };
const EVENT = `data: ${JSON.stringify({ choices: [], routing_metadata: METADATA })}\n\n`;

/**
 * A client whose fetch answers with this body.
 * @param {any} body @param {any} [options] @param {string} [type]
 */
function clientOf(body, options, type = "text/event-stream") {
  const fetch = async () => new Response(body, { headers: { "content-type": type } });
  return new AurikoClient({ apiKey: KEY, baseUrl: "https://a.example", fetch, ...options });
}

/** @param {string} text */
const bytes = (text) => new TextEncoder().encode(text);

/** The scanners that are made while a test runs, each with how often it was freed. @param {import("node:test").TestContext} t */
function scanners(t) {
  /** @type {any[]} */
  const made = [];
  const scanner = MetadataListener.prototype.scanner;
  t.mock.method(MetadataListener.prototype, "scanner", function (/** @type {string} */ type) {
    const one = scanner.call(/** @type {any} */ (this), type);
    if (one) made.push(mock.method(one, "free").mock);
    return one;
  });
  return { freed: () => made.map((free) => free.callCount()) };
}

test("the body can be taken in every way, and the response says where it came from", async () => {
  const run = new Run();
  const client = new AurikoClient({ apiKey: KEY, baseUrl: run.url() });
  const url = `${run.url()}/chat/completions`;
  const send = () => client.fetch(url, { method: "POST", body: JSON.stringify(params()) });
  for (const way of /** @type {const} */ (["json", "text", "arrayBuffer", "blob"])) {
    const response = await send();
    assert.ok(response instanceof Response);
    assert.ok(await response[way]());
    assert.equal(client.lastRoutingMetadata?.model_canonical, "gpt-5.4", way);
    assert.ok(response.bodyUsed);
  }
  const response = await send();
  const { status, statusText, ok, redirected, type } = response;
  assert.deepEqual([response.url, status, statusText, ok, redirected, type], [url, 200, "OK", true, false, "basic"]);
  assert.match(response.headers.get("x-request-id") ?? "", /^req_/);
  const clone = response.clone();
  assert.equal(clone.url, url);
  assert.deepEqual(await clone.json(), await response.json());
});

test("the bytes pass unchanged at every cut, and the metadata is found", async () => {
  const run = new Run();
  /** @param {string} cut */
  const read = async (cut) => {
    const client = new AurikoClient({ apiKey: KEY, baseUrl: run.url() });
    const headers = { "x-gateway-cut": cut };
    const body = JSON.stringify(params({ stream: true }));
    const response = await client.fetch(`${run.url()}/chat/completions`, { method: "POST", headers, body });
    const text = (await response.text()).replaceAll(/"(id|created)":("[^"]*"|\d+)/g, "");
    return { text, metadata: client.lastRoutingMetadata };
  };
  const { text, metadata } = await read("all");
  assert.equal(metadata?.model_canonical, "gpt-5.4");
  for (const cut of ["1", "7", "split", "event", "events:3"]) {
    assert.deepEqual(await read(cut), { text, metadata }, cut);
  }
});

test("metadata is found wherever it stands in a stream, and the last word counts", async () => {
  for (const v of ["first", "middle", "twice", "with-finish", "after-finish", "null-last"]) {
    const run = new Run();
    const client = new AurikoClient({ apiKey: KEY, baseUrl: run.url() });
    const body = JSON.stringify(params({ stream: true }));
    await (await client.fetch(`${run.url(`metadata;v=${v}`)}/chat/completions`, { method: "POST", body })).text();
    assert.ok(client.lastRoutingMetadata?.provider, v);
    assert.notEqual(client.lastRoutingMetadata?.provider, "first", v);
  }
});

test("odd framing hides nothing: CR, CRLF, no space, many data lines, a BOM, comments, no blank line", async () => {
  const json = JSON.stringify({ choices: [], routing_metadata: METADATA }, null, 1);
  const lines = json.split("\n");
  const streams = [
    EVENT.replaceAll("\n", "\r\n"),
    EVENT.replaceAll("\n", "\r"),
    EVENT.replace("data: ", "data:"),
    lines
      .map((line) => `data: ${line}\n`)
      .concat("\n")
      .join(""),
    `\u{feff}${EVENT}`,
    `: data: {"routing_metadata":{}}\nid: 1\n${EVENT}`,
    EVENT.trimEnd(),
    `${EVENT}data: [DONE]\n\n`,
    `data: [DONE]\n\n${EVENT}`,
    `data: no JSON\n\n${EVENT}data: {"error":{"message":"m"}}\n\n`,
  ];
  for (const text of streams) {
    const client = clientOf(text);
    await (await client.fetch("https://a.example")).text();
    assert.deepEqual(client.lastRoutingMetadata, METADATA, JSON.stringify(text));
  }
  for (const text of [
    "",
    EVENT.slice(0, 60),
    `data: {"choices":[{"delta":{"content":${JSON.stringify(EVENT)}}}]}\n\n`,
  ]) {
    const client = clientOf(text);
    assert.equal(await (await client.fetch("https://a.example")).text(), text);
    assert.equal(client.lastRoutingMetadata, null, JSON.stringify(text));
  }
});

test("what is no answer with metadata comes back itself", async (t) => {
  const { freed } = scanners(t);
  const page = new Response("<html>", { headers: { "content-type": "text/html" } });
  const empty = new Response(null, { status: 204, headers: { "content-type": "application/json" } });
  const refusal = new Response("{}", { status: 400, headers: { "content-type": "application/json" } });
  const untyped = new Response(bytes(EVENT));
  const foreign = { ok: true, status: 200, headers: new Headers(), body: { pipe() {} } };
  for (const response of [page, empty, refusal, untyped, foreign]) {
    const fetch = async () => /** @type {any} */ (response);
    const client = new AurikoClient({ apiKey: KEY, baseUrl: "https://a.example", fetch });
    assert.equal(await client.fetch("https://a.example"), response);
  }
  assert.deepEqual(freed(), []);
});

test("nothing is read before somebody asks, and each read is one read of the connection", async () => {
  let pulled = 0;
  const source = () =>
    new ReadableStream({ pull: (queue) => queue.enqueue(bytes(`data: {"n":${++pulled}}\n\n`)) }, { highWaterMark: 0 });
  const response = await clientOf(source()).fetch("https://a.example");
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(pulled, 0);
  const reader = /** @type {ReadableStream} */ (response.body).getReader();
  for (let expected = 1; expected < 4; expected++) {
    const { value } = await reader.read();
    assert.equal(new TextDecoder().decode(value), `data: {"n":${expected}}\n\n`);
    assert.equal(pulled, expected);
  }
  await reader.cancel();
});

test("a chunk is handed on as it is, and the metadata in it is known before", async () => {
  const chunk = bytes(EVENT);
  const source = new ReadableStream({ start: (queue) => queue.enqueue(chunk) });
  const client = clientOf(source);
  const response = await client.fetch("https://a.example");
  const reader = /** @type {ReadableStream} */ (response.body).getReader();
  const reading = reader.read().then(({ value }) => ({ value, known: client.lastRoutingMetadata }));
  assert.deepEqual(await reading, { value: chunk, known: METADATA });
  assert.equal((await reading).value, chunk);
  await reader.cancel();
});

test("cancelling reaches the connection with its reason, before and after the first read", async (t) => {
  const { freed } = scanners(t);
  for (const reads of [0, 1]) {
    /** @type {unknown[]} */
    const reasons = [];
    const source = new ReadableStream({
      pull: (queue) => queue.enqueue(bytes(EVENT)),
      cancel: (reason) => void reasons.push(reason),
    });
    const client = clientOf(source);
    const response = await client.fetch("https://a.example");
    const reader = /** @type {ReadableStream} */ (response.body).getReader();
    for (let read = 0; read < reads; read++) await reader.read();
    await reader.cancel("enough");
    assert.deepEqual(reasons, ["enough"]);
    assert.deepEqual(client.lastRoutingMetadata, reads ? METADATA : null);
  }
  assert.deepEqual(freed(), [1, 1]);
});

test("a cancel while a read is waiting ends both", async (t) => {
  const { freed } = scanners(t);
  const response = await clientOf(new ReadableStream({})).fetch("https://a.example");
  const reader = /** @type {ReadableStream} */ (response.body).getReader();
  const reading = reader.read();
  await reader.cancel();
  assert.equal((await reading).done, true);
  assert.deepEqual(freed(), [1]);
});

test("an error of the body comes through as itself, after what was known", async (t) => {
  const { freed } = scanners(t);
  const failure = new Error("mine");
  let pulled = 0;
  const source = new ReadableStream({
    pull: (queue) => (pulled++ ? queue.error(failure) : queue.enqueue(bytes(EVENT))),
  });
  const client = clientOf(source);
  assert.equal(await rejection((await client.fetch("https://a.example")).text()), failure);
  assert.deepEqual(client.lastRoutingMetadata, METADATA);
  assert.deepEqual(freed(), [1]);
});

test("onResponse may cancel the body that it hears of", async (t) => {
  const { freed } = scanners(t);
  /** @type {ReadableStreamDefaultReader | undefined} */
  let reader;
  const client = clientOf(EVENT + EVENT, { onResponse: () => void reader?.cancel() });
  const { body } = await client.fetch("https://a.example");
  reader = /** @type {ReadableStream} */ (body).getReader();
  assert.deepEqual((await reader.read()).value, bytes(EVENT + EVENT));
  assert.equal((await reader.read()).done, true);
  assert.deepEqual(freed(), [1]);
});

test("both branches of tee get every byte, and the metadata is told once", async () => {
  let heard = 0;
  const client = clientOf(EVENT, { onResponse: () => void heard++ });
  const { body } = await client.fetch("https://a.example");
  const [one, other] = /** @type {ReadableStream} */ (body).tee();
  assert.equal(await new Response(one).text(), EVENT);
  assert.equal(await new Response(other).text(), EVENT);
  assert.equal(heard, 1);
});

test("chunks that are no bytes pass", async () => {
  const source = new ReadableStream({
    start(queue) {
      queue.enqueue("text");
      queue.close();
    },
  });
  const fetch = async () => {
    const response = new Response(source, { headers: { "content-type": "text/event-stream" } });
    return response;
  };
  const client = new AurikoClient({ apiKey: KEY, baseUrl: "https://a.example", fetch });
  const { body } = await client.fetch("https://a.example");
  const reader = /** @type {ReadableStream} */ (body).getReader();
  assert.equal((await reader.read()).value, "text");
  assert.equal((await reader.read()).done, true);
});

test("the core gets its memory back when a body ends", async (t) => {
  const { freed } = scanners(t);
  await (await clientOf(EVENT).fetch("https://a.example")).text();
  await (await clientOf("{}", {}, "application/json").fetch("https://a.example")).text();
  assert.deepEqual(freed(), [1, 1]);
});
