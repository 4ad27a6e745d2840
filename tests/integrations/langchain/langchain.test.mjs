// @ts-check
// LangChain's ChatOpenAI, which drops the metadata, and the client that hears of it.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, test } from "node:test";
import { tool } from "@langchain/core/tools";
import { ChatOpenAI } from "@langchain/openai";
import { AurikoClient, BadRequestError, RateLimitError, RoutingOptions, toAurikoError } from "auriko-wasm";
import { z } from "zod";
import { drain, KEY, Run, rejection } from "../local.mjs";

/** @param {Run} run @param {any} [settings] */
function modelOf(run, { scenario, onResponse, ...settings } = {}) {
  const baseURL = run.url(scenario);
  const client = new AurikoClient({ apiKey: KEY, baseURL, onResponse });
  const configuration = { baseURL, fetch: /** @type {any} */ (client.fetch) };
  const model = new ChatOpenAI({ model: "gpt-5.4", apiKey: KEY, configuration, maxRetries: 0, ...settings });
  return { client, model };
}

describe("LangChain with client.fetch", () => {
  test("invoke and stream have their text, and the client the metadata", async () => {
    const run = new Run();
    const modelKwargs = new RoutingOptions({ optimize: "tps" }).toExtraBody();
    const { client, model } = modelOf(run, { modelKwargs });
    assert.equal((await model.invoke("echo: naïve 東京")).text, "naïve 東京");
    assert.equal(client.lastRoutingMetadata?.routing_strategy, "tps");
    const chunks = await drain(await model.stream("echo: naïve 東京"));
    assert.equal(chunks.map(({ text }) => text).join(""), "naïve 東京");
    assert.equal(client.lastRoutingMetadata?.routing_strategy, "tps");
    for (const { json } of run.log) assert.deepEqual(json.gateway, modelKwargs.gateway);
  });

  test("tools are called", async () => {
    const { model } = modelOf(new Run());
    const weather = tool(({ city }) => `sunny in ${city}`, {
      name: "get_weather",
      description: "The weather of a city",
      schema: z.object({ city: z.string() }),
    });
    const { tool_calls } = await model.bindTools([weather]).invoke("The weather in Paris?");
    assert.deepEqual(
      tool_calls?.map(({ name, args }) => [name, args]),
      [["get_weather", { city: "Paris" }]],
    );
  });

  test("concurrent calls know their own metadata by the async context", async () => {
    /** @type {AsyncLocalStorage<string[]>} */
    const storage = new AsyncLocalStorage();
    const onResponse = (/** @type {any} */ { routing_strategy }) => void storage.getStore()?.push(routing_strategy);
    const run = new Run();
    const strategies = ["cost", "ttft", "tps"];
    const client = new AurikoClient({ apiKey: KEY, baseURL: run.url(), onResponse });
    const heard = await Promise.all(
      strategies.map(async (optimize) => {
        const configuration = { baseURL: run.url(), fetch: /** @type {any} */ (client.fetch) };
        const modelKwargs = { gateway: { routing: { optimize } } };
        const model = new ChatOpenAI({ model: "gpt-5.4", apiKey: KEY, configuration, modelKwargs });
        /** @type {string[]} */
        const own = [];
        await storage.run(own, async () => drain(await model.stream("Hi")));
        return own;
      }),
    );
    assert.deepEqual(
      heard,
      strategies.map((strategy) => [strategy]),
    );
  });

  test("the variables that are meant for OpenAI go out, but for the base URL, and the key unless one is given", async (t) => {
    const before = { ...process.env };
    t.after(() => {
      process.env = before;
    });
    Object.assign(process.env, {
      OPENAI_API_KEY: "sk-openai",
      OPENAI_BASE_URL: "http://127.0.0.1:1/v1",
      OPENAI_ORGANIZATION: "org-x",
      OPENAI_PROJECT_ID: "proj-x",
      OPENAI_CUSTOM_HEADERS: "x-custom: y",
    });
    for (const [apiKey, sent] of [
      [KEY, KEY],
      [undefined, "sk-openai"],
    ]) {
      const run = new Run();
      const client = new AurikoClient({ apiKey: KEY, baseURL: run.url() });
      const configuration = { baseURL: run.url(), fetch: /** @type {any} */ (client.fetch) };
      const model = new ChatOpenAI({ model: "gpt-5.4", apiKey, configuration, maxRetries: 0 });
      // The gateway knows no key of OpenAI's.
      if (apiKey) await model.invoke("Hi");
      else assert.match(String(await rejection(model.invoke("Hi"))), /key/i);
      assert.equal(run.log.length, 1);
      const { authorization, ...rest } = run.log[0].headers;
      assert.equal(authorization, `Bearer ${sent}`);
      assert.deepEqual(
        [rest["openai-organization"], rest["openai-project"], rest["x-custom"]],
        ["org-x", "proj-x", "y"],
      );
    }
  });

  test("toAurikoError reads its errors", async () => {
    const { model } = modelOf(new Run(), { scenario: "status;code=insufficient_quota" });
    const error = await rejection(model.invoke("Hi"));
    const own = toAurikoError(error);
    assert.ok(own instanceof RateLimitError);
    assert.equal(own.code, "insufficient_quota");
  });

  test("toAurikoError reads what LangChain has made of a prompt that is too long", async () => {
    const { model } = modelOf(new Run(), { scenario: "status;code=context_length_exceeded" });
    for (const failing of [model.invoke("Hi"), model.stream("Hi")]) {
      const error = await rejection(failing);
      const own = /** @type {any} */ (toAurikoError(error));
      assert.ok(own instanceof BadRequestError, String(error?.stack));
      assert.equal(own.code, "context_length_exceeded");
    }
  });
});
