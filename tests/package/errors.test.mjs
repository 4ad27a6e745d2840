// @ts-check
// What a call rejects with when the server refuses, answers nonsense, or does not answer.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { CODES } from "../../gateway/http/errors.mjs";
import { auriko, clientOf, gatewayWithClients, hi, rejection, serverFor } from "./support.mjs";

const gateway = gatewayWithClients();

/** The error of a call that the gateway answers as a scenario says. @param {string} scenario @param {object} [own] */
const refusal = (scenario, own) =>
  rejection(gateway.client(own).chat.completions.create(hi(), { headers: { "x-gateway-scenario": scenario } }));

/** @param {any} error @param {string} name */
function assertClass(error, name, about = name) {
  assert.equal(error.name, name, about);
  assert.ok(error instanceof auriko[/** @type {"RateLimitError"} */ (name)], about);
  assert.ok(error instanceof auriko.AurikoAPIError && error instanceof Error, about);
}

test("every status has its class", async () => {
  for (const [status, name] of /** @type {const} */ ([
    [400, "BadRequestError"],
    [401, "AuthenticationError"],
    [402, "BadRequestError"],
    [403, "PermissionDeniedError"],
    [404, "NotFoundError"],
    [405, "BadRequestError"],
    [409, "ConflictError"],
    [413, "BadRequestError"],
    [422, "BadRequestError"],
    [429, "RateLimitError"],
    [500, "InternalServerError"],
    [502, "APIStatusError"],
    [503, "APIStatusError"],
    [504, "APIStatusError"],
    [529, "APIStatusError"],
  ])) {
    const error = await refusal(`status;status=${status}`);
    assertClass(error, name, String(status));
    assert.ok(error instanceof auriko.APIStatusError);
    assert.deepStrictEqual([error.statusCode, error.status], [status, status]);
  }
});

test("the class follows the type of the error, not the status", async () => {
  for (const [type, status, name] of [
    ["rate_limit_error", 402, "RateLimitError"],
    ["authentication_error", 400, "AuthenticationError"],
    ["invalid_request_error", 409, "ConflictError"],
    ["invalid_request_error", 500, "BadRequestError"],
    ["api_error", 404, "APIStatusError"],
  ]) {
    const error = await refusal(`status;code=a_new_code;type=${type};status=${status}`);
    assertClass(error, String(name));
    assert.deepStrictEqual([error.type, error.code, error.docUrl], [type, "a_new_code", null]);
  }
});

test("every documented code arrives with its type and status, and gets the address of its page", async (t) => {
  const server = await serverFor(t, ({ headers }, res) => {
    const code = String(headers["x-code"]);
    const { status, type } = CODES.get(code) ?? { status: 500, type: "api_error" };
    res.writeHead(status).end(JSON.stringify({ error: { type, code, message: `It is ${code}` } }));
  });
  const { create } = server.client().chat.completions;
  const sent = [...CODES].filter(([, { status }]) => status > 0);
  assert.equal(sent.length, 61);
  for (const [code, { type, status }] of sent) {
    const error = await rejection(create(hi(), { headers: { "x-code": code } }));
    assert.deepStrictEqual([error.code, error.type, error.statusCode], [code, type, status]);
    assert.equal(error.docUrl, `https://docs.auriko.ai/errors/${code}`);
    assert.equal(error.message, `It is ${code}`);
  }
});

test("an error has everything that the server said", async () => {
  const error = await refusal(
    "status;code=rate_limit_exceeded;after=7;message=Too%20many;param=model;provider=openai;suggestion=Wait%20a%20bit",
  );
  const { id } = gateway.last;
  assert.deepStrictEqual(
    { message: error.message, ...error },
    {
      message: "Too many",
      statusCode: 429,
      type: "rate_limit_error",
      code: "rate_limit_exceeded",
      param: "model",
      requestId: id,
      retryAfterSeconds: 7,
      docUrl: "https://docs.auriko.ai/errors/rate_limit_exceeded",
      provider: "openai",
      suggestion: "Wait a bit",
      attempts: 1,
    },
  );
  assert.equal(error.body.error.message, "Too many");
  assert.equal(error.body.error.suggestion, "Wait a bit");
  for (const headers of [error.headers, error.responseHeaders]) {
    assert.ok(headers instanceof Headers);
    assert.equal(headers.get("x-error-provider"), "openai");
  }
});

