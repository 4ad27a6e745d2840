// @ts-check
// What goes over the wire.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ANSWER, auriko, hi, KEY, rejection, serverFor } from "./support.mjs";

const { AurikoClient, GatewayOptions, RoutingOptions } = auriko;
const JSON_TYPE = { headers: { "content-type": "application/json" } };

/** @typedef {{ method?: string, url?: string, headers: Record<string, any>, rawHeaders: string[], body: string }} Sent */

/**
 * A server that takes everything, a client of it, and what arrived.
 * @param {import("node:test").TestContext} t
 */
async function post(t) {
  /** @type {Sent[]} */
  const arrived = [];
  const server = await serverFor(t, ({ method, url, headers, rawHeaders }, res, body) => {
    arrived.push({ method, url, headers, rawHeaders, body });
    if (body.includes('"stream":true'))
      res.writeHead(200, { "content-type": "text/event-stream" }).end("data: [DONE]\n\n");
    else res.writeHead(200, { "content-type": "application/json" }).end(ANSWER);
  });
  return { ...server, arrived };
}

/** @param {import("node:test").TestContext} t */
async function bodies(t) {
  const { client, arrived } = await post(t);
  const { create } = client().chat.completions;
  /** The body that a call sends, as text. @param {any} params */
  return async (params) => {
    await create(params);
    return /** @type {Sent} */ (arrived.at(-1)).body;
  };
}

