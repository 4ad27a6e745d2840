// @ts-check
// Leaving a stream before its end, and not reading it: the connection goes with the interest.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setImmediate as macrotask } from "node:timers/promises";
import { entry } from "./installed.mjs";
import { all, clientOf, gatewayWithClients, hi, rejection, serverFor, until } from "./support.mjs";

const gateway = gatewayWithClients();

/** The gateway waits a minute before it sends the second event. */
const NEVER_ENDING = { headers: { "x-gateway-pace": "60000" } };

const openEndless = () => gateway.client().chat.completions.create({ ...hi(), stream: true }, NEVER_ENDING);

/**
 * The gateway sees within 200 ms that the client of the last request has gone.
 * @param {number} since on the clock of `performance.now()`
 */
async function goneSoon(since) {
  const record = gateway.last;
  await until(() => record.clientGoneAt !== null);
  const after = Number(record.clientGoneAt) - since;
  assert.ok(after < 200, `the connection was closed ${after} ms after the stream`);
}

test("break closes the connection", async () => {
  const stream = await openEndless();
  let chunks = 0;
  for await (const _ of stream) {
    chunks++;
    break;
  }
  await goneSoon(performance.now());
  assert.equal(chunks, 1);
  assert.equal(stream.completed, false);
});

test("an error thrown in the loop closes the connection and passes unchanged", async () => {
  const stream = await openEndless();
  const mine = new Error("mine");
  const looped = async () => {
    for await (const _ of stream) throw mine;
  };
  await assert.rejects(looped(), (error) => error === mine);
  await goneSoon(performance.now());
});

test("return() before the first chunk closes the connection and gives back its value", async () => {
  const stream = await openEndless();
  const iterator = stream[Symbol.asyncIterator]();
  assert.deepStrictEqual(await iterator.return?.(/** @type {any} */ ("value")), { value: "value", done: true });
  assert.deepStrictEqual(await iterator.next(), { value: undefined, done: true });
  await goneSoon(performance.now());
});

test("close() ends a stream that nobody reads, and may be called again", async () => {
  const stream = await openEndless();
  await Promise.all([stream.close(), stream.close()]);
  await goneSoon(performance.now());
  await stream.close();
  assert.deepStrictEqual(await all(stream), []);
  assert.deepStrictEqual([stream.completed, stream.routingMetadata, stream.usage], [false, null, null]);
});

test("close() ends a loop quietly while it waits for the next chunk", async () => {
  const stream = await openEndless();
  const iterator = stream[Symbol.asyncIterator]();
  assert.equal((await iterator.next()).done, false);
  const waiting = [iterator.next(), iterator.next()];
  await stream.close();
  for (const next of waiting) assert.deepStrictEqual(await next, { value: undefined, done: true });
  await goneSoon(performance.now());
});

test("close() drops chunks that were received but not read", async () => {
  const stream = await gateway
    .client()
    .chat.completions.create({ ...hi(), stream: true }, { headers: { "x-gateway-cut": "all" } });
  const iterator = stream[Symbol.asyncIterator]();
  assert.equal((await iterator.next()).done, false);
  await stream.close();
  assert.deepStrictEqual(await iterator.next(), { value: undefined, done: true });
});

test("close() after the end changes nothing", async () => {
  const stream = await gateway.client().chat.completions.create({ ...hi(), stream: true });
  await all(stream);
  const { routingMetadata, usage } = stream;
  await stream.close();
  assert.notEqual(routingMetadata, null);
  assert.deepStrictEqual([stream.completed, stream.routingMetadata, stream.usage], [true, routingMetadata, usage]);
});

test("close() while a reader waits ends its read", async () => {
  const stream = await openEndless();
  const reader = stream.getReader();
  await reader.read();
  const waiting = reader.read();
  await stream.close();
  assert.deepStrictEqual(await waiting, { value: undefined, done: true });
  await reader.closed;
});

test("close() with a reader that does not read ends the next read", async () => {
  const stream = await openEndless();
  const reader = stream.getReader();
  await reader.read();
  await stream.close();
  assert.deepStrictEqual(await reader.read(), { value: undefined, done: true });
  await reader.closed;
});

test("cancelling the ReadableStream closes the connection, whoever does it", async () => {
  await (await openEndless()).cancel();
  await goneSoon(performance.now());

  const reader = (await openEndless()).getReader();
  await reader.read();
  await reader.cancel();
  await goneSoon(performance.now());

  const piped = (await openEndless()).pipeThrough(new TransformStream()).getReader();
  await piped.read();
  await piped.cancel();
  await goneSoon(performance.now());

  const branches = (await openEndless()).tee();
  await Promise.all(branches.map((branch) => branch.cancel()));
  await goneSoon(performance.now());
});