test("what the server did not say is null", async () => {
  const error = await refusal("status;code=internal_error");
  const { param, retryAfterSeconds, provider, suggestion } = error;
  assert.deepStrictEqual(
    { param, retryAfterSeconds, provider, suggestion },
    {
      param: null,
      retryAfterSeconds: null,
      provider: null,
      suggestion: null,
    },
  );
  assert.equal("cause" in error, false);
});

test("a body that is not Auriko's error object is malformed, whatever it is, and kept", async (t) => {
  const inner = { type: "api_error", code: "c", message: "m" };
  const html = `<h1>${"x".repeat(5000)}</h1>`;
  /** @type {[string, unknown][]} */
  const bodies = [
    ...[
      null,
      "error",
      [],
      7,
      true,
      {},
      { error: null },
      { error: "text" },
      { error: ["text"] },
      { error: 7 },
      inner,
    ].map((body) => /** @type {[string, unknown]} */ ([JSON.stringify(body), body])),
    ...[{ message: { text: "m" } }, { message: "" }, { code: null }, { code: 5 }, { type: "__proto__" }].map((part) => {
      const body = { error: { ...inner, ...part } };
      return /** @type {[string, unknown]} */ ([JSON.stringify(body), body]);
    }),
    ["", null],
    ["{", "{"],
    ["naïve", "naïve"],
    [html, html.slice(0, 4096)],
  ];
  for (const status of [400, 404, 500]) {
    for (const [sent, kept] of bodies) {
      const server = await serverFor(t, (_, res) => res.writeHead(status, { "x-request-id": "req_1" }).end(sent));
      const error = await rejection(server.client().chat.completions.create(hi()));
      assertClass(error, "APIStatusError", sent);
      const { type, code, statusCode, requestId } = error;
      assert.deepStrictEqual([type, code, statusCode, requestId], ["api_error", "malformed_response", status, "req_1"]);
      assert.deepStrictEqual(error.body, kept);
      assert.match(error.message, new RegExp(`status ${status}`));
      if (status === 404) assert.match(error.message, /Check `baseUrl`/);
    }
  }
});

test("a success that is no JSON object is an error, and is not repeated", async (t) => {
  for (const body of ["", "{", "[]", "null", '"text"', "7", "<html></html>", "data: {}\n\n"]) {
    let requests = 0;
    const server = await serverFor(t, (_, res) => {
      requests++;
      res.writeHead(200, { "content-type": "application/json", "x-request-id": "req_1" }).end(body);
    });
    const error = await rejection(server.client({ maxRetries: 2 }).chat.completions.create(hi()));
    assertClass(error, "APIStatusError", body);
    assert.deepStrictEqual([error.code, error.statusCode, error.requestId], ["invalid_response", 200, "req_1"], body);
    assert.match(error.message, /a JSON object was expected/);
    assert.equal(requests, 1);
  }
});

test("a success without what makes it an answer is an error, and is not repeated", async (t) => {
  let requests = 0;
  let body = "";
  const server = await serverFor(t, (_, res) => {
    requests++;
    res.writeHead(200, { "content-type": "application/json", "x-request-id": "req_1" }).end(body);
  });
  const { chat, responses, models, me } = server.client({ maxRetries: 2 });
  const envelope = { type: "rate_limit_error", code: "budget_exhausted", message: "All spent" };
  /** @type {[() => Promise<unknown>, string][]} */
  const endpoints = [
    [() => chat.completions.create(hi()), "choices"],
    [() => responses.create({ model: "m", input: "Hi" }), "output"],
    [() => models.list(), "data"],
    [() => models.retrieve("m"), "id"],
    [() => models.listDirectory(), "models"],
    [() => models.listRegistry(), "models"],
    [() => models.listProviders(), "providers"],
  ];
  for (const [call, member] of endpoints) {
    for (const [sent, code, told] of /** @type {[object, string, RegExp][]} */ ([
      [{}, "invalid_response", new RegExp(`without \`${member}\``)],
      [{ [member]: null, detail: "Not authenticated" }, "invalid_response", /Check `baseUrl`/],
      [{ error: envelope }, "budget_exhausted", /All spent/],
      [{ object: "error", error: envelope }, "budget_exhausted", /All spent/],
      [{ error: "it broke" }, "malformed_response", /The server reported an error/],
      [{ error: ["x"] }, "malformed_response", /The server reported an error/],
    ])) {
      body = JSON.stringify(sent);
      requests = 0;
      const error = await rejection(call());
      assert.ok(error instanceof auriko.APIStatusError, body);
      assert.deepStrictEqual([error.code, error.requestId, error.attempts, requests], [code, "req_1", 1, 1], body);
      assert.match(error.message, told);
      assert.deepStrictEqual(error.body, sent);
    }
  }
  body = JSON.stringify({ error: envelope });
  assert.equal((await rejection(me.get())).code, "budget_exhausted");
});

