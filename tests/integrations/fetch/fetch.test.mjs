// @ts-check
// `client.fetch`, which every library takes that lets one pass a fetch.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { test } from "node:test";
import { AurikoClient } from "auriko-wasm";
import { KEY, params, Run, rejection } from "../local.mjs";

/** @param {Run} run @param {any} [options] */
const clientOf = (run, options) => new AurikoClient({ apiKey: KEY, baseUrl: run.url("ok"), ...options });

/** @param {object} [more] */
const post = (more) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(params(more)),
});

test("it needs no this, and is the same function each time", async () => {
  const run = new Run();
  const client = clientOf(run);
  const { fetch } = client;
  assert.equal(fetch, client.fetch);
  assert.equal((await fetch.call(undefined, `${run.url()}/models`)).status, 200);
});

test("it resolves whatever the status, sends once, and leaves the refusal as it is", async () => {
  for (const status of [400, 401, 404, 408, 409, 429, 500, 503]) {
    const run = new Run();
    const client = clientOf(run);
    const response = await client.fetch(`${run.url(`status-then-ok;status=${status}`)}/chat/completions`, post());
    assert.equal(response.status, status);
    assert.notEqual(await response.text(), "");
    assert.equal(run.log.length, 1);
    assert.equal(client.lastRoutingMetadata, null);
  }
});

test("it rejects with what fetch rejects with", async () => {
  const run = new Run();
  const broken = await rejection(clientOf(run).fetch(`${run.url("reset-before-headers")}/models`));
  assert.ok(broken instanceof TypeError && broken.message === "fetch failed");
  for (const thrown of [new RangeError("mine"), "a string", undefined]) {
    const later = clientOf(run, { fetch: () => Promise.reject(thrown) });
    const atOnce = clientOf(run, {
      fetch: () => {
        throw thrown;
      },
    });
    assert.equal(await rejection(later.fetch(run.url())), thrown);
    assert.equal(await rejection(atOnce.fetch(run.url())), thrown);
  }
  const reason = new Error("enough");
  assert.equal(await rejection(clientOf(run).fetch(run.url(), { signal: AbortSignal.abort(reason) })), reason);
});

test("it fills in the key where there is none, for the origin of the base URL alone", async () => {
  /** @type {any[]} */
  const calls = [];
  const fetch = async (/** @type {any[]} */ ...call) => {
    calls.push(call);
    return new Response();
  };
  const sent = async (/** @type {any} */ options, /** @type {any[]} */ ...call) => {
    const client = new AurikoClient({ apiKey: "ak_mine", baseUrl: "https://a.example/v1", fetch, ...options });
    await client.fetch(.../** @type {[any, any]} */ (call));
    const [input, init] = calls.at(-1);
    return new Headers(init?.headers ?? input.headers).get("authorization");
  };
  const own = "https://a.example/elsewhere";
  assert.equal(await sent({}, own), "Bearer ak_mine");
  assert.equal(await sent({}, new URL(own)), "Bearer ak_mine");
  assert.equal(await sent({}, own, { headers: { accept: "*/*" } }), "Bearer ak_mine");
  assert.equal(await sent({}, new Request(own, { headers: { accept: "*/*" } })), "Bearer ak_mine");
  assert.equal(await sent({}, own, { headers: { AUTHORIZATION: "Basic x" } }), "Basic x");
  assert.equal(await sent({}, new Request(own, { headers: { authorization: "Basic x" } })), "Basic x");
  assert.equal(await sent({ apiKey: null }, own), null);
  assert.equal(await sent({ defaultHeaders: { Authorization: "Basic own" } }, own), "Basic own");
  assert.equal(await sent({ defaultHeaders: { Authorization: null } }, own), null);
  for (const other of ["https://b.example/v1", "http://a.example/v1", "https://a.example:8443/v1", "/v1"]) {
    assert.equal(await sent({}, other), null, other);
  }
});

