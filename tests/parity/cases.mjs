// @ts-check
// The built package against Auriko's own Python SDK: `*.json` hold what that accepts, emits and raises, and
// `differences.json` where this package differs on purpose, and why. `tests/parity.rs` does the same with the crate.
// Nothing but the web platform is used here, so the same cases run in Node and in a browser; a file per host drives
// them.
import * as auriko from "auriko-wasm";
import { expect } from "chai";
import answers from "./answers.json" with { type: "json" };
import base_urls from "./base_urls.json" with { type: "json" };
import bodies from "./bodies.json" with { type: "json" };
import constants from "./constants.json" with { type: "json" };
import events from "./events.json" with { type: "json" };
import gateway from "./gateway.json" with { type: "json" };
import headers from "./headers.json" with { type: "json" };
import keys from "./keys.json" with { type: "json" };
import merge from "./merge.json" with { type: "json" };
import metadata from "./metadata.json" with { type: "json" };
import routing from "./routing.json" with { type: "json" };
import transport from "./transport.json" with { type: "json" };

const { AurikoClient, GatewayOptions, mergeGateway, RoutingOptions } = auriko;
const TEXT_LIMIT = 200;

/** @typedef {{ name: string, input: any, python: any, ours?: any, reason?: string }} Vector */
/**
 * @typedef {object} Host
 * @property {string} server the base URL of what `server.mjs` serves
 * @property {string} nowhere a base URL that no connection leads to
 * @property {Record<string, string | undefined>} [environment] its environment variables, if it has any
 *
 * @typedef {object} Case
 * @property {string} title
 * @property {(host: Host) => Promise<void>} run
 * @property {string} [nodeOnly] why it runs in Node only
 */

/** @type {Case[]} */
export const cases = [];

/**
 * Adds a case.
 * @param {string} title
 * @param {(host: Host) => Promise<void>} run
 * @param {{ nodeOnly?: string }} [where] see `Case`
 */
function parity(title, run, { nodeOnly } = {}) {
  cases.push({ title, run, nodeOnly });
}

/**
 * Compares what `ours` makes of every input with what Python made of it, or with what the vector says of us. Only
 * the members that `ours` returns are compared; one that Python left out is null.
 * @param {{ vectors: any[] }} file @param {(input: any, vector: Vector) => any} ours
 */
async function compare({ vectors }, ours) {
  const wrong = [];
  for (const vector of /** @type {Vector[]} */ (vectors)) {
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
  if (wrong.length > 0) throw new Error(`${wrong.length} members are wrong:\n${wrong.join("\n")}`);
}

/** @param {string} key @param {any} input @param {any} expected @param {any} got */
function same(key, input, expected, got) {
  if (key === "at" && typeof got === "string") {
    // Python names all members at fault and we the first. It names the whole where a rule is about several, and
    // none where it finds no fault.
    return expected ? expected.includes("") || expected.includes(got) : Object.hasOwn(input, got);
  }
  return alike(decode(expected ?? null), got);
}

/**
 * Whether two values are the same JSON, of plain objects both or neither.
 * @param {any} one @param {any} other @returns {boolean}
 */
function alike(one, other) {
  const areObjects = one !== null && other !== null && typeof one === "object" && typeof other === "object";
  if (!areObjects) return Object.is(one, other);
  const names = Object.keys(one);
  return (
    Object.getPrototypeOf(one) === Object.getPrototypeOf(other) &&
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && alike(one[name], other[name]))
  );
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
  if (error.name !== "BadRequestError") throw error;
  return { accepts: false, at: error.param === path ? "" : error.param.slice(path.length + 1).split(".")[0] };
}

/** @param {import("auriko-wasm").ClientOptions} [options] */
function clientOf(options) {
  return new AurikoClient({ apiKey: "ak_test", dangerouslyAllowBrowser: true, ...options });
}

const CHOICE = { index: 0, message: { role: "assistant", content: "Hi." }, finish_reason: "stop" };
const COMPLETION = { id: "c", object: "chat.completion", created: 0, model: "m", choices: [CHOICE] };
const RESPONSE = { id: "r", object: "response", created_at: 0, model: "m", status: "completed", output: [] };

parity("routing options are those of Python", () =>
  compare(routing, (input) => {
    try {
      const options = new RoutingOptions(decode(input));
      const fields = options.toJSON();
      // Python says None of no fields.
      const dict = Object.keys(fields).length > 0 ? fields : null;
      return { accepts: true, to_dict: dict, to_extra_body: options.toExtraBody() };
    } catch (error) {
      return refusal(error, "gateway.routing");
    }
  }),
);

