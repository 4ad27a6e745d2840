// The built package against Auriko's own Python SDK: `*.json` hold what that accepts, emits and raises, and
// `differences.json` where this package differs on purpose, and why. `tests/parity.rs` does the same with the crate.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import * as auriko from "../../pkg/dist/index.js";

const { AurikoClient, GatewayOptions, mergeGateway, RoutingOptions } = auriko;
const TEXT_LIMIT = 200;

/** @typedef {{ name: string, input: any, python: any, ours?: any, reason?: string }} Vector */

/** @param {string} kind @returns {Promise<Vector[]>} */
async function vectors(kind) {
  const file = await readFile(new URL(`${kind}.json`, import.meta.url), "utf8");
  return JSON.parse(file).vectors;
}

/**
 * Compares what `ours` makes of every input with what Python made of it, or with what the vector says of us. Only
 * the members that `ours` returns are compared; one that Python left out is null.
 * @param {string} kind @param {(input: any, vector: Vector) => any} ours
 */
async function compare(kind, ours) {
  const wrong = [];
  for (const vector of await vectors(kind)) {
    for (const [key, got] of Object.entries(await ours(vector.input, vector))) {
      const differs = vector.ours && Object.hasOwn(vector.ours, key);
      const expected = differs ? vector.ours[key] : vector.python[key];
      // Every SDK has its own words where the server has none.
      if (key === "message" && (expected ?? null) === null) continue;
      if (differs && same(key, vector.input, vector.python[key], got)) {
        wrong.push(`${vector.name}: ${key} no longer differs, take it from differences.json`);
      } else if (!same(key, vector.input, expected, got)) {
        wrong.push(`${vector.name}: ${key} should be ${shown(expected)} and is ${shown(got)}`);
      }
    }
  }
  assert.equal(wrong.length, 0, `${wrong.length} members are wrong:\n${wrong.join("\n")}`);
}

/** @param {string} key @param {any} input @param {any} expected @param {any} got */
function same(key, input, expected, got) {
  if (key === "at" && typeof got === "string") {
    // Python names all members at fault and we the first. It names the whole where a rule is about several, and
    // none where it finds no fault.
    return expected ? expected.includes("") || expected.includes(got) : Object.hasOwn(input, got);
  }
  return isDeepStrictEqual(decode(expected ?? null), got);
}

/** @param {unknown} value */
function shown(value) {
  return (JSON.stringify(value) ?? "nothing").slice(0, TEXT_LIMIT);
}

/** The vectors hold what JSON cannot say as objects with one key. @param {any} json @returns {any} */
function decode(json) {
  if (Array.isArray(json)) return json.map(decode);
  if (json === null || typeof json !== "object") return json;
  if (Object.hasOwn(json, "$number")) return Number(json.$number);
  if (Object.hasOwn(json, "$repeat")) return json.$repeat[0].repeat(json.$repeat[1]);
  if (Object.hasOwn(json, "$routing")) return new RoutingOptions(decode(json.$routing));
  if (Object.hasOwn(json, "$gateway")) return new GatewayOptions(decode(json.$gateway));
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, decode(value)]));
}

/** An error in the names of Python. @param {any} error */
function told(error) {
  const type = /** @type {any} */ (auriko)[error.name];
  if (!(error instanceof auriko.AurikoAPIError && error instanceof type)) throw error;
  return {
    class: error.name,
    status_code: error.statusCode,
    type: error.type,
    code: error.code,
    message: error.message,
    param: error.param,
    doc_url: error.docUrl,
    provider: error.provider,
    request_id: error.requestId,
    retry_after_seconds: error.retryAfterSeconds,
  };
}

/** @param {any} error @param {string} path where the options are in a request */
function refusal(error, path) {
  assert.equal(error.name, "BadRequestError", error);
  return { accepts: false, at: error.param === path ? "" : error.param.slice(path.length + 1).split(".")[0] };
}

test("routing options are those of Python", () =>
  compare("routing", (input) => {
    try {
      const options = new RoutingOptions(decode(input));
      const fields = options.toJSON();
      // Python says None of no fields.
      const dict = Object.keys(fields).length > 0 ? fields : null;
      return { accepts: true, to_dict: dict, to_extra_body: options.toExtraBody() };
    } catch (error) {
      return refusal(error, "gateway.routing");
    }
  }));