test("it passes on what it is given, and adds nothing else", async () => {
  /** @type {any} */
  let call;
  const fetch = async (/** @type {any[]} */ ...given) => {
    call = given;
    return new Response();
  };
  const client = new AurikoClient({ apiKey: "ak_mine", baseUrl: "https://a.example/v1", fetch });
  const { signal } = new AbortController();
  const init = { method: "POST", headers: { "x-a": "1" }, body: "{}", signal };
  await client.fetch("https://a.example/v1/x", init);
  assert.equal(call[0], "https://a.example/v1/x");
  assert.deepEqual(
    { ...call[1], headers: Object.fromEntries(call[1].headers) },
    {
      ...init,
      headers: { "x-a": "1", authorization: "Bearer ak_mine" },
    },
  );
  assert.deepEqual(init.headers, { "x-a": "1" });
});

test("it hears of metadata in JSON and in event streams", async () => {
  for (const [path, body] of /** @type {const} */ ([
    ["chat/completions", {}],
    ["chat/completions", { stream: true }],
    ["responses", { input: "Hi", messages: undefined }],
  ])) {
    const run = new Run();
    /** @type {any[]} */
    const heard = [];
    const client = clientOf(run, { onResponse: (/** @type {any} */ metadata) => void heard.push(metadata) });
    const response = await client.fetch(`${run.url()}/${path}`, post(body));
    assert.equal(client.lastRoutingMetadata, null);
    await response.text();
    assert.equal(client.lastRoutingMetadata?.model_canonical, "gpt-5.4", path);
    assert.deepEqual(heard, [client.lastRoutingMetadata]);
  }
});

test("a new request forgets the metadata of the one before", async () => {
  const run = new Run();
  const client = clientOf(run);
  await (await client.fetch(`${run.url()}/chat/completions`, post())).text();
  assert.notEqual(client.lastRoutingMetadata, null);
  const next = client.fetch(`${run.url()}/models`);
  assert.equal(client.lastRoutingMetadata, null);
  await (await next).text();
  assert.equal(client.lastRoutingMetadata, null);
});

test("it shares lastRoutingMetadata with the calls of its client", async () => {
  const run = new Run();
  const client = clientOf(run);
  await client.chat.completions.create(params());
  const { lastRoutingMetadata } = client;
  await (await client.fetch(`${run.url()}/chat/completions`, post())).text();
  assert.deepEqual(client.lastRoutingMetadata, lastRoutingMetadata);
});

test("metadata that cannot be believed is left out, and never breaks the answer", async () => {
  const nothing = ["string", "number", "null", "array", "empty", "missing-fields", "wrong-types", "missing"];
  for (const stream of [false, true]) {
    for (const v of nothing) {
      const run = new Run();
      const client = clientOf(run);
      const response = await client.fetch(`${run.url(`metadata;v=${v}`)}/chat/completions`, post({ stream }));
      assert.match(await response.text(), /東京/);
      assert.equal(client.lastRoutingMetadata, null, v);
    }
    const run = new Run();
    const client = clientOf(run);
    await (await client.fetch(`${run.url("metadata;v=string-warnings")}/chat/completions`, post({ stream }))).text();
    assert.equal(client.lastRoutingMetadata?.model_canonical, "gpt-5.4");
    assert.ok(!("warnings" in /** @type {object} */ (client.lastRoutingMetadata)));
  }
});

test("onResponse runs in the async context of its own request", async () => {
  const run = new Run();
  /** @type {AsyncLocalStorage<string>} */
  const storage = new AsyncLocalStorage();
  /** @type {string[]} */
  const heard = [];
  const client = clientOf(run, { onResponse: () => void heard.push(`${storage.getStore()}`) });
  const names = ["a", "b", "c", "d", "e"];
  await Promise.all(
    names.map((name, index) =>
      storage.run(name, async () => {
        const response = await client.fetch(`${run.url()}/chat/completions`, post({ stream: index % 2 === 0 }));
        await response.text();
      }),
    ),
  );
  assert.deepEqual(heard.sort(), names);
});

test("what onResponse throws or rejects with is dropped", async () => {
  for (const onResponse of [
    () => {
      throw new Error("mine");
    },
    () => Promise.reject(new Error("mine")),
  ]) {
    const run = new Run();
    const client = clientOf(run, { onResponse });
    const response = await client.fetch(`${run.url()}/chat/completions`, post({ stream: true }));
    assert.match(await response.text(), /\[DONE\]/);
    assert.notEqual(client.lastRoutingMetadata, null);
  }
});
