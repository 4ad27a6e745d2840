// @ts-check
// A function in the place of the key, for keys that change.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { all, auriko, clientOf, gatewayWithClients, hi, KEY, rejection, serverFor, turns } from "./support.mjs";

const gateway = gatewayWithClients();

test("a function, async or not, is asked for the key of a call", async () => {
  for (const apiKey of [() => KEY, async () => `${KEY}\n`]) {
    const client = gateway.client({ apiKey });
    assert.equal((await client.chat.completions.create(hi("echo: one"))).choices[0]?.message.content, "one");
    assert.ok((await all(await client.chat.completions.create({ ...hi(), stream: true }))).length > 1);
    assert.equal((await client.fetch(`${client.baseUrl}/me`)).status, 200);
  }
});

test("every attempt gets the key of its own time", async (t) => {
  /** @type {(string | undefined)[]} */
  const keys = [];
  const server = await serverFor(t, (req, res) => {
    keys.push(req.headers.authorization);
    if (keys.length < 3) res.writeHead(503, { "retry-after-ms": "20" }).end();
    else res.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  let asked = 0;
  const client = server.client({ apiKey: async () => `ak_${++asked}`, maxRetries: 2 });
  assert.equal(asked, 0);
  await client.me.get();
  assert.deepStrictEqual(keys, ["Bearer ak_1", "Bearer ak_2", "Bearer ak_3"]);
});

test("of a promise with a `then` of its own the first word counts, for this call and no other", async () => {
  const ANSWER = '{"id":"x","choices":[]}';
  /** @type {(string | null)[][]} */
  const sent = [];
  const fetch = async (/** @type {any} */ url, /** @type {any} */ { headers }) => {
    sent.push([new URL(url).host, new Headers(headers).get("authorization")]);
    return new Response(ANSWER, { headers: { "content-type": "application/json" } });
  };
  const later = (/** @type {() => void} */ run) => setTimeout(run, 10);
  /** @type {((ok: (key: string) => void, no: (reason: unknown) => void) => void)[]} */
  const thens = [
    (ok) => [queueMicrotask, later].map((soon) => soon(() => ok("ak_a"))),
    (ok, no) => [() => ok("ak_a"), () => ok("ak_never"), () => no(new Error("never"))].map((say) => say()),
    (ok, no) => later(() => [() => ok("ak_a"), () => no(new Error("never"))].map((say) => say())),
  ];
  for (const then of thens) {
    const apiKey = () => Object.assign(Promise.resolve(), { then });
    const own = new auriko.AurikoClient({
      baseUrl: "https://a.example/v1",
      fetch,
      apiKey: /** @type {any} */ (apiKey),
    });
    const slow = () => new Promise((resolve) => setTimeout(() => resolve("ak_b"), 30));
    const other = new auriko.AurikoClient({
      baseUrl: "https://b.example/v1",
      fetch,
      apiKey: /** @type {any} */ (slow),
    });
    await own.fetch("https://a.example/v1/models");
    await own.models.list().catch(() => {});
    await Promise.all([other.fetch("https://b.example/v1/models"), other.chat.completions.create(hi())]);
  }
  for (const [host, key] of sent) assert.equal(key, host === "a.example" ? "Bearer ak_a" : "Bearer ak_b");
  assert.equal(sent.length, 12);
});

test("a key of a function is masked in what the server says", async (t) => {
  const apiKey = "ak_rotated_1234567890";
  const server = await serverFor(t, (req, res) => {
    const error = { type: "authentication_error", code: "invalid_api_key", message: req.headers.authorization };
    res.writeHead(401, { "content-type": "application/json" }).end(JSON.stringify({ error }));
  });
  const error = await rejection(server.client({ apiKey: () => apiKey }).me.get());
  assert.ok(error instanceof auriko.AuthenticationError);
  assert.ok(!error.message.includes(apiKey), error.message);
});

test("a function that gives no key is a typed error, and nothing is sent", async () => {
  const mine = new Error("mine");
  const throwing = () => {
    throw mine;
  };
  let sent = 0;
  const fetch = async () => {
    sent++;
    return new Response("{}");
  };
  for (const [apiKey, code, cause] of /** @type {[any, string, unknown][]} */ ([
    [throwing, "api_key_function", mine],
    [async () => throwing(), "api_key_function", mine],
    [() => "", "missing_api_key", undefined],
    [() => "two words", "invalid_api_key", undefined],
    [() => undefined, "invalid_parameter_value", undefined],
    [async () => ({}), "invalid_parameter_value", undefined],
  ])) {
    const client = clientOf("https://x", { apiKey, fetch });
    for (const failed of [client.me.get(), client.chat.completions.create({ ...hi(), stream: true })]) {
      const error = await rejection(failed);
      assert.ok(error instanceof auriko.AurikoAPIError, code);
      assert.deepStrictEqual([error.code, error.cause], [code, cause]);
    }
    assert.equal((await rejection(client.fetch("https://x/v1/me"))).code, code);
  }
  assert.equal(sent, 0);
});

test("a function that never answers is given up with the time limit, and with the signal", async () => {
  /** @type {Promise<string>} */
  const never = new Promise(() => {});
  const client = clientOf("https://x", { apiKey: () => never });
  const late = await rejection(client.me.get({ timeout: 20, maxRetries: 2 }));
  assert.deepStrictEqual([late.name, late.code, late.attempts], ["AuthenticationError", "api_key_function", 0]);
  const abort = new AbortController();
  const call = client.me.get({ signal: abort.signal });
  await turns(2);
  const fetched = client.fetch("https://x/v1/me", { signal: abort.signal });
  const requested = client.fetch(new Request("https://x/v1/me", { signal: abort.signal }));
  await turns(2);
  abort.abort("mine");
  for (const each of [call, fetched, requested]) assert.equal(await rejection(each), "mine");
});

test("the error of a key that does not come at a retry counts the requests before it", async (t) => {
  const server = await serverFor(t, (_, res) => res.writeHead(503, { "retry-after-ms": "0" }).end());
  let asked = 0;
  const apiKey = () => {
    if (++asked > 1) throw new Error("no key");
    return KEY;
  };
  const error = await rejection(server.client({ apiKey, maxRetries: 2 }).me.get());
  assert.deepStrictEqual([error.code, error.attempts], ["api_key_function", 1]);
});

test("a function runs in the async context of its call", async () => {
  const context = new AsyncLocalStorage();
  /** @type {unknown[]} */
  const seen = [];
  const apiKey = async () => {
    seen.push(context.getStore());
    return KEY;
  };
  const client = gateway.client({ apiKey });
  await Promise.all(["a", "b", "c"].map((name) => context.run(name, () => client.me.get())));
  assert.deepStrictEqual(seen.sort(), ["a", "b", "c"]);
});

test("a function is asked for no other origin than the key's", async (t) => {
  const server = await serverFor(t, (req, res) => res.end(String(req.headers.authorization)));
  let asked = 0;
  const client = gateway.client({ apiKey: () => `ak_${++asked}` });
  assert.equal(await (await client.fetch(server.url)).text(), "undefined");
  assert.equal(asked, 0);
});
