// @ts-check
// The `gateway` object: what is accepted, what is refused, with which code and param.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayForThisFile, INFINITE } from "./harness.mjs";

const gateway = gatewayForThisFile();

const VALUE = "invalid_parameter_value";

/** field of gateway.routing -> values that are fine, values that are not */
/** @type {Record<string, { good: unknown[], bad: unknown[] }>} */
const ROUTING = {
  optimize: {
    good: ["cost", "cost-focus", "ttft", "ttft-focus", "tps", "tps-focus", "balanced", null],
    bad: ["speed", "COST", "", 1, ["cost"]],
  },
  weights: {
    good: [{ cost: 1 }, { cost: 0, ttft: 0.5 }, { cost: 5, ttft: 5, throughput: 5 }],
    bad: [{}, { cost: 0 }, 1, [], "cost"],
  },
  max_cost_per_1m: { good: [100, 0.5], bad: [0, -1, "1", INFINITE, true] },
  max_ttft_ms: { good: [60_000, 5.0], bad: [0, -1, 1.5, "200", true, INFINITE] },
  min_throughput_tps: { good: [1, 0.01], bad: [0, -3, "1", INFINITE] },
  ttft_percentile: { good: ["p50", "p95"], bad: ["p99", 50, ""] },
  throughput_percentile: { good: ["p50", "p95"], bad: ["p99", 95] },
  providers: { good: [[], ["deepseek"], ["deepseek", "nobody"]], bad: ["deepseek", {}] },
  exclude_providers: { good: [[], ["openai"]], bad: ["openai", 1] },
  prefer: { good: ["deepseek", "nobody", ""], bad: [["deepseek"], 1] },
  mode: { good: ["pool", "fallback"], bad: ["all", true] },
  allow_fallbacks: { good: [true, false], bad: [0, "true"] },
  max_fallback_attempts: { good: [1, 19], bad: [0, 20, 1.5, "3"] },
  timeout_ms: { good: [1, 60_000], bad: [0, -1, 0.5, "1"] },
  deadline_ms: { good: [1, 60_000], bad: [0, -1, 0.5, "1"] },
  data_policy: { good: ["none", "no_training", "zdr"], bad: ["strict", false] },
  only_byok: { good: [true, false], bad: [1, "yes"] },
  only_platform: { good: [true, false], bad: [1, "yes"] },
  require_parameters: { good: [true, false], bad: [1] },
  tier: { good: ["standard", ""], bad: [1, ["standard"]] },
};

test("gateway.routing has 20 fields, each with its own limits", async () => {
  assert.equal(Object.keys(ROUTING).length, 20);
  for (const [field, { good, bad }] of Object.entries(ROUTING)) {
    for (const value of good) {
      // max_ttft_ms: 5 is a proper value that no provider meets.
      const refusal = await gateway.refusalOf({ gateway: { routing: { [field]: value } } });
      assert.notEqual(refusal?.code, VALUE, `${field}: ${JSON.stringify(value)}`);
      assert.notEqual(refusal?.code, "unknown_field", field);
    }
    for (const value of bad) {
      assert.deepEqual(
        await gateway.refusalOf({ gateway: { routing: { [field]: value } } }),
        { status: 400, code: VALUE, param: `gateway.routing.${field}` },
        `${field}: ${JSON.stringify(value)}`,
      );
    }
  }
});

