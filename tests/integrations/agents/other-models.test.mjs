// @ts-check
// The Responses model, models made by hand, and a plain OpenAI client.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { OpenAIChatCompletionsModel } from "@openai/agents";
import OpenAI from "openai";
import { KEY, Run, rejection } from "../local.mjs";
import { agentOf, auriko, clients, runnerOf } from "./clients.mjs";

for (const { name, make } of clients) {
  describe(name, () => {
    test("the Responses model runs, streams, and routes through providerData", async () => {
      const run = new Run();
      const client = make(run.url());
      const runner = runnerOf(client, { useResponses: true });
      const providerData = { gateway: { routing: { optimize: "ttft" } } };
      const agent = agentOf({ modelSettings: { providerData } });
      const result = await runner.run(agent, "echo: naïve 東京");
      assert.equal(result.finalOutput, "naïve 東京");
      assert.equal(client.lastRoutingMetadata?.routing_strategy, "ttft");
      const stream = await runner.run(agent, "echo: naïve 東京", { stream: true });
      await stream.completed;
      assert.equal(stream.finalOutput, "naïve 東京");
      for (const { url, json } of run.log) {
        assert.match(url, /\/responses$/);
        assert.deepEqual(json.gateway, { routing: { optimize: "ttft" } });
      }
    });

    test("a model can be made of the client", async () => {
      const model = new OpenAIChatCompletionsModel(make(new Run().url()), "gpt-5.4");
      const result = await runnerOf(undefined).run(agentOf({ model }), "echo: Hi");
      assert.equal(result.finalOutput, "Hi");
    });
  });
}

describe("a plain OpenAI client, configured by hand", () => {
  test("it works, routes, and keeps the metadata of what is not streamed", async () => {
    const run = new Run();
    const client = new OpenAI({ apiKey: KEY, baseURL: run.url() });
    const providerData = { gateway: { routing: { optimize: "cost" } } };
    const result = await runnerOf(client).run(agentOf({ modelSettings: { providerData } }), "Hi");
    assert.equal(result.rawResponses[0].providerData?.routing_metadata.routing_strategy, "cost");
  });

  test("with client.fetch it hears of the metadata of streams, and toAurikoError reads its errors", async () => {
    const run = new Run();
    const auri = new auriko.AurikoClient({ apiKey: KEY, baseURL: run.url() });
    const client = new OpenAI({ apiKey: KEY, baseURL: run.url(), fetch: auri.fetch });
    const stream = await runnerOf(client).run(agentOf(), "Hi", { stream: true });
    await stream.completed;
    assert.notEqual(auri.lastRoutingMetadata, null);

    const broke = new OpenAI({ apiKey: KEY, baseURL: run.url("status;code=insufficient_quota"), maxRetries: 0 });
    const error = await rejection(runnerOf(broke).run(agentOf(), "Hi"));
    assert.ok(!(error instanceof auriko.AurikoAPIError));
    assert.ok(auriko.toAurikoError(error) instanceof auriko.RateLimitError);
  });
});
