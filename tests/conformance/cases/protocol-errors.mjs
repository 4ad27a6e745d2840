// @ts-check
// B. What a stream says that is no chunk: errors, broken JSON, JSON of another kind.
import { conformance } from "../harness.mjs";
import { apis, chat, readings, sentTo } from "./apis.mjs";
import { streamOf } from "./bytes.mjs";
import { seenGone } from "./watching.mjs";

/**
 * What an error inside a stream becomes: by its code, where that is documented.
 * @type {[code: string, kind: "APIStatusError" | "RateLimitError" | "AuthenticationError" | "PermissionDeniedError" |
 *   "NotFoundError" | "BadRequestError" | "ConflictError" | "InternalServerError", status: number][]}
 */
const CODES = [
  ["rate_limit_exceeded", "RateLimitError", 429],
  ["budget_exhausted", "RateLimitError", 429],
  ["invalid_api_key", "AuthenticationError", 401],
  ["insufficient_permissions", "PermissionDeniedError", 403],
  ["model_not_found", "NotFoundError", 404],
  ["content_filtered", "BadRequestError", 400],
  ["idempotency_conflict", "ConflictError", 409],
  ["internal_error", "InternalServerError", 500],
  ["upstream_error", "APIStatusError", 502],
  ["stream_duration_exceeded", "APIStatusError", 0],
];

for (const api of apis) {
  conformance(
    "35",
    `an error in mid-stream is the typed error of its code, after the chunks before it (${api.name})`,
    async (t) => {
      for (const [index, [code, kind, status]] of CODES.entries()) {
        const stream = await api.stream(t, t.scenario(`error-midstream;code=${code};message=It%20broke.`));
        const { chunks, error } = await t.drain(stream);
        t.expect(chunks).to.have.length(2, code);
        t.expect(error).to.be.instanceOf(t.auriko[kind], code);
        t.expect([error.name, error.code, error.status, error.message]).to.deep.equal([
          kind,
          code,
          status,
          "It broke.",
        ]);
        const records = sentTo(await t.log(), api);
        t.expect(records).to.have.length(index + 1, "nothing is sent again once there was output");
        t.expect([error.requestId, error.attempts]).to.deep.equal([records[index].id, 1]);
        t.expect(error.docUrl).to.equal(`https://docs.auriko.ai/errors/${code}`);
        t.expect(stream.completed).to.equal(false);
      }
    },
  );

  conformance(
    "35",
    `nothing that follows the error is delivered, and an unknown code is typed too (${api.name})`,
    async (t) => {
      for (const cut of ["event", "all"]) {
        const scenario = "error-midstream;code=heard_of_later;type=api_error;then=more";
        const stream = await api.stream(t, t.scenario(scenario), { headers: { "x-gateway-cut": cut } });
        const { chunks, error } = await t.drain(stream);
        t.expect(chunks).to.have.length(2);
        // The flat form has no status and no type of its own.
        const [kind, status] = api === chat ? ["APIStatusError", 200] : ["InternalServerError", 500];
        t.expect([error.name, error.code, error.status, error.docUrl]).to.deep.equal([
          kind,
          "heard_of_later",
          status,
          null,
        ]);
        t.expect(stream.completed).to.equal(false);
      }
    },
  );

  conformance(
    "35",
    `after an error in mid-stream the connection is closed (${api.name})`,
    async (t) => {
      const stream = await api.stream(t, t.scenario("error-midstream;code=upstream_error;then=open"));
      const { error } = await t.drain(stream);
      t.expect(error.code).to.equal("upstream_error");
      await seenGone(t);
    },
    { alone: true },
  );

  conformance("35", `both forms of an error, named or not, are known in either stream (${api.name})`, async (t) => {
    for (const form of ["flat", "envelope"]) {
      for (const named of [0, 1]) {
        const scenario = `error-midstream;code=upstream_timeout;form=${form};event=${named}`;
        const { chunks, error } = await t.drain(await api.stream(t, t.scenario(scenario)));
        t.expect([chunks.length, error.code, error.status]).to.deep.equal([2, "upstream_timeout", 504], scenario);
      }
    }
    const { chunks, error } = await t.drain(await api.stream(t, t.scenario("flat-error;code=rate_limit_exceeded")));
    t.expect([chunks.length, error.name]).to.deep.equal([2, "RateLimitError"]);
  });

  conformance("37", `an error as the first event is typed by its code, and not sent again (${api.name})`, async (t) => {
    for (const [index, [code, kind, status]] of CODES.entries()) {
      const stream = await api.stream(t, t.scenario(`error-first-event;code=${code}`));
      const { chunks, error } = await t.drain(stream);
      t.expect(chunks).to.deep.equal([], code);
      t.expect(error).to.be.instanceOf(t.auriko[kind], code);
      const records = sentTo(await t.log(), api);
      t.expect(records).to.have.length(index + 1);
      t.expect([error.code, error.status, error.requestId]).to.deep.equal([code, status, records[index].id]);
    }
  });

  conformance("39", `data that is not JSON is a typed error that does not show it (${api.name})`, async (t) => {
    for (const cut of ["event", "all", "7"]) {
      const stream = await api.stream(t, t.scenario("bad-json-midstream"), { headers: { "x-gateway-cut": cut } });
      const { chunks, error } = await t.drain(stream);
      t.expect(chunks).to.have.length(2, "what came before stays delivered");
      t.expect(error).to.be.instanceOf(t.auriko.APIStatusError);
      t.expect([error.code, error.status, error.attempts]).to.deep.equal(["invalid_chunk", 200, 1]);
      t.expect(error.message).to.match(/JSON/);
      const shown = [
        error.message,
        error.stack,
        String(error.cause),
        JSON.stringify(error),
        JSON.stringify(error.body),
      ];
      t.expect(shown.join()).not.to.include("confidential-7f3a");
      t.expect(stream.completed).to.equal(false);
    }
    t.expect(await t.log()).to.have.length(3);
  });

  conformance(
    "39",
    `after data that is not JSON the connection is closed (${api.name})`,
    async (t) => {
      const headers = { "x-gateway-pace": "400" };
      const stream = await api.stream(t, t.scenario("bad-json-midstream;after=1"), { headers });
      t.expect((await t.drain(stream)).error.code).to.equal("invalid_chunk");
      await seenGone(t);
    },
    { alone: true },
  );
}

