// @ts-check
// C. Which failures are sent again, how often, and that it is the same request each time.
import { conformance } from "../harness.mjs";
import { apis, chat, sentTo, TEXT, waits } from "./apis.mjs";

conformance("47", "a 429 with Retry-After: 0 is sent again, after a wait all the same", async (t) => {
  const client = t.scenario("429-then-200");
  const calls = apis.map(async (api) => {
    t.expect(api.said(await api.object(t, client))).to.equal(TEXT);
    const records = sentTo(await t.log(), api);
    t.expect(records.map(({ status }) => status)).to.deep.equal([429, 200]);
    t.expect(waits(records)[0]).to.be.at.least(398);
  });
  await Promise.all(calls);
});

conformance("47", "a stream and a GET are sent again, too", async (t) => {
  const client = t.scenario("429-then-200");
  const [{ chunks, error }, { object }] = await Promise.all([
    chat.stream(t, client).then((stream) => t.drain(stream)),
    client.models.list(),
  ]);
  t.expect([t.text(chunks), error, object]).to.deep.equal([TEXT, undefined, "list"]);
  const records = await t.log();
  for (const method of ["POST", "GET"]) {
    const own = records.filter((record) => record.method === method);
    t.expect(own.map(({ status }) => status)).to.deep.equal([429, 200], method);
  }
});

for (const api of apis) {
  conformance("53", `a limit that stays is tried three times, and told as RateLimitError (${api.name})`, async (t) => {
    const calls = /** @type {const} */ (["object", "stream"]).map(async (kind, after) => {
      const error = await t.rejection(api[kind](t, t.scenario(`429-forever;after=${after / 100}`)));
      const records = (await t.log()).filter(({ json }) => (json.stream ?? false) === (kind === "stream"));
      t.expect(records.map(({ status }) => status)).to.deep.equal([429, 429, 429], kind);
      t.expect(error).to.be.instanceOf(t.auriko.RateLimitError);
      t.expect([error.status, error.code]).to.deep.equal([429, "rate_limit_exceeded"]);
      t.expect([error.type, error.attempts]).to.deep.equal(["rate_limit_error", 3]);
      t.expect([error.requestId, error.retryAfterSeconds]).to.deep.equal([records[2].id, after / 100]);
    });
    await Promise.all(calls);
  });
}

conformance("54", "maxRetries 0 sends one request, for a client and for a call", async (t) => {
  const calls = [
    chat.object(t, t.scenario("429-forever", { maxRetries: 0 })),
    chat.stream(t, t.scenario("429-forever"), { maxRetries: 0 }),
    t.scenario("429-forever").models.list({}, { maxRetries: 0 }),
    chat.object(t, t.scenario("error-empty;status=502", { maxRetries: 0 })),
  ];
  const errors = await Promise.all(calls.map((call) => t.rejection(call)));
  t.expect(errors.map(({ attempts }) => attempts)).to.deep.equal([1, 1, 1, 1]);
  t.expect(await t.log()).to.have.length(4);
});

conformance("54", "what a call says about retries goes before what the client says", async (t) => {
  const never = t.scenario("status-then-ok;status=503", { maxRetries: 0 });
  t.expect(chat.said(await chat.object(t, never, { maxRetries: 1 }))).to.equal(TEXT);
  t.expect(await t.log()).to.have.length(2);
});

/**
 * Asserts how often each of these is sent: twice where it is sent again and then succeeds, else once.
 * @param {import("../harness.mjs").Context} t
 * @param {string[]} scenarios
 * @param {number} requests
 */
async function sends(t, scenarios, requests) {
  const outcomes = await Promise.all(
    scenarios.map((scenario) =>
      chat.object(t, t.scenario(scenario)).then(
        () => null,
        (error) => error,
      ),
    ),
  );
  const records = await t.log();
  for (const [index, scenario] of scenarios.entries()) {
    const own = records.filter((record) => record.scenario.startsWith(`${scenario};run=`));
    t.expect(own).to.have.length(requests, scenario);
    t.expect(outcomes[index] === null).to.equal(requests > 1, scenario);
    if (outcomes[index]) t.expect(outcomes[index].attempts).to.equal(requests, scenario);
  }
  return outcomes;
}

