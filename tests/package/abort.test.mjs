// @ts-check
// A caller's AbortSignal: the call ends with the reason itself, and the signal keeps nothing of the call.
import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { all, auriko, clientOf, gatewayWithClients, hi, rejection, serverFor, turns, until } from "./support.mjs";

const gateway = gatewayWithClients();

const STREAM = /** @type {const} */ ({ ...hi(), stream: true });

/** The gateway waits a minute before it sends the second event. */
const NEVER_ENDING = { "x-gateway-pace": "60000" };

/** What people abort with. The last is what `abort()` makes of no reason. */
const REASONS = [
  new TypeError("mine"),
  Object.freeze(new auriko.AurikoAPIError("of another call")),
  "text",
  0,
  null,
  { any: "object" },
  Object.freeze({}),
  undefined,
];

/**
 * A server that begins to answer as it is told and never ends; a client of it; and what happened.
 * @param {import("node:test").TestContext} t
 * @param {(res: import("node:http").ServerResponse) => void} begin
 */
async function hanging(t, begin) {
  const seen = { requests: 0, answers: 0, gone: 0 };
  const { client } = await serverFor(t, (_, res) => {
    seen.requests++;
    res.on("close", () => seen.gone++);
    begin(res);
  });
  const { create } = client({
    maxRetries: 5,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      seen.answers++;
      return response;
    },
  }).chat.completions;
  return { create, seen };
}

/** @param {AbortSignal} signal */
const listeners = (signal) => getEventListeners(signal, "abort").length;

/**
 * Aborts, and asserts that all of these promises reject with the very reason of the signal.
 * @param {AbortController} controller
 * @param {unknown} reason
 * @param {Promise<unknown>[]} calls
 */
async function abortsAll(controller, reason, calls) {
  const rejections = calls.map(rejection);
  const begin = performance.now();
  controller.abort(reason);
  for (const got of await Promise.all(rejections)) assert.ok(Object.is(got, controller.signal.reason), String(got));
  assert.ok(performance.now() - begin < 200, "at once");
  assert.equal(listeners(controller.signal), 0);
}

test("with a signal that is aborted already nothing is sent", async (t) => {
  const fetch = t.mock.fn();
  const { chat, models } = clientOf("http://127.0.0.1:9", { fetch: /** @type {any} */ (fetch) });
  for (const reason of REASONS) {
    const signal = AbortSignal.abort(reason);
    const calls = [chat.completions.create(hi(), { signal }), chat.completions.create(STREAM, { signal })];
    for (const call of [...calls, models.list({}, { signal })]) {
      assert.ok(Object.is(await rejection(call), signal.reason));
    }
    assert.equal(listeners(signal), 0);
  }
  assert.equal(fetch.mock.callCount(), 0);
});

test("a call that waits for headers rejects with the reason, closes the connection and is not repeated", async (t) => {
  const { create, seen } = await hanging(t, () => {});
  for (const reason of REASONS) {
    const controller = new AbortController();
    const { signal } = controller;
    const before = seen.requests;
    const calls = [create(hi(), { signal }), create(STREAM, { signal })];
    await until(() => seen.requests === before + 2);
    await abortsAll(controller, reason, calls);
    await until(() => seen.gone === before + 2);
    assert.equal(seen.requests, before + 2);
  }
});

test("a call that waits for the rest of a body rejects with the reason and closes the connection", async (t) => {
  const { create, seen } = await hanging(t, (res) => {
    res.writeHead(200, { "content-type": "application/json" }).write('{"half":');
  });
  for (const [index, reason] of REASONS.entries()) {
    const controller = new AbortController();
    const call = create(hi(), { signal: controller.signal });
    await until(() => seen.answers === index + 1);
    await turns(20);
    await abortsAll(controller, reason, [call]);
    await until(() => seen.gone === index + 1);
    assert.equal(seen.requests, index + 1);
  }
});