/** @type {[string, Record<string, unknown>, string, string | null][]} title, body, code, param */
const REFUSED = [
  ["unknown routing field", { gateway: { routing: { maxTtftMs: 1 } } }, "unknown_field", "gateway.routing.maxTtftMs"],
  ["unknown gateway field", { gateway: { route: {} } }, "unknown_field", "gateway.route"],
  ["unknown metadata field", { gateway: { metadata: { tag: "x" } } }, "unknown_field", "gateway.metadata.tag"],
  ["metadata of a wrong kind", { gateway: { metadata: { tags: "x" } } }, VALUE, "gateway.metadata.tags"],
  [
    "unknown weight",
    { gateway: { routing: { weights: { speed: 1 } } } },
    "unknown_field",
    "gateway.routing.weights.speed",
  ],
  [
    "negative weight",
    { gateway: { routing: { weights: { cost: -1, ttft: 1 } } } },
    VALUE,
    "gateway.routing.weights.cost",
  ],
  [
    "null weight",
    { gateway: { routing: { weights: { cost: null, ttft: 1 } } } },
    VALUE,
    "gateway.routing.weights.cost",
  ],
  [
    "a provider that is no string",
    { gateway: { routing: { providers: ["openai", 1] } } },
    VALUE,
    "gateway.routing.providers[1]",
  ],
  [
    "own keys only and platform keys only",
    { gateway: { routing: { only_byok: true, only_platform: true } } },
    VALUE,
    "gateway.routing.only_platform",
  ],
  [
    "deadline before timeout",
    { gateway: { routing: { timeout_ms: 10, deadline_ms: 9 } } },
    VALUE,
    "gateway.routing.deadline_ms",
  ],
  ["gateway is no object", { gateway: [] }, VALUE, "gateway"],
  ["routing is no object", { gateway: { routing: "cost" } }, VALUE, "gateway.routing"],
  ["model and gateway.models", { gateway: { models: ["gpt-5.4"] } }, VALUE, "gateway.models"],
  ["neither model nor gateway.models", { model: null }, "missing_required_parameter", "model"],
  ["empty gateway.models", { model: null, gateway: { models: [] } }, VALUE, "gateway.models"],
  ["eleven gateway.models", { model: null, gateway: { models: Array(11).fill("gpt-5.4") } }, VALUE, "gateway.models"],
  [
    "unknown model in gateway.models",
    { model: null, gateway: { models: ["gpt-5.4", "gpt-99"] } },
    "model_not_found",
    "gateway.models[1]",
  ],
  [
    "too low a price",
    { gateway: { routing: { max_cost_per_1m: 0.01 } } },
    "cost_constraint_exceeded",
    "gateway.routing.max_cost_per_1m",
  ],
  [
    "too short a wait",
    { gateway: { routing: { max_ttft_ms: 1 } } },
    "latency_constraint_exceeded",
    "gateway.routing.max_ttft_ms",
  ],
  [
    "too fast",
    { gateway: { routing: { min_throughput_tps: 9999 } } },
    "throughput_constraint_not_met",
    "gateway.routing.min_throughput_tps",
  ],
  [
    "only unknown providers",
    { gateway: { routing: { providers: ["nobody"] } } },
    "provider_not_in_allowlist",
    "gateway.routing.providers",
  ],
  [
    "every provider excluded",
    { gateway: { routing: { exclude_providers: ["deepseek", "together_ai", "fireworks_ai"] } } },
    "provider_blocked",
    "gateway.routing.exclude_providers",
  ],
  [
    "no own key",
    { model: "gpt-5.4", gateway: { routing: { only_byok: true } } },
    "byok_keys_required",
    "gateway.routing.only_byok",
  ],
  [
    "no platform key",
    { model: "grok-4.1", gateway: { routing: { only_platform: true } } },
    "platform_keys_unavailable",
    "gateway.routing.only_platform",
  ],
  [
    "a parameter that nobody takes",
    {
      model: "claude-sonnet-4.6",
      logit_bias: { 50: 1 },
      gateway: { routing: { require_parameters: true, exclude_providers: ["google_vertex"] } },
    },
    "required_params_not_supported",
    "gateway.routing.require_parameters",
  ],
  [
    "a forced tool where it is only a suggestion",
    {
      tools: [{ type: "function", function: { name: "f" } }],
      tool_choice: "required",
      gateway: { routing: { providers: ["deepseek"] } },
    },
    "tool_choice_required_not_supported",
    "tool_choice",
  ],
];

for (const [title, body, code, param] of REFUSED) {
  test(`refused: ${title}`, async () => {
    const status = code === "model_not_found" ? 404 : 400;
    assert.deepEqual(await gateway.refusalOf(body), { status, code, param });
  });
}

test("a field of the wrong spelling gets a suggestion", async () => {
  const response = await gateway.chat({ gateway: { routing: { maxTtftMs: 1 } } });
  assert.equal((await response.json()).error.suggestion, "Did you mean max_ttft_ms?");
});
