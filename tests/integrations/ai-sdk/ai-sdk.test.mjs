// @ts-check
// The AI SDK, in two versions, by its provider for APIs like OpenAI's.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import * as compatible6 from "@ai-sdk/openai-compatible";
import * as ai6 from "ai";
import * as ai7 from "ai-7";
import { APIStatusError, AurikoClient, aurikoMetadataExtractor, RateLimitError, toAurikoError } from "auriko-wasm";
import * as compatible7 from "openai-compatible-3";
import { z } from "zod";
import { drain, KEY, Run, rejection } from "../local.mjs";

for (const [major, ai, compatible] of /** @type {[number, typeof ai6, typeof compatible6][]} */ ([
  [6, ai6, compatible6],
  [7, ai7, compatible7],
])) {
  const { APICallError, generateText, Output, RetryError, stepCountIs, streamText, tool } = ai;

  /** @param {Run} run @param {string} [scenario] */
  const providerOf = (run, scenario) => {
    const baseURL = run.url(scenario);
    const client = new AurikoClient({ apiKey: KEY, baseURL });
    const auriko = compatible.createOpenAICompatible({
      name: "auriko",
      baseURL,
      fetch: /** @type {any} */ (client.fetch),
      includeUsage: true,
      supportsStructuredOutputs: true,
      metadataExtractor: /** @type {any} */ (aurikoMetadataExtractor),
    });
    return { client, model: auriko("gpt-5.4") };
  };

  const weather = tool({
    description: "The weather of a city",
    inputSchema: z.object({ city: z.string() }),
    execute: async ({ city }) => `sunny in ${city}`,
  });

  describe(`the AI SDK ${major} with client.fetch`, () => {
    test("generateText has the text, the usage and the metadata; the client has it, too", async () => {
      const run = new Run();
      const { client, model } = providerOf(run);
      const providerOptions = { auriko: { gateway: { routing: { optimize: "ttft" } } } };
      const result = await generateText({ model, prompt: "echo: naïve 東京", providerOptions });
      assert.equal(result.text, "naïve 東京");
      assert.ok(/** @type {number} */ (result.usage.totalTokens) > 0);
      assert.deepEqual(result.providerMetadata?.auriko.routingMetadata, client.lastRoutingMetadata);
      assert.equal(client.lastRoutingMetadata?.routing_strategy, "ttft");
      assert.deepEqual(run.log[0].json.gateway, providerOptions.auriko.gateway);
      assert.equal(run.log[0].headers.authorization, `Bearer ${KEY}`);
    });

    test("streamText has it when the stream has ended", async () => {
      const { client, model } = providerOf(new Run());
      const result = streamText({ model, prompt: "echo: naïve 東京 ☕" });
      assert.equal((await drain(result.textStream)).join(""), "naïve 東京 ☕");
      assert.deepEqual((await result.providerMetadata)?.auriko.routingMetadata, client.lastRoutingMetadata);
      assert.equal(client.lastRoutingMetadata?.model_canonical, "gpt-5.4");
      assert.ok(/** @type {number} */ ((await result.usage).totalTokens) > 0);
    });

    for (const [name, steps] of /** @type {[string, (settings: any) => Promise<any[]>][]} */ ([
      ["generateText", async (settings) => (await generateText(settings)).steps],
      ["streamText", async (settings) => streamText(settings).steps],
    ])) {
      test(`${name}: every step has its own`, async () => {
        const { model } = providerOf(new Run());
        const settings = { model, tools: { weather }, prompt: "The weather in Paris?", stopWhen: stepCountIs(3) };
        const taken = await steps(settings);
        assert.equal(taken.length, 2);
        for (const { providerMetadata } of taken) {
          assert.equal(providerMetadata.auriko.routingMetadata.model_canonical, "gpt-5.4");
        }
        assert.match(taken[1].text, /sunny in Paris/);
      });
    }

    test("structured output has the form that was asked for", async () => {
      const { model } = providerOf(new Run());
      const output = Output.object({ schema: z.object({ city: z.string() }) });
      const result = await generateText({ model, output, prompt: "Weather in Paris" });
      assert.deepEqual(result.output, { city: "Paris" });
      assert.ok(result.providerMetadata?.auriko.routingMetadata);
    });

    test("without metadata there is nothing of ours", async () => {
      const { model } = providerOf(new Run(), "metadata;v=missing");
      assert.equal((await generateText({ model, prompt: "Hi" })).providerMetadata?.auriko?.routingMetadata, undefined);
      const result = streamText({ model, prompt: "Hi" });
      await result.consumeStream();
      assert.equal((await result.providerMetadata)?.auriko?.routingMetadata, undefined);
    });

    test("toAurikoError reads its errors, also after its retries", async () => {
      const run = new Run();
      const { model } = providerOf(run, "status;code=rate_limit_exceeded;after=0;provider=xai");
      for (const [maxRetries, isTheirs] of /** @type {[number, (error: unknown) => boolean][]} */ ([
        [0, APICallError.isInstance],
        [1, RetryError.isInstance],
      ])) {
        const error = await rejection(generateText({ model, prompt: "Hi", maxRetries }));
        assert.ok(isTheirs(error));
        const own = /** @type {any} */ (toAurikoError(error));
        assert.ok(own instanceof RateLimitError);
        const { code, provider, statusCode, retryAfterSeconds } = own;
        assert.deepEqual([code, provider, statusCode, retryAfterSeconds], ["rate_limit_exceeded", "xai", 429, 0]);
        assert.match(own.requestId ?? "", /^req_/);
        assert.ok(APICallError.isInstance(own.cause));
      }
      assert.equal(run.log.length, 3);
    });

    test("a page instead of an envelope is malformed, and a lost connection is no error of ours", async () => {
      const page = await rejection(generateText({ model: providerOf(new Run(), "html-404").model, prompt: "Hi" }));
      assert.equal(/** @type {any} */ (toAurikoError(page)).code, "malformed_response");
      const { model } = providerOf(new Run(), "reset-before-headers;n=always");
      const lost = await rejection(generateText({ model, prompt: "Hi", maxRetries: 0 }));
      // What it retries by: fetch rejected as fetch does.
      assert.ok(APICallError.isInstance(lost) && lost.isRetryable);
      assert.equal(toAurikoError(lost), lost);
    });

    test("toAurikoError reads an error with odd headers, and leaves alone what is none", () => {
      const about = { message: "No.", url: "https://x", requestBodyValues: {}, statusCode: 429, responseBody: "{}" };
      for (const responseHeaders of [undefined, { "no name": "x", "x-request-id": "req_1" }]) {
        const own = /** @type {any} */ (toAurikoError(new APICallError({ ...about, responseHeaders })));
        assert.deepEqual([own.statusCode, own.code], [429, "malformed_response"]);
        assert.equal(own.requestId, responseHeaders ? "req_1" : null);
      }
      for (const other of [new APICallError({ ...about, statusCode: Number.NaN }), { statusCode: 429 }]) {
        assert.equal(toAurikoError(other), other);
      }
    });

    test("an error in the middle of a stream comes to onError, where toAurikoError reads it; the text just ends", async () => {
      const { model } = providerOf(new Run(), "error-midstream;after=2;message=No.");
      /** @type {any[]} */
      const errors = [];
      const onError = (/** @type {{ error: unknown }} */ { error }) => void errors.push(toAurikoError(error));
      const result = streamText({ model, prompt: "echo: naïve 東京 ☕", onError });
      assert.notEqual((await drain(result.textStream)).join(""), "naïve 東京 ☕");
      assert.equal(await result.finishReason, "error");
      const [own] = errors;
      assert.ok(own instanceof APIStatusError);
      assert.deepEqual([own.code, own.statusCode, own.message], ["upstream_error", 502, "No."]);
      assert.equal(errors.length, 1);
    });

    // The table in docs/ai-sdk.md.
    for (const [scenario, heard, throws, ends] of /** @type {[string, number, boolean, string][]} */ ([
      ["status;code=rate_limit_exceeded;after=0", 1, false, "AI_NoOutputGeneratedError"],
      ["error-midstream;code=upstream_error", 1, false, "error"],
      ["premature-eof-unfinished;after=3", 1, false, "error"],
      ["truncated-chunked", 0, true, "AI_NoOutputGeneratedError|AI_APICallError"],
    ])) {
      test(`a stream that fails: ${scenario}`, async () => {
        const { model } = providerOf(new Run(), scenario);
        let calls = 0;
        const result = streamText({ model, prompt: "Hi", maxRetries: 0, onError: () => void calls++ });
        const thrown = await drain(result.textStream).then(
          () => false,
          () => true,
        );
        const end = await Promise.resolve(result.finishReason).catch((error) => error.name);
        assert.deepEqual([calls, thrown], [heard, throws]);
        assert.match(end, new RegExp(`^(${ends})$`));
      });
    }

    test("an abort stops the request", async () => {
      const run = new Run();
      const { model } = providerOf(run, "never-ending");
      const controller = new AbortController();
      const result = streamText({ model, prompt: "Hi", abortSignal: controller.signal });
      for await (const _ of result.textStream) controller.abort();
      await run.until(() => run.log[0].clientGoneAt !== null);
    });
  });
}