test("a stream may be closed from onResponse", async () => {
  /** @type {import("../../pkg/types/index.js").ChatCompletionStream | undefined} */
  let stream;
  const client = gateway.client({ onResponse: () => void stream?.close() });
  stream = await client.chat.completions.create({ ...hi(), stream: true }, { headers: { "x-gateway-cut": "all" } });
  assert.deepStrictEqual(await all(stream), []);
  assert.equal(stream.completed, false);
});

test("a stream that is complete closes the connection though the server keeps it open", async (t) => {
  let gone = false;
  const server = await serverFor(t, (_, res) => {
    res.on("close", () => (gone = true));
    res.writeHead(200, { "content-type": "text/event-stream" }).write('data: {"choices":[]}\n\ndata: [DONE]\n\n');
  });
  const stream = await server.client().chat.completions.create({ ...hi(), stream: true });
  assert.deepStrictEqual(await all(stream), [{ choices: [] }]);
  assert.equal(stream.completed, true);
  await until(() => gone);
});

test("a stream that was dropped half-way does not keep its process alive when the server has gone", async (t) => {
  const server = await serverFor(t, (req, res) => {
    res.writeHead(200, { "content-type": "text/event-stream" }).write('data: {"choices":[]}\n\n');
    dropped.then(() => req.socket.destroy());
  });
  const options = JSON.stringify({ apiKey: "ak_x", baseUrl: server.url, timeout: 8_000 });
  const script = `
    import { auriko } from ${JSON.stringify(entry)};
    const { create } = new auriko.AurikoClient(${options}).chat.completions;
    await (await create({ model: "m", messages: [], stream: true })).getReader().read();
    console.log("dropped");`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const dropped = once(child.stdout, "data");
  t.after(() => child.kill());
  await dropped;
  const begin = performance.now();
  assert.deepStrictEqual(await once(child, "exit"), [0, null]);
  const waited = performance.now() - begin;
  assert.ok(waited < 5_000, `it went on for ${waited} ms, which is its timeout`);
});

/** How much a server could send before it had to wait for its client, which reads `count` chunks. @param {number} count */
async function floodedBytes(/** @type {import("node:test").TestContext} */ t, count) {
  const event = `data: ${JSON.stringify({ choices: [], filler: "x".repeat(100_000) })}\n\n`;
  const flood = 200_000_000;
  let sent = 0;
  const server = await serverFor(t, (_, res) => {
    res.writeHead(200, { "content-type": "text/event-stream" });
    const pour = () => {
      while (sent < flood) {
        sent += event.length;
        if (!res.write(event)) return void res.once("drain", pour);
      }
      res.end("data: [DONE]\n\n");
    };
    pour();
  });
  const stream = await server.client().chat.completions.create({ ...hi(), stream: true });
  const iterator = stream[Symbol.asyncIterator]();
  for (let read = 0; read < count; read++) await iterator.next();
  // Client and server share this event loop: when it has turned a thousand times and nothing more was sent,
  // nothing more will be.
  for (let before = -1, turns = 0; turns < 1000; turns = before === sent ? turns + 1 : 0) {
    before = sent;
    await macrotask();
  }
  await stream.close();
  return sent;
}

test("a server cannot send more than the buffers hold to somebody who does not read", async (t) => {
  for (const count of [0, 5]) {
    const sent = await floodedBytes(t, count);
    assert.ok(sent < 8_000_000, `${sent} bytes were taken from the server after ${count} chunks`);
  }
});

test("a branch that is closed while it is read ends at once, and the other goes on", async () => {
  const headers = { "x-gateway-scenario": "stall;after=3" };
  const client = gateway.client({ timeout: 60_000 });
  const stream = await client.chat.completions.create({ ...hi(), stream: true }, { headers });
  const [closed, open] = stream.tee();
  const chunks = [];
  // The third is the last that comes.
  for await (const chunk of closed) {
    if (chunks.push(chunk) === 3) setImmediate(() => closed.close());
  }
  assert.equal(chunks.length, 3);
  const iterator = open[Symbol.asyncIterator]();
  for (const chunk of chunks) assert.deepStrictEqual((await iterator.next()).value, chunk);
  await open.close();
});

test("a reader of a caller's fetch that never settles keeps nobody waiting at the end", async () => {
  const forever = new Promise(() => {});
  const body = { getReader: () => ({ read: () => forever, cancel: () => forever }) };
  const headers = new Headers({ "content-type": "text/event-stream" });
  const fetch = /** @type {any} */ (async () => ({ status: 200, ok: true, headers, body }));
  const open = (/** @type {object} */ options) =>
    clientOf("https://x", { fetch }).chat.completions.create({ ...hi(), stream: true }, options);
  assert.equal((await rejection(all(await open({ timeout: 20 })))).code, "idle_timeout");
  const abort = new AbortController();
  const aborted = all(await open({ signal: abort.signal }));
  setImmediate(() => abort.abort("mine"));
  assert.equal(await rejection(aborted), "mine");
  const closed = await open({});
  setImmediate(() => closed.close());
  assert.deepStrictEqual(await all(closed), []);
});
