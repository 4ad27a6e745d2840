// @ts-check
// The bytes of a stream: replay, cut, pace, backpressure.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { dataOf, gatewayForThisFile, KEY, payloadsOf, until, user } from "./harness.mjs";
import { cutterFor } from "./http/cut.mjs";
import { startGateway } from "./server.mjs";

const gateway = gatewayForThisFile();

const LINES = ['{"a":"é"}', '{"b":"🦀🦀🦀 und 東京"}', "  not json at all ", "{}", "[DONE]", '{"z":"\\ud800"}'];
const EVENTS = LINES.map((line) => Buffer.from(`data: ${line}\n\n`));
const CUTS = ["event", "all", "split", "1", "7", "64", "100000", "events:2", "events:100"];

/** @param {string} cut */
const writesOf = (cut) => [...cutterFor(cut)(EVENTS)];

test("whatever the cut, the bytes are the same and every event is counted once", () => {
  for (const cut of CUTS) {
    const writes = writesOf(cut);
    assert.deepEqual(Buffer.concat(writes.map(({ bytes }) => bytes)), Buffer.concat(EVENTS), cut);
    assert.equal(
      writes.reduce((sum, { ended }) => sum + ended, 0),
      EVENTS.length,
      cut,
    );
    assert.ok(
      writes.every(({ bytes }) => bytes.length > 0),
      cut,
    );
  }
});

test("each cut has writes of its own form", () => {
  const sizes = (/** @type {string} */ cut) => writesOf(cut).map(({ bytes }) => bytes.length);
  assert.deepEqual(
    sizes("event"),
    EVENTS.map((event) => event.length),
  );
  assert.equal(sizes("all").length, 1);
  assert.equal(sizes("events:2").length, 3);
  assert.ok(
    sizes("7")
      .slice(0, -1)
      .every((size) => size === 7),
  );
  assert.ok(sizes("1").every((size) => size === 1));
  const halves = writesOf("split");
  assert.equal(halves.length, 2 * EVENTS.length);
  const insideCharacter = (/** @type {Uint8Array} */ half) => (half[0] & 0xc0) === 0x80;
  assert.deepEqual(
    [halves[1], halves[3]].map(({ bytes }) => insideCharacter(bytes)),
    [true, true],
  );
});

test("a cut that is none is refused", async () => {
  for (const cut of ["", "0", "-1", "1.5", "events:", "events:0", "middle", "NaN"]) {
    assert.throws(() => cutterFor(cut), RangeError, cut);
  }
  assert.equal((await gateway.chat({ stream: true }, { "x-gateway-cut": "middle" })).status, 400);
  assert.equal((await gateway.chat({ stream: true }, { "x-gateway-pace": "slow" })).status, 400);
  await assert.rejects(startGateway({ cut: "middle" }), RangeError);
  await assert.rejects(startGateway({ pace: -1 }), RangeError);
});

test("a replay sends each line verbatim, over the network too, in every cut", async () => {
  const id = await gateway.record(LINES);
  const chat = Buffer.concat([...EVENTS, Buffer.from("data: [DONE]\n\n")]);
  for (const cut of CUTS) {
    const headers = { "x-replay": id, "x-gateway-cut": cut };
    const answer = await gateway.chat({ stream: true }, headers);
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), chat, cut);
    const other = await gateway.post("/v1/responses", { model: "gpt-5.4", input: "Hi", stream: true }, headers);
    assert.deepEqual(Buffer.from(await other.arrayBuffer()), Buffer.concat(EVENTS), `${cut}: no [DONE] for responses`);
  }
});

test("a replayed chat ends with routing metadata when asked", async () => {
  const id = await gateway.record(['{"choices":[]}']);
  const chunks = await payloadsOf(await gateway.chat({ stream: true }, { "x-replay": id, "x-replay-metadata": "1" }));
  assert.equal(chunks.length, 2);
  assert.equal(chunks[1].routing_metadata.provider, "azure");
});

test("a replay that is not there, and lines that are none, are refused", async () => {
  assert.equal((await gateway.chat({ stream: true }, { "x-replay": "nope" })).status, 400);
  for (const lines of ["x", [1], ["a\nb"], ["a\rb"], null]) {
    assert.equal((await gateway.post("/_replay", { lines })).status, 400, JSON.stringify(lines));
  }
});

test("a gateway started with a file replays it for every stream and no other request", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "gateway-"));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, "recorded.jsonl");
  await writeFile(path, `${LINES.join("\n")}\n`);
  const replaying = await startGateway({ replay: path, replayMetadata: true, cut: "split" });
  t.after(() => replaying.close());
  const send = (/** @type {object} */ body) =>
    fetch(`${replaying.url}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `Bearer ${KEY}` },
      body: JSON.stringify({ model: "gpt-5.4", messages: user("Hi"), ...body }),
    });
  const data = dataOf(await (await send({ stream: true })).text());
  assert.deepEqual(data.slice(0, LINES.length), LINES);
  assert.ok(JSON.parse(data[LINES.length]).routing_metadata);
  assert.equal(data.at(-1), "[DONE]");
  assert.match(await (await send({})).text(), /"object":"chat.completion"/);
  await assert.rejects(startGateway({ replay: join(folder, "missing.jsonl") }), { code: "ENOENT" });
});

test("pace lies between the events", async () => {
  const id = await gateway.record(["{}", "{}", "{}"]);
  for (const cut of ["event", "3", "events:2", "split"]) {
    gateway.running.log.length = 0;
    await (
      await gateway.chat({ stream: true }, { "x-replay": id, "x-gateway-pace": "20", "x-gateway-cut": cut })
    ).text();
    const [record] = gateway.running.log;
    await until(() => record.endedAt !== null);
    const took = Number(record.endedAt) - Number(record.respondedAt);
    // Four events with [DONE], so three pauses; a pair of them is spared by writing two at a time.
    const least = cut === "events:2" ? 40 : 60;
    assert.ok(took >= least - 5, `${cut}: ${took}`);
  }
});

test("a reader that does not read holds the stream back", async () => {
  const megabyte = "x".repeat(1024 * 1024);
  const id = await gateway.record(Array(24).fill(megabyte));
  gateway.running.log.length = 0;
  const response = await gateway.chat({ stream: true }, { "x-replay": id });
  const [record] = gateway.running.log;
  // The writer takes one turn of the event loop for each write. So when nothing was written
  // for a hundred turns and the stream has not ended, it waits for the reader.
  let before = -1;
  let quiet = 0;
  await until(() => {
    quiet = record.bytesWritten === before ? quiet + 1 : 0;
    before = record.bytesWritten;
    return quiet > 100;
  });
  assert.equal(record.endedAt, null);
  assert.ok(record.bytesWritten < 16 * megabyte.length, `${record.bytesWritten} bytes`);
  assert.equal((await response.arrayBuffer()).byteLength, 24 * (megabyte.length + 8) + "data: [DONE]\n\n".length);
  await until(() => record.endedAt !== null);
});