test("a call that waits for its next attempt rejects with the reason, and sends nothing more", async (t) => {
  const { create, seen } = await hanging(t, (res) => res.writeHead(503, { "retry-after-ms": "400" }).end());
  for (const [index, reason] of REASONS.entries()) {
    const controller = new AbortController();
    const call = create(hi(), { signal: controller.signal });
    await until(() => seen.answers === index + 1);
    await turns(20);
    await abortsAll(controller, reason, [call]);
    assert.equal(seen.requests, index + 1);
  }
  // Longer than the last of them was to wait.
  await setTimeout(800);
  assert.equal(seen.requests, REASONS.length);
});

test("a loop that waits for a chunk throws the reason; the gateway sees the close within 200 ms", async () => {
  for (const reason of REASONS) {
    const controller = new AbortController();
    const options = { signal: controller.signal, headers: NEVER_ENDING };
    const stream = await gateway.client().chat.completions.create(STREAM, options);
    const record = gateway.last;
    const iterator = stream[Symbol.asyncIterator]();
    assert.equal((await iterator.next()).done, false);
    await abortsAll(controller, reason, [iterator.next()]);
    const aborted = performance.now();
    await until(() => record.clientGoneAt !== null);
    assert.ok(Number(record.clientGoneAt) - aborted < 200);
    assert.deepStrictEqual(await iterator.next(), { value: undefined, done: true }, "once");
    assert.equal(stream.completed, false);
  }
});

test("a reader of the stream gets the reason, whether it reads or not", async () => {
  for (const reason of REASONS) {
    const controller = new AbortController();
    const options = { signal: controller.signal, headers: NEVER_ENDING };
    const create = () => gateway.client().chat.completions.create(STREAM, options);
    const [reading, resting] = [(await create()).getReader(), (await create()).getReader()];
    await Promise.all([reading.read(), resting.read()]);
    await abortsAll(controller, reason, [reading.read(), reading.closed, resting.closed]);
    assert.ok(Object.is(await rejection(resting.read()), controller.signal.reason));
  }
});

test("what was received but not read is dropped: partial text must not look complete", async () => {
  const controller = new AbortController();
  const options = { signal: controller.signal, headers: { "x-gateway-cut": "events:5", "x-gateway-pace": "10000" } };
  const stream = await gateway.client().chat.completions.create(STREAM, options);
  const iterator = stream[Symbol.asyncIterator]();
  assert.equal((await iterator.next()).done, false);
  controller.abort("enough");
  assert.equal(await rejection(iterator.next()), "enough");
});

test("abort before the first read throws the reason in the loop", async () => {
  const controller = new AbortController();
  const stream = await gateway.client().chat.completions.create(STREAM, { signal: controller.signal });
  controller.abort("early");
  assert.equal(await rejection(all(stream)), "early");
});

test("abort of a stream that nobody reads is no unhandled rejection", async () => {
  const controller = new AbortController();
  const stream = await gateway.client().chat.completions.create(STREAM, { signal: controller.signal });
  controller.abort(new Error("mine"));
  // What is unhandled after these turns fails the test.
  await turns(5);
  assert.equal(stream.completed, false);
});

test("the stream's own controller aborts like a signal", async () => {
  const stream = await gateway.client().chat.completions.create(STREAM, { headers: NEVER_ENDING });
  const record = gateway.last;
  const iterator = stream[Symbol.asyncIterator]();
  await iterator.next();
  const mine = new Error("mine");
  const next = rejection(iterator.next());
  stream.controller.abort(mine);
  assert.equal(await next, mine);
  await until(() => record.clientGoneAt !== null);
});

test("AbortSignal.timeout rejects with its TimeoutError", async (t) => {
  const { create } = await hanging(t, () => {});
  const signal = AbortSignal.timeout(20);
  const reason = await rejection(create(hi(), { signal }));
  assert.equal(reason, signal.reason);
  assert.equal(reason.name, "TimeoutError");
});