conformance("56", "408, 429, 502, 503, 504 and 529 are sent again", async (t) => {
  const statuses = [408, 429, 502, 503, 504, 529];
  await sends(
    t,
    statuses.map((status) => `status-then-ok;status=${status}`),
    2,
  );
});

conformance(
  "56",
  "the type decides: a 500 with another code than internal_error is sent again, and a 402 for a rate limit",
  async (t) => {
    await sends(
      t,
      ["500;code=upstream_error", "500;code=service_unavailable", "402;code=rate_limit_exceeded"].map(
        (status) => `status-then-ok;status=${status}`,
      ),
      2,
    );
  },
);

conformance("57 P6 P7", "what will not pass is sent once and has the class of its status", async (t) => {
  const expected = /** @type {const} */ ([
    [400, "BadRequestError"],
    [401, "AuthenticationError"],
    [403, "PermissionDeniedError"],
    [404, "NotFoundError"],
    [405, "BadRequestError"],
    [409, "ConflictError"],
    [413, "BadRequestError"],
    [500, "InternalServerError"],
  ]);
  const scenarios = expected.map(([status]) => `status-then-ok;status=${status}`);
  const errors = await sends(t, [...scenarios, "status-then-ok;status=422;code=invalid_request"], 1);
  t.expect(errors.map(({ status, name }) => [status, name])).to.deep.equal([...expected, [422, "BadRequestError"]]);
});

conformance("57 P5", "codes that more requests cannot help are sent once, whatever their status", async (t) => {
  const codes = `budget_exhausted duplicate_resource field_immutable insufficient_quota internal_error
    method_not_allowed operation_not_allowed state_precondition_failed`.split(/\s+/);
  const scenarios = codes.flatMap((code) =>
    [429, 500, 503].map((status) => `status-then-ok;status=${status};code=${code}`),
  );
  const errors = await sends(t, scenarios, 1);
  t.expect(errors.map(({ code }) => code)).to.deep.equal(codes.flatMap((code) => [code, code, code]));
});

conformance("58", "x-should-retry is obeyed over the rules", async (t) => {
  await sends(t, ["x-should-retry;v=true;status=400", "x-should-retry;v=true;status=500"], 2);
});

conformance("58", "x-should-retry: false ends it", async (t) => {
  await sends(t, ["x-should-retry;v=false;status=503", "x-should-retry;v=false;status=429"], 1);
});

conformance("58", "any other x-should-retry says nothing", async (t) => {
  await sends(t, ["x-should-retry;v=maybe;status=503", "x-should-retry;v=;status=503"], 2);
});

for (const [scenario, status] of /** @type {const} */ ([
  ["503-html", 503],
  ["error-text", 500],
  ["error-empty", 500],
  ["error-text;status=429", 429],
  ["error-empty;status=504", 504],
])) {
  conformance("60 P6", `an error that is not Auriko's is sent again by its status: ${scenario}`, async (t) => {
    const error = await t.rejection(chat.object(t, t.scenario(scenario, { maxRetries: 1 })));
    t.expect(error).to.be.instanceOf(t.auriko.APIStatusError);
    t.expect([error.status, error.code, error.attempts]).to.deep.equal([status, "malformed_response", 2]);
    const records = await t.log();
    t.expect(records).to.have.length(2);
    t.expect(error.requestId).to.equal(records[1].id);
    t.expect(error.message).not.to.include("<html>");
  });
}

conformance(
  "60",
  "an empty 408 is sent again",
  async (t) => {
    await sends(t, ["error-empty;status=408;n=1", "error-text;status=408;n=1"], 2);
  },
  { hosts: ["node", "workerd"], why: "Chromium sends what got a 408 again by itself" },
);

conformance("P8", "an error page that will not pass is sent once", async (t) => {
  const others = [400, 401, 403, 409, 422].map((status) => `error-text;status=${status}`);
  const errors = await sends(t, ["html-404", ...others], 1);
  t.expect(errors.map(({ status }) => status)).to.deep.equal([404, 400, 401, 403, 409, 422]);
  t.expect(new Set(errors.map(({ code }) => code))).to.deep.equal(new Set(["malformed_response"]));
  t.expect(errors[0].message).to.match(/baseUrl/);
});

