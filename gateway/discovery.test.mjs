// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { gatewayForThisFile } from "./harness.mjs";

const gateway = gatewayForThisFile();

/** @param {string} path */
const get = async (path) => (await gateway.call(path)).json();

/** @param {any} list @returns {string[]} */
const idsOf = (list) => list.data.map((/** @type {any} */ model) => model.id);

test("models are those of an endpoint", async () => {
  const [byDefault, chat, responses] = [
    await get("/v1/models"),
    await get("/v1/models?endpoint=chat_completions"),
    await get("/v1/models?endpoint=responses"),
  ];
  assert.deepEqual(idsOf(byDefault), idsOf(chat));
  assert.ok(!idsOf(chat).includes("gpt-5.5-pro"));
  assert.ok(idsOf(responses).includes("gpt-5.5-pro"));
  assert.ok(idsOf(responses).includes("gpt-5.4"));
  const wrong = await gateway.call("/v1/models?endpoint=batch");
  assert.equal(wrong.status, 400);
  assert.equal((await wrong.json()).error.param, "endpoint");
});

test("one model: by id, by alias, with a slash encoded or not", async () => {
  assert.equal((await get("/v1/models/gpt-5.4")).owned_by, "auriko");
  assert.equal((await get("/v1/models/claude-sonnet-latest")).id, "claude-sonnet-4.6");
  assert.equal((await get("/v1/models/meta%2Fllama-4")).id, "meta/llama-4");
  assert.equal((await get("/v1/models/meta/llama-4")).id, "meta/llama-4");
  const missing = await gateway.call("/v1/models/gpt-99");
  assert.equal(missing.status, 404);
  assert.equal((await missing.json()).error.code, "model_not_found");
  assert.equal((await gateway.call("/v1/models/%E0%A4%A")).status, 400);
});

test("me, registry and directory have the documented shapes", async () => {
  const me = await get("/v1/me");
  assert.equal(me.credential_type, "api_key");
  assert.ok(Number.isInteger(me.rate_limits.inference_rpm));

  const registry = await get("/v1/registry/models");
  assert.equal(registry.count, registry.models.length);
  const providers = await get("/v1/registry/providers");
  assert.equal(providers.count, providers.providers.length);
  const known = new Set(providers.providers.map((/** @type {any} */ provider) => provider.id));
  const directory = await get("/v1/directory/models");
  for (const { id, providers: named } of registry.models) {
    assert.ok(
      named.every((/** @type {string} */ name) => known.has(name)),
      id,
    );
    assert.deepEqual(
      directory.models[id].providers.map((/** @type {any} */ entry) => entry.provider),
      named,
    );
  }
  const [anthropic] = directory.models["claude-sonnet-4.6"].providers;
  assert.deepEqual(
    anthropic.tiers.map((/** @type {any} */ tier) => tier.name),
    ["standard", "priority"],
  );
});
