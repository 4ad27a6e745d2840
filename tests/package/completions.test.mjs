// @ts-check
// What `create` resolves to, without a stream.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ANSWER, auriko, gatewayWithClients, hi, KEY, serverFor } from "./support.mjs";

const gateway = gatewayWithClients();

const JSON_TYPE = { "content-type": "application/json" };

/** A client, and the text of the last answer that it got. */
function listening() {
  const heard = { text: "" };
  const client = gateway.client({
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      heard.text = await response.clone().text();
      return response;
    },
  });
  return { client, heard };
}

test("the result is what JSON.parse makes of the answer", async () => {
  const { client, heard } = listening();
  const result = await client.chat.completions.create({ ...hi("naïve 東京 🦀"), reasoning_effort: "low", n: 2 });
  assert.deepStrictEqual({ ...result }, JSON.parse(heard.text));
  assert.equal(result.choices.length, 2);
  assert.match(result.choices[0]?.message.content ?? "", /“naïve 東京 🦀”/);
});

test("the result is a plain object that can be spread, cloned and serialised without loss", async () => {
  const { client, heard } = listening();
  const result = await client.chat.completions.create(hi());
  const expected = JSON.parse(heard.text);
  assert.equal(Object.getPrototypeOf(result), Object.prototype);
  assert.deepStrictEqual(structuredClone({ ...result }), expected);
  assert.deepStrictEqual(structuredClone(result), expected);
  assert.deepStrictEqual(JSON.parse(JSON.stringify(result)), expected);
  assert.deepStrictEqual(Object.keys(result), Object.keys(expected));
  result.choices[0] = /** @type {any} */ ("it is the caller's to change");
});

test("the result carries request id and headers where spreading does not see them", async () => {
  const result = await gateway.client().chat.completions.create(hi());
  assert.equal(result._request_id, gateway.last.id);
  assert.ok(result.responseHeaders instanceof Headers);
  assert.equal(result.responseHeaders.get("x-request-id"), gateway.last.id);
  for (const name of ["_request_id", "responseHeaders"]) {
    assert.equal(Object.getOwnPropertyDescriptor(result, name)?.enumerable, false, name);
  }
});

test("the headers of an answer are its own, and are read once", async () => {
  const { create } = gateway.client().chat.completions;
  const [one, other] = [await create(hi()), await create(hi())];
  assert.equal(one.responseHeaders, one.responseHeaders);
  assert.deepStrictEqual(
    [one, other].map(({ responseHeaders }) => responseHeaders.requestId),
    [one, other].map(({ _request_id }) => _request_id),
  );
  assert.notEqual(one._request_id, other._request_id);
  assert.equal(Object.create(other).responseHeaders.requestId, other._request_id);
});

test("an answer without a request id has null for it", async (t) => {
  const server = await serverFor(t, (_, res) => res.writeHead(200, JSON_TYPE).end(ANSWER));
  assert.equal((await server.client().chat.completions.create(hi()))._request_id, null);
});