test("what can only be an error is waited for no longer than for an answer", async (t) => {
  // It never ends, and is never silent.
  const server = await serverFor(t, (req, res) => {
    const [, status, type] = /\/(\d+)\/(.*)\/v1\//.exec(req.url ?? "") ?? [];
    res.writeHead(Number(status), { "content-type": type });
    const timer = setInterval(() => res.write("data: {}\n\n"), 20);
    res.on("close", () => clearInterval(timer));
  });
  for (const [status, type, stream, code] of /** @type {const} */ ([
    [200, "application/json", true, "not_a_stream"],
    [200, "text/html", true, "not_a_stream"],
    [200, "text/event-stream", false, "invalid_response"],
    [503, "text/html", true, "malformed_response"],
    [503, "application/json", false, "malformed_response"],
  ])) {
    const client = clientOf(`${server.url}/${status}/${type}/v1`, { timeout: 200 });
    const begin = performance.now();
    const error = await rejection(client.chat.completions.create({ ...hi(), stream }));
    assert.equal(error.code, code, `${status} ${type}`);
    assert.ok(performance.now() - begin < 2000);
  }
});

test("an error that is whole is read though its body does not end, also where the clock is coarse", async (t) => {
  const envelope = { error: { type: "rate_limit_error", code: "budget_exhausted", message: "All spent" } };
  const server = await serverFor(t, (req, res) => {
    const [, status] = /\/(\d+)\/v1\//.exec(req.url ?? "") ?? [];
    res.writeHead(Number(status), { "content-type": "application/json" }).write(JSON.stringify(envelope));
  });
  const { now } = performance;
  t.after(() => {
    performance.now = now;
  });
  for (const coarse of [0, 16]) {
    if (coarse) performance.now = () => Math.floor(now.call(performance) / coarse) * coarse;
    for (const status of [200, 402]) {
      const client = clientOf(`${server.url}/${status}/v1`, { timeout: 100 });
      const error = await rejection(client.chat.completions.create({ ...hi(), stream: true }));
      assert.equal(error.code, "budget_exhausted", `${status}, ${coarse} ms`);
    }
  }
});

test("a body that is too large for an error keeps its beginning", async (t) => {
  const server = await serverFor(t, (_, res) => res.writeHead(400).end("x".repeat(2 << 20)));
  assert.equal((await rejection(server.client().me.get())).body, "x".repeat(4096));
});

test("an answer that breaks off is a connection error with its cause", async (t) => {
  const server = await serverFor(t, (_, res) => {
    res.writeHead(200, { "content-type": "application/json", "content-length": "100" }).write('{"half":');
    setImmediate(() => res.destroy());
  });
  const error = await rejection(server.client().chat.completions.create(hi()));
  assertClass(error, "APIConnectionError");
  assert.deepStrictEqual([error.code, error.statusCode], ["api_connection_error", 0]);
  assert.ok(error.cause instanceof Error);
});

test("a server that cannot be reached is a connection error that says where to look", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((closed) => server.close(closed));
  for (const params of [hi(), { ...hi(), stream: true }]) {
    const error = await rejection(clientOf(`http://127.0.0.1:${port}`).chat.completions.create(params));
    assertClass(error, "APIConnectionError");
    assert.ok(!(error instanceof auriko.APIStatusError));
    const { code, statusCode, type, requestId, attempts, headers, body } = error;
    assert.deepStrictEqual([code, statusCode, type], ["api_connection_error", 0, "api_error"]);
    assert.deepStrictEqual([requestId, attempts, headers, body], [null, 1, null, null]);
    assert.match(error.message, /Check the network and `baseUrl`/);
    assert.ok(error.cause instanceof TypeError);
    assert.equal(/** @type {any} */ (error.cause.cause).code, "ECONNREFUSED");
  }
});

