// @ts-check
// Connections that break, seen from a bare socket.
import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { test } from "node:test";
import { gatewayForThisFile, KEY, until, user } from "./harness.mjs";
import { eventsIn, onTheWire, saidIn } from "./wire.mjs";

const gateway = gatewayForThisFile();
const RESPONSES = "/v1/responses";

/** @param {string} scenario @param {Parameters<typeof onTheWire>[2]} [how] */
const wire = (scenario, how) => onTheWire(gateway.running.port, scenario, how);

/** @param {string} run */
const recordsOf = (run) => gateway.running.log.filter((record) => record.run === run);

test("before the headers: reset, close, bytes that are no HTTP; then an answer", async () => {
  for (const [scenario, end, bytes] of /** @type {const} */ ([
    ["reset-before-headers", "ECONNRESET", 0],
    ["close-before-headers", "fin", 0],
    ["garbage-response;n=1", "fin", 39],
  ])) {
    const run = scenario.split(";")[0];
    const spoilt = await wire(`${scenario};run=${run}`);
    assert.equal(spoilt.end, end, scenario);
    assert.equal(spoilt.bytes.length, bytes, scenario);
    const good = await wire(`${scenario};run=${run}`);
    assert.match(good.head, /^HTTP\/1\.1 200 OK/, scenario);
    assert.ok(good.complete);
    const [first, second] = recordsOf(run);
    await until(() => first.endedAt !== null);
    assert.deepEqual([first.attempt, first.status, first.clientGoneAt, first.bytesWritten], [1, null, null, bytes]);
    assert.ok(Number(first.endedAt) < second.startedAt);
  }
  assert.ok(!(await wire("garbage-response")).bytes.toString("latin1").includes("HTTP"));
});

test("in the middle of the body: whole events, then reset or close without the last chunk", async () => {
  for (const [scenario, end] of /** @type {const} */ ([
    ["reset-mid-body", "ECONNRESET"],
    ["truncated-chunked", "fin"],
  ])) {
    for (const path of ["/v1/chat/completions", RESPONSES]) {
      const { chunks, complete, ...seen } = await wire(`${scenario};after=3;wait=0;run=${scenario}`, {
        path,
        body: path === RESPONSES ? { input: "Hi", messages: undefined } : {},
      });
      assert.equal(seen.end, end, scenario);
      assert.equal(complete, false);
      assert.equal(chunks.length, 3);
      assert.ok(chunks.every((chunk) => chunk.toString().endsWith("\n\n")));
      const record = recordsOf(scenario).at(-1);
      assert.equal(record?.bytesWritten, Buffer.concat(chunks).length);
      await until(() => record?.endedAt !== null);
      assert.equal(record?.clientGoneAt, null);
    }
  }
});

test("in the middle of an event", async () => {
  for (const [scenario, end] of [
    ["reset-mid-event;wait=0", "ECONNRESET"],
    ["truncated-chunked;inside=1;wait=0", "fin"],
  ]) {
    const { chunks, text, ...seen } = await wire(String(scenario));
    assert.equal(seen.end, end);
    assert.equal(eventsIn(text).length, 2);
    assert.match(String(chunks[2]), /^data: \{.*[^\n]$/s);
  }
});

test("without a stream half of the JSON comes", async () => {
  for (const scenario of ["reset-mid-body", "reset-mid-event", "truncated-chunked", "short-content-length"]) {
    const { text, head, end } = await wire(`${scenario};wait=0`, { body: { stream: false } });
    assert.match(head, /^content-type: application\/json/im);
    assert.equal(end, scenario.startsWith("reset") ? "ECONNRESET" : "fin");
    assert.match(text, /^\{"id"/);
    assert.throws(() => JSON.parse(text));
  }
});

test("a Content-Length that promises more than comes", async () => {
  const { head, bytes, text, end } = await wire("short-content-length;extra=7;after=all;wait=0");
  const promised = Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
  assert.equal(promised, bytes.length - head.length - 4 + 7);
  assert.equal(eventsIn(text).at(-1), "[DONE]");
  assert.equal(end, "fin");
});

test("a stall lasts until the client goes, which the log shows; or as long as asked", async () => {
  const stalled = await wire("stall;after=2;run=stall", { enough: (text) => text.split("data: ").length === 3 });
  assert.equal(stalled.end, "enough");
  await until(() => recordsOf("stall")[0].clientGoneAt !== null);
  const { text } = await wire("stall;after=2;wait=1");
  assert.equal(saidIn(eventsIn(text)), "one two three");
  const json = await wire("stall;wait=1", { body: { stream: false } });
  assert.equal(JSON.parse(json.text).choices[0].message.content, "one two three");
});

test("after-done-open: all has come, and the connection stays until the client closes it", async () => {
  const { text, complete } = await wire("after-done-open;run=open", { enough: (all) => all.includes("[DONE]") });
  assert.equal(complete, false);
  assert.equal(eventsIn(text).at(-1), "[DONE]");
  const [record] = recordsOf("open");
  await until(() => record.clientGoneAt !== null);
  assert.ok(Number(record.clientGoneAt) > Number(record.respondedAt));
});

test("never-ending goes on until the client has enough, streamed or not", async () => {
  for (const [run, stream] of /** @type {const} */ ([
    ["endless", true],
    ["endless-json", false],
  ])) {
    const { text } = await wire(`never-ending;ms=1;run=${run}`, {
      body: { stream },
      enough: (all) => all.includes("12 "),
    });
    assert.ok((stream ? saidIn(eventsIn(text)) : text).includes("0 1 2 3 4 5 6 7 8 9 10 11 "));
    await until(() => recordsOf(run)[0].clientGoneAt !== null);
  }
});

/** One POST with an agent, so that connections are reused. @param {Agent} agent @param {string} scenario */
async function viaAgent(agent, scenario) {
  const sent = request(`${gateway.running.url}/v1/chat/completions`, {
    method: "POST",
    agent,
    headers: { authorization: `Bearer ${KEY}`, "x-gateway-scenario": scenario },
  });
  sent.end(JSON.stringify({ model: "gpt-5.4", messages: user("Hi") }));
  const [response] = await once(sent, "response");
  for await (const _ of response);
  return { status: response.statusCode, connection: response.headers.connection, socket: sent.socket };
}

test("keepalive-race: the answer promises to keep the connection, which then is closed", async (t) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(() => agent.destroy());
  const first = await viaAgent(agent, "keepalive-race");
  assert.deepEqual([first.status, first.connection], [200, "keep-alive"]);
  if (!first.socket?.closed) await once(/** @type {import('node:net').Socket} */ (first.socket), "close");

  const scenario = "keepalive-race;when=next;run=next";
  assert.equal((await viaAgent(agent, scenario)).status, 200);
  await assert.rejects(viaAgent(agent, scenario), { code: "ECONNRESET" });
  assert.equal((await viaAgent(agent, scenario)).status, 200);
  const [one, two, three] = recordsOf("next");
  assert.deepEqual([one.status, two.status, three.status], [200, null, 200]);
  assert.equal(one.connection, two.connection);
  assert.notEqual(two.connection, three.connection);
});

test("early-hints: informational answers before the real one", async () => {
  const { bytes } = await wire("early-hints;count=2");
  assert.match(
    bytes.toString("latin1"),
    /^HTTP\/1\.1 103 Early Hints\r\n.*?\r\n\r\nHTTP\/1\.1 103 Early Hints.*?\r\n\r\nHTTP\/1\.1 200 OK\r\n/s,
  );
});
