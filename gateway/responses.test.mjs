// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayForThisFile, payloadsOf } from "./harness.mjs";

const gateway = gatewayForThisFile();

/** @param {object} body */
const respond = (body) => gateway.post("/v1/responses", { model: "gpt-5.5-pro", input: "Hello Ada", ...body });

const TOOL = {
  type: "function",
  name: "look_up",
  parameters: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
};

/** Types of the events, each run of equal ones once. @param {any[]} events */
const orderOf = (events) => events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]);

test("plain text comes in the documented order and ends without [DONE]", async () => {
  const response = await respond({ stream: true });
  const text = await response.text();
  assert.ok(!text.includes("[DONE]"));
  const events = await payloadsOf(new Response(text));
  assert.deepEqual(orderOf(events), [
    "response.created",
    "response.in_progress",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
    "response.output_text.done",
    "response.content_part.done",
    "response.output_item.done",
    "response.completed",
  ]);
  assert.deepEqual(
    events.map(({ sequence_number }) => sequence_number),
    events.map((_, index) => index),
  );
  assert.ok(!text.includes("routing_metadata"), "streams of responses have none");
  const said = events
    .filter(({ delta }) => delta)
    .map(({ delta }) => delta)
    .join("");
  const { response: final } = events.at(-1);
  assert.equal(final.output_text, said);
  assert.equal(final.output[0].content[0].text, said);
  assert.equal(events[0].response.status, "in_progress");
});

test("without a stream there is one object, with routing_metadata at its top level", async () => {
  const whole = await (await respond({ metadata: { a: "b" } })).json();
  assert.equal(whole.object, "response");
  assert.equal(whole.status, "completed");
  assert.equal(whole.routing_metadata.model_canonical, "gpt-5.5-pro");
  assert.equal(whole.usage.total_tokens, whole.usage.input_tokens + whole.usage.output_tokens);
  assert.deepEqual(whole.metadata, { a: "b" });
  assert.match(whole.output_text, /Hello Ada/);
});

test("reasoning is an item of its own before the message", async () => {
  const events = await payloadsOf(await respond({ stream: true, reasoning: { effort: "high" } }));
  const { output } = events.at(-1).response;
  assert.deepEqual(
    output.map((/** @type {any} */ item) => item.type),
    ["reasoning", "message"],
  );
  assert.ok(
    orderOf(events).indexOf("response.reasoning_summary_text.done") <
      orderOf(events).indexOf("response.output_text.delta"),
  );
});

test("function calls arrive in fragments, two of them interleaved", async () => {
  const events = await payloadsOf(await respond({ stream: true, tools: [TOOL], input: "Ask twice about Grace" }));
  const deltas = events.filter(({ type }) => type === "response.function_call_arguments.delta");
  assert.deepEqual(
    deltas.slice(0, 4).map(({ output_index }) => output_index),
    [0, 1, 0, 1],
  );
  const { output } = events.at(-1).response;
  assert.deepEqual(
    output.map((/** @type {any} */ item) => JSON.parse(item.arguments)),
    [{ name: "Grace" }, { name: "Grace" }],
  );
  for (const [index, item] of output.entries()) {
    const joined = deltas
      .filter(({ output_index }) => output_index === index)
      .map(({ delta }) => delta)
      .join("");
    assert.equal(joined, item.arguments);
  }
});

test("the output of a function is quoted", async () => {
  const input = [
    { role: "user", content: [{ type: "input_text", text: "Who?" }] },
    { type: "function_call", call_id: "c1", name: "look_up", arguments: "{}" },
    { type: "function_call_output", call_id: "c1", output: "Ada Lovelace" },
  ];
  const whole = await (await respond({ input, tools: [TOOL] })).json();
  assert.match(whole.output_text, /Ada Lovelace/);
});

test("a text cut at max_output_tokens is incomplete", async () => {
  const events = await payloadsOf(await respond({ stream: true, max_output_tokens: 2 }));
  const last = events.at(-1);
  assert.equal(last.type, "response.incomplete");
  assert.deepEqual(last.response.incomplete_details, { reason: "max_output_tokens" });
  assert.equal(last.response.output[0].status, "incomplete");
});

test("a document for a schema", async () => {
  const schema = { type: "object", properties: { ok: { type: "boolean" } } };
  const whole = await (await respond({ text: { format: { type: "json_schema", name: "x", schema } } })).json();
  assert.deepEqual(JSON.parse(whole.output_text), { ok: true });
});

/** @type {[object, string, string][]} */
const REFUSED = [
  [{ input: null }, "missing_required_parameter", "input"],
  [{ input: [] }, "invalid_parameter_value", "input"],
  [{ input: [{ role: "bot", content: "x" }] }, "invalid_parameter_value", "input[0].role"],
  [{ store: true }, "invalid_parameter_value", "store"],
  [{ top_logprobs: 21 }, "invalid_parameter_value", "top_logprobs"],
  [{ reasoning: { effort: "huge" } }, "invalid_parameter_value", "reasoning.effort"],
  [{ metadata: { a: 1 } }, "invalid_parameter_value", "metadata.a"],
  [{ tools: [{ type: "function" }] }, "missing_required_parameter", "tools[0].name"],
  [{ tool_choice: { type: "function", name: "f" } }, "invalid_parameter_value", "tool_choice"],
  [{ gateway: { routing: { max_ttft_ms: 0 } } }, "invalid_parameter_value", "gateway.routing.max_ttft_ms"],
];

for (const [body, code, param] of REFUSED) {
  test(`refused: ${JSON.stringify(body)}`, async () => {
    const response = await respond(body);
    assert.equal(response.status, 400);
    const { error } = await response.json();
    assert.deepEqual([error.code, error.param], [code, param]);
  });
}
