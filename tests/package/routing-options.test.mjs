// @ts-check
// RoutingOptions, GatewayOptions, mergeGateway and the constants.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { auriko, gatewayWithClients, hi, thrown } from "./support.mjs";

const { BadRequestError, DataPolicy, GatewayOptions, MetricPercentile, Mode, mergeGateway, Optimize, RoutingOptions } =
  auriko;
const gateway = gatewayWithClients();

/** Every field, with a value that it may have. */
const ALL = /** @type {const} */ ({
  optimize: "ttft-focus",
  weights: { cost: 0, ttft: 0.5, throughput: 2 },
  max_cost_per_1m: 12.5,
  max_ttft_ms: 5000,
  min_throughput_tps: 0.5,
  ttft_percentile: "p50",
  throughput_percentile: "p95",
  providers: ["azure", "openai"],
  exclude_providers: [],
  prefer: "openai",
  mode: "fallback",
  allow_fallbacks: false,
  max_fallback_attempts: 19,
  timeout_ms: 1000,
  deadline_ms: 1000,
  data_policy: "no_training",
  only_byok: false,
  only_platform: true,
  require_parameters: false,
  tier: "standard",
});

/**
 * @param {() => unknown} construct
 * @param {{ code?: string, param: string, says: RegExp }} expected
 */
function refused(construct, { code = "invalid_parameter_value", param, says }) {
  const error = thrown(construct);
  assert.ok(error instanceof BadRequestError, String(error));
  assert.deepStrictEqual([error.name, error.code, error.param, error.attempts], ["BadRequestError", code, param, 0]);
  assert.match(error.message, says);
}

/** @param {any} fields */
const routing = (fields) => () => new RoutingOptions(fields);
/** @param {any} fields */
const gatewayOptions = (fields) => () => new GatewayOptions(fields);

test("all 20 fields come out as they went in", () => {
  assert.equal(Object.keys(ALL).length, 20);
  const options = new RoutingOptions(ALL);
  assert.deepStrictEqual(options.toJSON(), ALL);
  assert.deepStrictEqual(Object.keys(options.toJSON()), Object.keys(ALL));
  assert.deepStrictEqual(options.toExtraBody(), { gateway: { routing: ALL } });
  for (const [name, value] of Object.entries(ALL)) {
    const one = /** @type {any} */ ({ [name]: value });
    assert.deepStrictEqual(new RoutingOptions(one).toExtraBody(), { gateway: { routing: one } });
  }
});

