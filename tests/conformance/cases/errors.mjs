// @ts-check
// G: what a failure is told as.
import { conformance } from "../harness.mjs";

/** @typedef {import("../harness.mjs").Context} Context */
/** @typedef {"chat" | "stream" | "responses" | "models"} Call */

/** @type {Record<Call, (t: Context, client: any) => Promise<any>>} */
const CALLS = {
  chat: (t, client) => client.chat.completions.create(t.params()),
  stream: (t, client) => client.chat.completions.create(t.params({ stream: true })),
  responses: (_, client) => client.responses.create({ model: "gpt-5.4", input: "echo: x" }),
  models: (_, client) => client.models.list(),
};

/** @type {[status: number, name: string, code: string, type: string][]} */
const STATUSES = [
  [400, "BadRequestError", "invalid_request", "invalid_request_error"],
  [401, "AuthenticationError", "invalid_api_key", "authentication_error"],
  [403, "PermissionDeniedError", "insufficient_permissions", "permission_error"],
  [404, "NotFoundError", "model_not_found", "not_found_error"],
  [405, "BadRequestError", "method_not_allowed", "invalid_request_error"],
  [409, "ConflictError", "idempotency_conflict", "invalid_request_error"],
  [413, "BadRequestError", "payload_too_large", "invalid_request_error"],
  [422, "BadRequestError", "invalid_request", "invalid_request_error"],
  [429, "RateLimitError", "rate_limit_exceeded", "rate_limit_error"],
  [500, "InternalServerError", "internal_error", "api_error"],
  [502, "APIStatusError", "upstream_error", "api_error"],
  [503, "APIStatusError", "no_provider_available", "api_error"],
  [504, "APIStatusError", "upstream_timeout", "api_error"],
  [529, "APIStatusError", "service_unavailable", "api_error"],
];

for (const [status, name, code, type] of STATUSES) {
  conformance("111", `${status} ${type} is ${name}`, async (t) => {
    const client = t.scenario(`status;status=${status}`, { maxRetries: 0 });
    for (const call of Object.values(CALLS)) {
      const error = await t.rejection(call(t, client));
      const seen = [error.name, error.statusCode, error.status, error.code, error.type, error.attempts];
      t.expect(seen).to.deep.equal([name, status, status, code, type, 1]);
      t.expect(error).to.be.instanceOf(/** @type {any} */ (t.auriko)[name]);
      t.expect(error).to.be.instanceOf(t.auriko.APIStatusError);
      t.expect(error.constructor.name).to.equal(name);
    }
    t.expect(await t.log()).to.have.length(4);
  });
}

conformance("111", "the type of an error decides its class, the status only where one type has two", async (t) => {
  for (const [asked, name, status] of /** @type {[string, string, number][]} */ ([
    ["code=rate_limit_exceeded;status=402", "RateLimitError", 402],
    ["code=invalid_api_key;status=500", "AuthenticationError", 500],
    ["code=model_not_found;status=403", "NotFoundError", 403],
    ["code=duplicate_resource;status=400", "BadRequestError", 400],
    ["code=invalid_request;status=409", "ConflictError", 409],
    ["code=upstream_error;status=500", "InternalServerError", 500],
    ["code=internal_error;status=503", "APIStatusError", 503],
    ["code=of_tomorrow;status=418;type=permission_error", "PermissionDeniedError", 418],
  ])) {
    const error = await t.rejection(CALLS.chat(t, t.scenario(`status;${asked}`, { maxRetries: 0 })));
    t.expect([error.name, error.statusCode], asked).to.deep.equal([name, status]);
  }
});

conformance("111", "a type that Auriko does not have is no envelope of Auriko's", async (t) => {
  const error = await t.rejection(CALLS.chat(t, t.scenario("status;status=400;type=overloaded_error")));
  t.expect([error.name, error.code, error.statusCode]).to.deep.equal(["APIStatusError", "malformed_response", 400]);
});

