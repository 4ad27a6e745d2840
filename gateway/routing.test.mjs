// @ts-check
// Who serves a request, and what routing_metadata says about it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayForThisFile, payloadsOf, user } from "./harness.mjs";

const gateway = gatewayForThisFile();

/** @param {Record<string, unknown>} body */
async function metadataOf(body) {
  const response = await gateway.chat(body);
  const json = await response.json();
  assert.equal(response.status, 200, JSON.stringify(json));
  return json.routing_metadata;
}

/** @param {Record<string, unknown>} routing @param {string} [model] */
const providerFor = async (routing, model = "deepseek-v3.2") =>
  (await metadataOf({ model, gateway: { routing } })).provider;

test("the strategy decides", async () => {
  assert.equal(await providerFor({ optimize: "cost" }), "deepseek");
  assert.equal(await providerFor({ optimize: "ttft" }), "together_ai");
  assert.equal(await providerFor({ optimize: "tps" }), "fireworks_ai");
  assert.equal(await providerFor({ optimize: "cost" }, "gpt-5.4"), "openai");
  assert.equal(await providerFor({ optimize: "cost-focus" }, "gpt-5.4"), "azure");
});

test("weights decide instead, and the strategy is reported as custom", async () => {
  const { provider, routing_strategy } = await metadataOf({
    model: "deepseek-v3.2",
    gateway: { routing: { weights: { ttft: 3 }, optimize: "cost" } },
  });
  assert.deepEqual([provider, routing_strategy], ["together_ai", "custom"]);
});

test("a suffix of the model sets the strategy, a field of the request wins over it", async () => {
  const { routing_strategy, provider, model_canonical } = await metadataOf({ model: "gpt-5.4:cost" });
  assert.deepEqual([routing_strategy, provider, model_canonical], ["cost", "openai", "gpt-5.4"]);
  const both = await metadataOf({ model: "gpt-5.4:cost", gateway: { routing: { optimize: "ttft" } } });
  assert.equal(both.routing_strategy, "ttft");
  assert.equal((await metadataOf({})).routing_strategy, "cost-focus");
});

test("an id with a slash, and an alias, are models like any other", async () => {
  assert.equal((await metadataOf({ model: "meta/llama-4" })).model_canonical, "meta/llama-4");
  assert.equal((await metadataOf({ model: "claude-sonnet-latest" })).model_canonical, "claude-sonnet-4.6");
});

test("lists and hints", async () => {
  assert.equal(await providerFor({ optimize: "cost", providers: ["fireworks_ai", "together_ai"] }), "together_ai");
  assert.equal(await providerFor({ optimize: "cost", exclude_providers: ["deepseek"] }), "together_ai");
  assert.equal(await providerFor({ optimize: "cost", prefer: "fireworks_ai" }), "fireworks_ai");
  assert.equal(await providerFor({ optimize: "cost", providers: [] }), "deepseek");
  const missed = await metadataOf({ model: "deepseek-v3.2:cost", gateway: { routing: { prefer: "nobody" } } });
  assert.equal(missed.provider, "deepseek");
  assert.deepEqual(
    missed.warnings.map((/** @type {any} */ each) => each.type),
    ["unknown_provider"],
  );
});

test("limits take providers away", async () => {
  assert.equal(await providerFor({ optimize: "cost", max_ttft_ms: 300 }), "together_ai");
  assert.equal(await providerFor({ optimize: "cost", max_ttft_ms: 800, ttft_percentile: "p95" }), "fireworks_ai");
  assert.equal(await providerFor({ optimize: "cost", min_throughput_tps: 90 }), "fireworks_ai");
  assert.equal(await providerFor({ optimize: "ttft", max_cost_per_1m: 0.4 }), "deepseek");
  assert.equal(await providerFor({ optimize: "cost", data_policy: "zdr" }), "fireworks_ai");
  assert.equal(await providerFor({ optimize: "ttft", only_byok: true }), "deepseek");
  const priority = await metadataOf({ model: "claude-sonnet-4.6", gateway: { routing: { tier: "priority" } } });
  assert.equal(priority.throughput_tps, 155);
});

test("several models: the pool takes the best of all, fallback takes the first that can", async () => {
  const models = ["gpt-5.4", "deepseek-v3.2"];
  const pool = await metadataOf({ model: null, gateway: { models, routing: { optimize: "cost" } } });
  assert.equal(pool.model_canonical, "deepseek-v3.2");
  const fallback = await metadataOf({
    model: null,
    gateway: { models, routing: { optimize: "cost", mode: "fallback" } },
  });
  assert.equal(fallback.model_canonical, "gpt-5.4");
  const next = await metadataOf({
    model: null,
    gateway: { models, routing: { mode: "fallback", max_cost_per_1m: 1 } },
  });
  assert.equal(next.model_canonical, "deepseek-v3.2");
  const able = await metadataOf({
    model: null,
    gateway: { models: ["gpt-5.5-pro", "gpt-5.4"], routing: { mode: "fallback" } },
  });
  assert.equal(able.model_canonical, "gpt-5.4");
});

test("what the provider does not take is dropped with a warning, or decides who serves", async () => {
  const body = { model: "claude-sonnet-4.6", seed: 7, n: 2, messages: user("Hi") };
  const dropped = await (
    await gateway.chat({ ...body, metadata: { a: "b" }, extensions: { anthropic: { api_key: "x" }, openai: {} } })
  ).json();
  assert.equal(dropped.choices.length, 1, "n was dropped");
  assert.deepEqual(dropped.routing_metadata.warnings.map((/** @type {any} */ each) => each.type).sort(), [
    "blocked_field",
    "ignored_extension",
    "unsupported_field",
    "unsupported_parameter",
    "unsupported_parameter",
  ]);
  assert.ok(dropped.routing_metadata.warnings.every((/** @type {any} */ { code, message }) => code && message));

  const required = await (await gateway.chat({ ...body, gateway: { routing: { require_parameters: true } } })).json();
  assert.equal(required.routing_metadata.provider, "google_vertex");
  assert.equal(required.choices.length, 2);
});

test("the cost is that of the tokens; ttft_ms is there in streams only", async () => {
  const whole = await (await gateway.chat({ model: "gpt-5.4:cost" })).json();
  const { prompt_tokens, completion_tokens, total_tokens } = whole.usage;
  assert.equal(total_tokens, prompt_tokens + completion_tokens);
  const expected = (prompt_tokens * 2.5 + completion_tokens * 15) / 1_000_000;
  assert.ok(Math.abs(whole.routing_metadata.cost.usd - expected) < 1e-9);
  assert.ok(!("ttft_ms" in whole.routing_metadata));
  assert.ok(!("warnings" in whole.routing_metadata));

  const streamed = (await payloadsOf(await gateway.chat({ stream: true }))).at(-1);
  assert.equal(typeof streamed.routing_metadata.ttft_ms, "number");
});