/** @template T @param {T} value @returns {T} */
function frozen(value) {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

test("a call is one POST with the key, the JSON type and the name of the client", async (t) => {
  const { client, arrived } = await post(t);
  await client().chat.completions.create(hi("naïve 🦀"));
  const [{ method, url, headers, body }, ...rest] = arrived;
  const { version } = JSON.parse(await readFile(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  assert.deepStrictEqual([method, url, rest.length], ["POST", "/v1/chat/completions", 0]);
  assert.equal(headers.authorization, `Bearer ${KEY}`);
  assert.equal(headers["content-type"], "application/json");
  assert.equal(headers["user-agent"], `auriko-wasm/${version}`);
  assert.equal(headers["content-length"], String(Buffer.byteLength(body)));
  assert.equal(body, JSON.stringify(hi("naïve 🦀")));
});

test("a call for a stream has the same headers", async (t) => {
  const { client, arrived } = await post(t);
  await client().chat.completions.create(hi());
  const stream = await client().chat.completions.create({ ...hi(), stream: true });
  await stream.close();
  const [plain, streamed] = arrived.map(({ headers }) => ({ ...headers, "content-length": "" }));
  assert.deepStrictEqual(streamed, plain);
});

test("nothing is sent but the headers that are needed and those that the runtime adds", async (t) => {
  const { client, arrived, url } = await post(t);
  await fetch(url, { method: "POST", body: "{}" });
  await client().chat.completions.create(hi());
  const [bare, sent] = arrived.map(({ rawHeaders }) =>
    rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase()),
  );
  const added = sent.filter((name) => !bare.includes(name));
  assert.deepStrictEqual(added.sort(), ["authorization"]);
  assert.equal(new Set(sent).size, sent.length, "no header twice");
});

test("reading calls are GETs without a body, their ids escaped", async (t) => {
  const { client, arrived } = await post(t);
  const { models, me } = client();
  await models.list();
  await models.list({ endpoint: /** @type {any} */ ("a&b") });
  await models.retrieve("meta/llama 3?#:..é");
  await Promise.all([models.listDirectory(), models.listRegistry(), models.listProviders(), me.get()]);
  assert.deepStrictEqual(arrived.map(({ method, url, body }) => `${method} ${url}${body}`).sort(), [
    "GET /v1/directory/models",
    "GET /v1/me",
    "GET /v1/models",
    "GET /v1/models/meta%2Fllama%203%3F%23%3A..%C3%A9",
    "GET /v1/models?endpoint=a%26b",
    "GET /v1/registry/models",
    "GET /v1/registry/providers",
  ]);
  assert.ok(arrived.every(({ headers }) => headers["content-type"] === undefined));
});

test("headers of the client and of the call are merged without regard to case, the later ones win", async (t) => {
  const { client, arrived } = await post(t);
  const own = client({
    defaultHeaders: { "X-A": "client", "x-b": "client", "USER-AGENT": "mine/1", Authorization: null },
  });
  const forms = [{ "x-a": "call" }, new Headers({ "x-a": "call" }), new Map([["X-a", "call"]]), [["X-A", "call"]]];
  for (const headers of forms) {
    await own.chat.completions.create(hi(), { headers: /** @type {any} */ (headers), idempotencyKey: "once" });
    const sent = /** @type {Sent} */ (arrived.at(-1)).headers;
    assert.deepStrictEqual(
      [sent["x-a"], sent["x-b"], sent["user-agent"], sent.authorization, sent["idempotency-key"]],
      ["call", "client", "mine/1", undefined, "once"],
    );
  }
});

test("apiKey: null sends no Authorization header", async (t) => {
  const { client, arrived } = await post(t);
  await client({ apiKey: null }).chat.completions.create(hi());
  assert.equal(arrived[0].headers.authorization, undefined);
});

test("each request has headers of its own: what is done to them, or was sent before, changes no other", async () => {
  /** @type {Headers[]} */
  const sent = [];
  /** @param {unknown} _ @param {{ headers: Headers }} init */
  const fetch = async (_, { headers }) => {
    sent.push(new Headers(headers));
    headers.set("authorization", "Bearer another");
    headers.set("x-mine", "of this request");
    return new Response(ANSWER, JSON_TYPE);
  };
  const client = new AurikoClient({
    apiKey: KEY,
    baseUrl: "https://api.example/v1",
    fetch: /** @type {any} */ (fetch),
  });
  const { create } = client.chat.completions;
  await create(hi());
  await create(hi());
  await create(hi(), { headers: { "x-call": "a" } });
  await create(hi(), { headers: { "x-call": "b", authorization: null } });
  await client.models.list();
  await create(hi(), { headers: { authorization: "" } });
  await create(hi());
  const said = sent.map((headers) =>
    ["authorization", "x-call", "x-mine", "content-type"].map((name) => headers.get(name)),
  );
  const key = `Bearer ${KEY}`;
  const json = "application/json";
  assert.deepStrictEqual(said, [
    [key, null, null, json],
    [key, null, null, json],
    [key, "a", null, json],
    [null, "b", null, json],
    [key, null, null, null],
    ["", null, null, json],
    [key, null, null, json],
  ]);
});

test("parameters are sent under their own names and in their order, known or not", async (t) => {
  const body = await bodies(t);
  const params = {
    frequency_penalty: 0.1,
    ...hi(),
    max_completion_tokens: 5,
    a_parameter_of_next_year: { deep: [null, { a: null }] },
    maxTokens: 1,
    1: "first, as in every object",
    extensions: { anthropic: { thinking: null } },
  };
  assert.equal(await body(frozen(params)), JSON.stringify(params));
});

test("null and undefined are left out; zero, false and empty values are sent", async (t) => {
  const body = await bodies(t);
  const kept = { temperature: 0, logprobs: false, user: "", stop: [], logit_bias: {}, seed: -0 };
  const sent = await body({ ...hi(), ...kept, top_p: null, tools: undefined, gateway: null, extra_body: null });
  assert.deepStrictEqual(JSON.parse(sent), { ...hi(), ...kept, seed: 0 });
});

test("toJSON, dates and lone surrogates are serialised as JSON.stringify does", async (t) => {
  const body = await bodies(t);
  const params = {
    ...hi("lone \ud800"),
    when: new Date(0),
    own: { toJSON: () => "x" },
    odd: [undefined, NaN, () => 1],
  };
  assert.equal(await body(params), JSON.stringify(params));
});

test("a prompt of a megabyte arrives whole", async (t) => {
  const body = await bodies(t);
  const params = hi("naïve 東京 🦀 ".repeat(50_000));
  assert.ok((await body(params)) === JSON.stringify(params));
});

test("`stream` is sent as true or not at all", async (t) => {
  const body = await bodies(t);
  for (const stream of [false, null, undefined]) assert.equal(await body({ ...hi(), stream }), JSON.stringify(hi()));
  assert.deepStrictEqual(JSON.parse(await body({ stream: true, ...hi() })), { ...hi(), stream: true });
  // How the answer is read has been decided by then.
  for (const stream of [true, false])
    assert.equal(await body({ ...hi(), extra_body: { stream } }), JSON.stringify(hi()));
  assert.equal(JSON.parse(await body({ ...hi(), stream: true, extra_body: { stream: false } })).stream, true);
});

test("options instances and plain objects under `gateway` send the same", async (t) => {
  const body = await bodies(t);
  const routing = { optimize: /** @type {const} */ ("cost"), allow_fallbacks: false, providers: [] };
  const expected = { ...hi(), gateway: { routing } };
  const options = new RoutingOptions(routing);
  for (const params of [
    { gateway: options },
    { gateway: new GatewayOptions({ routing }) },
    { gateway: new GatewayOptions({ routing: options }) },
    { gateway: { routing: options } },
    { gateway: { routing } },
    options.toExtraBody(),
    { extra_body: options.toExtraBody() },
    { extra_body: { gateway: options } },
    { extra_body: options },
    { extra_body: new GatewayOptions({ routing }) },
  ]) {
    assert.deepStrictEqual(JSON.parse(await body({ ...hi(), ...params })), expected);
  }
});

test("an option of the call among the parameters is refused, and may be sent in extra_body", async (t) => {
  const { client, arrived } = await post(t);
  const { create } = client().chat.completions;
  const { signal } = new AbortController();
  for (const [name, value] of Object.entries({
    signal,
    timeout: 5,
    maxRetries: 1,
    max_retries: 1,
    headers: { "x-secret": "s" },
    extra_headers: { "x-secret": "s" },
    idempotencyKey: "k",
    idempotency_key: "k",
  })) {
    const error = await rejection(create(/** @type {any} */ ({ ...hi(), [name]: value })));
    assert.ok(error instanceof auriko.BadRequestError);
    assert.equal(error.param, name);
    assert.match(error.message, /second argument/);
  }
  const error = await rejection(create(/** @type {any} */ ({ ...hi(), extraBody: {} })));
  assert.match(error.message, /write `extra_body`/);
  assert.deepStrictEqual(arrived, []);
  await create(/** @type {any} */ ({ ...hi(), signal: undefined, extra_body: { timeout: 5 } }));
  assert.equal(JSON.parse(arrived[0].body).timeout, 5);
});

test("a plain `gateway` is sent as it is; an empty one is not sent", async (t) => {
  const body = await bodies(t);
  const gateway = { routing: { field_of_next_year: null }, more: [0] };
  assert.deepStrictEqual(JSON.parse(await body({ ...hi(), gateway: frozen(gateway) })).gateway, gateway);
  for (const empty of [{}, new GatewayOptions()]) {
    assert.equal(await body({ ...hi(), gateway: empty }), JSON.stringify(hi()));
  }
});

test("gateway.models stands in for the model", async (t) => {
  const body = await bodies(t);
  const { messages } = hi();
  const gateway = { models: ["gpt-5.4", "deepseek-v3.2"] };
  for (const given of [gateway, new GatewayOptions(gateway)]) {
    assert.deepStrictEqual(JSON.parse(await body({ messages, gateway: given })), { messages, gateway });
  }
});

test("no reasoning is `off` in chat, where frameworks say `none`; extra_body and responses say what they say", async (t) => {
  const body = await bodies(t);
  const reasoning_effort = "none";
  assert.equal(await body({ reasoning_effort, ...hi() }), JSON.stringify({ reasoning_effort: "off", ...hi() }));
  assert.equal(
    await body({ ...hi(), extra_body: { reasoning_effort } }),
    JSON.stringify({ ...hi(), reasoning_effort }),
  );
  const { client, arrived } = await post(t);
  const params = { model: "gpt-5.4", input: "Hi", reasoning: { effort: reasoning_effort }, reasoning_effort };
  await client().responses.create(/** @type {any} */ (params));
  assert.equal(arrived[0].body, JSON.stringify(params));
});

test("extra_body is merged last, into `gateway` one level deep", async (t) => {
  const body = await bodies(t);
  const params = frozen({
    ...hi(),
    temperature: 1,
    gateway: { routing: { optimize: "cost", tier: "x" }, metadata: { user_id: "u" } },
    extra_body: {
      model: "other",
      temperature: null,
      new_parameter: 1,
      gateway: { routing: { mode: "pool" }, models: ["m"] },
    },
  });
  assert.deepStrictEqual(JSON.parse(await body(params)), {
    ...hi(),
    model: "other",
    temperature: null,
    new_parameter: 1,
    gateway: { routing: { mode: "pool" }, metadata: { user_id: "u" }, models: ["m"] },
  });
  for (const gateway of [null, "text"]) {
    assert.deepStrictEqual(JSON.parse(await body({ ...params, extra_body: { gateway } })).gateway, gateway);
  }
});

test("a repeated attempt sends the same bytes and headers", async (t) => {
  /** @type {string[]} */
  const arrived = [];
  const server = await serverFor(t, ({ method, url, rawHeaders }, res, body) => {
    arrived.push(JSON.stringify([method, url, rawHeaders, body]));
    if (arrived.length < 3) res.writeHead(503, { "retry-after-ms": "20" }).end();
    else res.writeHead(200, { "content-type": "application/json" }).end(ANSWER);
  });
  const params = hi();
  const call = server.client({ maxRetries: 2 }).chat.completions.create(params, { idempotencyKey: "k" });
  params.model = "changed after the call";
  await call;
  assert.equal(arrived.length, 3);
  assert.equal(new Set(arrived).size, 1, arrived.join("\n"));
});