conformance("112", "every field of the envelope and of the headers is on the error", async (t) => {
  const details = "param=gateway.models;provider=openai;suggestion=Try%20again.;message=No%20more.";
  const client = t.scenario(`status;code=rate_limit_exceeded;after=7;${details}`, { maxRetries: 0 });
  const error = await t.rejection(CALLS.chat(t, client));
  const [{ id }] = await t.log();
  const expected = {
    statusCode: 429,
    type: "rate_limit_error",
    code: "rate_limit_exceeded",
    param: "gateway.models",
    requestId: id,
    retryAfterSeconds: 7,
    docUrl: "https://docs.auriko.ai/errors/rate_limit_exceeded",
    provider: "openai",
    suggestion: "Try again.",
    attempts: 1,
  };
  t.expect({ ...error }).to.deep.equal(expected);
  t.expect(error.message).to.equal("No more.");
  t.expect(error.headers).to.be.instanceOf(Headers);
  t.expect([error.responseHeaders.requestId, error.responseHeaders.retryAfterSeconds]).to.deep.equal([id, 7]);
  t.expect([error.headers.get("retry-after"), error.headers.get("x-error-provider")]).to.deep.equal(["7", "openai"]);
  t.expect(error.body.error.message).to.equal("No more.");
});

/**
 * A failure of each kind that does not come from an envelope.
 * @type {Record<string, (t: Context) => Promise<any>>}
 */
export const FAILURES = {
  unreachable: (t) => t.rejection(CALLS.chat(t, t.client({ baseUrl: "http://127.0.0.1:2", maxRetries: 0 }))),
  reset: (t) => t.rejection(CALLS.chat(t, t.scenario("reset-before-headers;n=always", { maxRetries: 0 }))),
  late: (t) => t.rejection(CALLS.chat(t, t.scenario("slow-headers", { maxRetries: 0, timeout: 50 }))),
  idle: async (t) => (await t.drain(await CALLS.stream(t, t.scenario("stall;after=1", { timeout: 400 })))).error,
  truncated: async (t) => (await t.drain(await CALLS.stream(t, t.scenario("premature-eof-unfinished")))).error,
  midstream: async (t) => (await t.drain(await CALLS.stream(t, t.scenario("error-midstream")))).error,
  "no JSON": async (t) => (await t.drain(await CALLS.stream(t, t.scenario("bad-json-midstream")))).error,
  "no stream": (t) => t.rejection(CALLS.stream(t, t.scenario("html-instead-of-stream"))),
  "no object": (t) => t.rejection(CALLS.chat(t, t.scenario("json-cut"))),
  page: (t) => t.rejection(CALLS.chat(t, t.scenario("html-404"))),
  redirect: (t) => t.rejection(CALLS.chat(t, t.scenario("redirect;to=other"))),
  refused: (t) => t.rejection(t.client().chat.completions.create(t.params({ model: null }))),
  option: (t) => t.rejection((async () => t.client({ timeout: -1 }))()),
  "no key": (t) => t.rejection((async () => t.client({ apiKey: "a b" }))()),
  taken: async (t) => {
    const call = t.client().chat.completions.create(t.params());
    await call.asResponse();
    return t.rejection(call);
  },
};

const NULLABLE = ["code", "param", "requestId", "docUrl", "provider", "suggestion"];

for (const [name, fail] of Object.entries(FAILURES)) {
  conformance("112", `an error has its class, name, message, stack and all fields: ${name}`, async (t) => {
    const error = await fail(t);
    t.expect(error).to.be.instanceOf(Error);
    t.expect(error).to.be.instanceOf(t.auriko.AurikoAPIError);
    t.expect(error.name).to.equal(error.constructor.name);
    t.expect(error).to.be.instanceOf(/** @type {any} */ (t.auriko)[error.name]);
    t.expect(error.message).to.match(/^.{20}/);
    t.expect(error.stack).to.include(error.message);
    for (const field of NULLABLE) if (error[field] !== null) t.expect(error[field], field).to.be.a("string");
    t.expect(error.code).to.match(/^[a-z_]+$/);
    t.expect(error.type).to.match(/^[a-z_]+_error$/);
    t.expect([error.statusCode, error.attempts].every(Number.isInteger)).to.equal(true);
    t.expect(Object.keys(error)).to.not.include("body");
    t.expect("body" in error && "headers" in error).to.equal(true);
  });
}

const ODD = [
  "string",
  "array",
  "null",
  "number",
  "nested",
  "missing",
  "empty",
  "top-array",
  "top-string",
  "top-null",
  "cut",
];

for (const form of ODD) {
  conformance("113", `an error in no form of Auriko's is malformed_response, with its status: ${form}`, async (t) => {
    for (const status of [400, 500]) {
      const client = t.scenario(`error-odd-envelope;v=${form};status=${status}`, { maxRetries: 0 });
      for (const call of Object.values(CALLS)) {
        const error = await t.rejection(call(t, client));
        const seen = [error.name, error.statusCode, error.code, error.type, error.param];
        t.expect(seen).to.deep.equal(["APIStatusError", status, "malformed_response", "api_error", null]);
        t.expect(error.message).to.include(`status ${status}`);
        t.expect(error.requestId).to.be.a("string");
      }
    }
  });
}

