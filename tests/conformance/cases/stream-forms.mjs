// @ts-check
// F: the other forms in which a stream can be had.
import { conformance } from "../harness.mjs";
import { all, FIFTY, FIFTY_TEXT, gone, open } from "./streams.mjs";

/** @typedef {import("../harness.mjs").Context} Context */

/** The client has gone from the last request. @param {Context} t */
const lastGone = (t) => t.logUntil((records) => records.at(-1).clientGoneAt !== null);

conformance("103", "each branch of tee() gets every chunk, at its own pace", async (t) => {
  const [one, other] = (await open(t, FIFTY)).tee();
  t.expect([one, other].every((each) => each instanceof t.auriko.ChatCompletionStream)).to.equal(true);
  const chunks = await all(one);
  const [left, right] = other.tee();
  t.expect(await all(left)).to.deep.equal(chunks);
  t.expect(t.text(await all(right))).to.equal(FIFTY_TEXT);
  t.expect(one.usage).to.be.an("object");
  for (const each of [one, left, right]) {
    t.expect([each.completed, each.usage, each.requestId]).to.deep.equal([true, one.usage, one.requestId]);
  }
  t.expect(await t.log()).to.have.length(1);
});

conformance("103", "the request behind tee() ends when both branches are closed, and not before", async (t) => {
  const [one, other] = (await open(t, "never-ending")).tee();
  for await (const _ of one) break;
  const reader = other.getReader();
  for (let read = 0; read < 5; read += 1) t.expect((await reader.read()).done).to.equal(false);
  t.expect((await t.log())[0].clientGoneAt).to.equal(null);
  await reader.cancel();
  await gone(t);
});

conformance("103", "both branches of tee() hear of an abort and of an error, after the chunks before it", async (t) => {
  const reason = new Error("my reason");
  const abort = new AbortController();
  const both = (await open(t, "never-ending", { signal: abort.signal })).tee();
  const pending = both.map((each) => t.rejection(all(each)));
  abort.abort(reason);
  t.expect(await Promise.all(pending)).to.deep.equal([reason, reason]);
  const ends = await Promise.all((await open(t, "error-midstream")).tee().map((each) => t.drain(each)));
  for (const { chunks, error } of ends) t.expect([chunks.length, error?.code]).to.deep.equal([2, "upstream_error"]);
});

conformance("103", "toReadableStream() gives one line of JSON for each chunk", async (t) => {
  const stream = await open(t, FIFTY);
  const lines = (await new Response(stream.toReadableStream()).text()).split("\n");
  t.expect([lines.length, lines.pop(), stream.completed]).to.deep.equal([54, "", true]);
  t.expect(t.text(lines.map((line) => JSON.parse(line)))).to.equal(FIFTY_TEXT);
});

conformance("103", "toReadableStream() breaks with the typed error, and to cancel it ends the request", async (t) => {
  const broken = (await open(t, "error-midstream;after=1")).toReadableStream().getReader();
  t.expect((await broken.read()).value).to.be.instanceOf(Uint8Array);
  t.expect((await t.rejection(broken.read())).code).to.equal("upstream_error");
  const endless = (await open(t, "never-ending")).toReadableStream().getReader();
  await endless.read();
  await endless.cancel();
  await lastGone(t);
});

conformance("103", "textStream gives the text alone, and the stream knows the rest", async (t) => {
  const stream = await open(t, FIFTY);
  t.expect((await all(stream.textStream)).join("")).to.equal(FIFTY_TEXT);
  t.expect([stream.completed, typeof stream.routingMetadata?.provider]).to.deep.equal([true, "string"]);
  t.expect(stream.usage?.completion_tokens).to.be.a("number");
});

conformance(
  "103",
  "textStream throws the typed error after the text before it, and to leave it ends the request",
  async (t) => {
    const { chunks, error } = await t.drain((await open(t, "error-midstream;after=3")).textStream);
    const whole = t.text((await t.drain(await open(t, "error-midstream;after=3"))).chunks);
    t.expect([chunks.join(""), error.code]).to.deep.equal([whole, "upstream_error"]);
    t.expect(whole).to.not.equal("");
    for await (const _ of (await open(t, "never-ending")).textStream) break;
    await lastGone(t);
  },
);

conformance("103", "finalCompletion() is what would have come without a stream", async (t) => {
  const params = t.params({ tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }] });
  for (const [scenario, asked] of [
    ["ok", t.params()],
    ["ok", t.params({ n: 2 })],
    ["ok", params],
    ["tool-calls", params],
  ]) {
    const { completions } = t.scenario(scenario).chat;
    const whole = /** @type {any} */ (await completions.create(asked));
    const stream = /** @type {any} */ (await completions.create({ ...asked, stream: true }));
    const put = await stream.finalCompletion();
    t.expect(withoutIds(put.choices)).to.deep.equal(withoutIds(whole.choices));
    t.expect([put.object, put.model, put.usage]).to.deep.equal(["chat.completion", whole.model, whole.usage]);
    t.expect([put.routing_metadata, put._request_id]).to.deep.equal([stream.routingMetadata, stream.requestId]);
  }
});

/** The gateway makes up new ids for each answer. @param {any} choices */
const withoutIds = (choices) => JSON.parse(JSON.stringify(choices).replaceAll(/"id":"call_[^"]+"/g, '"id":""'));

conformance("103", "finalCompletion() of a stream that breaks, or is closed, rejects", async (t) => {
  const cut = await t.rejection((await open(t, "premature-eof-unfinished")).finalCompletion());
  t.expect([cut.name, cut.code]).to.deep.equal(["APIConnectionError", "stream_truncated"]);
  const told = await t.rejection((await open(t, "error-midstream")).finalCompletion());
  t.expect([told.name, told.code]).to.deep.equal(["APIStatusError", "upstream_error"]);
  const stream = await open(t, "stall;after=1");
  const pending = t.rejection(stream.finalCompletion());
  await stream.close();
  t.expect((await pending).code).to.equal("no_completion");
});