test("gateway options are those of Python", () =>
  compare("gateway", (input) => {
    try {
      return { accepts: true, to_extra_body: new GatewayOptions(decode(input)).toExtraBody() };
    } catch (error) {
      return refusal(error, "gateway");
    }
  }));

test("bodies are merged as in Python, and neither is changed", () =>
  compare("merge", ({ base, overlay }) => {
    const before = JSON.stringify([base, overlay]);
    const body = mergeGateway(base, overlay);
    assert.equal(JSON.stringify([base, overlay]), before);
    return { body: JSON.parse(JSON.stringify(body)) };
  }));

test("a call sends the body that Python sends", () =>
  compare("bodies", async (input) => {
    let body = null;
    /** @param {unknown} _url @param {any} init */
    const fetch = async (_url, init) => {
      body = JSON.parse(init.body);
      const headers = { "content-type": "text/event-stream" };
      return body.stream ? new Response("data: [DONE]\n\n", { headers }) : Response.json({});
    };
    const client = new AurikoClient({ apiKey: "ak_test", maxRetries: 0, fetch });
    try {
      await client.chat.completions.create(decode(input));
      return { body };
    } catch (error) {
      return body ? { body } : { ...told(error), body };
    }
  }));

test("metadata is used where Python can read it", () =>
  compare("metadata", async (input) => {
    const fetch = async () => Response.json({ routing_metadata: input });
    const client = new AurikoClient({ apiKey: "ak_test", fetch });
    await client.chat.completions.create({ model: "m", messages: [] });
    const used = client.lastRoutingMetadata;
    if (used === null) return { valid: false, required: true };
    const lost = Object.keys(input).filter((name) => !Object.hasOwn(used, name));
    return lost.length > 0 ? { valid: false, required: false, at: lost.sort() } : { valid: true };
  }));

test("base URLs are normalised as in Python", () =>
  compare("base_urls", (baseUrl) => {
    try {
      // Python's end with a slash, as httpx wants it.
      return { base_url: `${new AurikoClient({ apiKey: "ak_test", baseUrl }).baseUrl}/` };
    } catch (error) {
      const { code, param } = told(error);
      return { base_url: null, code, param };
    }
  }));

test("keys are found where Python finds them", async () => {
  const own = process.env.AURIKO_API_KEY;
  /** @param {string | null | undefined} key */
  const setKey = (key) => {
    if (typeof key === "string") process.env.AURIKO_API_KEY = key;
    else delete process.env.AURIKO_API_KEY;
  };
  await compare("keys", async ({ explicit, env }) => {
    setKey(env);
    let key = null;
    /** @param {unknown} _url @param {any} init */
    const fetch = async (_url, init) => {
      key = new Headers(init.headers).get("authorization")?.slice("Bearer ".length);
      return Response.json({});
    };
    try {
      // `apiKey: null` means that there is none; what is not given is undefined.
      await new AurikoClient({ apiKey: explicit ?? undefined, fetch }).me.get();
      return { key };
    } catch (error) {
      const { message, ...fields } = told(error);
      return { ...fields, key };
    }
  }).finally(() => setKey(own));
});

test("the constants, the defaults and the error classes are those of Python", () =>
  compare("constants", (name) => {
    if (name === "Client") {
      const { baseUrl, timeout, maxRetries } = new AurikoClient({ apiKey: "ak_test" });
      return { base_url: `${baseUrl}/`, timeout_ms: timeout, max_retries: maxRetries };
    }
    const constant = /** @type {any} */ (auriko)[name];
    if (!name.endsWith("Error")) return { words: { ...constant } };
    const classes = [];
    for (let { prototype } = constant; prototype !== Error.prototype; prototype = Object.getPrototypeOf(prototype)) {
      classes.push(prototype.name);
    }
    return { classes };
  }));

/** What the server does next. @type {(response: import("node:http").ServerResponse, url?: string) => void} */
let serve;
let requests = 0;
const server = createServer((request, response) => {
  requests += 1;
  serve(response, request.url);
});
let baseUrl = "";

