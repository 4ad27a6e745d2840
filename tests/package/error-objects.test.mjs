// @ts-check
// The errors as objects: their classes, what they show, and what they keep to themselves.
import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { otherCopies } from "./installed.mjs";
import { auriko, clientOf, gatewayWithClients, hi, rejection, serverFor, thrown } from "./support.mjs";

const gateway = gatewayWithClients();

/** Each class and its parent. */
const PARENTS = /** @type {const} */ ({
  APIStatusError: "AurikoAPIError",
  BadRequestError: "APIStatusError",
  AuthenticationError: "APIStatusError",
  PermissionDeniedError: "APIStatusError",
  NotFoundError: "APIStatusError",
  ConflictError: "APIStatusError",
  RateLimitError: "APIStatusError",
  InternalServerError: "APIStatusError",
  APIConnectionError: "AurikoAPIError",
  APIConnectionTimeoutError: "APIConnectionError",
});

/** @typedef {keyof typeof PARENTS} ClassName */
const NAMES = /** @type {ClassName[]} */ (Object.keys(PARENTS));

/** The class and all above it, in the package. @param {string} name @returns {string[]} */
const lineOf = (name) => (name in PARENTS ? [name, ...lineOf(PARENTS[/** @type {ClassName} */ (name)])] : [name]);

const KEY = "sk-secret-KEY-1234567890";

/**
 * One error of each kind that the client makes.
 * @param {import("node:test").TestContext} t
 * @returns {Promise<any[]>}
 */
async function everyKind(t) {
  const echo = await serverFor(t, ({ url, headers }, res) => {
    const { authorization } = headers;
    if (url?.startsWith("/cut")) {
      res.writeHead(200, { "content-type": "text/event-stream" }).write("data: {}\n\n");
      return void setImmediate(() => res.destroy());
    }
    const error = {
      type: "invalid_request_error",
      code: `bad_${authorization}`,
      message: `The key '${authorization}' is bad: ${authorization}`,
      param: authorization,
      doc_url: `https://x/?${authorization}`,
      provider: authorization,
      suggestion: `Check ${authorization}`,
    };
    const body = url?.startsWith("/html") ? `<h1>${authorization}</h1>` : JSON.stringify({ error });
    res.writeHead(400, { "x-request-id": String(authorization), "x-echo": String(authorization) }).end(body);
  });
  /** @param {string} url @param {any} [own] */
  const at = (url, own) => clientOf(url, { apiKey: KEY, ...own }).chat.completions;
  const cut = async () => {
    for await (const _ of await at(`${echo.url}/cut`).create({ ...hi(), stream: true }));
  };
  return [
    await rejection(at(echo.url).create(hi())),
    await rejection(at(`${echo.url}/html`).create(hi())),
    await rejection(cut()),
    await rejection(at("http://127.0.0.1:1").create(hi())),
    await rejection(at("https://x", { fetch: () => new Promise(() => {}), timeout: 5 }).create(hi())),
    await rejection(at("https://x").create(/** @type {any} */ ({}))),
    await rejection(at("https://x").create(hi(), { headers: { authorization: `Bearer ${KEY}\r\n` } })),
    thrown(() => clientOf(`https://${KEY}@x`, { apiKey: KEY })),
    thrown(() => new auriko.AurikoClient({ apiKey: `${KEY} ${KEY}` })),
    thrown(() => new auriko.RoutingOptions(/** @type {any} */ ({ nonsense: 1 }))),
  ];
}

test("an error that aborts another call stays as it was", async () => {
  const { create } = gateway.client().chat.completions;
  const first = await rejection(create({ ...hi(), model: "no such model" }));
  const { stack } = first;
  const waiting = async () => create(hi(), { signal: AbortSignal.abort(first) });
  assert.equal(await rejection(waiting()), first);
  assert.equal(first.stack, stack);
});

test("the stack of a failure names the function that waits for the call", async () => {
  const { create } = gateway.client().chat.completions;
  const wrong = { ...hi(), model: "no such model" };
  async function waiting() {
    await create(wrong);
  }
  async function waitingWithResponse() {
    await create(wrong).withResponse();
  }
  async function waitingAsResponse() {
    await create(wrong).asResponse();
  }
  async function mistaken() {
    await create(/** @type {any} */ ({}));
  }
  for (const wait of [waiting, waitingWithResponse, waitingAsResponse, mistaken]) {
    const { name, message, stack } = await rejection(wait());
    assert.ok(stack.startsWith(`${name}: ${message}\n`), stack);
    assert.match(stack, new RegExp(`at async ${wait.name} `));
    assert.doesNotMatch(stack, /wasm/);
  }
});

test("every class is exported and stands in its line", () => {
  for (const name of NAMES) {
    const error = new auriko[name]("m");
    assert.equal(Object.getPrototypeOf(auriko[name]), auriko[PARENTS[name]]);
    assert.equal(auriko[name].name, name);
    assert.equal(error.name, name);
    const line = lineOf(name);
    for (const other of [...NAMES, /** @type {const} */ ("AurikoAPIError")]) {
      assert.equal(error instanceof auriko[other], line.includes(other), `${name} instanceof ${other}`);
    }
    assert.ok(error instanceof Error);
  }
});

