// @ts-check
// F: what can be done with a stream, and in which order.
import { conformance } from "../harness.mjs";

/** @typedef {import("../harness.mjs").Context} Context */
/** @typedef {import("auriko-wasm").ChatCompletionStream} Stream */

/** "0 1 2 … 49 ", ten pieces in each write. */
const FIFTY = "many-chunks;count=50;per=10";
const FIFTY_TEXT = Array.from({ length: 50 }, (_, index) => `${index} `).join("");

/** @param {Context} t @param {string} scenario @param {any} [options] @returns {Promise<Stream>} */
const open = (t, scenario, options) =>
  t.scenario(scenario).chat.completions.create(t.params({ stream: true }), options);

/** @param {AsyncIterable<any>} stream */
async function all(stream) {
  const items = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** Resolves when the server sees that nobody listens any more. @param {Context} t */
const gone = (t) => t.logUntil((records) => records.length > 0 && records.every((each) => each.clientGoneAt !== null));

/**
 * What is rejected while `run` runs and nobody hears of.
 * @param {Context} t
 * @param {() => Promise<void>} run
 */
export async function unheard(t, run) {
  /** @type {any[]} */
  const reasons = [];
  /** @type {any} */
  const host = globalThis;
  const inNode = t.host === "node";
  const listener = (/** @type {any} */ event) => {
    reasons.push(inNode ? event : event.reason);
    if (!inNode) event.preventDefault();
  };
  const name = inNode ? "unhandledRejection" : "unhandledrejection";
  if (inNode) host.process.on(name, listener);
  else host.addEventListener(name, listener);
  await run();
  // Rejections are reported before the next task; where that is not promised, one of our own is waited for.
  const mark = new Error("the last one");
  for (let turns = 0; turns < 5; turns += 1) await new Promise((resolve) => setTimeout(resolve, 0));
  if (!inNode) Promise.reject(mark);
  while (!inNode && !reasons.includes(mark)) await new Promise((resolve) => setTimeout(resolve, 0));
  if (inNode) host.process.off(name, listener);
  else host.removeEventListener(name, listener);
  return reasons.filter((reason) => reason !== mark);
}

/** All ways to take what a stream has. @type {Record<string, (stream: Stream) => any>} */
const WAYS = {
  iterator: (stream) => stream[Symbol.asyncIterator](),
  values: (stream) => stream.values(),
  tee: (stream) => stream.tee(),
  textStream: (stream) => stream.textStream,
  toReadableStream: (stream) => stream.toReadableStream(),
  finalCompletion: (stream) => stream.finalCompletion(),
};

conformance("98", "a second loop over a stream throws a typed error, and the first one gets every chunk", async (t) => {
  const stream = await open(t, FIFTY);
  const texts = [];
  for await (const chunk of stream) {
    if (texts.push(t.text([chunk])) > 20) continue;
    for (const [name, way] of Object.entries(WAYS)) {
      const error = await t.rejection((async () => way(stream))());
      t.expect(error, name).to.be.instanceOf(t.auriko.AurikoAPIError);
      t.expect([error.code, error.statusCode], name).to.deep.equal(["stream_consumed", 0]);
    }
  }
  t.expect(texts.join("")).to.equal(FIFTY_TEXT);
  const { error } = await t.drain(stream);
  t.expect(error.code, "after the end").to.equal("stream_consumed");
  t.expect(await t.log()).to.have.length(1);
});

conformance("98", "a reader cannot take chunks from a loop that runs", async (t) => {
  const stream = await open(t, FIFTY);
  const texts = [];
  for await (const chunk of stream) {
    if (texts.push(t.text([chunk])) === 3) {
      const error = await t.rejection((async () => stream.getReader().read())());
      t.expect(error).to.be.instanceOf(Error);
    }
  }
  t.expect(texts.join("")).to.equal(FIFTY_TEXT);
});

conformance(
  "98",
  "a loop over a stream that a reader holds throws a typed error, and the reader gets all",
  async (t) => {
    const stream = await open(t, FIFTY);
    const reader = stream.getReader();
    for (const [name, way] of Object.entries(WAYS)) {
      const error = await t.rejection((async () => way(stream))());
      t.expect(error.code, name).to.equal("stream_consumed");
    }
    const chunks = [];
    for (let read = await reader.read(); !read.done; read = await reader.read()) chunks.push(read.value);
    t.expect(t.text(chunks)).to.equal(FIFTY_TEXT);
  },
);

conformance(
  "98",
  "a loop after a reader that let go goes on where it was, or is refused: nothing gets lost",
  async (t) => {
    const stream = await open(t, FIFTY);
    const reader = stream.getReader();
    const first = [(await reader.read()).value, (await reader.read()).value, (await reader.read()).value];
    reader.releaseLock();
    const { chunks, error } = await t.drain(stream);
    if (error) t.expect([error.code, chunks.length]).to.deep.equal(["stream_consumed", 0]);
    else t.expect(t.text([...first, ...chunks])).to.equal(FIFTY_TEXT);
  },
);

for (const [name, begin] of /** @type {[string, (stream: Stream) => () => Promise<any>][]} */ ([
  ["iterator", (stream) => iteratorOf(stream)],
  ["reader", (stream) => readerOf(stream)],
  ["textStream", (stream) => iteratorOf(stream.textStream)],
  ["toReadableStream", (stream) => readerOf(stream.toReadableStream())],
  ["tee", (stream) => iteratorOf(stream.tee()[1])],
])) {
  conformance(
    "99",
    `a slow reader stops the server: ${name}`,
    async (t) => {
      const stream = await open(t, "flood");
      const next = begin(stream);
      t.expect((await next()).done).to.equal(false);
      const idle = await standstill(t);
      t.expect(idle).to.be.below(8 * 1024 * 1024);
      // It was the reader that stopped it.
      for (let read = 0; read < 2000; read += 1) await next();
      const [{ bytesWritten }] = await t.logUntil(([record]) => record.bytesWritten > idle);
      t.expect(bytesWritten).to.be.below(200 * 1024 * 1024);
      stream.controller.abort();
      await gone(t);
    },
    { alone: true },
  );
}

/** @param {any} stream */
function iteratorOf(stream) {
  const iterator = stream[Symbol.asyncIterator]();
  return () => iterator.next();
}

/** @param {any} stream */
function readerOf(stream) {
  const reader = stream.getReader();
  return () => reader.read();
}

/** The bytes that were written when the server got no further for a while. @param {Context} t */
async function standstill(t) {
  let [last, same] = [-1, 0];
  await t.logUntil(([{ bytesWritten }]) => {
    same = bytesWritten === last ? same + 1 : 0;
    last = bytesWritten;
    return same >= 20;
  }, 10_000);
  return last;
}

/** Brings a stream into a state, and tells what the loop over it should see after close(). @type {Record<string, (t: Context) => Promise<[Stream, () => Promise<any>]>>} */
const STATES = {
  "before the iteration": async (t) => {
    const stream = await open(t, "never-ending");
    return [stream, async () => t.expect(await all(stream)).to.deep.equal([])];
  },
  "between two chunks": async (t) => {
    const stream = await open(t, "never-ending");
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    return [stream, async () => t.expect(await iterator.next()).to.deep.equal({ value: undefined, done: true })];
  },
  "while a chunk is waited for": async (t) => {
    const stream = await open(t, "stall;after=1");
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    const pending = iterator.next();
    return [stream, async () => t.expect(await pending).to.deep.equal({ value: undefined, done: true })];
  },
  "while a reader waits": async (t) => {
    const stream = await open(t, "stall;after=1");
    const reader = stream.getReader();
    await reader.read();
    const pending = reader.read();
    return [
      stream,
      async () => {
        t.expect(await pending).to.deep.equal({ value: undefined, done: true });
        await reader.closed;
      },
    ];
  },
};

for (const [name, reach] of Object.entries(STATES)) {
  conformance("101", `close() ends a stream quietly, and its request: ${name}`, async (t) => {
    const [stream, check] = await reach(t);
    t.expect(await Promise.all([stream.close(), stream.close()])).to.deep.equal([undefined, undefined]);
    await check();
    await gone(t);
    await stream.close();
    t.expect(stream.completed).to.equal(false);
  });
}

conformance("101", "close() in the body of a loop ends the loop", async (t) => {
  const stream = await open(t, "never-ending");
  let count = 0;
  for await (const _ of stream) if (++count === 3) await stream.close();
  t.expect(count).to.equal(3);
  await gone(t);
});

conformance("101", "close() after the end or after an error changes nothing", async (t) => {
  const good = await open(t, "ok");
  await all(good);
  await good.close();
  await good.close();
  t.expect([good.completed, good.usage?.completion_tokens]).to.deep.equal([true, 3]);
  const bad = await open(t, "error-midstream");
  const { error } = await t.drain(bad);
  await bad.close();
  t.expect([error.code, bad.completed]).to.deep.equal(["upstream_error", false]);
});

conformance("101", "cancel() ends a stream that nobody holds, and its request", async (t) => {
  const stream = await open(t, "never-ending");
  await stream.cancel("enough");
  await stream.cancel();
  t.expect(await all(stream)).to.deep.equal([]);
  await gone(t);
});

conformance("102", "a stream can be disposed of at any time, as `await using` does", async (t) => {
  t.expect(typeof Symbol.asyncDispose).to.equal("symbol");
  const stream = await open(t, "never-ending");
  for await (const _ of stream) break;
  const other = await open(t, "never-ending");
  const text = (await open(t, "never-ending")).textStream;
  for (const each of [stream, other, text]) {
    t.expect(await each[Symbol.asyncDispose]()).to.equal(undefined);
    t.expect(await each[Symbol.asyncDispose]()).to.equal(undefined);
  }
  await gone(t);
});

conformance("103", "each branch of tee() gets every chunk, at its own pace", async (t) => {
  const [one, other] = (await open(t, FIFTY)).tee();
  t.expect([one, other].every((each) => each instanceof t.auriko.ChatCompletionStream)).to.equal(true);
  const chunks = await all(one);
  const [left, right] = other.tee();
  t.expect(await all(left)).to.deep.equal(chunks);
  t.expect(t.text(await all(right))).to.equal(FIFTY_TEXT);
  for (const each of [one, left, right]) {
    t.expect([each.completed, each.usage, each.requestId]).to.deep.equal([true, one.usage, one.requestId]);
  }
  t.expect(await t.log()).to.have.length(1);
});

conformance("103", "the request of branches ends when the last one is closed, and all hear of an abort", async (t) => {
  const [one, other] = (await open(t, "never-ending")).tee();
  for await (const _ of one) break;
  const reader = other.getReader();
  for (let read = 0; read < 5; read += 1) t.expect((await reader.read()).done).to.equal(false);
  t.expect((await t.log())[0].clientGoneAt).to.equal(null);
  await reader.cancel();
  await gone(t);

  const reason = new Error("my reason");
  const abort = new AbortController();
  const both = (await open(t, "never-ending", { signal: abort.signal })).tee();
  const pending = both.map((each) => t.rejection(all(each)));
  abort.abort(reason);
  t.expect(await Promise.all(pending)).to.deep.equal([reason, reason]);
});

conformance("103", "both branches are told of an error, after the chunks that came before", async (t) => {
  const ends = await Promise.all((await open(t, "error-midstream")).tee().map((each) => t.drain(each)));
  for (const { chunks, error } of ends) t.expect([chunks.length, error?.code]).to.deep.equal([2, "upstream_error"]);
});

conformance(
  "103",
  "toReadableStream() gives one JSON line for each chunk; to cancel it ends the request",
  async (t) => {
    const stream = await open(t, FIFTY);
    const lines = (await new Response(stream.toReadableStream()).text()).split("\n");
    t.expect([lines.length, lines.pop(), stream.completed]).to.deep.equal([54, "", true]);
    t.expect(t.text(lines.map((line) => JSON.parse(line)))).to.equal(FIFTY_TEXT);
    const endless = (await open(t, "never-ending")).toReadableStream().getReader();
    await endless.read();
    await endless.cancel();
    await t.logUntil((records) => records.at(-1).clientGoneAt !== null);
    const broken = await t.rejection(new Response((await open(t, "error-midstream")).toReadableStream()).text());
    t.expect(broken.code).to.equal("upstream_error");
  },
);

conformance(
  "103",
  "textStream gives the text alone, then the error if there is one; to leave it ends the request",
  async (t) => {
    const stream = await open(t, FIFTY);
    t.expect((await all(stream.textStream)).join("")).to.equal(FIFTY_TEXT);
    t.expect([
      stream.completed,
      typeof stream.routingMetadata?.provider,
      stream.usage?.completion_tokens,
    ]).to.deep.equal([true, "string", 50]);
    const { chunks, error } = await t.drain((await open(t, "error-midstream;after=3")).textStream);
    t.expect([chunks.join(""), error.code]).to.deep.equal(["naïve 東京 ", "upstream_error"]);
    for await (const _ of (await open(t, "never-ending")).textStream) break;
    await t.logUntil((records) => records.at(-1).clientGoneAt !== null);
  },
);

conformance("103", "finalCompletion() is what would have come without a stream, or rejects", async (t) => {
  const whole = /** @type {any} */ (await t.scenario("tool-calls").chat.completions.create(t.params()));
  const stream = await open(t, "tool-calls");
  const put = /** @type {any} */ (await stream.finalCompletion());
  t.expect(put.choices).to.deep.equal(whole.choices);
  t.expect([put.object, put.usage]).to.deep.equal(["chat.completion", whole.usage]);
  t.expect([put.routing_metadata, put._request_id]).to.deep.equal([stream.routingMetadata, stream.requestId]);
  const cut = await t.rejection((await open(t, "premature-eof-unfinished")).finalCompletion());
  t.expect([cut.name, cut.code]).to.deep.equal(["APIConnectionError", "stream_truncated"]);
});

conformance("105", "after the end, after return() and after an error next() says done for ever", async (t) => {
  const done = { value: undefined, done: true };
  const ended = (await open(t, "ok"))[Symbol.asyncIterator]();
  while (!(await ended.next()).done);
  const broken = (await open(t, "error-midstream"))[Symbol.asyncIterator]();
  const first = await t.rejection(drained(broken));
  t.expect(first.code).to.equal("upstream_error");
  const left = (await open(t, "never-ending"))[Symbol.asyncIterator]();
  await left.next();
  t.expect(await left.return?.()).to.deep.equal(done);
  const never = (await open(t, "never-ending"))[Symbol.asyncIterator]();
  t.expect(await never.return?.(/** @type {any} */ ("v"))).to.deep.equal({ value: "v", done: true });
  for (const iterator of [ended, broken, left, never]) {
    t.expect(await Promise.all([iterator.next(), iterator.next()])).to.deep.equal([done, done]);
    t.expect(await iterator.return?.()).to.deep.equal(done);
    t.expect(await iterator.next()).to.deep.equal(done);
  }
  t.expect(await t.log()).to.have.length(4);
});

/** @param {AsyncIterator<any>} iterator */
async function drained(iterator) {
  while (!(await iterator.next()).done);
}

conformance(
  "105",
  "of several next() that wait when the stream breaks, the first throws and the others are done",
  async (t) => {
    const iterator = (await open(t, "error-midstream;after=1"))[Symbol.asyncIterator]();
    const [first, ...rest] = await Promise.allSettled(Array.from({ length: 4 }, () => iterator.next()));
    t.expect(/** @type {any} */ (first).value.done).to.equal(false);
    t.expect(rest.map((each) => ("reason" in each ? each.reason.code : each.value.done))).to.deep.equal([
      "upstream_error",
      true,
      true,
    ]);
  },
);

conformance("105", "several next() at a time get the chunks in order", async (t) => {
  const iterator = (await open(t, "many-chunks;count=50;per=3"))[Symbol.asyncIterator]();
  const results = await Promise.all(Array.from({ length: 60 }, () => iterator.next()));
  t.expect(t.text(results.flatMap(({ value, done }) => (done ? [] : [value])))).to.equal(FIFTY_TEXT);
});

conformance("108", "status, headers and request id are there before the first chunk", async (t) => {
  const call = t.scenario("stall;after=0").chat.completions.create(t.params({ stream: true }));
  const { data, response, request_id } = await call.withResponse();
  t.expect([response.status, response.headers.get("content-type")]).to.deep.equal([
    200,
    "text/event-stream; charset=utf-8",
  ]);
  const [{ id, bytesWritten }] = await t.log();
  t.expect(bytesWritten).to.equal(0);
  t.expect([request_id, data.requestId, data.responseHeaders.requestId]).to.deep.equal([id, id, id]);
  t.expect([data.completed, data.usage, data.routingMetadata]).to.deep.equal([false, null, null]);
  await data.close();
  await gone(t);
});

conformance(
  "109",
  "a stream that nobody reads rejects nowhere, and is freed by close()",
  async (t) => {
    const reasons = await unheard(t, async () => {
      const streams = [];
      for (const scenario of ["ok", "error-first-event", "reset-mid-body", "bad-json-midstream", "stall"]) {
        streams.push(await open(t, scenario));
        streams.push((await open(t, scenario)).textStream);
        streams.push(...(await open(t, scenario)).tee());
      }
      await t.logUntil((records) => records.filter(({ endedAt }) => endedAt !== null).length >= 3);
      for (const stream of streams) await stream.close();
      await t.logUntil((records) => records.every(({ endedAt }) => endedAt !== null));
    });
    t.expect(reasons).to.deep.equal([]);
  },
  { alone: true },
);

conformance(
  "110",
  "an abort or a close while a chunk is handed over rejects nowhere but where somebody reads",
  async (t) => {
    const reason = new Error("my reason");
    const forms = [...Object.values(WAYS).slice(2, 5), (/** @type {Stream} */ stream) => stream];
    const reasons = await unheard(t, async () => {
      for (const form of forms) {
        for (const end of ["abort", "close", "cancel", "both"]) {
          const stream = await open(t, "never-ending;ms=0");
          const reader = [form(stream)].flat()[0].getReader();
          await reader.read();
          const pending = [reader.read(), reader.read()].map((read) => read.catch((/** @type {any} */ why) => why));
          if (end === "close" || end === "both") stream.close();
          if (end === "cancel") reader.cancel();
          if (end === "abort" || end === "both") stream.controller.abort(reason);
          for (const last of await Promise.all(pending)) {
            if (end === "abort") t.expect(last, `${form}`).to.equal(reason);
            else t.expect(last, `${form} ${end}`).to.have.property("done");
          }
          const closed = await reader.closed.then(
            () => undefined,
            (/** @type {any} */ why) => why,
          );
          t.expect(closed).to.equal(end === "abort" ? reason : undefined);
        }
      }
      await gone(t);
    });
    t.expect(reasons).to.deep.equal([]);
  },
  { alone: true },
);