conformance("35", "an event named error is no chunk, whatever its data looks like", async (t) => {
  for (const data of ['{"message":"gone","code":"upstream_error","type":"api_error"}', '{"detail":"gone"}']) {
    const stream = await streamOf(t, [`data: {"choices":[]}\n\nevent: error\ndata: ${data}\n\ndata: [DONE]\n\n`]);
    const { chunks, error } = await t.drain(stream);
    t.expect(chunks).to.deep.equal([{ choices: [] }]);
    t.expect(error).to.be.instanceOf(t.auriko.AurikoAPIError);
    t.expect(stream.completed).to.equal(false);
  }
});

for (const scenario of ["error-midstream;code=upstream_error", "bad-json-midstream"]) {
  conformance(scenario.startsWith("bad") ? "39" : "35", `no way of reading swallows it: ${scenario}`, async (t) => {
    for (const [name, read] of readings) {
      const { text, error } = await read(t, await chat.stream(t, t.scenario(scenario)));
      t.expect(text).to.equal(name === "finalCompletion" ? undefined : "naïve", name);
      t.expect(error).to.be.instanceOf(t.auriko.APIStatusError, name);
      t.expect(error.code).to.equal(scenario.startsWith("bad") ? "invalid_chunk" : "upstream_error", name);
    }
  });
}

/** @param {string} data */
const inserted = (data) => `bad-json-midstream;data=${encodeURIComponent(data)}`;

conformance("P4", "a member error is an error unless it is empty", async (t) => {
  for (const [value, failure] of /** @type {const} */ ([
    ["null", undefined],
    ['""', undefined],
    ["{}", "malformed_response"],
    ['"it broke"', "malformed_response"],
    ["[1]", "malformed_response"],
    ['{"message":"It broke.","type":"api_error","code":"upstream_error"}', "upstream_error"],
  ])) {
    const stream = await chat.stream(t, t.scenario(inserted(`{"choices":[],"error":${value}}`)));
    const { chunks, error } = await t.drain(stream);
    t.expect(error?.code).to.equal(failure, value);
    t.expect(chunks.some((chunk) => "error" in chunk)).to.equal(failure === undefined, value);
    t.expect(stream.completed).to.equal(failure === undefined, value);
  }
});

conformance("46", "a comment that a proxy wrapped as data is a typed error that says what was expected", async (t) => {
  for (const api of apis) {
    const stream = await api.stream(t, t.scenario(inserted(": OPENROUTER PROCESSING")));
    const { chunks, error } = await t.drain(stream);
    t.expect(chunks).to.have.length(2);
    t.expect([error.name, error.code]).to.deep.equal(["APIStatusError", "invalid_chunk"]);
    t.expect(error.message).to.match(/JSON object was expected/);
  }
});

for (const api of apis) {
  for (const scenario of ["json-instead-of-stream", "html-instead-of-stream", "json-not-object", "204"]) {
    conformance("P13", `a success that is no stream is a typed error: ${scenario} (${api.name})`, async (t) => {
      const error = await t.rejection(api.stream(t, t.scenario(scenario)));
      t.expect(error).to.be.instanceOf(t.auriko.APIStatusError);
      const records = sentTo(await t.log(), api);
      t.expect(records).to.have.length(1);
      t.expect([error.code, error.status]).to.deep.equal(["not_a_stream", records[0].status]);
      t.expect([error.requestId, error.attempts]).to.deep.equal([records[0].id, 1]);
      t.expect(error.message).to.match(/event stream/);
    });
  }

  conformance("P13", `a stream where an object was asked for is a typed error (${api.name})`, async (t) => {
    const error = await t.rejection(api.object(t, t.scenario("stream-instead-of-json")));
    t.expect([error.name, error.code, error.status]).to.deep.equal(["APIStatusError", "invalid_response", 200]);
    t.expect(await t.log()).to.have.length(1);
  });
}
