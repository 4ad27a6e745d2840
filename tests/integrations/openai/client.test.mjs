// @ts-check
// What an AurikoOpenAI is constructed with.
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { KEY, params, Run, rejection } from "../local.mjs";
import { flavours } from "./flavours.mjs";

const { env } = process;

beforeEach(() => {
  env.AURIKO_API_KEY = KEY;
  // All of this is meant for OpenAI.
  env.OPENAI_API_KEY = "sk-openai";
  env.OPENAI_ADMIN_KEY = "sk-admin";
  env.OPENAI_BASE_URL = "http://127.0.0.1:9/v1";
  env.OPENAI_ORG_ID = "org";
  env.OPENAI_PROJECT_ID = "proj";
  env.OPENAI_CUSTOM_HEADERS = "Authorization: Bearer sk-custom\nX-Custom: 1";
});
afterEach(() => {
  for (const name of Object.keys(env)) if (/^(AURIKO|OPENAI)_/.test(name)) delete env[name];
});

for (const { name, entry, OpenAI } of flavours) {
  const { AurikoOpenAI } = entry;
  describe(name, () => {
    test("it is an OpenAI, for Auriko", () => {
      const client = new AurikoOpenAI();
      assert.ok(client instanceof OpenAI);
      assert.equal(client.baseURL, "https://api.auriko.ai/v1");
      assert.equal(client.apiKey, KEY);
      assert.equal(client.lastRoutingMetadata, null);
    });

    test("the key is the option, else AURIKO_API_KEY, and never OpenAI's", () => {
      assert.equal(new AurikoOpenAI({ apiKey: "ak_given" }).apiKey, "ak_given");
      for (const apiKey of [undefined, "", "  "]) assert.equal(new AurikoOpenAI({ apiKey }).apiKey, KEY);
      delete env.AURIKO_API_KEY;
      assert.throws(
        () => new AurikoOpenAI(),
        (error) => error instanceof entry.AuthenticationError && error.code === "missing_api_key",
      );
    });

    test("the base URL is normalised, and nothing leads to OpenAI by accident", () => {
      for (const baseURL of [undefined, null, "", " "]) {
        assert.equal(new AurikoOpenAI({ baseURL }).baseURL, "https://api.auriko.ai/v1");
      }
      assert.equal(new AurikoOpenAI({ baseURL: "https://proxy.example/" }).baseURL, "https://proxy.example/v1");
      assert.throws(
        () => new AurikoOpenAI({ baseURL: "proxy.example" }),
        (error) => error instanceof entry.BadRequestError && error.param === "baseURL",
      );
    });

    test("nothing that is meant for OpenAI is sent", async () => {
      const run = new Run();
      const headers = { "X-Mine": "1" };
      const client = new AurikoOpenAI({ baseURL: run.url(), defaultHeaders: headers });
      for (const one of [client, client.withOptions({ timeout: 5000 })]) {
        await one.chat.completions.create(params());
        const sent = run.log.at(-1).headers;
        assert.equal(sent.authorization, `Bearer ${KEY}`);
        assert.equal(sent["x-mine"], "1");
        for (const header of ["openai-organization", "openai-project", "x-custom"])
          assert.ok(!(header in sent), header);
        assert.match(sent["user-agent"], /^AurikoOpenAI\/JS /);
      }
    });

    test("what is given for OpenAI by hand is sent", async () => {
      const run = new Run();
      const client = new AurikoOpenAI({ baseURL: run.url(), organization: "mine", project: "mine" });
      await client.chat.completions.create(params());
      assert.equal(run.log[0].headers["openai-organization"], "mine");
      assert.equal(run.log[0].headers["openai-project"], "mine");
    });

    test("apiKey: null sends no Authorization, also behind withOptions", async () => {
      const run = new Run();
      const client = new AurikoOpenAI({ apiKey: null, baseURL: run.url(), maxRetries: 0 });
      assert.equal(client.apiKey, null);
      for (const one of [client, client.withOptions({ timeout: 5000 })]) {
        await rejection(one.models.list());
        assert.ok(!("authorization" in run.log.at(-1).headers));
      }
      await client.withOptions({ apiKey: KEY }).models.list();
      assert.equal(run.log.at(-1).headers.authorization, `Bearer ${KEY}`);
    });

    test("the key may be a function", async () => {
      const run = new Run();
      delete env.AURIKO_API_KEY;
      let asked = 0;
      const apiKey = async () => {
        asked++;
        return KEY;
      };
      const client = new AurikoOpenAI({ apiKey, baseURL: run.url() });
      await client.chat.completions.create(params());
      assert.equal(run.log[0].headers.authorization, `Bearer ${KEY}`);
      assert.ok(asked > 0);
      const before = asked;
      await client.withOptions({ timeout: 5000 }).chat.completions.create(params());
      assert.ok(asked > before);
    });

    test("options that are none are refused by name", () => {
      for (const options of ["ak_key", 5, []]) assert.throws(() => new AurikoOpenAI(options), { param: "options" });
      for (const [options, message] of [
        [{ base_url: "https://x" }, "`base_url` is not an option; write `baseURL`"],
        [{ baseUrl: "https://x" }, "`baseUrl` is not an option; write `baseURL`"],
      ]) {
        assert.throws(
          () => new AurikoOpenAI(options),
          (/** @type {any} */ error) => error.message.includes(message),
        );
      }
      assert.throws(() => new AurikoOpenAI({ baseURL: "nope" }), { param: "baseURL", message: /`baseURL` must begin/ });
      assert.equal(new AurikoOpenAI(null).apiKey, process.env.AURIKO_API_KEY);
    });

    test("an async onResponse is refused, also a bound one; a wrong one, too", () => {
      const refused = [async () => {}, (async () => {}).bind(null), async function* () {}];
      for (const onResponse of refused) assert.throws(() => new AurikoOpenAI({ onResponse }), TypeError);
      assert.throws(() => new AurikoOpenAI().withOptions({ onResponse: async () => {} }), TypeError);
      assert.throws(() => new AurikoOpenAI({ onResponse: "text" }), entry.BadRequestError);
    });

    test("a caller's fetch is called, with this undefined, and what it throws is OpenAI's affair", async () => {
      const run = new Run();
      /** @type {any[]} */
      const calls = [];
      /** @this {unknown} @param {any} url @param {any} init */
      function own(url, init) {
        calls.push(this, typeof url);
        return fetch(url, init);
      }
      const client = new AurikoOpenAI({ baseURL: run.url(), fetch: own });
      await client.chat.completions.create(params());
      assert.deepEqual(calls, [undefined, "string"]);
      assert.notEqual(client.lastRoutingMetadata, null);

      const cause = new Error("mine");
      const broken = new AurikoOpenAI({ fetch: () => Promise.reject(cause), maxRetries: 0 });
      const error = await rejection(broken.models.list());
      assert.equal(error.constructor, OpenAI.APIConnectionError);
      assert.equal(error.cause, cause);
      assert.ok(!(error instanceof entry.AurikoAPIError));
    });

    test("the global fetch is looked up at each request", async (t) => {
      const client = new AurikoOpenAI({ maxRetries: 0 });
      t.mock.method(globalThis, "fetch", async () => Response.json({ data: [], x: 1 }));
      assert.equal((await client.models.list()).data.length, 0);
    });

    test("a client of withOptions hears for itself, once", async () => {
      const run = new Run();
      /** @type {string[]} */
      const heard = [];
      const client = new AurikoOpenAI({ baseURL: run.url(), onResponse: () => void heard.push("first") });
      const second = client.withOptions({ timeout: 5000 });
      const third = second.withOptions({ onResponse: () => void heard.push("third") });
      assert.ok(third instanceof AurikoOpenAI);
      await second.chat.completions.create(params());
      assert.deepEqual(heard, ["first"]);
      assert.equal(client.lastRoutingMetadata, null);
      assert.notEqual(second.lastRoutingMetadata, null);
      await third.chat.completions.create(params());
      assert.deepEqual(heard, ["first", "third"]);
    });

    test("a subclass is one behind withOptions, too", () => {
      class Mine extends AurikoOpenAI {}
      assert.ok(new Mine().withOptions({ timeout: 1 }) instanceof Mine);
    });
  });
}
