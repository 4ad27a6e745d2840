// @ts-check
// Errors of AurikoOpenAI: with a status they are of two families, all others are OpenAI's own.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inspect } from "node:util";
import { KEY, params, Run, rejection } from "../local.mjs";
import { flavours } from "./flavours.mjs";

/** Status, type of the envelope, the class here, the class of OpenAI's client. */
const STATUSES = [
  [400, "invalid_request_error", "BadRequestError", "BadRequestError"],
  [401, "authentication_error", "AuthenticationError", "AuthenticationError"],
  [402, "rate_limit_error", "RateLimitError", "APIError"],
  [403, "permission_error", "PermissionDeniedError", "PermissionDeniedError"],
  [404, "not_found_error", "NotFoundError", "NotFoundError"],
  [405, "invalid_request_error", "BadRequestError", "APIError"],
  [409, "invalid_request_error", "ConflictError", "ConflictError"],
  [413, "invalid_request_error", "BadRequestError", "APIError"],
  [422, "invalid_request_error", "BadRequestError", "UnprocessableEntityError"],
  [429, "rate_limit_error", "RateLimitError", "RateLimitError"],
  [500, "api_error", "InternalServerError", "InternalServerError"],
  [502, "api_error", "APIStatusError", "InternalServerError"],
  [503, "api_error", "APIStatusError", "InternalServerError"],
  [504, "api_error", "APIStatusError", "InternalServerError"],
];

const OURS = [
  "BadRequestError",
  "AuthenticationError",
  "PermissionDeniedError",
  "NotFoundError",
  "ConflictError",
  "RateLimitError",
  "InternalServerError",
];

