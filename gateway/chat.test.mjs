// @ts-check
// What a chat completion says, whole and in a stream.
import assert from "node:assert/strict";
import { test } from "node:test";
import { dataOf, gatewayForThisFile, payloadsOf, user } from "./harness.mjs";

const gateway = gatewayForThisFile();

const TOOL = { type: "function", function: { name: "get_time" } };

/** @param {any[]} chunks @param {number} [index] */
const textOf = (chunks, index = 0) =>
  chunks
    .flatMap(({ choices }) => choices)
    .filter((choice) => choice.index === index)
    .map(({ delta }) => delta.content ?? "")
    .join("");

test("a stream is role, text, finish reason, then usage with metadata, then [DONE]", async () => {
  const response = await gateway.chat({ stream: true, messages: user("Good morning") });
  assert.equal(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
  const data = dataOf(await response.text());
  assert.equal(data.at(-1), "[DONE]");
  const chunks = data.slice(0, -1).map((each) => JSON.parse(each));
  assert.equal(chunks[0].choices[0].delta.role, "assistant");
  assert.ok(chunks.every(({ object, id }) => object === "chat.completion.chunk" && id === chunks[0].id));
  assert.equal(chunks.at(-2).choices[0].finish_reason, "stop");
  const last = chunks.at(-1);
  assert.deepEqual(last.choices, []);
  assert.ok(last.usage.total_tokens > 0);
  assert.equal(last.routing_metadata.provider, "azure");
  assert.ok(chunks.slice(0, -1).every((chunk) => !("routing_metadata" in chunk) && !("usage" in chunk)));
  const text = textOf(chunks);
  assert.match(text, /Good morning/);
  assert.match(text, /azure/);
  assert.ok(Buffer.byteLength(text) > text.length, "it has multi-byte characters");
  assert.ok(chunks.length > 10, "it comes in small pieces");
});

test("the same request has the same text without a stream", async () => {
  const body = { messages: user("Good morning") };
  const whole = await (await gateway.chat(body)).json();
  const chunks = await payloadsOf(await gateway.chat({ ...body, stream: true }));
  assert.equal(whole.object, "chat.completion");
  assert.equal(whole.choices[0].message.content, textOf(chunks));
  assert.deepEqual(whole.usage, chunks.at(-1).usage);
});

test("echo: the text is exactly the rest of the message", async () => {
  for (const text of [
    "héllo  \n 🦀🦀",
    "",
    " leading",
    "lone \ud800 surrogate",
    "x".repeat(100_000),
    '\u2028\u0000"\\',
  ]) {
    const body = { messages: user(`echo: ${text}`), tools: [TOOL] };
    const whole = await (await gateway.chat(body)).json();
    assert.equal(whole.choices[0].message.content, text);
    assert.equal(textOf(await payloadsOf(await gateway.chat({ ...body, stream: true }))), text);
  }
});

test("parts of a message count as its text", async () => {
  const content = [
    { type: "text", text: "echo: a" },
    { type: "image_url", image_url: { url: "data:," } },
    { type: "text", text: "b" },
  ];
  const whole = await (await gateway.chat({ messages: [{ role: "user", content }] })).json();
  assert.equal(whole.choices[0].message.content, "ab");
});

test("limits cut the text", async () => {
  const short = await (await gateway.chat({ max_tokens: 2 })).json();
  assert.equal(short.choices[0].finish_reason, "length");
  assert.equal(short.usage.completion_tokens, 2);
  const stopped = await (await gateway.chat({ messages: user("echo: one, two"), stop: [",", " two"] })).json();
  assert.equal(stopped.choices[0].message.content, "one");
});

test("n choices, interleaved in a stream", async () => {
  const chunks = await payloadsOf(await gateway.chat({ n: 3, stream: true }));
  assert.deepEqual(
    chunks.slice(0, 3).map(({ choices }) => choices[0].index),
    [0, 1, 2],
  );
  assert.match(textOf(chunks, 2), /choice 3 of 3/);
  const whole = await (await gateway.chat({ n: 3 })).json();
  assert.deepEqual(
    whole.choices.map((/** @type {any} */ choice) => choice.message.content),
    [0, 1, 2].map((index) => textOf(chunks, index)),
  );
});

test("json_schema: the text is a document that satisfies the schema", async () => {
  const schema = {
    type: "object",
    properties: {
      name: { type: "string", maxLength: 4 },
      score: { type: "number", maximum: 1 },
      count: { type: "integer", minimum: 10 },
      good: { type: "boolean" },
      colour: { enum: ["red", "blue"] },
      tags: { type: "array", items: { type: "string" }, minItems: 2 },
      maybe: { type: ["string", "null"] },
      inner: { $ref: "#/$defs/inner" },
    },
    required: ["name", "score", "count", "good", "colour", "tags", "maybe", "inner"],
    $defs: {
      inner: {
        type: "object",
        properties: { self: { $ref: "#/$defs/inner" }, day: { type: "string", format: "date" } },
        required: ["day"],
      },
    },
  };
  const response_format = { type: "json_schema", json_schema: { name: "report", schema } };
  const whole = await (await gateway.chat({ response_format, messages: user("Judge Melbourne") })).json();
  assert.deepEqual(JSON.parse(whole.choices[0].message.content), {
    name: "Melb",
    score: 1,
    count: 10,
    good: true,
    colour: "red",
    tags: ["Melbourne", "Melbourne"],
    maybe: "Melbourne",
    inner: { day: "2026-01-31" },
  });
  const endless = { type: "object", properties: { self: { $ref: "#" } }, required: ["self"] };
  const deep = await gateway.chat({
    response_format: { type: "json_schema", json_schema: { name: "deep", schema: endless } },
  });
  assert.equal(deep.status, 200, "a schema that refers to itself for ever is cut off");
});

test("reasoning comes first, is signed where the model signs, and can be excluded", async () => {
  const body = { model: "claude-sonnet-4.6", reasoning_effort: "high" };
  const chunks = await payloadsOf(await gateway.chat({ ...body, stream: true }));
  const deltas = chunks.flatMap(({ choices }) => choices.map((/** @type {any} */ choice) => choice.delta));
  const kinds = deltas.map((delta) => Object.keys(delta).at(-1)).filter((kind, index, all) => kind !== all[index - 1]);
  assert.deepEqual(kinds, ["content", "reasoning_content", "reasoning_signature", "content", undefined]);
  assert.ok(chunks.at(-1).usage.completion_tokens_details.reasoning_tokens > 0);

  const { message } = (await (await gateway.chat(body)).json()).choices[0];
  assert.equal(message.reasoning[0].thinking, message.reasoning_content);
  const hidden = await (await gateway.chat({ ...body, reasoning: { exclude: true } })).json();
  assert.ok(!("reasoning_content" in hidden.choices[0].message));
  assert.ok(hidden.usage.completion_tokens_details.reasoning_tokens > 0);
  const off = await (await gateway.chat({ ...body, reasoning_effort: "off" })).json();
  assert.ok(!("reasoning_content" in off.choices[0].message));
});

test("an effort above the ceiling is lowered with a warning", async () => {
  const { routing_metadata } = await (await gateway.chat({ model: "gemini-3-flash", reasoning_effort: "max" })).json();
  assert.match(routing_metadata.warnings[0].message, /'max'.*'high'/);
});