parity("gateway options are those of Python", () =>
  compare(gateway, (input) => {
    try {
      return { accepts: true, to_extra_body: new GatewayOptions(decode(input)).toExtraBody() };
    } catch (error) {
      return refusal(error, "gateway");
    }
  }),
);

parity("bodies are merged as in Python, and neither is changed", () =>
  compare(merge, ({ base, overlay }) => {
    const before = JSON.stringify([base, overlay]);
    const body = mergeGateway(base, overlay);
    expect(JSON.stringify([base, overlay])).to.equal(before);
    return { body: JSON.parse(JSON.stringify(body)) };
  }),
);

parity("a call sends the body that Python sends", () =>
  compare(bodies, async (input) => {
    const ofResponses = "input" in input;
    /** @type {{ url: string, body: any } | undefined} */
    let sent;
    /** @type {any} */
    const fetch = async (/** @type {string} */ url, /** @type {any} */ init) => {
      sent = { url, body: JSON.parse(init.body) };
      if (!sent.body.stream) return Response.json(ofResponses ? RESPONSE : COMPLETION);
      return new Response("data: [DONE]\n\n", { headers: { "content-type": "text/event-stream" } });
    };
    const client = clientOf({ maxRetries: 0, fetch });
    try {
      await /** @type {any} */ (ofResponses ? client.responses : client.chat.completions).create(decode(input));
    } catch (error) {
      if (!sent) return { ...told(error), body: null };
    }
    expect(sent?.url).to.equal(`${client.baseUrl}/${ofResponses ? "responses" : "chat/completions"}`);
    return { body: sent?.body };
  }),
);

parity("metadata is used where Python can read it", () =>
  compare(metadata, async (input) => {
    const client = clientOf({ fetch: async () => Response.json({ ...COMPLETION, routing_metadata: input }) });
    await client.chat.completions.create({ model: "m", messages: [] });
    const used = client.lastRoutingMetadata;
    if (used === null) return { valid: false, required: true };
    const lost = Object.keys(input).filter((name) => !Object.hasOwn(used, name));
    return lost.length > 0 ? { valid: false, required: false, at: lost.sort() } : { valid: true };
  }),
);

parity("base URLs are normalised as in Python", () =>
  compare(base_urls, (baseUrl) => {
    try {
      // Python's end with a slash, as httpx wants it.
      return { base_url: `${clientOf({ baseUrl }).baseUrl}/` };
    } catch (error) {
      const { code, param } = told(error);
      return { base_url: null, code, param };
    }
  }),
);

/** The key that a client sends, or why it has none. @param {string | null} explicit */
async function keyOf(explicit) {
  let key = null;
  /** @type {any} */
  const fetch = async (/** @type {string} */ _url, /** @type {any} */ init) => {
    key = new Headers(init.headers).get("authorization")?.slice("Bearer ".length);
    return Response.json(COMPLETION);
  };
  try {
    // `apiKey: null` means that there is none; what is not given is undefined.
    await clientOf({ apiKey: explicit ?? undefined, fetch }).chat.completions.create({ model: "m", messages: [] });
    return { key };
  } catch (error) {
    const { message, ...fields } = told(error);
    return { ...fields, key };
  }
}

parity("keys that are given are taken as in Python", async ({ environment = {} }) => {
  const own = environment.AURIKO_API_KEY;
  delete environment.AURIKO_API_KEY;
  await compare(keys, ({ explicit, env }) => (env === null ? keyOf(explicit) : {})).finally(() => {
    if (own !== undefined) environment.AURIKO_API_KEY = own;
  });
});

parity(
  "keys are found in the environment where Python finds them",
  async ({ environment = {} }) => {
    const own = environment.AURIKO_API_KEY;
    await compare(keys, ({ explicit, env }) => {
      if (env === null) return {};
      environment.AURIKO_API_KEY = env;
      return keyOf(explicit);
    }).finally(() => {
      delete environment.AURIKO_API_KEY;
      if (own !== undefined) environment.AURIKO_API_KEY = own;
    });
  },
  { nodeOnly: "a page has no environment variables" },
);

