// @ts-check
// Spellings of a stream, its ends, and errors and oddities inside of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayForThisFile, until, user } from "./harness.mjs";
import { eventsIn, onTheWire, saidIn } from "./wire.mjs";

const gateway = gatewayForThisFile();

const TEXT = "naïve 東京 🦀 ok";

/** @param {string} scenario @param {Parameters<typeof onTheWire>[2]} [how] */
const wire = (scenario, how) =>
  onTheWire(gateway.running.port, scenario, {
    ...how,
    body: { messages: user(`echo: ${TEXT}`), ...how?.body },
  });

const RESPONSES = { path: "/v1/responses", body: { messages: undefined, input: `echo: ${TEXT}` } };

/** @param {string} data */
const parsed = (data) => JSON.parse(data);

test("each spelling has the events of the usual one", async () => {
  const wanted = eventsIn((await wire("ok")).text);
  /** @type {Record<string, (chunks: string[], text: string) => boolean>} */
  const signs = {
    crlf: (_, text) => !/[^\r]\n/.test(text) && text.endsWith("\r\n\r\n"),
    cr: (_, text) => !text.includes("\n") && text.endsWith("\r\r"),
    "crlf-split": (chunks) =>
      chunks.slice(1).every((chunk) => chunk.startsWith("\n") || chunk.startsWith("data")) &&
      chunks.filter((chunk) => /^\ndata: .*\r$/.test(chunk)).length > 20,
    "split-utf8": (chunks) => chunks.filter((chunk) => (chunk.charCodeAt(0) & 0xc0) === 0x80).length === 8,
    "no-space": (_, text) => !text.includes("data: ") && text.includes('data:{"'),
    comments: (_, text) => text.includes(":data: {") && text.includes("\n\n:\n\n"),
    "multiline-json": (_, text) => text.includes('data:   "choices": [\n'),
  };
  for (const [scenario, sign] of Object.entries(signs)) {
    const { chunks, text, complete } = await wire(scenario);
    assert.ok(
      sign(
        chunks.map((chunk) => chunk.toString("latin1")),
        text,
      ),
      scenario,
    );
    const events = eventsIn(text);
    assert.equal(events.length, wanted.length, scenario);
    assert.equal(events.at(-1), "[DONE]", scenario);
    assert.equal(saidIn(events), TEXT, scenario);
    assert.ok(complete);
    const other = eventsIn((await wire(scenario, RESPONSES)).text).map(parsed);
    assert.equal(other.at(-1).response.output_text, TEXT, scenario);
  }
});

test("[DONE] in all its forms", async () => {
  const ends = {
    nospace: /\n\ndata:\[DONE\]\n\n$/,
    crlf: /\n\ndata: \[DONE\]\r\n\r\n$/,
    event: /\n\nevent: done\ndata: \[DONE\]\n\n$/,
    late: /\n\ndata: \[DONE\]\n\ndata: \{"id".*\n\ndata: \{"error".*\n\ndata: \{this is not JSON\n\ndata: \[DONE\]\n\n$/s,
    first: /^data: \[DONE\]\n\n$/,
    missing: /"routing_metadata":.*\}\n\n$/,
    unterminated: /\}\n\ndata: \[DONE\]$/,
  };
  for (const [v, end] of Object.entries(ends)) assert.match((await wire(`done;v=${v}`)).text, end, v);
  assert.match((await wire("done;v=first", RESPONSES)).text, /response\.completed/, "no [DONE], nothing to do");
});

test("ends of HTTP that are right, of a stream that are early", async () => {
  const finished = await wire("premature-eof-finished");
  assert.ok(finished.complete);
  assert.equal(parsed(eventsIn(finished.text).at(-1) ?? "").choices[0].finish_reason, "stop");
  const withUsage = await wire("premature-eof-finished;usage=1");
  assert.ok(parsed(eventsIn(withUsage.text).at(-1) ?? "").usage);
  const unterminated = await wire("premature-eof-finished;blank=0");
  assert.match(unterminated.text, /"finish_reason":"stop"\}\]\}$/);

  for (const after of [0, 2, "all"]) {
    const { text, complete } = await wire(`premature-eof-unfinished;after=${after}`);
    assert.ok(complete);
    if (after !== "all") assert.equal(eventsIn(text).length, after);
    else assert.equal(saidIn(eventsIn(text)), TEXT);
    assert.doesNotMatch(text, /"finish_reason":"/);
  }
  const cut = await wire("premature-eof-unfinished;after=all", RESPONSES);
  assert.match(cut.text, /output_item\.done/);
  assert.doesNotMatch(cut.text, /response\.completed/);

  const { head, text, complete } = await wire("empty-200-sse");
  assert.match(head, /^HTTP\/1\.1 200 OK[\s\S]*content-type: text\/event-stream/i);
  assert.ok(complete && text === "");
});

