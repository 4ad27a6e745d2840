// @ts-check
// What a caller can get wrong before anything is sent: a typed error that says what to do, and no request.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { auriko, gatewayWithClients, hi, KEY, rejection, thrown } from "./support.mjs";

const { AurikoClient } = auriko;
const gateway = gatewayWithClients();

beforeEach(() => {
  delete process.env.AURIKO_API_KEY;
  delete process.env.OPENAI_API_KEY;
});

/**
 * @param {any} error
 * @param {{ name?: string, code?: string, param: string | null, says: RegExp, about?: string }} expected
 */
function assertTyped(error, { name = "BadRequestError", code = "invalid_parameter_value", param, says, about }) {
  assert.ok(error instanceof auriko.AurikoAPIError, `${about}: ${error}`);
  assert.deepStrictEqual([error.name, error.code, error.param], [name, code, param], about);
  assert.match(error.message, says, about);
  assert.equal(error.attempts, 0);
  assert.equal(error.requestId, null);
}

/** @param {import("node:test").TestContext} t */
function nothingSent(t) {
  const spy = t.mock.method(globalThis, "fetch");
  const before = gateway.log.length;
  return () => {
    assert.equal(spy.mock.callCount(), 0);
    assert.equal(gateway.log.length, before);
  };
}

test("without a key there is no client; the key of another service is none", () => {
  process.env.OPENAI_API_KEY = "sk-another";
  for (const options of [undefined, null, {}, { apiKey: undefined }, { apiKey: "" }, { apiKey: " \t\n" }]) {
    const error = thrown(() => new AurikoClient(/** @type {any} */ (options)));
    const expected = {
      name: "AuthenticationError",
      code: "missing_api_key",
      param: null,
      about: JSON.stringify(options),
    };
    assertTyped(error, { ...expected, says: /Pass `apiKey` or set .* AURIKO_API_KEY/ });
    assert.equal(error.statusCode, 0);
    assert.equal(error.type, "authentication_error");
  }
  process.env.AURIKO_API_KEY = "  ";
  assert.throws(() => new AurikoClient(), { code: "missing_api_key" });
});

test("a key that a header cannot carry is refused and not shown", () => {
  for (const apiKey of ["ak_secret secret", "ak_secret\r\nx: y", "ak_sécret", "ak_secret\0"]) {
    const error = thrown(() => new AurikoClient({ apiKey }));
    assertTyped(error, { name: "AuthenticationError", code: "invalid_api_key", param: null, says: /Copy it again/ });
    assert.ok(!error.message.includes("cret"));
  }
});

