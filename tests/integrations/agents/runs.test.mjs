// @ts-check
// Runs of the Agents SDK over chat completions.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, test } from "node:test";
import { isOpenAIChatCompletionsRawModelStreamEvent, RunState, retryPolicies, tool } from "@openai/agents";
import { z } from "zod";
import { drain, Run, rejection } from "../local.mjs";
import { agentOf, auriko, clients, entry, runnerOf } from "./clients.mjs";

const weather = tool({
  name: "get_weather",
  description: "The weather of a city",
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `sunny in ${city}`,
});

for (const { name, make } of clients) {
  describe(name, () => {
    test("a run has its text, and its metadata on the client and in the raw response", async () => {
      const run = new Run();
      const client = make(run.url());
      const result = await runnerOf(client).run(agentOf(), "echo: naïve 東京");
      assert.equal(result.finalOutput, "naïve 東京");
      const [{ providerData, requestId, usage }] = result.rawResponses;
      assert.deepEqual(client.lastRoutingMetadata, providerData?.routing_metadata);
      assert.match(requestId ?? "", /^req_/);
      assert.ok(usage.totalTokens > 0);
    });

    test("a streamed run has its text in pieces, and its metadata in a raw event", async () => {
      const run = new Run();
      const client = make(run.url());
      const stream = await runnerOf(client).run(agentOf(), "echo: naïve 東京 ☕", { stream: true });
      const events = await drain(stream);
      await stream.completed;
      assert.equal(stream.finalOutput, "naïve 東京 ☕");
      const raw = events
        .filter(isOpenAIChatCompletionsRawModelStreamEvent)
        .map(({ data }) => /** @type {any} */ (data).event);
      const metadata = raw.map((event) => event.routing_metadata).find(Boolean);
      assert.deepEqual(client.lastRoutingMetadata, metadata);
      assert.match(stream.rawResponses[0].requestId ?? "", /^req_/);
    });

    test("toTextStream gives the text", async () => {
      const client = make(new Run().url());
      const stream = await runnerOf(client).run(agentOf(), "echo: naïve 東京 ☕", { stream: true });
      assert.equal((await drain(stream.toTextStream())).join(""), "naïve 東京 ☕");
      await stream.completed;
    });

    for (const stream of [false, true]) {
      /** @param {any} client @param {any} agent @param {string} input */
      const finished = async (client, agent, input) => {
        const result = await runnerOf(client).run(agent, input, /** @type {any} */ ({ stream }));
        if (stream) await /** @type {any} */ (result).completed;
        return /** @type {any} */ (result);
      };

      test(`tools are called, and their results sent back (stream: ${stream})`, async () => {
        const run = new Run();
        const result = await finished(make(run.url()), agentOf({ tools: [weather] }), "The weather in Paris?");
        assert.match(result.finalOutput, /sunny in Paris/);
        const [, { json }] = run.log;
        assert.deepEqual(
          json.messages.map((/** @type {any} */ { role }) => role),
          ["user", "assistant", "tool"],
        );
      });

      test(`two tools at once (stream: ${stream})`, async () => {
        const result = await finished(
          make(new Run().url()),
          agentOf({ tools: [weather], modelSettings: { parallelToolCalls: true } }),
          "The weather in Paris, twice?",
        );
        assert.equal(result.finalOutput.match(/sunny/g).length, 2);
      });

      test(`a handoff reaches the other agent (stream: ${stream})`, async () => {
        const run = new Run();
        const billing = agentOf({ name: "Billing" });
        const result = await finished(make(run.url()), agentOf({ handoffs: [billing] }), "Help me");
        assert.equal(result.lastAgent, billing);
        assert.equal(run.log.length, 2);
      });

      test(`structured output has the form that was asked for (stream: ${stream})`, async () => {
        const outputType = z.object({ city: z.string(), degrees: z.number() });
        const result = await finished(make(new Run().url()), agentOf({ outputType }), "Weather in Paris");
        assert.doesNotThrow(() => outputType.parse(result.finalOutput));
        assert.equal(result.finalOutput.city, "Paris");
      });
    }

    test("an abort ends a run before and while it streams", async () => {
      const run = new Run();
      const runner = runnerOf(make(run.url("never-ending")));
      const aborted = AbortSignal.abort();
      await rejection(runner.run(agentOf(), "Hi", { signal: aborted }));
      assert.equal(run.log.length, 0);
      const controller = new AbortController();
      const stream = await runner.run(agentOf(), "Hi", { stream: true, signal: controller.signal });
      let read = 0;
      for await (const _ of stream) if (++read === 3) controller.abort();
      await run.until(() => run.log[0].clientGoneAt !== null);
    });

    test("many turns leave no listener on the signal", async () => {
      const run = new Run();
      const { signal } = new AbortController();
      let listeners = 0;
      for (const [method, step] of /** @type {const} */ ([
        ["addEventListener", 1],
        ["removeEventListener", -1],
      ])) {
        const original = signal[method];
        signal[method] = (/** @type {any[]} */ ...call) => {
          if (call[0] === "abort") listeners += step;
          return original.apply(signal, /** @type {any} */ (call));
        };
      }
      const client = make(run.url());
      const create = () =>
        client.chat.completions.create({ model: "gpt-5.4", messages: [{ role: "user", content: "Hi" }] }, { signal });
      for (let turn = 0; turn < 12; turn++) await create();
      // OpenAI's client may keep one until the garbage collector comes, and not one for each request.
      assert.ok(name === "AurikoOpenAI" || listeners === 0, `${listeners}`);
    });

    test("the retry policy of the SDK decides, and the client sends once for each of its attempts", async () => {
      const run = new Run();
      /** @type {any[]} */
      const seen = [];
      const policy = retryPolicies.httpStatus([503]);
      const retry = {
        maxRetries: 2,
        backoff: { initialDelayMs: 1, maxDelayMs: 1 },
        policy: (/** @type {any} */ context) => {
          seen.push(context.normalized?.statusCode);
          return policy(context);
        },
      };
      const client = make(run.url("status;code=service_unavailable;after=0"), { maxRetries: 0 });
      const error = await rejection(runnerOf(client).run(agentOf({ modelSettings: { retry } }), "Hi"));
      assert.ok(error instanceof auriko.APIStatusError);
      assert.equal(error.code, "service_unavailable");
      assert.equal(run.log.length, 3);
      assert.deepEqual(seen.slice(0, 2), [503, 503]);
    });

    test("the client retries by itself within one attempt", async () => {
      const run = new Run();
      const result = await runnerOf(make(run.url("429-then-200"))).run(agentOf(), "echo: Hi");
      assert.equal(result.finalOutput, "Hi");
      assert.equal(run.log.length, 2);
    });

    test("an error of the service has its class", async () => {
      const run = new Run();
      const runner = runnerOf(make(run.url("status;code=insufficient_quota"), { maxRetries: 0 }));
      for (const stream of [false, true]) {
        const failed = async () => {
          const result = await runner.run(agentOf(), "Hi", /** @type {any} */ ({ stream }));
          await /** @type {any} */ (result).completed;
        };
        const error = await rejection(failed());
        assert.ok(error instanceof auriko.RateLimitError && error instanceof entry.RateLimitError);
        assert.equal(error.code, "insufficient_quota");
      }
    });

    test("routing options go through providerData; those of the agent replace those of the runner", async () => {
      const run = new Run();
      const client = make(run.url());
      const { RoutingOptions, GatewayOptions, mergeGateway } = auriko;
      const cheap = new RoutingOptions({ optimize: "cost" }).toExtraBody();
      const tagged = new GatewayOptions({ metadata: { tags: ["a"] } }).toExtraBody();
      const runner = runnerOf(client, { modelSettings: { providerData: cheap } });
      await runner.run(agentOf(), "Hi");
      await runner.run(agentOf({ modelSettings: { providerData: tagged } }), "Hi");
      await runner.run(agentOf({ modelSettings: { providerData: mergeGateway(cheap, tagged) } }), "Hi");
      const stream = await runner.run(agentOf(), "Hi", { stream: true });
      await stream.completed;
      assert.deepEqual(
        run.log.map(({ json }) => json.gateway),
        [
          { routing: { optimize: "cost" } },
          { metadata: { tags: ["a"] } },
          { routing: { optimize: "cost" }, metadata: { tags: ["a"] } },
          { routing: { optimize: "cost" } },
        ],
      );
    });

    test("extra_body within providerData is not unpacked in chat, but by AurikoClient itself", async () => {
      const run = new Run();
      const gateway = { routing: { optimize: "ttft" } };
      const agent = agentOf({ modelSettings: { providerData: { extra_body: { gateway } } } });
      await runnerOf(make(run.url())).run(agent, "Hi");
      assert.deepEqual(run.log[0].json.gateway, name === "AurikoClient" ? gateway : undefined);
    });

    test("concurrent runs know their own metadata by the async context", async () => {
      const run = new Run();
      /** @type {AsyncLocalStorage<string[]>} */
      const storage = new AsyncLocalStorage();
      const client = make(run.url(), {
        onResponse: (/** @type {any} */ { routing_strategy }) => void storage.getStore()?.push(routing_strategy),
      });
      const runner = runnerOf(client);
      const strategies = ["cost", "ttft", "tps", "balanced"];
      const heard = await Promise.all(
        strategies.map(async (optimize, index) => {
          /** @type {string[]} */
          const own = [];
          const providerData = { gateway: { routing: { optimize } } };
          await storage.run(own, async () => {
            const agent = agentOf({ tools: [weather], modelSettings: { providerData } });
            const result = await runner.run(
              agent,
              "The weather in Paris?",
              /** @type {any} */ ({ stream: index % 2 > 0 }),
            );
            await /** @type {any} */ (result).completed;
          });
          return own;
        }),
      );
      assert.deepEqual(
        heard,
        strategies.map((strategy) => [strategy, strategy]),
      );
    });

    test("the state of a run can be written down and read again", async () => {
      const agent = agentOf({ tools: [weather] });
      const result = await runnerOf(make(new Run().url())).run(agent, "The weather in Paris?");
      const state = await RunState.fromString(agent, result.state.toString());
      const { modelResponses } = JSON.parse(/** @type {any} */ (state).toString());
      assert.deepEqual(
        modelResponses.map((/** @type {any} */ { providerData }) => providerData.routing_metadata),
        result.rawResponses.map(({ providerData }) => providerData?.routing_metadata),
      );
    });

    test("GPT-5 without reasoning is said in the service's own word", async () => {
      const run = new Run();
      const runner = runnerOf(make(run.url()));
      // Without settings of its own the agent gets reasoning effort "none".
      const agent = agentOf({ modelSettings: undefined });
      await runner.run(agent, "Hi");
      await (await runner.run(agent, "Hi", { stream: true })).completed;
      assert.deepEqual(
        run.log.map(({ json }) => json.reasoning_effort),
        ["off", "off"],
      );
    });
  });
}
