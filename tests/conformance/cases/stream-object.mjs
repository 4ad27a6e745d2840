// @ts-check
// F: a stream is read once, as fast as its reader likes, and its end stays its end.
import { conformance } from "../harness.mjs";
import { all, FIFTY, FIFTY_TEXT, gone, open, WAYS } from "./streams.mjs";

/** @typedef {import("../harness.mjs").Context} Context */
/** @typedef {import("auriko-wasm").ChatCompletionStream} Stream */

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
    if (texts.push(t.text([chunk])) !== 3) continue;
    const error = await t.rejection((async () => stream.getReader().read())());
    t.expect(error).to.be.instanceOf(Error);
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

const MEGABYTE = 1024 * 1024;

/** What is asked for one piece of a stream at a time. @type {((stream: Stream) => { next(): Promise<any> })[]} */
const SLOW_READERS = [
  (stream) => stream[Symbol.asyncIterator](),
  (stream) => stream.textStream[Symbol.asyncIterator](),
  (stream) => {
    const reader = stream.toReadableStream().getReader();
    return { next: () => reader.read() };
  },
  (stream) => {
    const reader = stream.tee()[1].getReader();
    return { next: () => reader.read() };
  },
];

conformance(
  "99",
  "a slow reader stops the server, however it reads",
  async (t) => {
    // Chromium itself takes 70 MB of any answer that nobody reads: two have to do there.
    const slow = SLOW_READERS.slice(0, t.isBrowser ? 2 : undefined);
    const limit = (t.isBrowser ? 128 : 8) * MEGABYTE;
    const streams = await Promise.all(slow.map(() => open(t, "flood;mb=200")));
    const readers = streams.map((stream, index) => slow[index](stream));
    for (const reader of readers) t.expect((await reader.next()).done).to.equal(false);
    const idle = await standstill(t);
    for (const bytes of idle) t.expect(bytes).to.be.below(limit);
    if (!t.isBrowser) {
      // It was the reader that stopped it.
      for (let got = 0; got < idle[0]; got += 16 * 1024) await readers[0].next();
      await t.logUntil(([{ bytesWritten }]) => bytesWritten > idle[0]);
    }
    for (const stream of streams) stream.controller.abort();
    await gone(t);
  },
  { alone: true },
);

/** How many bytes of each answer were written when the server got no further for a while. @param {Context} t */
async function standstill(t) {
  let [last, same] = ["", 0];
  const written = (/** @type {any[]} */ records) => records.map(({ bytesWritten }) => bytesWritten);
  const records = await t.logUntil((now) => {
    const state = written(now).join();
    same = state === last ? same + 1 : 0;
    last = state;
    return same >= 20;
  }, 20_000);
  return written(records);
}

conformance("105", "after the end, an error and return(), next() says done for ever", async (t) => {
  const done = { value: undefined, done: true };
  const ended = (await open(t, "ok"))[Symbol.asyncIterator]();
  while (!(await ended.next()).done);
  const broken = (await open(t, "error-midstream;after=1"))[Symbol.asyncIterator]();
  await broken.next();
  t.expect((await t.rejection(broken.next())).code).to.equal("upstream_error");
  const left = (await open(t, "never-ending"))[Symbol.asyncIterator]();
  await left.next();
  t.expect(await left.return?.()).to.deep.equal(done);
  const unread = (await open(t, "never-ending"))[Symbol.asyncIterator]();
  t.expect(await unread.return?.(/** @type {any} */ ("v"))).to.deep.equal({ value: "v", done: true });
  for (const iterator of [ended, broken, left, unread]) {
    t.expect(await Promise.all([iterator.next(), iterator.next()])).to.deep.equal([done, done]);
    t.expect(await iterator.return?.()).to.deep.equal(done);
    t.expect(await iterator.next()).to.deep.equal(done);
  }
  t.expect(await t.log()).to.have.length(4);
});

conformance(
  "105",
  "of several next() that wait when a stream breaks one throws, and the others are done",
  async (t) => {
    const iterator = (await open(t, "error-midstream;after=1"))[Symbol.asyncIterator]();
    const results = await Promise.allSettled(Array.from({ length: 4 }, () => iterator.next()));
    const said = results.map((each) => ("reason" in each ? each.reason.code : each.value.done));
    t.expect(said).to.deep.equal([false, "upstream_error", true, true]);
  },
);

conformance("105", "several next() at a time get the chunks in order", async (t) => {
  const iterator = (await open(t, "many-chunks;count=50;per=3"))[Symbol.asyncIterator]();
  const results = await Promise.all(Array.from({ length: 60 }, () => iterator.next()));
  t.expect(t.text(results.flatMap(({ value, done }) => (done ? [] : [value])))).to.equal(FIFTY_TEXT);
});

conformance("108", "status, headers and request id are there before the first chunk", async (t) => {
  const call = t.scenario("stall;after=0").chat.completions.create(t.params({ stream: true }));
  const { data, response, request_id } = /** @type {any} */ (await call.withResponse());
  const type = "text/event-stream; charset=utf-8";
  t.expect([response.status, data.responseHeaders.get("content-type")]).to.deep.equal([200, type]);
  const [{ id, bytesWritten }] = await t.log();
  t.expect(bytesWritten).to.equal(0);
  t.expect([request_id, data.requestId, data.responseHeaders.requestId]).to.deep.equal([id, id, id]);
  t.expect([data.completed, data.usage, data.routingMetadata]).to.deep.equal([false, null, null]);
  await data.close();
  await gone(t);
});

conformance("108", "the headers of a stream stay there after its end", async (t) => {
  const stream = await open(t, "ok");
  await all(stream);
  const [{ id }] = await t.log();
  t.expect([stream.requestId, stream.responseHeaders.requestId]).to.deep.equal([id, id]);
});