parity("the constants, the defaults and the error classes are those of Python", () =>
  compare(constants, (name) => {
    if (name === "Client") {
      const { baseUrl, timeout, maxRetries } = clientOf();
      return { base_url: `${baseUrl}/`, timeout_ms: timeout, max_retries: maxRetries };
    }
    const constant = /** @type {any} */ (auriko)[name];
    if (!name.endsWith("Error")) return { words: { ...constant } };
    const classes = [];
    for (let { prototype } = constant; prototype !== Error.prototype; prototype = Object.getPrototypeOf(prototype)) {
      classes.push(prototype.name);
    }
    return { classes };
  }),
);

/**
 * The answer that an input describes; a 429 where it names no status.
 * @param {{ status?: number, headers?: Record<string, string>, body?: unknown, text?: unknown }} input
 * @returns {import("./server.mjs").Answer}
 */
function answerOf({ status = 429, headers = {}, body, text }) {
  return {
    status,
    headers: { "content-type": "application/json", ...headers },
    text: text === undefined ? JSON.stringify(body) : decode(text),
  };
}

/**
 * The error of a call that is answered like this.
 * @param {Host} host
 * @param {import("./server.mjs").Answer} answer
 * @param {import("auriko-wasm").ClientOptions} [options]
 * @returns {Promise<any>}
 */
function failure(host, answer, options) {
  const client = clientOf({ baseUrl: host.server, maxRetries: 0, ...options });
  return client.chat.completions.create({ model: "m", messages: [], answer }).then(
    () => {
      throw new Error("the call succeeded");
    },
    (error) => error,
  );
}

parity("error answers become the errors of Python", (host) =>
  compare(answers, async (input) => {
    const error = await failure(host, answerOf(input));
    const body = alike(error.body, input.body ?? null) ? null : error.body;
    return { ...told(error), body };
  }),
);

parity("what Python sends again is sent again", (host) =>
  compare(answers, async (input, { name }) => {
    // The 63 codes, every status, and bodies that are not JSON; the crate's test has all others.
    const few = /^answers: ([a-z_]+|malformed with \d+|text .+)$/.test(name);
    if (!few) return {};
    let requests = 0;
    /** @type {typeof fetch} */
    const counted = (...request) => {
      requests += 1;
      return fetch(...request);
    };
    const answer = answerOf({ ...input, headers: { ...input.headers, "retry-after-ms": "20" } });
    const { attempts } = await failure(host, answer, { maxRetries: 2, fetch: counted });
    expect(attempts, name).to.equal(requests);
    expect(requests, name).to.be.oneOf([1, 3]);
    return { retryable: requests === 3 };
  }),
);

parity("headers are read as Python reads them", (host) =>
  compare(headers, async ({ headers, get, accessor }) => {
    // How long it is until a date, the crate's test knows.
    if (headers["Retry-After"]?.endsWith("GMT")) return {};
    const error = await failure(host, answerOf({ headers, body: {} }));
    if (accessor === "request_id") return { value: error.requestId };
    // The error's own field understands dates and milliseconds too.
    if (accessor === "retry_after_seconds") return { value: error.retryAfterSeconds };
    const camel = accessor?.replace(/_([a-z])/g, (/** @type {string} */ _, /** @type {string} */ c) => c.toUpperCase());
    if (camel) return { value: error.responseHeaders[camel] };
    return { value: error.headers.get(get ?? Object.keys(headers)[0]) };
  }),
);

parity("error events become the errors of Python", (host) =>
  compare(events, async ({ stream: kind, payload }) => {
    const headers = { "content-type": "text/event-stream", "x-request-id": "req_1" };
    const answer = answerOf({ status: 200, headers, text: `data: ${JSON.stringify(payload)}\n\ndata: [DONE]\n\n` });
    const client = clientOf({ baseUrl: host.server });
    let delivered = 0;
    try {
      const params = { model: "m", stream: /** @type {const} */ (true), answer };
      const stream = await (kind === "chat"
        ? client.chat.completions.create({ ...params, messages: [] })
        : client.responses.create({ ...params, input: "" }));
      for await (const _chunk of stream) delivered += 1;
      return { delivered };
    } catch (error) {
      return told(error);
    }
  }),
);

parity("a request without an answer becomes the error of Python", async (host) => {
  /** @type {Record<string, Promise<any>>} */
  const failures = {
    ConnectError: failure(host, "silence", { maxRetries: 2, baseUrl: host.nowhere }),
    ReadTimeout: failure(host, "silence", { maxRetries: 2, timeout: 50 }),
    RemoteProtocolError: failure(host, "break", { maxRetries: 2 }),
  };
  await compare(transport, async ({ httpx }) => {
    const error = await failures[httpx];
    return error ? { ...told(error), requests: error.attempts } : {};
  });
});