test("an error can be constructed with its fields, and has defaults for them", () => {
  const bare = new auriko.RateLimitError("m");
  assert.deepStrictEqual(
    { ...bare },
    {
      statusCode: 0,
      type: "api_error",
      code: null,
      param: null,
      requestId: null,
      retryAfterSeconds: null,
      docUrl: null,
      provider: null,
      suggestion: null,
      attempts: 0,
    },
  );
  assert.deepStrictEqual([bare.headers, bare.body, "cause" in bare], [null, null, false]);
  const full = new auriko.APIStatusError("m", { statusCode: 418, code: "teapot", body: 1, cause: undefined });
  assert.deepStrictEqual([full.status, full.code, full.body, "cause" in full], [418, "teapot", 1, true]);
});

test("instanceof holds between copies of the package in one process, in both directions", async () => {
  for (const [whence, copy] of await otherCopies()) {
    assert.notEqual(copy.AurikoAPIError, auriko.AurikoAPIError, whence);
    for (const name of NAMES) {
      const line = lineOf(name);
      for (const other of [...NAMES, /** @type {const} */ ("AurikoAPIError")]) {
        const holds = line.includes(other);
        assert.equal(new copy[name]("m") instanceof auriko[other], holds, `${name} of ${whence} instanceof ${other}`);
        assert.equal(new auriko[name]("m") instanceof copy[other], holds, `${name} instanceof ${other} of ${whence}`);
      }
    }
    const error = await rejection(new copy.AurikoClient({ apiKey: "ak_wrong", baseUrl: gateway.url }).me.get());
    assert.equal(error.statusCode, 401);
    assert.ok(error instanceof auriko.AuthenticationError && error instanceof copy.AuthenticationError, whence);
    class Mine extends auriko.RateLimitError {}
    assert.ok(new Mine("m") instanceof copy.RateLimitError);
    assert.ok(!(new copy.RateLimitError("m") instanceof Mine));
  }
});

test("instanceof is false for everything else and never throws", () => {
  const odd = new Proxy(new Error("m"), {
    get: (target, key) => (key === "name" ? "RateLimitError" : Reflect.get(target, key)),
  });
  for (const value of [undefined, null, 5, "RateLimitError", {}, [], new Error("m"), odd, { name: "RateLimitError" }]) {
    assert.equal(/** @type {any} */ (value) instanceof auriko.RateLimitError, false, String(value));
    assert.equal(/** @type {any} */ (value) instanceof auriko.AurikoAPIError, false, String(value));
  }
});

test("a class that a user derives is told from its parent", () => {
  class Mine extends auriko.RateLimitError {}
  class Other extends auriko.RateLimitError {}
  const mine = new Mine("m");
  assert.ok(mine instanceof Mine && mine instanceof auriko.RateLimitError && mine instanceof auriko.AurikoAPIError);
  assert.ok(!(mine instanceof Other));
  assert.ok(!(new auriko.RateLimitError("m") instanceof Mine));
});

test("an error prints its class and message, and where it was made", async (t) => {
  for (const error of await everyKind(t)) {
    assert.ok(error instanceof auriko.AurikoAPIError);
    assert.match(error.name, /^[A-Z]\w+Error$/);
    assert.ok(error.message.length > 10);
    assert.equal(String(error), `${error.name}: ${error.message}`);
    assert.ok(error.stack?.startsWith(`${error.name}: ${error.message}\n`), error.stack);
    assert.ok(inspect(error).startsWith(`${error.name}: `));
    assert.equal(Object.prototype.toString.call(error), "[object Error]");
    assert.doesNotMatch(`${error.stack}`, /unreachable|panicked|out of bounds/);
  }
});

test("JSON has name, message and fields, and no headers, body or stack", async (t) => {
  for (const error of await everyKind(t)) {
    const { name, message, ...fields } = JSON.parse(JSON.stringify(error));
    assert.deepStrictEqual([name, message], [error.name, error.message]);
    const { cause: _, ...own } = { ...error };
    assert.deepStrictEqual(fields, own);
    assert.deepStrictEqual(
      Object.keys(fields).sort(),
      "attempts code docUrl param provider requestId retryAfterSeconds statusCode suggestion type".split(" "),
    );
  }
});

test("an error can be cloned, as for another thread", async (t) => {
  for (const error of await everyKind(t)) {
    const clone = structuredClone(error);
    assert.ok(clone instanceof Error);
    assert.equal(clone.message, error.message);
  }
});

test("the key is in nothing that an error shows, though the server repeats it everywhere", async (t) => {
  for (const error of await everyKind(t)) {
    const shown = [
      inspect(error, { depth: 10, showHidden: true }),
      JSON.stringify(error),
      JSON.stringify(Object.getOwnPropertyDescriptors(error)),
      String(error),
      String(error.stack),
      inspect(structuredClone(error), { depth: 10, showHidden: true }),
      inspect(error.cause, { depth: 10, showHidden: true }),
    ].join("\n");
    assert.ok(!shown.includes("secret"), shown);
  }
});

test("the raw body and the headers are there for who asks for them", async (t) => {
  const [error, html] = await everyKind(t);
  assert.equal(error.body.error.param, `Bearer ${KEY}`);
  assert.equal(error.headers.get("x-echo"), `Bearer ${KEY}`);
  assert.equal(html.body, `<h1>Bearer ${KEY}</h1>`);
  assert.equal(error.message, "The key 'Bearer ak_***' is bad: Bearer ak_***");
  assert.equal(error.param, "Bearer ak_***");
  for (const name of ["body", "headers", "responseHeaders", "status"]) assert.ok(!Object.keys(error).includes(name));
});