before(async () => {
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  baseUrl = `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

/** @param {{ status?: number, headers?: object, body?: unknown, text?: unknown }} answer */
function answerWith({ status = 429, headers = {}, body, text }) {
  serve = (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(text === undefined ? JSON.stringify(body) : decode(text));
  };
}

/** The error of a call. @param {{ [option: string]: unknown }} [options] @returns {Promise<any>} */
function failure(options) {
  const client = new AurikoClient({ apiKey: "ak_test", baseUrl, maxRetries: 0, ...options });
  return client.chat.completions.create({ model: "m", messages: [] }).then(
    () => assert.fail("the call succeeded"),
    (error) => error,
  );
}

test("error answers become the errors of Python", () =>
  compare("answers", async (input) => {
    answerWith(input);
    const error = await failure();
    const body = isDeepStrictEqual(error.body, input.body ?? null) ? null : error.body;
    return { ...told(error), body };
  }));

test("what Python sends again is sent again", () =>
  compare("answers", async (input, { name }) => {
    // The 63 codes, every status, and bodies that are not JSON; the crate's test has all others.
    const few = /^answers: ([a-z_]+|malformed with \d+|text .+)$/.test(name);
    if (!few) return {};
    answerWith({ ...input, headers: { ...input.headers, "retry-after-ms": "20" } });
    requests = 0;
    const { attempts } = await failure({ maxRetries: 2 });
    assert.equal(attempts, requests, name);
    assert.ok(requests === 1 || requests === 3, `${name}: ${requests} requests`);
    return { retryable: requests === 3 };
  }));

test("headers are read as Python reads them", () =>
  compare("headers", async ({ headers, get, accessor }) => {
    // How long it is until a date, the crate's test knows.
    if (headers["Retry-After"]?.endsWith("GMT")) return {};
    answerWith({ headers, body: {} });
    const error = await failure();
    if (accessor === "request_id") return { value: error.requestId };
    // The error's own field understands dates and milliseconds too.
    if (accessor === "retry_after_seconds") return { value: error.retryAfterSeconds };
    const camel = accessor?.replace(/_([a-z])/g, (/** @type {string} */ _, /** @type {string} */ c) => c.toUpperCase());
    if (camel) return { value: error.responseHeaders[camel] };
    return { value: error.headers.get(get ?? Object.keys(headers)[0]) };
  }));

test("error events become the errors of Python", () =>
  compare("events", async ({ stream: kind, payload }) => {
    const headers = { "content-type": "text/event-stream", "x-request-id": "req_1" };
    answerWith({ status: 200, headers, text: `data: ${JSON.stringify(payload)}\n\ndata: [DONE]\n\n` });
    const client = new AurikoClient({ apiKey: "ak_test", baseUrl });
    let delivered = 0;
    try {
      const params = { model: "m", stream: /** @type {const} */ (true) };
      const stream = await (kind === "chat"
        ? client.chat.completions.create({ ...params, messages: [] })
        : client.responses.create({ ...params, input: "" }));
      for await (const _chunk of stream) delivered += 1;
      return { delivered };
    } catch (error) {
      return told(error);
    }
  }));

test("a request without an answer becomes the error of Python", async () => {
  const closed = createServer();
  await new Promise((resolve) => closed.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (closed.address());
  await new Promise((resolve) => closed.close(resolve));
  serve = (response, url) => {
    if (url?.startsWith("/broken/")) response.socket?.destroy();
  };
  /** @type {Record<string, Promise<any>>} */
  const failures = {
    ConnectError: failure({ maxRetries: 2, baseUrl: `http://127.0.0.1:${port}` }),
    ReadTimeout: failure({ maxRetries: 2, baseUrl: `${baseUrl}/silent`, timeout: 50 }),
    RemoteProtocolError: failure({ maxRetries: 2, baseUrl: `${baseUrl}/broken` }),
  };
  await compare("transport", async ({ httpx }) => {
    const error = await failures[httpx];
    return error ? { ...told(error), requests: error.attempts } : {};
  });
});
