// @ts-check
// F: a stream can be left at any time, in any way, and that is quiet.
import { conformance } from "../harness.mjs";
import { all, gone, open, unheard } from "./streams.mjs";

/** @typedef {import("../harness.mjs").Context} Context */
/** @typedef {import("auriko-wasm").ChatCompletionStream} Stream */

const DONE = { value: undefined, done: true };

/**
 * Brings a stream into a state; what is returned with it tells what its reader sees once it is closed.
 * @type {Record<string, (t: Context) => Promise<[Stream, () => Promise<unknown>, unknown]>>}
 */
const STATES = {
  "before it is read": async (t) => {
    const stream = await open(t, "never-ending");
    return [stream, () => all(stream), []];
  },
  "between two chunks": async (t) => {
    const stream = await open(t, "never-ending");
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    return [stream, () => iterator.next(), DONE];
  },
  "while a chunk is waited for": async (t) => {
    const stream = await open(t, "stall;after=1");
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    const pending = iterator.next();
    return [stream, () => pending, DONE];
  },
  "while a reader waits": async (t) => {
    const stream = await open(t, "stall;after=1");
    const reader = stream.getReader();
    await reader.read();
    const pending = reader.read();
    return [stream, () => Promise.all([pending, reader.closed]), [DONE, undefined]];
  },
};

for (const [name, reach] of Object.entries(STATES)) {
  conformance("101", `close() ends a stream quietly, and its request: ${name}`, async (t) => {
    const [stream, result, expected] = await reach(t);
    t.expect(await Promise.all([stream.close(), stream.close()])).to.deep.equal([undefined, undefined]);
    t.expect(await result()).to.deep.equal(expected);
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
  t.expect([good.completed, typeof good.usage?.completion_tokens]).to.deep.equal([true, "number"]);
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
  const left = await open(t, "never-ending");
  for await (const _ of left) break;
  for (const stream of [left, await open(t, "never-ending"), (await open(t, "never-ending")).textStream]) {
    t.expect(await stream[Symbol.asyncDispose]()).to.equal(undefined);
    t.expect(await stream[Symbol.asyncDispose]()).to.equal(undefined);
  }
  await gone(t);
});

conformance(
  "109",
  "a stream that nobody reads rejects nowhere, and close() frees its connection",
  async (t) => {
    const reasons = await unheard(t, async () => {
      for (const scenario of ["ok", "error-first-event", "reset-mid-body", "bad-json-midstream", "never-ending"]) {
        const stream = await open(t, scenario);
        const { textStream } = await open(t, scenario);
        const branches = (await open(t, scenario)).tee();
        if (scenario !== "never-ending")
          await t.logUntil((records) => records.every(({ endedAt }) => endedAt !== null));
        for (const each of [stream, textStream, ...branches]) await each.close();
      }
      await t.logUntil((records) => records.every(({ endedAt }) => endedAt !== null));
    });
    t.expect(reasons).to.deep.equal([]);
  },
  { alone: true },
);

/**
 * What a stream can be read as, and what is closed then. After tee() that is the branches.
 * @type {Record<string, (stream: Stream) => { parts: any[], close: () => unknown }>}
 */
const FORMS = {
  itself: (stream) => ({ parts: [stream], close: () => stream.close() }),
  textStream: (stream) => ({ parts: [stream.textStream], close: () => stream.close() }),
  toReadableStream: (stream) => ({ parts: [stream.toReadableStream()], close: () => stream.close() }),
  tee: (stream) => {
    const parts = stream.tee();
    return { parts, close: () => parts.map((part) => part.close()) };
  },
};

/** @typedef {{ abort: () => void, close: () => unknown, cancel: () => unknown }} Means */

/** Ways to end it, all at once. @type {Record<string, (means: Means) => void>} */
const ENDS = {
  abort: ({ abort }) => abort(),
  close: ({ close }) => void close(),
  cancel: ({ cancel }) => void cancel(),
  "close and abort": ({ close, abort }) => {
    close();
    abort();
  },
  "cancel and close": ({ cancel, close }) => {
    cancel();
    close();
  },
};

/** @param {any} reader */
async function readOn(reader) {
  try {
    while (!(await reader.read()).done);
  } catch {
    // The end, too.
  }
}

conformance(
  "110",
  "an end in the middle of a chunk is told to who reads, and rejects nowhere else",
  async (t) => {
    const reason = new Error("my reason");
    const reasons = await unheard(t, async () => {
      for (const [form, as] of Object.entries(FORMS)) {
        for (const [name, end] of Object.entries(ENDS)) {
          const stream = await open(t, "never-ending;ms=0");
          const { parts, close } = as(stream);
          const readers = parts.map((part) => part.getReader());
          await Promise.all(readers.map((reader) => reader.read()));
          const pending = readers.flatMap((reader) => [reader.read(), reader.read()]);
          const outcomes = Promise.allSettled([...pending, ...readers.map((reader) => reader.read())]);
          const cancel = () => readers.map((reader) => reader.cancel());
          end({ abort: () => stream.controller.abort(reason), close, cancel });
          for (const outcome of await outcomes) {
            if ("reason" in outcome) t.expect([name, outcome.reason], form).to.deep.equal(["abort", reason]);
          }
          // Chunks that were on their way may still come before the end.
          await Promise.all(readers.map(readOn));
          const last = await Promise.allSettled(readers.map(({ closed }) => closed));
          const expected =
            name === "abort" ? { status: "rejected", reason } : { status: "fulfilled", value: undefined };
          for (const each of last) t.expect(each, `${form} ${name}`).to.deep.equal(expected);
        }
      }
      await gone(t);
    });
    t.expect(reasons).to.deep.equal([]);
  },
  { alone: true },
);
