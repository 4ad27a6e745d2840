// @ts-check
// The first release of openai that the package takes: what it lacks must not show, or say what to do.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { KEY, params, Run, rejection } from "../local.mjs";
import { installed } from "../package.mjs";

const { esm, cjs } = await installed("openai-5-first");

for (const [name, { entry, OpenAI }] of Object.entries({ ESM: esm, CommonJS: cjs })) {
  const { AurikoOpenAI } = entry;
  describe(`openai 5.0, ${name}`, () => {
    test("the key is sent, and the metadata heard, streamed or not", async () => {
      const run = new Run();
      const client = new AurikoOpenAI({ apiKey: KEY, baseURL: run.url() });
      const completion = await client.chat.completions.create(params());
      assert.deepEqual(client.lastRoutingMetadata, completion.routing_metadata);
      /** @type {any} */
      let last;
      for await (last of await client.chat.completions.create(params({ stream: true })));
      assert.ok(last.routing_metadata);
      assert.deepEqual(client.lastRoutingMetadata, last.routing_metadata);
      for (const { headers } of run.log) assert.equal(headers.authorization, `Bearer ${KEY}`);
    });

    test("without a key none is sent", async () => {
      const run = new Run();
      const client = new AurikoOpenAI({ apiKey: null, baseURL: run.url(), maxRetries: 0 });
      await rejection(client.chat.completions.create(params()));
      assert.equal(run.log[0].headers.authorization, undefined);
    });

    test("an error has a class of both families", async () => {
      const run = new Run();
      const baseURL = run.url("status;code=rate_limit_exceeded");
      const client = new AurikoOpenAI({ apiKey: KEY, baseURL, maxRetries: 0 });
      const error = await rejection(client.chat.completions.create(params()));
      assert.ok(error instanceof entry.RateLimitError && error instanceof OpenAI.RateLimitError);
    });

    test("a function as a key is refused, since its source would be sent", () => {
      assert.throws(() => new AurikoOpenAI({ apiKey: async () => KEY }), { param: "apiKey", message: /Update openai/ });
    });
  });
}
