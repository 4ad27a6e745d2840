// @ts-check
// How AurikoOpenAI hears of routing metadata while OpenAI's client reads.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { describe, test } from "node:test";
import { drain, KEY, params, Run, rejection } from "../local.mjs";
import { flavours } from "./flavours.mjs";

for (const { name, major, entry } of flavours) {
  /** @param {Run} run @param {string} [scenario] @param {any} [options] */
  const clientOf = (run, scenario, options) =>
    new entry.AurikoOpenAI({ apiKey: KEY, baseURL: run.url(scenario), ...options });

  describe(name, () => {
    test("it is null before, while a request is on its way, and after a failure", async () => {
      const run = new Run();
      const client = clientOf(run, "429-then-200");
      const { completions } = client.chat;
      const answer = await completions.create(params());
      assert.deepEqual(client.lastRoutingMetadata, answer.routing_metadata);
      const next = client.models.list();
      await run.until(() => run.log.length > 2);
      assert.equal(client.lastRoutingMetadata, null);
      await next;
      await completions.create(params());
      await rejection(completions.create(params({ model: "no-such-model" })));
      assert.equal(client.lastRoutingMetadata, null);
    });

    test("every way to read an answer brings it, once", async () => {
      const run = new Run();
      let heard = 0;
      const client = clientOf(run, "ok", { onResponse: () => void heard++ });
      const { completions } = client.chat;
      /** @type {Record<string, () => Promise<unknown>>} */
      const ways = {
        create: () => completions.create(params()),
        withResponse: () => completions.create(params()).withResponse(),
        asResponse: async () => (await completions.create(params()).asResponse()).json(),
        stream: async () => drain(await completions.create(params({ stream: true }))),
        "stream with response": async () =>
          drain((await completions.create(params({ stream: true })).withResponse()).data),
        toReadableStream: async () =>
          new Response((await completions.create(params({ stream: true }))).toReadableStream()).text(),
        "stream()": () => completions.stream(params()).finalChatCompletion(),
        parse: () => completions.parse(params()),
        runTools: () =>
          completions
            .runTools(
              params({
                messages: [{ role: "user", content: "Weather?" }],
                tools: [
                  {
                    type: "function",
                    function: {
                      name: "get_weather",
                      parameters: { type: "object", properties: {} },
                      function: () => "sunny",
                      parse: JSON.parse,
                    },
                  },
                ],
              }),
            )
            .finalContent(),
        responses: () => client.responses.create({ model: "gpt-5.4", input: "Hi" }),
      };
      for (const [way, take] of Object.entries(ways)) {
        heard = 0;
        await take();
        assert.equal(client.lastRoutingMetadata?.model_canonical, "gpt-5.4", way);
        assert.equal(heard, way === "runTools" ? 2 : 1, way);
      }
    });

    test("it is known when the chunk with it is read, before the stream ends", async () => {
      const run = new Run();
      const client = clientOf(run, "metadata;v=first");
      const stream = await client.chat.completions.create(params({ stream: true }));
      for await (const _ of stream) {
        assert.notEqual(client.lastRoutingMetadata, null);
        break;
      }
    });

    test("a break ends the request, and what had passed is known", async () => {
      const run = new Run();
      const client = clientOf(run, "never-ending");
      for await (const _ of await client.chat.completions.create(params({ stream: true }))) break;
      await run.until(() => run.log[0].clientGoneAt !== null);
      assert.equal(client.lastRoutingMetadata, null);
    });

    test("both branches of tee get the chunks, and the metadata is told once", async () => {
      const run = new Run();
      let heard = 0;
      const client = clientOf(run, "ok", { onResponse: () => void heard++ });
      const stream = await client.chat.completions.create(params({ stream: true }));
      const [one, other] = stream.tee();
      const chunks = await drain(one);
      assert.deepEqual(await drain(other), chunks);
      assert.equal(heard, 1);
    });

    test("chunks arrive unchanged at every cut", async () => {
      const run = new Run();
      const client = clientOf(run);
      for (const cut of ["1", "7", "split", "all"]) {
        const headers = { "x-gateway-cut": cut };
        const chunks = await drain(await client.chat.completions.create(params({ stream: true }), { headers }));
        const text = chunks.map(({ choices }) => choices[0]?.delta?.content ?? "").join("");
        assert.equal(text, "naïve 東京 ☕");
        assert.deepEqual(client.lastRoutingMetadata, chunks.at(-1).routing_metadata, cut);
      }
    });

    test("malformed metadata is left out; the answer has it as it came", async () => {
      const run = new Run();
      const client = clientOf(run, "metadata;v=wrong-types");
      const answer = await client.chat.completions.create(params());
      assert.equal(answer.routing_metadata.provider, 7);
      assert.equal(client.lastRoutingMetadata, null);
      await drain(await client.chat.completions.create(params({ stream: true })));
      assert.equal(client.lastRoutingMetadata, null);
    });

    test("a stream that is cut fails as ever, and what had passed is known", async () => {
      const run = new Run();
      const client = clientOf(run, "reset-mid-body;after=2;wait=go");
      const stream = await client.chat.completions.create(params({ stream: true }));
      let read = 0;
      const error = await rejection(
        (async () => {
          for await (const _ of stream) if (++read === 2) run.go();
        })(),
      );
      assert.ok(!(error instanceof entry.AurikoAPIError));
      assert.equal(error.message, "terminated");
      assert.equal(client.lastRoutingMetadata, null);
    });

    if (major === 7) {
      test("a stream whose connection stays open after [DONE] ends there, with its metadata", async () => {
        const run = new Run();
        const client = clientOf(run, "after-done-open");
        await drain(await client.chat.completions.create(params({ stream: true })));
        assert.notEqual(client.lastRoutingMetadata, null);
        await run.until(() => run.log[0].clientGoneAt !== null);
      });
    }

    test("onResponse runs in the async context of its own call", async () => {
      const run = new Run();
      /** @type {AsyncLocalStorage<string>} */
      const storage = new AsyncLocalStorage();
      /** @type {Record<string, string[]>} */
      const heard = {};
      const client = clientOf(run, "ok", {
        onResponse: (/** @type {any} */ { model_canonical }) => {
          const name = storage.getStore() ?? "nobody";
          heard[name] = [...(heard[name] ?? []), model_canonical];
        },
      });
      const models = ["gpt-5.4", "gpt-5.4-mini", "claude-sonnet-4.6", "gpt-5.4", "gpt-5.4-mini"];
      const found = (await client.models.list()).data.map((/** @type {any} */ { id }) => id);
      const used = models.filter((model) => found.includes(model));
      await Promise.all(
        used.map((model, index) =>
          storage.run(`${index} ${model}`, async () => {
            const stream = index % 2 === 0;
            const answer = await client.chat.completions.create(params({ model, stream }));
            if (stream) await drain(answer);
          }),
        ),
      );
      assert.deepEqual(heard, Object.fromEntries(used.map((model, index) => [`${index} ${model}`, [model]])));
    });

    test("the context is the one of the call, wherever the answer is awaited and read", async () => {
      const run = new Run();
      /** @type {AsyncLocalStorage<string>} */
      const storage = new AsyncLocalStorage();
      /** @type {(string | undefined)[]} */
      const heard = [];
      const client = clientOf(run, "metadata;v=twice", { onResponse: () => void heard.push(storage.getStore()) });
      const call = (/** @type {string} */ name, stream = false) =>
        storage.run(name, () => client.chat.completions.create(params({ stream })));
      await storage.run("elsewhere", async () => {
        await Promise.all([call("a"), call("b")]);
        await drain(await call("c", true));
      });
      assert.deepEqual(heard.sort(), ["a", "b", "c", "c"]);
    });

    test("what onResponse throws or rejects with is dropped", async () => {
      const run = new Run();
      for (const onResponse of [
        () => {
          throw new Error("mine");
        },
        () => Promise.reject(new Error("mine")),
      ]) {
        const client = clientOf(run, "ok", { onResponse });
        assert.ok(await client.chat.completions.create(params()));
        assert.notEqual(client.lastRoutingMetadata, null);
      }
    });

    test("routing options go on the wire, checked", async () => {
      const run = new Run();
      const client = clientOf(run);
      const gateway = { routing: { optimize: "ttft" } };
      await client.chat.completions.create(params({ gateway }));
      assert.deepEqual(run.log[0].json.gateway, gateway);
      assert.equal(client.lastRoutingMetadata.routing_strategy, "ttft");
    });
  });
}