test("a fetch of the caller's that does not look at its signal does not delay the rejection", async () => {
  const controller = new AbortController();
  const { create } = clientOf("http://127.0.0.1:9", { fetch: () => new Promise(() => {}) }).chat.completions;
  await abortsAll(controller, "enough", [create(hi(), { signal: controller.signal })]);
});

test("abort after the end has no effect", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const { create } = gateway.client().chat.completions;
  const result = await create(hi(), { signal });
  const stream = await create(STREAM, { signal });
  const { length } = await all(stream);
  controller.abort();
  assert.ok(length > 3);
  assert.equal(stream.completed, true);
  assert.equal(result.object, "chat.completion");
});

test("an abort touches only the calls that have the signal", async () => {
  const controller = new AbortController();
  const client = gateway.client();
  const [aborted, other] = await Promise.all([
    client.chat.completions.create(STREAM, { signal: controller.signal, headers: NEVER_ENDING }),
    client.chat.completions.create(STREAM, { signal: new AbortController().signal }),
  ]);
  controller.abort("mine");
  assert.ok((await all(other)).length > 3);
  assert.equal(await rejection(all(aborted)), "mine");
});

test("a signal has no listener left when a call has ended, however it ended", async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const { create } = gateway.client().chat.completions;
  const broken = await gateway.record(['{"error":"broken"}']);
  const open = () => create(STREAM, { signal });
  /** @type {Record<string, () => Promise<unknown>>} */
  const ends = {
    success: () => create(hi(), { signal }),
    refusal: () => rejection(create({ ...hi(), temperature: 99 }, { signal })),
    "bad parameters": () => rejection(create(/** @type {any} */ ({}), { signal })),
    "bad options": () => rejection(create(hi(), { signal, timeout: -1 })),
    "no server": () => rejection(clientOf("http://127.0.0.1:1").chat.completions.create(hi(), { signal })),
    "a complete stream": async () => all(await open()),
    "a broken stream": async () => rejection(all(await create(STREAM, { signal, headers: { "x-replay": broken } }))),
    "a closed stream": async () => (await open()).close(),
    "a cancelled stream": async () => (await open()).cancel(),
    "a loop left": async () => {
      for await (const _ of await open()) break;
    },
  };
  for (const [name, end] of Object.entries(ends)) {
    await end();
    await until(() => listeners(signal) === 0).catch(() => assert.fail(`${name} left ${listeners(signal)} listeners`));
  }
  const stream = await open();
  assert.ok(listeners(signal) > 0, "and one while a stream is open");
  await stream.close();
});

/** The names of the warnings of the process. @param {import("node:test").TestContext} t */
function warningsFor(t) {
  /** @type {string[]} */
  const warnings = [];
  const note = (/** @type {Error} */ warning) => warnings.push(warning.name);
  process.on("warning", note);
  t.after(() => process.off("warning", note));
  return warnings;
}

test("one signal serves a hundred calls after each other without a warning", async (t) => {
  const warnings = warningsFor(t);
  const { signal } = new AbortController();
  const { create } = gateway.client().chat.completions;
  for (let call = 0; call < 50; call++) {
    await create(hi(), { signal });
    await all(await create(STREAM, { signal }));
  }
  await turns(2);
  assert.deepStrictEqual(warnings, []);
});

test("one signal serves a hundred calls at a time without a warning, and stops them all", async (t) => {
  const warnings = warningsFor(t);
  const controller = new AbortController();
  const options = { signal: controller.signal, headers: NEVER_ENDING };
  const { create } = gateway.client().chat.completions;
  const before = gateway.log.length;
  const streams = await Promise.all(Array.from({ length: 100 }, () => create(STREAM, options)));
  await abortsAll(controller, "all", streams.map(all));
  await until(() => gateway.log.slice(before).filter(({ clientGoneAt }) => clientGoneAt !== null).length === 100);
  assert.deepStrictEqual(warnings, []);
});
