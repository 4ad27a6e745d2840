// @ts-check
// Bodies of the wrong kind, compressed, odd, slow or large.
import assert from "node:assert/strict";
import { test } from "node:test";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import { gatewayForThisFile, until, user } from "./harness.mjs";
import { eventsIn, onTheWire, saidIn } from "./wire.mjs";

const gateway = gatewayForThisFile();
const TEXT = "one two three";

/** @param {string} scenario @param {object} [body] */
const chat = (scenario, body = {}) =>
  gateway.chat({ messages: user(`echo: ${TEXT}`), ...body }, { "x-gateway-scenario": scenario });

/** @param {string} scenario @param {Parameters<typeof onTheWire>[2]} [how] */
const wire = (scenario, how) => onTheWire(gateway.running.port, scenario, how);

test("content types that do not fit", async () => {
  for (const [scenario, type] of [
    ["sse-as-json-type", "application/json; charset=utf-8"],
    ["sse-no-type", null],
  ]) {
    const stream = await chat(String(scenario), { stream: true });
    assert.equal(stream.headers.get("content-type"), type);
    assert.equal(saidIn(eventsIn(await stream.text())), TEXT);
    assert.equal((await (await chat(String(scenario))).json()).choices[0].message.content, TEXT);
  }
  const json = await chat("json-instead-of-stream", { stream: true });
  assert.equal((await json.json()).choices[0].message.content, TEXT);
  const stream = await chat("stream-instead-of-json");
  assert.match(String(stream.headers.get("content-type")), /event-stream/);
  assert.equal(saidIn(eventsIn(await stream.text())), TEXT);
  const html = await chat("html-instead-of-stream", { stream: true });
  assert.deepEqual([html.status, html.headers.get("content-type")], [200, "text/html; charset=utf-8"]);
});

