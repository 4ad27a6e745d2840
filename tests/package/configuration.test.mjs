// @ts-check
// Where the key and the base URL come from, and what a client shows of itself.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { inspect } from "node:util";
import { auriko, clientOf, gatewayWithClients, hi, KEY, serverFor } from "./support.mjs";

const { AurikoClient } = auriko;
const gateway = gatewayWithClients();

beforeEach(() => {
  delete process.env.AURIKO_API_KEY;
});

test("the key is the argument's, else that of AURIKO_API_KEY when the client is made", async () => {
  /** @param {any} options */
  const sent = async (options) => {
    let authorization;
    const client = new AurikoClient({
      ...options,
      fetch: async (_, { headers }) => {
        authorization = new Headers(headers).get("authorization");
        return new Response("{}");
      },
    });
    process.env.AURIKO_API_KEY = "ak_too_late";
    await client.me.get();
    return authorization;
  };
  for (const [options, expected] of /** @type {const} */ ([
    [{ apiKey: "ak_argument" }, "Bearer ak_argument"],
    [{ apiKey: " ak_argument\r\n" }, "Bearer ak_argument"],
    [{}, "Bearer ak_env"],
    [{ apiKey: undefined }, "Bearer ak_env"],
    [{ apiKey: "" }, "Bearer ak_env"],
    [{ apiKey: " \n" }, "Bearer ak_env"],
    [{ apiKey: null }, null],
  ])) {
    process.env.AURIKO_API_KEY = "ak_env\n";
    assert.equal(await sent(options), expected, JSON.stringify(options));
  }
});

test("null and undefined stand for the default of an option", () => {
  for (const nothing of [null, undefined]) {
    const names = ["baseUrl", "baseURL", "timeout", "maxRetries", "fetch", "defaultHeaders", "onResponse"];
    const client = new AurikoClient({ apiKey: KEY, ...Object.fromEntries(names.map((name) => [name, nothing])) });
    assert.deepStrictEqual(
      [client.baseUrl, client.timeout, client.maxRetries],
      ["https://api.auriko.ai/v1", 60_000, 2],
    );
  }
});

test("the base URL gets its version once, and keeps its path", () => {
  for (const [given, expected] of [
    ["", "https://api.auriko.ai/v1"],
    [" ", "https://api.auriko.ai/v1"],
    ["https://x", "https://x/v1"],
    ["https://x/", "https://x/v1"],
    [" https://x/v1//\n", "https://x/v1"],
    ["https://x/api", "https://x/api/v1"],
    ["https://x/api/v1/", "https://x/api/v1"],
    ["https://x/v1beta", "https://x/v1beta/v1"],
    ["https://x/V1", "https://x/V1/v1"],
    ["http://[::1]:8080", "http://[::1]:8080/v1"],
  ]) {
    assert.equal(clientOf(given).baseUrl, expected, given);
    assert.equal(new AurikoClient({ apiKey: KEY, baseURL: given }).baseUrl, expected, given);
  }
  const both = new AurikoClient({ apiKey: KEY, baseUrl: "https://one", baseURL: "https://two" });
  assert.equal(both.baseUrl, "https://one/v1");
});

test("the classes have their own names", () => {
  for (const [name, value] of Object.entries(auriko)) {
    if (typeof value === "function") assert.equal(value.name, name);
  }
});

test("a class that extends the client can have its own members, and a Proxy of a client has those of the client", () => {
  const options = { apiKey: KEY, timeout: 7 };
  class Own extends AurikoClient {
    maxRetries = 9;
    get baseUrl() {
      return "mine";
    }
  }
  const own = new Own(options);
  assert.deepStrictEqual([own.maxRetries, own.baseUrl, own.timeout], [9, "mine", 7]);
  const proxy = new Proxy(new AurikoClient(options), {});
  assert.deepStrictEqual([proxy.timeout, proxy.maxRetries, proxy.lastRoutingMetadata], [7, 2, null]);
  assert.equal(JSON.stringify(proxy), JSON.stringify(new AurikoClient(options)));
});

test("requests go below the base URL", async (t) => {
  /** @type {(string | undefined)[]} */
  const urls = [];
  const server = await serverFor(t, ({ url }, res) => {
    urls.push(url);
    res.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  for (const path of ["", "/", "/v1", "/proxy", "/proxy/v1/"]) await clientOf(server.url + path).me.get();
  assert.deepStrictEqual(urls, ["/v1/me", "/v1/me", "/v1/me", "/proxy/v1/me", "/proxy/v1/me"]);
});

test("the global fetch is looked up at each call", async (t) => {
  const client = gateway.client();
  const spy = t.mock.method(globalThis, "fetch");
  await client.me.get();
  assert.equal(spy.mock.callCount(), 1);
  spy.mock.restore();
  await client.me.get();
  assert.equal(spy.mock.callCount(), 1);
});

test("a fetch of the caller's gets a URL and the request, and no `this`", async () => {
  /** @type {any[]} */
  const calls = [];
  const client = gateway.client({
    fetch: function (...given) {
      calls.push([this, ...given]);
      return fetch(...given);
    },
  });
  assert.equal((await client.chat.completions.create(hi("echo: through"))).choices[0]?.message.content, "through");
  const [[self, url, init]] = calls;
  assert.equal(self, undefined);
  assert.equal(url, `${gateway.url}/v1/chat/completions`);
  assert.deepStrictEqual(
    [init.method, init.redirect, init.body],
    ["POST", "manual", JSON.stringify(hi("echo: through"))],
  );
  assert.ok(init.signal instanceof AbortSignal);
});

test("a client shows its key nowhere", () => {
  const apiKey = "sk-secret-KEY-1234567890";
  const client = clientOf("https://x", { apiKey });
  const shown = [
    inspect(client, { depth: 10, showHidden: true, getters: true }),
    JSON.stringify(client),
    String(client),
    Object.keys(client).join(),
    JSON.stringify(Object.getOwnPropertyDescriptors(client)),
    JSON.stringify({ ...client }),
  ].join("\n");
  assert.match(shown, /AurikoClient/);
  assert.ok(!shown.includes("secret"), shown);
});