for (const { name, major, entry, OpenAI } of flavours) {
  /** @param {string} scenario @param {any} [options] */
  const failing = (scenario, options) => {
    const run = new Run();
    const client = new entry.AurikoOpenAI({ apiKey: KEY, baseURL: run.url(scenario), maxRetries: 0, ...options });
    const create = (/** @type {object} */ more) => rejection(client.chat.completions.create(params(more)));
    return { run, client, create };
  };

  describe(name, () => {
    for (const stream of [false, true]) {
      test(`every status has a class of both families (stream: ${stream})`, async () => {
        for (const [status, type, ours, theirs] of STATUSES) {
          const { create } = failing(`status;code=x_code;status=${status};type=${type};message=No.;provider=xai`);
          const error = await create({ stream });
          assert.equal(error.constructor, OpenAI[theirs], `${status}`);
          assert.ok(error instanceof OpenAI.APIError && error instanceof Error);
          assert.ok(error instanceof entry.AurikoAPIError && error instanceof entry.APIStatusError);
          assert.deepEqual(
            OURS.filter((one) => error instanceof entry[one]),
            OURS.filter((one) => one === ours),
            `${status}`,
          );
          assert.ok(!(error instanceof entry.APIConnectionError));
          const { statusCode, message, provider, body, code, requestId, attempts } = error;
          assert.deepEqual(
            { name: error.name, status: error.status, statusCode, message, type: error.type, provider, code, attempts },
            {
              name: ours,
              status,
              statusCode: status,
              message: "No.",
              type,
              provider: "xai",
              code: "x_code",
              attempts: 1,
            },
          );
          assert.equal(body.error.message, "No.");
          assert.match(requestId, /^req_/);
          assert.equal(error.requestID, requestId);
          assert.ok(error.headers instanceof Headers);
          assert.equal(error.responseHeaders.requestId, requestId);
        }
      });
    }

    test("classes of the main entry and of the other module system match as well", async () => {
      const error = await failing("status;code=rate_limit_exceeded").create();
      for (const other of flavours) {
        assert.ok(error instanceof other.entry.RateLimitError && error instanceof other.auriko.RateLimitError);
        assert.ok(!(error instanceof other.auriko.NotFoundError));
      }
      // Whereas OpenAI's own are other classes by import than by require.
      const theirs = flavours.filter((other) => error instanceof other.OpenAI.RateLimitError);
      assert.deepEqual(
        theirs.map((other) => other.name),
        [name],
      );
      class Mine extends entry.RateLimitError {}
      assert.ok(!(error instanceof Mine));
      for (const value of [null, undefined, 1, "", {}]) assert.ok(!(value instanceof entry.RateLimitError));
    });

    test("a refusal that is not Auriko's keeps OpenAI's class and is malformed here", async () => {
      const cases = [
        ["error-text;status=429", "RateLimitError", /Internal Server Error/],
        ["error-empty;status=500", "InternalServerError", null],
        ["503-html", "InternalServerError", /<html>/],
        ["error-odd-envelope;v=string", "BadRequestError", { error: "it broke" }],
        ["error-odd-envelope;v=array", "BadRequestError", { error: ["it broke"] }],
        ["error-odd-envelope;v=missing", "BadRequestError", { detail: "it broke" }],
        ["error-odd-envelope;v=cut", "BadRequestError", /it bro$/],
      ];
      for (const [scenario, theirs, body] of /** @type {any[]} */ (cases)) {
        const error = await failing(scenario).create();
        assert.equal(error.constructor, OpenAI[theirs], scenario);
        assert.equal(error.name, "APIStatusError");
        assert.equal(error.code, "malformed_response");
        if (body instanceof RegExp) assert.match(error.body, body);
        else if (body) assert.deepEqual(error.body, body);
      }
    });

    test("a 429 whose body cannot be read is still one", async () => {
      const broken = () =>
        new ReadableStream({
          pull: (queue) => queue.error(new TypeError("terminated")),
        });
      const fetch = async () =>
        new Response(broken(), { status: 429, headers: { "content-type": "application/json" } });
      const error = await failing("ok", { fetch }).create();
      assert.equal(error.constructor, OpenAI.RateLimitError);
      assert.ok(error instanceof entry.APIStatusError && !(error instanceof entry.RateLimitError));
      assert.equal(error.code, "malformed_response");
    });

    test("an error outside of its envelope is read all the same", async () => {
      const flat = { type: "rate_limit_error", code: "budget_exhausted", message: "No more." };
      const error = await failing("ok", { fetch: async () => Response.json(flat, { status: 429 }) }).create();
      assert.ok(error instanceof entry.RateLimitError);
      assert.equal(error.code, "budget_exhausted");
    });

    test("retries are OpenAI's, and the error knows their number", async () => {
      const { run, create } = failing("status;code=service_unavailable;after=0", { maxRetries: 2 });
      const error = await create();
      assert.equal(run.log.length, 3);
      assert.equal(error.attempts, 3);
      assert.equal(error.retryAfterSeconds, 0);
    });

    test("the key is masked in the message, and in the stack", async () => {
      const { create } = failing("echo-key");
      const error = await create();
      assert.equal(error.message, "Incorrect API key provided: ak_***.");
      assert.ok(!error.stack.includes(KEY));
      assert.match(error.stack, /^AuthenticationError: Incorrect API key provided: ak_\*\*\*\.\n/);
      assert.ok(!JSON.stringify(error).includes(KEY));
      assert.match(inspect(error), /AuthenticationError/);
    });

    test("a lost connection, a timeout and an abort are OpenAI's own", async () => {
      const lost = await failing("reset-before-headers;n=always").create();
      assert.equal(lost.constructor, OpenAI.APIConnectionError);
      const late = await failing("slow-headers;ms=60000", { timeout: 50 }).create();
      assert.equal(late.constructor, OpenAI.APIConnectionTimeoutError);
      const { client } = failing("ok");
      const signal = AbortSignal.abort();
      const aborted = await rejection(client.chat.completions.create(params(), { signal }));
      assert.equal(aborted.constructor, OpenAI.APIUserAbortError);
      for (const error of [lost, late, aborted]) assert.ok(!(error instanceof entry.AurikoAPIError));
    });

    test("an error in the middle of a stream is OpenAI's own", async () => {
      const { client } = failing("error-midstream;code=upstream_error;message=No.");
      const stream = await client.chat.completions.create(params({ stream: true }));
      const error = await rejection(
        (async () => {
          for await (const _ of stream);
        })(),
      );
      assert.equal(error.constructor, OpenAI.APIError);
      assert.equal(error.status, undefined);
      assert.ok(!(error instanceof entry.AurikoAPIError));
      const own = entry.toAurikoError(error);
      assert.ok(own instanceof entry.APIStatusError && own.cause === error);
      assert.deepEqual([own.code, own.statusCode, own.message], ["upstream_error", 502, "No."]);
    });

    if (major > 6) {
      test("an error event in a stream of responses is read, too", async () => {
        const { client } = failing("error-midstream;code=upstream_error;message=No.;event=1");
        const error = await rejection(
          (async () => {
            for await (const _ of await client.responses.create({ model: "gpt-5.4", input: "Hi", stream: true }));
          })(),
        );
        assert.equal(error.constructor, OpenAI.APIError);
        const own = entry.toAurikoError(error);
        assert.deepEqual([own.code, own.message, own.cause], ["upstream_error", "No.", error]);
      });
    }

    test("toAurikoError reads errors of a plain OpenAI client", async () => {
      for (const [status, type, ours] of STATUSES) {
        const run = new Run();
        const baseURL = run.url(`status;code=x_code;status=${status};type=${type};message=No.`);
        const plain = new OpenAI({ apiKey: KEY, baseURL, maxRetries: 0 });
        const error = await rejection(plain.models.list());
        assert.ok(!(error instanceof entry.AurikoAPIError));
        const own = entry.toAurikoError(error);
        assert.equal(own.constructor, entry[ours] ?? entry.APIStatusError);
        assert.deepEqual([own.statusCode, own.message, own.cause], [status, "No.", error]);
        assert.equal(own.requestId, error.requestID);
        assert.equal(entry.toAurikoError(own), own);
      }
      const dual = await failing("status;code=rate_limit_exceeded").create();
      assert.equal(entry.toAurikoError(dual), dual);
    });

    test("toAurikoError leaves everything else as it is", async () => {
      const lost = await failing("reset-before-headers;n=always").create();
      const throwing = {
        get status() {
          throw new Error("mine");
        },
      };
      const revoked = Proxy.revocable({}, {});
      revoked.revoke();
      const loop = { lastError: /** @type {unknown} */ (null) };
      loop.lastError = loop;
      for (const other of [
        lost,
        new TypeError("x"),
        loop,
        {},
        { type: "error", message: "x" },
        // The errors of other services, and what cannot be looked at.
        { type: "card_error", code: "card_declined", message: "No" },
        throwing,
        revoked.proxy,
        "text",
        null,
        undefined,
        7,
      ]) {
        assert.ok(entry.toAurikoError(other) === other);
      }
    });
  });
}