conformance("113", "the body of such an answer is on the error as it came", async (t) => {
  const of = async (/** @type {string} */ scenario) => (await t.rejection(CALLS.chat(t, t.scenario(scenario)))).body;
  t.expect(await of("error-odd-envelope;v=string")).to.deep.equal({ error: "it broke" });
  t.expect(await of("error-odd-envelope;v=top-null")).to.equal(null);
  t.expect(await of("error-odd-envelope;v=cut")).to.equal('{"error":{"message":"it bro');
  t.expect(await of("error-text;status=400;text=nope")).to.equal("nope");
  t.expect(await of("error-empty;status=400")).to.equal(null);
});

for (const name of ["unreachable", "reset"]) {
  conformance(
    "114",
    `a connection that fails is APIConnectionError, and its cause what fetch threw: ${name}`,
    async (t) => {
      const error = await FAILURES[name](t);
      t.expect([error.name, error.code, error.statusCode]).to.deep.equal([
        "APIConnectionError",
        "api_connection_error",
        0,
      ]);
      t.expect(error.cause).to.be.instanceOf(t.NetworkError);
      t.expect([error.attempts, error.headers, error.body, error.requestId]).to.deep.equal([1, null, null, null]);
    },
  );
}

for (const thrown of [new Error("mine"), "a text", 7, null, { code: "EMINE" }]) {
  conformance("114", `what a fetch of the caller throws is the cause, as it is: ${String(thrown)}`, async (t) => {
    let calls = 0;
    const rejecting = async () => {
      calls += 1;
      throw thrown;
    };
    const throwing = () => {
      calls += 1;
      throw thrown;
    };
    for (const fetch of [rejecting, throwing]) {
      const error = await t.rejection(CALLS.chat(t, t.client({ fetch, maxRetries: 0 })));
      t.expect([error.name, error.code]).to.deep.equal(["APIConnectionError", "api_connection_error"]);
      t.expect(error.cause).to.equal(thrown);
    }
    t.expect(calls).to.equal(2);
  });
}

for (const returned of [undefined, null, {}, "text", { status: 200 }, { status: 200, headers: {} }]) {
  conformance("114", `a fetch that returns no Response is told so: ${JSON.stringify(returned)}`, async (t) => {
    const fetch = /** @type {any} */ (async () => returned);
    const error = await t.rejection(CALLS.chat(t, t.client({ fetch, maxRetries: 0 })));
    t.expect([error.name, error.code]).to.deep.equal(["APIConnectionError", "api_connection_error"]);
    t.expect(error.cause).to.be.instanceOf(TypeError);
    t.expect(error.cause.message).to.include("Response");
  });
}

conformance("114", "an abort by the caller is no error of the connection: it is the reason itself", async (t) => {
  for (const reason of [new Error("mine"), "a text", new DOMException("Stop", "AbortError")]) {
    const abort = new AbortController();
    const call = t.scenario("slow-headers").chat.completions.create(t.params(), { signal: abort.signal });
    abort.abort(reason);
    t.expect(await t.rejection(call)).to.equal(reason);
  }
});

/** A message to another port, and what arrives there. @param {unknown} value @returns {Promise<any>} */
function posted(value) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port2.onmessage = ({ data }) => resolve(data);
    port2.onmessageerror = reject;
    port1.postMessage(value);
  }).finally(() => port1.close());
}

for (const [name, fail] of Object.entries(FAILURES)) {
  conformance("116", `an error can be cloned, posted and written as JSON: ${name}`, async (t) => {
    const error = await fail(t);
    for (const copy of [structuredClone(error), await posted(error)]) {
      t.expect(copy).to.be.instanceOf(Error);
      t.expect(copy.message).to.equal(error.message);
    }
    const json = JSON.parse(JSON.stringify(error));
    t.expect(json).to.deep.equal({ name: error.name, message: error.message, ...error });
    t.expect(json.code).to.equal(error.code);
    t.expect(await posted(json)).to.deep.equal(json);
    t.expect(json).to.not.have.any.keys(["body", "headers", "responseHeaders", "stack", "cause"]);
  });
}