test("errors inside a stream: envelope, flat, a string; first, in the middle; and what follows", async () => {
  const chat = eventsIn((await wire("error-midstream;code=rate_limit_exceeded")).text).map(parsed);
  assert.equal(chat.length, 3);
  assert.equal(chat[2].error.code, "rate_limit_exceeded");
  assert.equal(chat[2].error.type, "rate_limit_error");
  const other = eventsIn((await wire("error-midstream;code=upstream_timeout", RESPONSES)).text).map(parsed);
  assert.deepEqual([other.length, other[2].type, other[2].code], [3, "error", "upstream_timeout"]);
  assert.equal(other[2].error, undefined);

  const flat = eventsIn((await wire("flat-error;code=__proto__;message=m%C3%A9;after=1")).text).map(parsed);
  assert.deepEqual([flat.length, flat[1].type, flat[1].code, flat[1].message], [2, "error", "__proto__", "mé"]);
  const first = await wire("error-first-event;event=1");
  assert.match(first.head, /^HTTP\/1\.1 200 OK/);
  assert.match(first.text, /^event: error\ndata: \{"error":\{[^\n]*\n\n$/);
  const string = eventsIn((await wire("error-midstream;form=string;then=more")).text);
  assert.equal(typeof parsed(string[2]).error, "string");
  assert.equal(string.at(-1), "[DONE]");

  await wire("error-midstream;then=open;run=open", { enough: (text) => text.includes('"error"') });
  const [record] = gateway.running.log.filter(({ run }) => run === "open");
  await until(() => record.clientGoneAt !== null);
});

test("data that is no JSON, JSON that is no chunk", async () => {
  const broken = eventsIn((await wire("bad-json-midstream;after=3")).text);
  assert.throws(() => parsed(broken[3]), SyntaxError);
  assert.match(broken[3], /confidential-7f3a/);
  assert.equal(broken.at(-1), "[DONE]");
  assert.equal(eventsIn((await wire("bad-json-midstream;data=%3A+OPENROUTER")).text)[2], ": OPENROUTER");

  const odd = eventsIn((await wire("odd-json")).text);
  assert.deepEqual(odd.slice(1, 7), ["null", "1", '"x"', "[]", "{}", "true"]);
  assert.equal(eventsIn((await wire("odd-json;v=array;after=0")).text)[0], "[]");
});

test("chunks that are odd and no error", async () => {
  const payloads = eventsIn((await wire("odd-chunks")).text)
    .filter((data) => data !== "[DONE]")
    .map(parsed);
  const [, missing, nothing, empty, nullDelta, noDelta, nullContent, fields, nullError, bare] = payloads;
  assert.ok(!("choices" in missing) && nothing.choices === null && empty.choices.length === 0);
  assert.ok(nullDelta.choices[0].delta === null && !("delta" in noDelta.choices[0]));
  assert.equal(nullContent.choices[0].delta.content, null);
  assert.ok(fields.x_new && fields.choices[0].delta.x_delta && nullError.error === null);
  assert.deepEqual(Object.keys(bare), ["choices"]);
  assert.ok(payloads.some(({ choices }) => choices?.[0]?.finish_reason === "because"));
  const said = payloads.map(({ choices }) => choices?.[0]?.delta?.content ?? "").join("");
  assert.equal(said, TEXT);
  assert.doesNotMatch((await wire("odd-chunks;v=choices-null")).text, /because/);
  assert.match((await wire("odd-chunks;v=unknown-finish")).text, /because/);
  assert.match((await wire("odd-chunks", RESPONSES)).text, /response\.unheard_of/);
});

test("two tool calls, their arguments interleaved, whatever was asked", async () => {
  const args = [
    { city: "Zürich", days: 3, note: 'a "quoted" word \\ and 🦀' },
    { zone: "Asia/東京", exact: true },
  ];
  const calls = eventsIn((await wire("tool-calls")).text)
    .filter((data) => data !== "[DONE]")
    .flatMap((data) => parsed(data).choices[0]?.delta.tool_calls ?? []);
  assert.deepEqual(
    calls.slice(0, 4).map(({ index }) => index),
    [0, 1, 0, 1],
  );
  const joined = [0, 1].map((index) =>
    calls
      .filter((call) => call.index === index)
      .map((call) => call.function.arguments)
      .join(""),
  );
  assert.deepEqual(joined.map(parsed), args);
  const whole = parsed((await wire("tool-calls", { body: { stream: false } })).text).choices[0].message.tool_calls;
  assert.deepEqual(
    whole.map((/** @type {any} */ call) => parsed(call.function.arguments)),
    args,
  );
  const items = eventsIn((await wire("tool-calls", RESPONSES)).text)
    .map(parsed)
    .at(-1).response.output;
  assert.deepEqual(
    items.map((/** @type {any} */ item) => [item.name, parsed(item.arguments)]),
    [
      ["get_weather", args[0]],
      ["get_time", args[1]],
    ],
  );
});

test("names that objects have already", async () => {
  for (const body of [{}, { stream: false }]) {
    const { text } = await wire("proto-pollution", { body });
    assert.match(text, /"__proto__":\{"polluted":true\}/);
    assert.match(text, /"name":"__proto__"/);
    assert.match(text, /"name":"constructor"/);
  }
  assert.match((await wire("proto-pollution")).text, /\n\nevent: __proto__\ndata: \{"__proto__"/);
  assert.match((await wire("proto-pollution;names=toString,valueOf", RESPONSES)).text, /"name":"valueOf"/);
});

test("routing_metadata in every form and place", async () => {
  const payloads = async (/** @type {string} */ v) =>
    eventsIn((await wire(`metadata;v=${v}`)).text)
      .filter((data) => data !== "[DONE]")
      .map(parsed);
  const places = async (/** @type {string} */ v) =>
    (await payloads(v)).flatMap((payload, index) => ("routing_metadata" in payload ? [index] : []));
  const last = (await payloads("string")).length - 1;
  assert.deepEqual(await places("first"), [0]);
  assert.deepEqual(await places("middle"), [Math.max(1, (last - 1) >> 1)]);
  assert.deepEqual(await places("twice"), [0, last]);
  assert.deepEqual(await places("with-finish"), [last - 1]);
  assert.deepEqual(await places("after-finish"), [last + 1]);
  assert.deepEqual(await places("null-last"), [0, last]);
  assert.deepEqual(await places("missing"), []);
  const form = async (/** @type {string} */ v) => (await payloads(v))[last].routing_metadata;
  assert.equal(typeof (await form("string")), "string");
  assert.equal(await form("number"), 42);
  assert.deepEqual(Object.keys(await form("missing-fields")), ["provider"]);
  assert.deepEqual((await form("string-warnings")).warnings, ["first", "second"]);
  for (const v of ["null", "array", "empty", "wrong-types", "unknown-warning", "fractional", "unknown-fields"]) {
    assert.notEqual(await form(v), undefined, v);
  }
  const whole = parsed((await wire("metadata;v=number", { body: { stream: false } })).text);
  assert.equal(whole.routing_metadata, 42);
});
