// @ts-check
// AsyncLocalStorage, and tracing with it: whatever a call runs, it runs in the context of its caller.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { ANSWER, auriko, hi, KEY, serverFor } from "./support.mjs";

const CALLERS = ["a", "b", "c", "d", "e"];
/** The first two attempts of each call are refused, so that timers and retries lie in between. */
const ATTEMPTS = 3;

/** @type {AsyncLocalStorage<string>} */
const storage = new AsyncLocalStorage();

/**
 * A server that lets nobody pass before all callers have arrived, and then answers the last one first: no
 * call runs from its beginning to its end without the others in between.
 * @param {import("node:test").TestContext} t
 */
async function mixingServer(t) {
  /** @type {(() => void)[]} */
  let waiting = [];
  /** @type {Map<string, number>} */
  const attempts = new Map();
  return serverFor(t, (_, res, body) => {
    const { messages, stream } = JSON.parse(body);
    const caller = messages[0].content;
    const attempt = (attempts.get(caller) ?? 0) + 1;
    attempts.set(caller, attempt);
    waiting.push(() => answer(res, caller, attempt, stream === true));
    if (waiting.length < CALLERS.length) return;
    for (const go of waiting.reverse()) go();
    waiting = [];
  });
}

/**
 * @param {import("node:http").ServerResponse} res
 * @param {string} caller
 * @param {number} attempt
 * @param {boolean} stream
 */
function answer(res, caller, attempt, stream) {
  if (attempt < ATTEMPTS) return void res.writeHead(503, { "retry-after-ms": "20" }).end();
  const metadata = { provider: caller, provider_model_id: "m", model_canonical: "m", routing_strategy: "cost" };
  const last = JSON.stringify({ choices: [], said: caller, routing_metadata: metadata });
  if (!stream) return void res.writeHead(200, { "content-type": "application/json" }).end(last);
  res.writeHead(200, { "content-type": "text/event-stream" }).write(`data: {"choices":[],"said":"${caller}"}\n\n`);
  setImmediate(() => res.end(`data: ${last}\n\ndata: [DONE]\n\n`));
}

/**
 * Notes whose context it was, and for which caller.
 * @typedef {{ where: string, context: string | undefined, caller: string }} Note
 */
function notebook() {
  /** @type {Note[]} */
  const notes = [];
  return {
    /** @param {string} where @param {string} caller */
    note: (where, caller) => void notes.push({ where, caller, context: storage.getStore() }),
    /** Every note was made in the context of its caller, and each caller made so many. @param {Record<string, number>} counts */
    assertOwn(counts) {
      assert.deepStrictEqual(
        notes.filter(({ context, caller }) => context !== caller),
        [],
      );
      for (const caller of CALLERS) {
        const own = notes.filter((note) => note.caller === caller).map(({ where }) => where);
        const counted = Object.keys(counts).map((where) => [where, own.filter((each) => each === where).length]);
        assert.deepStrictEqual(Object.fromEntries(counted), counts, caller);
      }
    },
  };
}

/**
 * A fetch that notes whose context it runs in.
 * @param {(where: string, caller: string) => void} note
 * @returns {(url: any, init?: any) => Promise<Response>}
 */
function noting(note) {
  const original = globalThis.fetch;
  return (url, init) => {
    note("fetch", JSON.parse(init.body).messages[0].content);
    return original(url, init);
  };
}

/** Runs all callers at once, each in its own context. @param {(caller: string) => Promise<void>} call */
const eachCaller = (call) => Promise.all(CALLERS.map((caller) => storage.run(caller, call, caller)));

for (const kind of /** @type {const} */ (["a fetch of the caller's", "the global fetch"])) {
  /**
   * @param {import("node:test").TestContext} t
   * @param {(where: string, caller: string) => void} note
   */
  const createFor = async (t, note) => {
    const server = await mixingServer(t);
    const own = kind === "the global fetch" ? {} : { fetch: noting(note) };
    if (kind === "the global fetch") t.mock.method(globalThis, "fetch", noting(note));
    const client = server.client({
      ...own,
      maxRetries: ATTEMPTS - 1,
      onResponse: (metadata) => note("onResponse", metadata.provider),
    });
    return client.chat.completions.create;
  };

  test(`${kind}, onResponse and the code after await see the context of their call`, async (t) => {
    const { note, assertOwn } = notebook();
    const create = await createFor(t, note);
    await eachCaller(async (caller) => {
      const result = await create(hi(caller));
      note("after", /** @type {any} */ (result).said);
    });
    assertOwn({ fetch: ATTEMPTS, onResponse: 1, after: 1 });
  });

  test(`${kind}, onResponse and the loop of a stream see the context of their call`, async (t) => {
    const { note, assertOwn } = notebook();
    const create = await createFor(t, note);
    await eachCaller(async (caller) => {
      const stream = await create({ ...hi(caller), stream: true });
      note("opened", caller);
      for await (const chunk of stream) note("chunk", /** @type {any} */ (chunk).said);
      note("after", String(stream.routingMetadata?.provider));
    });
    assertOwn({ fetch: ATTEMPTS, opened: 1, chunk: 2, onResponse: 1, after: 1 });
  });
}

test("the reader of a stream sees its own context, and so does onResponse", async (t) => {
  const { note, assertOwn } = notebook();
  const server = await mixingServer(t);
  const { create } = server.client({
    maxRetries: ATTEMPTS - 1,
    onResponse: (metadata) => note("onResponse", metadata.provider),
  }).chat.completions;
  await eachCaller(async (caller) => {
    const reader = (await create({ ...hi(caller), stream: true })).getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      note("chunk", /** @type {any} */ (read.value).said);
    }
  });
  assertOwn({ chunk: 2, onResponse: 1 });
});

test("a call that is made inside of another, wherever that is, disturbs neither", async () => {
  const routing_metadata = { provider: "p", provider_model_id: "m", model_canonical: "m", routing_strategy: "cost" };
  const asked = /** @type {string[]} */ ([]);
  /** @type {any} */
  const fetch = async (/** @type {unknown} */ _, /** @type {{ body: string }} */ { body }) => {
    const { content } = JSON.parse(body).messages[0];
    asked.push(content);
    if (content === "outer") inner.push(create(hi("in fetch")));
    return Response.json({ ...JSON.parse(ANSWER), content, routing_metadata });
  };
  let heard = 0;
  const onResponse = () => {
    if (++heard === 1) inner.push(create(hi("in onResponse")));
  };
  let told = 0;
  const logger = {
    debug: (/** @type {string} */ text) => {
      if (++told === 1 && text.includes("sends")) inner.push(create(hi("in the logger")));
    },
    info() {},
    warn() {},
    error() {},
  };
  let keys = 0;
  const apiKey = () => {
    if (++keys === 1) inner.push(create(hi("in the key's function")));
    return KEY;
  };
  const { create } = new auriko.AurikoClient({
    apiKey,
    baseUrl: "https://api.example/v1",
    fetch,
    onResponse,
    logger,
    logLevel: "debug",
  }).chat.completions;
  /** @type {Promise<any>[]} */
  const inner = [];
  const outer = /** @type {any} */ (await create(hi("outer")));
  const contents = (await Promise.all(inner)).map(({ content }) => content);
  assert.equal(outer.content, "outer");
  assert.deepStrictEqual(contents.sort(), ["in fetch", "in onResponse", "in the key's function", "in the logger"]);
  assert.equal(asked.length, 5);
});