for (const scenario of ["reset-before-headers", "close-before-headers"]) {
  conformance("61", `a connection that breaks before the headers is tried again: ${scenario}`, async (t) => {
    const client = t.scenario(scenario);
    const calls = apis.map(async (api) => {
      t.expect(api.said(await api.object(t, client))).to.equal(TEXT);
      t.expect(sentTo(await t.log(), api)).to.have.length(2);
    });
    await Promise.all(calls);
  });

  conformance("61", `a connection that always breaks is an APIConnectionError in the end: ${scenario}`, async (t) => {
    const error = await t.rejection(chat.stream(t, t.scenario(`${scenario};n=always`, { maxRetries: 1 })));
    t.expect(error).to.be.instanceOf(t.auriko.APIConnectionError);
    t.expect(error).not.to.be.instanceOf(t.auriko.APIConnectionTimeoutError);
    t.expect([error.code, error.status, error.attempts]).to.deep.equal(["api_connection_error", 0, 2]);
    t.expect(error.cause).to.be.instanceOf(t.NetworkError);
    const { length } = await t.log();
    // A browser sends a request by itself again when a connection that it used before breaks.
    if (t.isBrowser) t.expect(length).to.be.at.least(2);
    else t.expect(length).to.equal(2);
  });
}

conformance("63", "bytes that are not HTTP are a connection error after the retries, with its cause", async (t) => {
  const error = await t.rejection(chat.object(t, t.scenario("garbage-response", { maxRetries: 1 })));
  t.expect(error).to.be.instanceOf(t.auriko.APIConnectionError);
  t.expect([error.code, error.status, error.attempts]).to.deep.equal(["api_connection_error", 0, 2]);
  t.expect(error.cause).to.be.instanceOf(t.NetworkError);
  t.expect((await t.log()).length).to.be.at.least(2);
});

conformance(
  "63",
  "in Node the cause of the cause says what was wrong with the bytes",
  async (t) => {
    const error = await t.rejection(chat.object(t, t.scenario("garbage-response", { maxRetries: 0 })));
    t.expect(error.cause.cause.code).to.match(/^HPE_/);
  },
  { hosts: ["node"], why: "the others hide what their fetch failed of" },
);

conformance(
  "65",
  "every attempt is the same request, byte for byte, even if the caller changes the parameters meanwhile",
  async (t) => {
    const client = t.scenario("status-then-ok;status=503;n=2", { defaultHeaders: { "x-mine": "1" } });
    const params = t.params({ temperature: 0.1, x: { deep: ["é", 1e21] } });
    const headers = { "x-yours": "2" };
    const call = client.chat.completions.create(params, { headers, idempotencyKey: "once-7" });
    params.messages[0].content = "changed";
    params.x.deep.push("more");
    headers["x-yours"] = "3";
    await call;
    const records = await t.log();
    t.expect(records).to.have.length(3);
    for (const record of records) {
      for (const same of ["method", "url", "rawHeaders", "body", "bodySha256"]) {
        t.expect(record[same]).to.deep.equal(records[0][same], same);
      }
      t.expect(record.headers).to.include({ "x-mine": "1", "x-yours": "2", "idempotency-key": "once-7" });
      t.expect(record.json.messages[0].content).to.equal(`echo: ${TEXT}`);
    }
  },
);

conformance("68", "an error says how many requests were sent", async (t) => {
  const attempts = async (/** @type {string} */ scenario, /** @type {number} */ maxRetries) =>
    (await t.rejection(chat.object(t, t.scenario(scenario, { maxRetries })))).attempts;
  const counted = Promise.all([
    attempts("429-forever", 0),
    attempts("503-html", 1),
    attempts("html-404", 2),
    attempts("json-cut;n=always", 2),
    attempts("reset-before-headers;n=always", 2),
  ]);
  t.expect(await counted).to.deep.equal([1, 2, 1, 1, 3]);
  // An error that no request led to.
  t.expect((await t.rejection(t.client().chat.completions.create(t.params({ model: null })))).attempts).to.equal(0);
});