test("what a fetch of the caller's throws is the cause itself; what is no Response is told", async () => {
  const mine = new Error("mine");
  /** @param {any} fetch @param {number} [maxRetries] */
  const failure = (fetch, maxRetries = 0) =>
    rejection(clientOf("https://x", { fetch, maxRetries }).chat.completions.create(hi()));
  for (const thrown of [mine, "text", null, 0]) {
    const throwing = () => {
      throw thrown;
    };
    for (const fetch of [throwing, async () => throwing()]) {
      const error = await failure(fetch);
      assertClass(error, "APIConnectionError");
      assert.equal(error.code, "api_connection_error");
      assert.ok("cause" in error && Object.is(error.cause, thrown), String(thrown));
    }
  }
  for (const answer of [undefined, null, {}, "text", { status: 200 }]) {
    for (const fetch of [() => answer, async () => answer]) {
      // Another attempt would give no other answer.
      const error = await failure(fetch, 1);
      assert.deepStrictEqual([error.code, error.attempts], ["api_connection_error", 1], String(answer));
      assert.match(error.message, /`fetch` option/);
      assert.match(String(error.cause), /TypeError: `fetch` did not return a Response/);
    }
  }
});

test("no headers in time is a timeout error, by the limit of the call or of the client", async (t) => {
  const server = await serverFor(t, () => {});
  for (const call of [
    server.client().chat.completions.create(hi(), { timeout: 30 }),
    server.client({ timeout: 30 }).chat.completions.create({ ...hi(), stream: true }),
  ]) {
    const error = await rejection(call);
    assertClass(error, "APIConnectionTimeoutError");
    assert.ok(error instanceof auriko.APIConnectionError);
    assert.deepStrictEqual([error.code, error.statusCode], ["request_timeout", 0]);
    assert.match(error.message, /within 30 ms\. Raise `timeout`/);
  }
});

test("a body that stops coming is a timeout error", async (t) => {
  const server = await serverFor(t, (_, res) => {
    res.writeHead(200, { "content-type": "application/json" }).write('{"half":');
  });
  const error = await rejection(server.client({ timeout: 250 }).chat.completions.create(hi()));
  assertClass(error, "APIConnectionTimeoutError");
  assert.equal(error.code, "idle_timeout");
});

test("a refusal that may pass is repeated as often as asked for; one that will not is not", async (t) => {
  for (const [code, type, maxRetries, requests] of /** @type {const} */ ([
    ["service_unavailable", "api_error", 2, 3],
    ["rate_limit_exceeded", "rate_limit_error", 1, 2],
    ["rate_limit_exceeded", "rate_limit_error", 0, 1],
    ["budget_exhausted", "rate_limit_error", 2, 1],
    ["internal_error", "api_error", 2, 1],
    ["invalid_request", "invalid_request_error", 2, 1],
  ])) {
    let arrived = 0;
    const server = await serverFor(t, (_, res) => {
      arrived++;
      res.writeHead(429, { "retry-after-ms": "20" }).end(JSON.stringify({ error: { code, type, message: "No." } }));
    });
    for (const [own, options] of [
      [{ maxRetries }, {}],
      [{ maxRetries: 9 }, { maxRetries }],
    ]) {
      arrived = 0;
      const error = await rejection(server.client(own).chat.completions.create(hi(), options));
      assert.deepStrictEqual([error.code, error.attempts, arrived], [code, requests, requests]);
    }
  }
});

test("the stack of a refusal shows who waits, also where a function hands the promise on", async () => {
  const { create } = new auriko.AurikoClient({ apiKey: "ak_1" }).chat.completions;
  async function ask() {
    return create(/** @type {any} */ ({ messages: [] }));
  }
  async function whoWaits() {
    return await ask();
  }
  const error = await rejection(whoWaits());
  assert.match(error.stack ?? "", /at async whoWaits/);
});