test("options that are no object, and options of the wrong kind, are refused by name", () => {
  const url = "must begin with https:// or http://";
  /** @type {[any, string, string][]} */
  const cases = [
    ...[5, "ak_key", true, [], () => {}, 1n, Symbol("x")].map(
      (options) => /** @type {[any, string, string]} */ ([options, "options", "must be an object"]),
    ),
    [{ apiKey: 5 }, "apiKey", "must be a string, not 5"],
    [{ apiKey: {} }, "apiKey", "must be a string, not an object"],
    [{ baseUrl: 5 }, "baseUrl", "must be a string"],
    [{ baseUrl: new URL("https://x") }, "baseUrl", "must be a string"],
    ...["api.auriko.ai", "localhost:3000", "ftp://x", "javascript:alert(1)", "http:x", "v1"].map(
      (baseUrl) => /** @type {[any, string, string]} */ ([{ baseUrl }, "baseUrl", url]),
    ),
    [{ baseUrl: "https://" }, "baseUrl", "must name a host"],
    [{ baseUrl: "https://x:99999" }, "baseUrl", "port up to 65535"],
    [{ baseUrl: "https://a b/v1" }, "baseUrl", "must not contain spaces"],
    [{ baseUrl: "https://x%zz" }, "baseUrl", "must be a URL"],
    [{ baseUrl: "/api/v1", apiKey: null }, "baseUrl", "has to be a whole URL"],
    [{ baseUrl: "https://user:secret@x/v1" }, "baseUrl", "must not contain a user name or a password"],
    [{ baseUrl: "https://secret@x/v1" }, "baseUrl", "must not contain a user name or a password"],
    [{ baseUrl: "https://x/v1?key=secret" }, "baseUrl", "must not contain a query"],
    [{ baseUrl: "https://x/v1#secret" }, "baseUrl", "must not contain a query or a fragment"],
    [{ baseURL: "secret" }, "baseUrl", url],
    ...[0, -1, NaN, Infinity, 2 ** 31, "5", {}, true, 5n].map(
      (timeout) => /** @type {[any, string, string]} */ ([{ timeout }, "timeout", "must be a number of milliseconds"]),
    ),
    ...[-1, 0.5, 101, NaN, Infinity, "2", [], false].map(
      (maxRetries) =>
        /** @type {[any, string, string]} */ ([{ maxRetries }, "maxRetries", "whole number from 0 to 100"]),
    ),
    ...["fetch", {}, 5].map(
      (fetch) => /** @type {[any, string, string]} */ ([{ fetch }, "fetch", "must be a function"]),
    ),
    ...["text", {}, 5].map(
      (onResponse) => /** @type {[any, string, string]} */ ([{ onResponse }, "onResponse", "must be a function"]),
    ),
    [{ defaultHeaders: 5 }, "defaultHeaders", "must be a Headers object, an array of pairs, or an object"],
    [{ defaultHeaders: "a: b" }, "defaultHeaders", "must be a Headers object"],
    [{ defaultHeaders: { a: 5 } }, "defaultHeaders.a", "must be a string or null"],
    [{ defaultHeaders: { "x-a": "secret\r\nx-b: c" } }, "defaultHeaders", "`x-a` with a line break"],
    [{ defaultHeaders: [["x-a", "secret\n"]] }, "defaultHeaders", "`x-a` with a line break"],
    [{ defaultHeaders: { "secret name": "b" } }, "defaultHeaders", "header name"],
    [{ defaultHeaders: { "": "b" } }, "defaultHeaders", "header name"],
    [{ defaultHeaders: [["authorization"]] }, "defaultHeaders", "must be a Headers object"],
    // Without effect, it would lead to another server or another limit than was meant.
    [{ base_url: "https://x" }, "base_url", "is not an option; write `baseUrl`"],
    [{ api_key: KEY }, "api_key", "is not an option; write `apiKey`"],
    [{ max_retries: 0 }, "max_retries", "is not an option; write `maxRetries`"],
    [{ onresponse: () => {} }, "onresponse", "is not an option; write `onResponse`"],
  ];
  for (const [options, param, says] of cases) {
    const given = typeof options === "object" && !Array.isArray(options) ? { apiKey: KEY, ...options } : options;
    const error = thrown(() => new AurikoClient(given));
    assertTyped(error, {
      param,
      says: new RegExp(says.replace(/[()]/g, "\\$&")),
      about: String(Object.entries(options)),
    });
    assert.ok(!error.message.includes("secret"), error.message);
  }
});

test("an async onResponse is a TypeError, however it was written", () => {
  const method = { async run() {} }.run;
  for (const onResponse of [
    async () => {},
    async function named() {},
    method,
    method.bind(null),
    async function* () {},
  ]) {
    const error = thrown(() => new AurikoClient({ apiKey: KEY, onResponse: /** @type {any} */ (onResponse) }));
    assert.ok(error instanceof TypeError);
    assert.match(error.message, /`onResponse` must be a synchronous function/);
  }
});

test("parameters that cannot be sent are refused before anything is", async (t) => {
  const check = nothingSent(t);
  const { create } = gateway.client().chat.completions;
  const { messages, model } = hi();
  /** @type {any} */
  const cycle = { ...hi(), self: {} };
  cycle.self.self = cycle;
  const missing = { code: "missing_required_parameter" };
  const cases = [
    ...[undefined, null, 5, "Hi", [], () => {}].map((params) => ({
      params,
      param: "params",
      says: /must be an object/,
    })),
    { params: {}, param: "messages", says: /`messages` is missing/, ...missing },
    { params: { model, messages: null }, param: "messages", says: /is missing/, ...missing },
    { params: { messages }, param: "model", says: /Name one, or several in `gateway.models`/, ...missing },
    { params: { messages, model: null, gateway: {} }, param: "model", says: /is missing/, ...missing },
    { params: { ...hi(), gateway: { models: [] } }, param: "gateway.models", says: /together with `model`; drop one/ },
    { params: { ...hi(), stream: "yes" }, param: "stream", says: /must be true or false, not a string/ },
    { params: { ...hi(), stream: 1 }, param: "stream", says: /must be true or false, not 1/ },
    ...[5, "text", [], true].map((extra_body) => ({
      params: { ...hi(), extra_body },
      param: "extra_body",
      says: /must be an object/,
    })),
    { params: cycle, param: "params", says: /no cycles/ },
    { params: { ...hi(), seed: 1n }, param: "params", says: /no big integers/ },
    { params: { ...hi(), deep: [{ seed: 1n }] }, param: "params", says: /no big integers/ },
  ];
  for (const { params, ...expected } of cases) {
    assertTyped(await rejection(create(/** @type {any} */ (params))), expected);
    if (typeof params !== "object" || params === null || Array.isArray(params)) continue;
    if (!("stream" in params))
      assertTyped(await rejection(create(/** @type {any} */ ({ ...params, stream: true }))), expected);
  }
  const { create: respond } = gateway.client().responses;
  assertTyped(await rejection(respond(/** @type {any} */ ({ model }))), {
    ...missing,
    param: "input",
    says: /missing/,
  });
  check();
});