test("bodies that are empty or no JSON object", async () => {
  for (const stream of [false, true]) {
    const nothing = await chat("204", { stream });
    assert.deepEqual([nothing.status, await nothing.text()], [204, ""]);
    const empty = await chat("empty-200-json", { stream });
    assert.deepEqual([empty.status, empty.headers.get("content-length"), await empty.text()], [200, "0", ""]);
    const cut = await (await chat("json-cut", { stream })).text();
    assert.match(cut, /^\{"id"/);
    assert.throws(() => JSON.parse(cut), SyntaxError);
  }
  for (const [v, body] of [
    ["array", "[]"],
    ["string", '"text"'],
    ["number", "42"],
    ["null", "null"],
    ["true", "true"],
  ]) {
    assert.equal(await (await chat(`json-not-object;v=${v}`)).text(), body);
  }
  assert.match((await wire("json-bom", { body: { stream: false } })).text, /^\uFEFF\{/);
  assert.match((await wire("json-bom")).text, /^\uFEFFdata: /);
});

test("JSON that is good and hard: big numbers, depth, keys; streamed or not", async () => {
  for (const [scenario, sign] of /** @type {const} */ ([
    ["json-big-numbers", /9007199254740993,.*1e400,.*-0,/],
    ["deep-nesting;levels=5000", /"x_deep":\[{5000}\]{5000},/],
    ["deep-nesting;levels=3;of=objects", /"x_deep":\{"a":\{"a":\{"a":1\}\}\},/],
    ["odd-keys;count=500", /"k499":499\}/],
    ["odd-keys;v=long;count=70000", /"k{70000}":1/],
    ["odd-keys;v=duplicate", /"x_twice":"first","x_twice":"last"/],
  ])) {
    const text = await (await chat(scenario)).text();
    assert.match(text, sign);
    assert.equal(JSON.parse(text).choices[0].message.content, TEXT);
    const events = eventsIn(await (await chat(scenario, { stream: true })).text());
    assert.match(events[1], sign);
    assert.equal(saidIn(events), TEXT);
  }
});

test("compressed: each event can be read as soon as it was sent", async () => {
  const decoders = { gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync };
  for (const [enc, decode] of Object.entries(decoders)) {
    const { head, chunks } = await wire(`encoded;enc=${enc}`);
    assert.match(head, new RegExp(`^content-encoding: ${enc}$`, "im"));
    assert.equal(saidIn(eventsIn(decode(Buffer.concat(chunks)).toString())), TEXT, enc);
    assert.ok(chunks.length > 5, "flushed for each event");
    assert.equal((await (await chat(`encoded;enc=${enc}`)).json()).choices[0].message.content, TEXT, enc);

    // The server would wait for ever between the first event and the second.
    const response = await chat(`encoded;enc=${enc};ms=600000;run=${enc}`, { stream: true });
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    assert.match(Buffer.from(value ?? []).toString(), /^data: \{.*\}\n\n$/);
    await reader?.cancel();
    const record = gateway.running.log.find(({ run }) => run === enc);
    await until(() => record?.clientGoneAt !== null);
  }
});

test("compressed and damaged: the start can be read, the rest not", async () => {
  for (const [enc, decode] of Object.entries({ gzip: gunzipSync, deflate: inflateSync, br: brotliDecompressSync })) {
    for (const stream of [true, false]) {
      const { chunks, complete } = await wire(`encoded-corrupt;enc=${enc}`, { body: { stream } });
      assert.ok(complete);
      assert.throws(() => decode(Buffer.concat(chunks)), enc);
    }
  }
  // Without `then=open` the fetch of Node 20 and 22 would read for ever: it forgets the error when the end has come.
  const response = await chat("encoded-corrupt;then=open", { stream: true });
  await assert.rejects(response.text(), TypeError);
});

test("slow headers, always or once, are given up with the client", async () => {
  const started = performance.now();
  assert.equal((await chat("slow-headers;ms=30")).status, 200);
  assert.ok(performance.now() - started >= 29);
  for (let i = 0; i < 2; i += 1) assert.equal((await chat("slow-headers-once;ms=300;run=once")).status, 200);
  const [one, two] = gateway.running.log
    .filter(({ run }) => run === "once")
    .map(({ startedAt, respondedAt }) => Number(respondedAt) - startedAt);
  assert.ok(one >= 299 && two < one, `${one}, ${two}`);

  const abort = new AbortController();
  const waiting = gateway.post(
    "/_scenario/slow-headers;run=gone/v1/chat/completions",
    { model: "gpt-5.4", messages: user("Hi") },
    {},
    abort.signal,
  );
  const found = () => gateway.running.log.find(({ run, bodySha256 }) => run === "gone" && bodySha256 !== null);
  await until(() => found() !== undefined);
  abort.abort();
  await assert.rejects(waiting, { name: "AbortError" });
  await until(() => found()?.clientGoneAt !== null);
  assert.equal(found()?.status, null);
});

test("slow events, drips, and comments in between", async () => {
  await (await chat("slow-events;ms=5;run=slow", { stream: true })).text();
  const record = gateway.running.log.find(({ run }) => run === "slow");
  await until(() => record?.endedAt !== null);
  // Seven events: the role, three words, the end, the usage, [DONE].
  assert.ok(Number(record?.endedAt) - Number(record?.respondedAt) >= 6 * 4);

  const dripped = await wire("slow-drip");
  assert.ok(dripped.chunks.every((chunk) => chunk.length === 1));
  assert.equal(saidIn(eventsIn(dripped.text)), TEXT);
  const long = await wire("slow-drip;size=3000;bytes=2", { body: { stream: false } });
  assert.ok(long.chunks.length > 1500);
  assert.equal(JSON.parse(long.text).choices[0].message.content, "x".repeat(3000));

  const { text } = await wire("keepalive-only;count=4;ms=1");
  assert.match(text, /^(: keep-alive\n\n){4}data: /);
  assert.equal(saidIn(eventsIn(text)), TEXT);
  const json = await wire("keepalive-only;count=4;ms=1", { body: { stream: false } });
  assert.match(json.text, /^\n{4}\{/);
  const endless = await wire("keepalive-only;count=always;ms=0", { enough: (all) => all.length > 1000 });
  assert.ok(!endless.text.includes("data"));
});

test("many chunks in one write, or a few in each", async () => {
  const numbers = Array.from({ length: 3000 }, (_, index) => `${index} `).join("");
  const all = await wire("many-chunks;count=3000");
  assert.equal(saidIn(eventsIn(all.text)), numbers);
  assert.equal(all.chunks.length, 1);
  assert.ok((await wire("many-chunks;count=30;per=10")).chunks.length < 6);
  const path = "/v1/responses";
  const events = eventsIn((await wire("many-chunks;count=50", { path })).text).map((data) => JSON.parse(data));
  assert.equal(events.at(-1).response.output_text, numbers.slice(0, numbers.indexOf("50 ")));
  const json = await wire("many-chunks;count=3000", { path, body: { stream: false } });
  assert.equal(JSON.parse(json.text).output_text, numbers);
});

test("one huge event", async () => {
  const events = eventsIn(await (await chat("huge-event;mb=3", { stream: true })).text());
  assert.equal(saidIn(events).length, "before  after".length + 3 * 1024 * 1024);
  const json = await (await chat("huge-event;mb=1")).json();
  assert.equal(json.choices[0].message.content.length, "before  after".length + 1024 * 1024);
});

test("a flood waits for its reader", async () => {
  const response = await chat("flood;run=flood", { stream: true });
  const record = gateway.running.log.find(({ run }) => run === "flood");
  const reader = response.body?.getReader();
  await reader?.read();
  // The writer takes one turn of the event loop for each write: nothing written in a hundred
  // turns means that it waits.
  let before = -1;
  let quiet = 0;
  await until(() => {
    quiet = record?.bytesWritten === before ? quiet + 1 : 0;
    before = record?.bytesWritten ?? -1;
    return quiet > 100;
  });
  assert.equal(record?.endedAt, null);
  assert.ok(before < 16 * 1024 * 1024, `${before} bytes`);
  await reader?.cancel();
  await until(() => record?.clientGoneAt !== null);

  const small = eventsIn(await (await chat("flood;mb=2", { stream: true })).text());
  assert.ok(saidIn(small).length >= 2 * 1024 * 1024);
  assert.match(saidIn(small), /^0 x+ 1 x+ 2 x/);
  const json = await (await chat("flood;mb=2")).json();
  assert.ok(json.choices[0].message.content.length >= 2 * 1024 * 1024);
});