test("numbers, odd names and repeated names come as JSON.parse gives them", async (t) => {
  const text = `{"big":9007199254740993,"huge":1e400,"zero":-0,"long":0.1000000000000000055511151231257827,
    "__proto__":{"polluted":true},"constructor":1,"twice":1,"twice":2,"lone":"\\ud800","choices":[[[]]]}`;
  const server = await serverFor(t, (_, res) => res.writeHead(200, JSON_TYPE).end(text));
  const result = await server.client().chat.completions.create(hi());
  assert.deepStrictEqual({ ...result }, { ...JSON.parse(text) });
  assert.deepStrictEqual(Object.keys(result), Object.keys(JSON.parse(text)));
  assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("a byte order mark before the JSON is passed over", async (t) => {
  const server = await serverFor(t, (_, res) => res.writeHead(200, JSON_TYPE).end(`\ufeff${ANSWER}`));
  assert.equal((await server.client().chat.completions.create(hi())).id, "x");
});

test("routing metadata is in the result, on the client, and given to onResponse", async () => {
  /** @type {unknown[]} */
  const seen = [];
  const client = gateway.client({ onResponse: (metadata) => seen.push(metadata) });
  assert.equal(client.lastRoutingMetadata, null);
  const routing = new auriko.RoutingOptions({ optimize: "ttft" });
  const result = await client.chat.completions.create({ ...hi(), ...routing.toExtraBody() });
  assert.equal(result.routing_metadata?.routing_strategy, "ttft");
  assert.equal(typeof result.routing_metadata?.provider, "string");
  assert.deepStrictEqual(client.lastRoutingMetadata, result.routing_metadata);
  assert.deepStrictEqual(seen, [result.routing_metadata]);
});

test("lastRoutingMetadata is set before onResponse runs, and null again once a request is sent", async () => {
  /** @type {unknown[]} */
  const seen = [];
  /** @type {import("../../pkg/types/index.js").AurikoClient} */
  const client = gateway.client({ onResponse: () => seen.push(client.lastRoutingMetadata?.provider) });
  await client.chat.completions.create(hi());
  assert.deepStrictEqual(seen, [client.lastRoutingMetadata?.provider]);
  assert.notEqual(seen[0], undefined);
  const call = client.chat.completions.create({ ...hi(), temperature: 99 });
  assert.equal(client.lastRoutingMetadata, null);
  await assert.rejects(call);
  assert.equal(client.lastRoutingMetadata, null);
});

test("what onResponse throws or rejects with does not reach the call or the process", async (t) => {
  /** @type {unknown[]} */
  const unhandled = [];
  const note = (/** @type {unknown} */ reason) => unhandled.push(reason);
  process.on("unhandledRejection", note);
  t.after(() => process.off("unhandledRejection", note));
  for (const onResponse of [
    () => {
      throw new Error("mine");
    },
    () => /** @type {any} */ (Promise.reject(new Error("mine"))),
  ]) {
    const result = await gateway.client({ onResponse }).chat.completions.create(hi());
    assert.equal(typeof result.routing_metadata?.provider, "string");
  }
  await new Promise((turn) => setImmediate(turn));
  assert.deepStrictEqual(unhandled, []);
});

test("metadata of the wrong shape stays in the result, and only its good parts are told", async (t) => {
  const good = { provider: "p", provider_model_id: "m", model_canonical: "m", routing_strategy: "new" };
  for (const [sent, told] of [
    [
      { ...good, ttft_ms: "soon", cost: { usd: 1, extra: [] } },
      { ...good, cost: { usd: 1, extra: [] } },
    ],
    [
      { ...good, warnings: ["text"], more: 1 },
      { ...good, more: 1 },
    ],
    [{ ...good, provider: 1 }, null],
    ["text", null],
  ]) {
    const server = await serverFor(t, (_, res) =>
      res.writeHead(200, JSON_TYPE).end(JSON.stringify({ choices: [], routing_metadata: sent })),
    );
    const client = server.client();
    const result = await client.chat.completions.create(hi());
    assert.deepStrictEqual(result.routing_metadata, sent);
    assert.deepStrictEqual(client.lastRoutingMetadata, told);
  }
});

test("the functions of a client need no `this`, and its parts are the same objects each time", async () => {
  const client = gateway.client();
  const { create } = client.chat.completions;
  assert.equal((await create(hi("echo: alone"))).choices[0]?.message.content, "alone");
  const { list } = client.models;
  assert.equal((await list()).object, "list");
  for (const part of /** @type {const} */ (["chat", "responses", "models", "me"])) {
    assert.equal(client[part], client[part], part);
  }
  assert.equal(client.chat.completions, client.chat.completions);
  assert.equal(client.chat.completions.create, create);
});

test("a call returns a real promise", async () => {
  const call = gateway.client().chat.completions.create(hi());
  assert.ok(call instanceof Promise);
  assert.equal(Object.getPrototypeOf(call), Promise.prototype);
  assert.equal(await call.then(() => 1).finally(() => 2), 1);
});

test("calls at the same time keep apart", async () => {
  const client = gateway.client();
  const words = Array.from({ length: 20 }, (_, index) => `word-${index}`);
  const results = await Promise.all(words.map((word) => client.chat.completions.create(hi(`echo: ${word}`))));
  assert.deepStrictEqual(
    results.map((result) => result.choices[0]?.message.content),
    words,
  );
  assert.equal(new Set(results.map((result) => result._request_id)).size, words.length);
});

test("the other endpoints answer with plain objects too", async () => {
  const client = gateway.client();
  const response = await client.responses.create({ model: "gpt-5.4", input: "echo: hi there" });
  assert.equal(response.output_text, "hi there");
  assert.equal(response._request_id, gateway.last.id);
  assert.deepStrictEqual(client.lastRoutingMetadata, response.routing_metadata);
  assert.equal((await client.models.retrieve("gpt-5.4")).id, "gpt-5.4");
  assert.ok("gpt-5.4" in (await client.models.listDirectory()).models);
  assert.ok((await client.models.listRegistry()).models.some((model) => model.id === "gpt-5.4"));
  assert.ok((await client.models.listProviders()).count > 0);
  const me = await client.me.get();
  assert.ok(KEY.startsWith(me.key_prefix));
  assert.equal(Object.getPrototypeOf(me), Object.prototype);
});