test("what a getter or a toJSON of the parameters throws comes back as itself", async (t) => {
  const check = nothingSent(t);
  const { create } = gateway.client().chat.completions;
  const mine = new Error("mine");
  const fail = () => {
    throw mine;
  };
  const getter = Object.defineProperty({ ...hi() }, "seed", { get: fail, enumerable: true });
  for (const params of [{ ...hi(), user: { toJSON: fail } }, getter]) {
    assert.equal(await rejection(create(/** @type {any} */ (params))), mine);
  }
  check();
});

test("what a getter of options throws comes back as itself, and no default takes its place", async (t) => {
  const check = nothingSent(t);
  process.env.AURIKO_API_KEY = KEY;
  const mine = new Error("mine");
  /** @param {string} name @returns {any} */
  const failing = (name) =>
    Object.defineProperty({}, name, {
      enumerable: true,
      get: () => {
        throw mine;
      },
    });
  for (const name of ["apiKey", "baseUrl", "timeout", "fetch", "defaultHeaders", "onResponse", "logger"]) {
    assert.equal(
      thrown(() => new AurikoClient(failing(name))),
      mine,
      name,
    );
  }
  for (const name of ["signal", "timeout", "maxRetries", "headers", "idempotencyKey"]) {
    assert.equal(await rejection(gateway.client().chat.completions.create(hi(), failing(name))), mine, name);
  }
  check();
});

test("options of a call are checked like those of a client", async (t) => {
  const check = nothingSent(t);
  const { chat, models, me } = gateway.client();
  /** @type {[any, string, RegExp][]} */
  const cases = [
    ...[5, "text", [], () => {}].map(
      (options) => /** @type {[any, string, RegExp]} */ ([options, "options", /an object/]),
    ),
    ...[{}, "text", 5, new AbortController()].map(
      (signal) => /** @type {[any, string, RegExp]} */ ([{ signal }, "signal", /must be an AbortSignal/]),
    ),
    [{ timeout: 0 }, "timeout", /above 0/],
    [{ timeout: "5" }, "timeout", /not a string/],
    [{ maxRetries: -1 }, "maxRetries", /from 0 to 100, not -1/],
    [{ headers: 5 }, "headers", /must be a Headers object/],
    [{ headers: { "x-a": "secret\r\nb: c" } }, "headers", /line break/],
    [{ headers: { "x-a": 5 } }, "headers.x-a", /a string or null/],
    [{ idempotencyKey: 5 }, "idempotencyKey", /a string/],
    [{ idempotencyKey: "" }, "idempotencyKey", /a string that is not empty/],
    [{ max_retries: 0 }, "max_retries", /is not an option; write `maxRetries`/],
    [{ idempotencyKey: "secret\n" }, "idempotencyKey", /line break/],
  ];
  for (const [options, param, says] of cases) {
    const calls = [chat.completions.create(hi(), options), models.list({}, options), me.get(options)];
    for (const call of calls) {
      const error = await rejection(call);
      assertTyped(error, { param, says, about: param });
      assert.ok(!error.message.includes("secret"), error.message);
    }
  }
  check();
});

test("options of a framework's own are left alone", async () => {
  const client = gateway.client({ organization: "x", defaultQuery: {} });
  await client.chat.completions.create(hi(), /** @type {any} */ ({ query: {}, stream: true }));
});

test("a filter of models is no place for options", async (t) => {
  const check = nothingSent(t);
  const { models } = gateway.client();
  for (const [filter, param] of /** @type {[any, string][]} */ ([
    [{ timeout: 5 }, "timeout"],
    [{ endpoint: "chat", signal: null }, "signal"],
    ["chat", "filter"],
    [{ endpoint: 5 }, "endpoint"],
  ])) {
    assertTyped(await rejection(models.list(filter)), { param, says: /is no filter|must be/, about: param });
  }
  check();
});

test("an id that would lead elsewhere, or is none, is refused", async (t) => {
  const check = nothingSent(t);
  const { models } = gateway.client();
  for (const id of ["", ".", "..", undefined, null, 5, {}]) {
    assertTyped(await rejection(models.retrieve(/** @type {any} */ (id))), {
      param: "id",
      says: /must/,
      about: String(id),
    });
  }
  check();
});
