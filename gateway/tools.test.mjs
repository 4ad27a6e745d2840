// @ts-check
// Tool calls in chat completions.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayForThisFile, payloadsOf, user } from "./harness.mjs";

const gateway = gatewayForThisFile();

const WEATHER = {
  type: "function",
  function: {
    name: "get_weather",
    parameters: {
      type: "object",
      properties: { city: { type: "string" }, days: { type: "integer", maximum: 2 }, unit: { enum: ["c", "f"] } },
      required: ["city", "days"],
    },
  },
};
const TIME = { type: "function", function: { name: "get_time" } };

/** The tool calls of a stream, put together by index. @param {any[]} chunks */
function callsOf(chunks) {
  /** @type {{ id: string, name: string, arguments: string }[]} */
  const calls = [];
  for (const { index, id, function: piece } of chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? [])) {
    calls[index] ??= { id, name: piece.name, arguments: "" };
    calls[index].arguments += piece.arguments;
  }
  return calls.map((call) => ({ ...call, arguments: JSON.parse(call.arguments) }));
}

test("a tool is called with arguments from its schema", async () => {
  const body = { tools: [WEATHER, TIME], messages: user("What is the weather in Paris?") };
  const { message, finish_reason } = (await (await gateway.chat(body)).json()).choices[0];
  assert.equal(finish_reason, "tool_calls");
  assert.equal(message.content, null);
  assert.equal(message.tool_calls.length, 1);
  assert.deepEqual(JSON.parse(message.tool_calls[0].function.arguments), { city: "Paris", days: 2 });

  const chunks = await payloadsOf(await gateway.chat({ ...body, stream: true }));
  const fragments = chunks.filter(({ choices }) => choices[0]?.delta.tool_calls);
  assert.ok(fragments.length > 3, "the arguments come in fragments");
  assert.deepEqual(callsOf(chunks)[0].arguments, { city: "Paris", days: 2 });
  assert.equal(chunks.at(-2).choices[0].finish_reason, "tool_calls");
});

test("twice: two calls, their fragments interleaved", async () => {
  const body = { tools: [WEATHER, TIME], messages: user("Look twice at Rome"), stream: true };
  const chunks = await payloadsOf(await gateway.chat(body));
  const order = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []).map(({ index }) => index);
  assert.deepEqual(order.slice(0, 4), [0, 1, 0, 1]);
  const calls = callsOf(chunks);
  assert.deepEqual(
    calls.map(({ name }) => name),
    ["get_weather", "get_time"],
  );
  assert.notEqual(calls[0].id, calls[1].id);
  const one = callsOf(await payloadsOf(await gateway.chat({ ...body, parallel_tool_calls: false })));
  assert.equal(one.length, 1);
});

test("tool_choice: none, named; and the deprecated functions", async () => {
  const none = await (await gateway.chat({ tools: [WEATHER], tool_choice: "none" })).json();
  assert.equal(none.choices[0].finish_reason, "stop");
  const named = await (
    await gateway.chat({ tools: [WEATHER, TIME], tool_choice: { type: "function", function: { name: "get_time" } } })
  ).json();
  assert.equal(named.choices[0].message.tool_calls[0].function.name, "get_time");
  const old = await (
    await gateway.chat({ functions: [WEATHER.function], function_call: { name: "get_weather" } })
  ).json();
  assert.equal(old.choices[0].message.tool_calls[0].function.name, "get_weather");
});

test("the result of a tool is quoted", async () => {
  const messages = [
    ...user("Weather?"),
    {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "call_1", type: "function", function: { name: "get_weather", arguments: "{}" } }],
    },
    { role: "tool", tool_call_id: "call_1", content: "21 °C and sunny" },
    { role: "tool", tool_call_id: "call_2", content: "rain" },
  ];
  const whole = await (await gateway.chat({ tools: [WEATHER], messages })).json();
  assert.match(whole.choices[0].message.content, /21 °C and sunny.*rain/);
});