test("an instance is printed, spread, compared, cloned and serialised like its fields", () => {
  const options = new RoutingOptions(ALL);
  assert.deepStrictEqual({ ...options }, ALL);
  assert.deepStrictEqual(structuredClone(options), ALL);
  assert.equal(JSON.stringify(options), JSON.stringify(ALL));
  assert.equal(JSON.stringify({ routing: options }), JSON.stringify({ routing: ALL }));
  assert.deepEqual(options, new RoutingOptions(ALL));
  assert.notDeepEqual(options, new RoutingOptions({ ...ALL, tier: "other" }));
  assert.match(inspect(options), /^RoutingOptions \{\s+optimize: 'ttft-focus',/);
  assert.equal(options.optimize, "ttft-focus");
  assert.equal(new RoutingOptions(options).max_ttft_ms, 5000);
});

test("an instance cannot be changed, neither by assignment nor through what went in or came out", () => {
  const providers = ["azure"];
  const options = /** @type {any} */ (new RoutingOptions({ providers, weights: { cost: 1 } }));
  providers.push("late");
  options.toJSON().providers.push("late");
  options.toExtraBody().gateway.routing.weights.cost = 9;
  assert.throws(() => {
    options.optimize = "cost";
  }, TypeError);
  assert.throws(() => {
    delete options.providers;
  }, TypeError);
  assert.throws(() => options.providers.push("late"), TypeError);
  assert.throws(() => {
    options.weights.cost = 9;
  }, TypeError);
  assert.deepStrictEqual(options.toExtraBody(), {
    gateway: { routing: { providers: ["azure"], weights: { cost: 1 } } },
  });
  assert.deepStrictEqual({ ...options }, { providers: ["azure"], weights: { cost: 1 } });
});

test("nothing given is an empty object, and so are null fields", () => {
  for (const fields of [undefined, null, {}, { optimize: null, weights: undefined }]) {
    const options = new RoutingOptions(/** @type {any} */ (fields));
    assert.deepStrictEqual(options.toExtraBody(), { gateway: { routing: {} } });
    assert.deepStrictEqual([options.toJSON(), { ...options }], [{}, {}]);
  }
});

test("an unknown field is refused, and the nearest name is proposed", () => {
  const code = "unknown_field";
  for (const [name, says] of /** @type {const} */ ([
    ["maxTtftMs", /Did you mean max_ttft_ms\?/],
    ["maxCostPer1M", /Did you mean max_cost_per_1m\?/],
    ["optimise", /Did you mean optimize\?/],
    ["models", /Did you mean gateway\.models\?/],
    ["__proto__x", /Use one of: optimize, weights/],
  ])) {
    refused(routing({ [name]: 1 }), { code, param: `gateway.routing.${name}`, says });
    refused(gatewayOptions({ routing: { [name]: 1 } }), { code, param: `gateway.routing.${name}`, says });
  }
  refused(routing({ nonsense: undefined }), { code, param: "gateway.routing.nonsense", says: /not a known field/ });
  refused(routing({ weights: { speed: 1 } }), { code, param: "gateway.routing.weights.speed", says: /cost, ttft/ });
});

test("values that cannot be are refused by the name of their field", () => {
  const words = "optimize mode data_policy ttft_percentile throughput_percentile".split(" ");
  const positive = "max_cost_per_1m min_throughput_tps".split(" ");
  const whole = "max_ttft_ms timeout_ms deadline_ms max_fallback_attempts".split(" ");
  const flags = "allow_fallbacks only_byok only_platform require_parameters".split(" ");
  /** @type {[string[], unknown[], RegExp][]} */
  const cases = [
    [words, ["", "fastest", 1, true, [], "COST"], /must be one of: /],
    [positive, [0, -1, NaN, Infinity, -Infinity], /finite number greater than 0/],
    [whole, [0, -1, 1.5, NaN, Infinity], /must be a whole number/],
    [["max_fallback_attempts"], [20], /from 1 to 19/],
    [[...positive, ...whole], ["5"], /Pass a number, not a string/],
    [[...positive, ...whole], [true, {}, [1], 5n, () => 5], /must be a (finite|whole) number/],
    [flags, ["true", 0, 1, {}], /must be true or false/],
    [["prefer", "tier"], [1, false, ["openai"], {}], /must be a string/],
    [["providers", "exclude_providers"], ["openai"], /Put it into an array/],
    [["providers", "exclude_providers"], [{}, [1], [null], 1], /must be an array of strings/],
    [["weights"], [1, "cost", [], {}, { cost: 0 }, { cost: 0, ttft: 0, throughput: 0 }], /weight/],
  ];
  for (const [names, values, says] of cases) {
    for (const name of names) {
      for (const value of values) refused(routing({ [name]: value }), { param: `gateway.routing.${name}`, says });
    }
  }
  for (const share of [-1, NaN, Infinity, "1"]) {
    refused(routing({ weights: { cost: share } }), { param: "gateway.routing.weights.cost", says: /0 or greater/ });
  }
  for (const fields of [5, "cost", [], () => {}, true]) {
    refused(routing(fields), { param: "gateway.routing", says: /must be an object/ });
  }
});

test("fields that contradict each other are refused, others are left to the server", () => {
  refused(routing({ only_byok: true, only_platform: true }), {
    param: "gateway.routing.only_byok",
    says: /only_platform/,
  });
  refused(routing({ timeout_ms: 5, deadline_ms: 4 }), { param: "gateway.routing.deadline_ms", says: /timeout_ms/ });
  routing({ only_byok: true, only_platform: false })();
  routing({ timeout_ms: 5, deadline_ms: 5 })();
  routing({ optimize: "cost", weights: { cost: 1 }, providers: ["a"], exclude_providers: ["a"], tier: "" })();
});

test("GatewayOptions hold routing, metadata and models, checked", () => {
  const metadata = { tags: ["a", ""], user_id: "u", trace_id: "t", custom_fields: { z: "1", a: "ä" } };
  const fields = { routing: ALL, metadata, models: ["gpt-5.4", "deepseek-v3.2"] };
  for (const given of [fields, { ...fields, routing: new RoutingOptions(ALL) }]) {
    const options = new GatewayOptions(given);
    assert.deepStrictEqual(options.toExtraBody(), { gateway: fields });
    assert.deepStrictEqual({ ...options }, fields);
    assert.deepStrictEqual(structuredClone(options), fields);
    assert.ok(Object.isFrozen(options));
    assert.match(inspect(options), /^GatewayOptions \{/);
  }
  assert.deepStrictEqual(new GatewayOptions().toExtraBody(), {});
  assert.deepStrictEqual(new GatewayOptions({ routing: {}, models: [] }).toExtraBody(), {
    gateway: { routing: {}, models: [] },
  });
  refused(gatewayOptions({ optimize: "cost" }), {
    code: "unknown_field",
    param: "gateway.optimize",
    says: /Did you mean gateway\.routing\.optimize\?/,
  });
  refused(gatewayOptions({ models: "gpt-5.4" }), { param: "gateway.models", says: /array of strings/ });
  refused(gatewayOptions({ routing: { max_ttft_ms: 0 } }), { param: "gateway.routing.max_ttft_ms", says: /is 0/ });
  refused(gatewayOptions({ metadata: { custom_fields: { a: 1 } } }), {
    param: "gateway.metadata.custom_fields",
    says: /Turn it into a string/,
  });
  refused(gatewayOptions("cost"), { param: "gateway", says: /must be an object/ });
});

test("mergeGateway merges `gateway` one level deep, the second body wins, and both stay as they are", () => {
  const options = new RoutingOptions({ optimize: "cost" });
  /** @type {[object, object, object][]} */
  const cases = [
    [{ a: 1, b: 1 }, { b: 2 }, { a: 1, b: 2 }],
    [{ gateway: { routing: { mode: "pool" } } }, {}, { gateway: { routing: { mode: "pool" } } }],
    [{}, { gateway: { models: [] } }, { gateway: { models: [] } }],
    [
      { gateway: { routing: { mode: "pool", tier: "x" }, metadata: { user_id: "u" } } },
      { gateway: { routing: { mode: "fallback" }, models: ["m"] } },
      { gateway: { routing: { mode: "fallback" }, metadata: { user_id: "u" }, models: ["m"] } },
    ],
    [{ gateway: { models: [] } }, { gateway: null }, { gateway: null }],
    [{ gateway: "text" }, { gateway: { models: [] } }, { gateway: { models: [] } }],
    [
      { gateway: { models: ["m"] } },
      { gateway: options },
      { gateway: { models: ["m"], routing: { optimize: "cost" } } },
    ],
    [
      { gateway: options },
      { gateway: { models: ["m"] } },
      { gateway: { models: ["m"], routing: { optimize: "cost" } } },
    ],
    [options.toExtraBody(), { extra: 1 }, { extra: 1, gateway: { routing: { optimize: "cost" } } }],
    // Options stand for their body.
    [options, { gateway: { models: ["m"] } }, { gateway: { models: ["m"], routing: { optimize: "cost" } } }],
    [{ gateway: { models: ["m"] } }, new GatewayOptions({ models: ["n"] }), { gateway: { models: ["n"] } }],
  ];
  for (const [a, b, merged] of cases) {
    const before = JSON.stringify([a, b]);
    assert.deepStrictEqual(mergeGateway(Object.freeze(a), Object.freeze(b)), merged, before);
    assert.equal(JSON.stringify([a, b]), before);
  }
  for (const wrong of [null, undefined, 5, "text", []]) {
    assert.throws(() => mergeGateway(/** @type {any} */ (wrong), {}), BadRequestError);
    assert.throws(() => mergeGateway({}, /** @type {any} */ (wrong)), BadRequestError);
  }
});

test("every constant is accepted by the options, and by the service", async () => {
  const constants = { optimize: Optimize, mode: Mode, data_policy: DataPolicy, ttft_percentile: MetricPercentile };
  /** @type {Record<string, number>} */
  const counts = { optimize: 7, mode: 2, data_policy: 3, ttft_percentile: 2 };
  const { create } = gateway.client().chat.completions;
  for (const [name, words] of Object.entries(constants)) {
    assert.equal(Object.keys(words).length, counts[name]);
    assert.ok(Object.isFrozen(words));
    for (const word of Object.values(words)) {
      const options = new RoutingOptions(/** @type {any} */ ({ [name]: word }));
      const params = name === "mode" ? { messages: hi().messages } : hi();
      const models = name === "mode" ? { models: ["gpt-5.4"] } : {};
      const { routing_metadata } = await create({ ...params, gateway: { ...models, routing: options } });
      if (name === "optimize") assert.equal(routing_metadata?.routing_strategy, word);
    }
  }
});

test("what the options admit, the service admits", async () => {
  const { only_platform: _, tier: __, ...fields } = ALL;
  const params = { ...hi(), ...new RoutingOptions(fields).toExtraBody() };
  const { routing_metadata } = await gateway.client().chat.completions.create(params);
  assert.equal(routing_metadata?.routing_strategy, "custom");
});
