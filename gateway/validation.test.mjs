// @ts-check
// The body of a chat completion: what is accepted, what is refused, with which code and param.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayForThisFile, user } from "./harness.mjs";

const gateway = gatewayForThisFile();

const VALUE = "invalid_parameter_value";

/** @type {[string, Record<string, unknown>, string, string | null][]} title, body, code, param */
const REFUSED = [
  ["empty model", { model: "" }, VALUE, "model"],
  ["model of a wrong kind", { model: 5 }, VALUE, "model"],
  ["unknown model", { model: "gpt-99" }, "model_not_found", "model"],
  ["no messages", { messages: null }, "missing_required_parameter", "messages"],
  ["empty messages", { messages: [] }, VALUE, "messages"],
  ["a message that is no object", { messages: ["Hi"] }, VALUE, "messages[0]"],
  ["unknown role", { messages: [{ role: "bot", content: "Hi" }] }, VALUE, "messages[0].role"],
  ["user message without content", { messages: [{ role: "user" }] }, VALUE, "messages[0].content"],
  ["tool message without its call", { messages: [{ role: "tool", content: "x" }] }, VALUE, "messages[0].tool_call_id"],
  [
    "unknown part",
    { messages: [{ role: "user", content: [{ type: "input_audio" }] }] },
    "unsupported_modalities",
    "messages[0].content[0].type",
  ],
  ["temperature", { temperature: 2.1 }, VALUE, "temperature"],
  ["top_p", { top_p: -0.1 }, VALUE, "top_p"],
  ["max_tokens", { max_tokens: 0 }, VALUE, "max_tokens"],
  ["max_completion_tokens", { max_completion_tokens: 1.5 }, VALUE, "max_completion_tokens"],
  ["reasoning_effort", { reasoning_effort: "none" }, VALUE, "reasoning_effort"],
  ["frequency_penalty", { frequency_penalty: 3 }, VALUE, "frequency_penalty"],
  ["presence_penalty", { presence_penalty: "1" }, VALUE, "presence_penalty"],
  ["stream", { stream: "yes" }, VALUE, "stream"],
  ["n", { n: 0 }, VALUE, "n"],
  ["stop", { stop: [1] }, VALUE, "stop[0]"],
  ["logit_bias", { logit_bias: { 50: "x" } }, VALUE, "logit_bias.50"],
  [
    "response_format without schema",
    { response_format: { type: "json_schema" } },
    "missing_required_parameter",
    "response_format.json_schema",
  ],
  ["hosted tool", { tools: [{ type: "web_search" }] }, "hosted_tool_not_supported", "tools[0].type"],
  [
    "tool without a name",
    { tools: [{ type: "function", function: {} }] },
    "missing_required_parameter",
    "tools[0].function.name",
  ],
  ["required tool without tools", { tool_choice: "required" }, VALUE, "tool_choice"],
  [
    "named tool that is not there",
    { tool_choice: { type: "function", function: { name: "f" } } },
    VALUE,
    "tool_choice",
  ],
  ["a responses-only model", { model: "gpt-5.5-pro" }, "response_api_only", "model"],
  [
    "reasoning on a model without it",
    { model: "meta/llama-4", reasoning_effort: "low" },
    "reasoning_not_supported",
    "model",
  ],
  [
    "tools on a model without them",
    { model: "meta/llama-4", tools: [{ type: "function", function: { name: "f" } }] },
    "tools_not_supported",
    "model",
  ],
  [
    "an image for a model without eyes",
    { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "data:," } }] }] },
    "vision_not_supported",
    "model",
  ],
];

for (const [title, body, code, param] of REFUSED) {
  test(`refused: ${title}`, async () => {
    const status = code === "model_not_found" ? 404 : 400;
    assert.deepEqual(await gateway.refusalOf(body), { status, code, param });
  });
}

test("a body that is no JSON object is refused", async () => {
  for (const body of ["", "{", "null", "[]", '"x"']) {
    const response = await gateway.post("/v1/chat/completions", body);
    assert.equal(response.status, 400, body);
    assert.equal((await response.json()).error.code, "invalid_request");
  }
});

test("a body above the limit is 413", async () => {
  const response = await gateway.post("/v1/chat/completions", "x".repeat(33 * 1024 * 1024));
  assert.equal(response.status, 413);
  assert.equal((await response.json()).error.code, "payload_too_large");
});

test("accepted: limits themselves, nulls, unknown fields, equal deadline, byok beside platform false", async () => {
  const accepted = [
    { temperature: 2, top_p: 0, n: 1, max_tokens: 1, frequency_penalty: -2, reasoning_effort: "off" },
    { temperature: null, gateway: null, stop: null, stream: null },
    { some_provider_option: { deep: [1] } },
    { gateway: {} },
    { gateway: { routing: {}, metadata: { tags: ["a"], custom_fields: { a: "b" } } } },
    { gateway: { routing: { timeout_ms: 5, deadline_ms: 5, only_byok: true, only_platform: false } } },
    { messages: [...user("Hi"), { role: "assistant", content: null, tool_calls: null }, ...user("there")] },
  ];
  for (const body of accepted) assert.equal(await gateway.refusalOf(body), null, JSON.stringify(body));
});
