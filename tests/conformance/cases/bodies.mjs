// @ts-check
// E. Bodies and headers of a form that surprises.
import { conformance } from "../harness.mjs";
import { apis, chat, readings, responses, sentTo, TEXT } from "./apis.mjs";

for (const api of apis) {
  conformance(
    "90",
    `events under the type application/json are a typed error, not an empty success (${api.name})`,
    async (t) => {
      const error = await t.rejection(api.stream(t, t.scenario("sse-as-json-type")));
      const records = await t.log();
      t.expect(records).to.have.length(1);
      t.expect([error.name, error.code, error.status]).to.deep.equal(["APIStatusError", "not_a_stream", 200]);
      t.expect(error.requestId).to.equal(records[0].id);
      t.expect(error.message).to.include("application/json");
    },
  );

  conformance("90", `events without a content type are read as what they are (${api.name})`, async (t) => {
    const stream = await api.stream(t, t.scenario("sse-no-type"));
    const { chunks, error } = await t.drain(stream);
    t.expect([api.text(chunks), error, stream.completed]).to.deep.equal([TEXT, undefined, true]);
  });

  for (const [scenario, status] of /** @type {const} */ ([
    ["204", 204],
    ["empty-200-json", 200],
    ["empty-200-sse", 200],
    ["json-cut", 200],
    ["json-not-object;v=array", 200],
    ["json-not-object;v=string", 200],
    ["json-not-object;v=number", 200],
    ["json-not-object;v=null", 200],
    ["html-instead-of-stream", 200],
  ])) {
    conformance(
      "91",
      `a success without a JSON object is a typed error, and is not paid for twice: ${scenario} (${api.name})`,
      async (t) => {
        const error = await t.rejection(api.object(t, t.scenario(scenario)));
        const records = sentTo(await t.log(), api);
        t.expect(records).to.have.length(1);
        t.expect(error).to.be.instanceOf(t.auriko.APIStatusError);
        t.expect([error.name, error.code, error.type]).to.deep.equal([
          "APIStatusError",
          "invalid_response",
          "api_error",
        ]);
        t.expect([error.status, error.attempts, error.requestId]).to.deep.equal([status, 1, records[0].id]);
      },
    );
  }

  conformance("91", `a byte order mark before JSON or events is tolerated (${api.name})`, async (t) => {
    const client = t.scenario("json-bom");
    t.expect(api.said(await api.object(t, client))).to.equal(TEXT);
    const { chunks, error } = await t.drain(await api.stream(t, client));
    t.expect([api.text(chunks), error]).to.deep.equal([TEXT, undefined]);
  });
}

conformance("91", "the other endpoints want a JSON object, too", async (t) => {
  for (const scenario of ["204", "empty-200-json", "json-cut", "json-not-object"]) {
    const client = t.scenario(scenario);
    for (const call of [() => client.models.list(), () => client.models.retrieve("gpt-5.4"), () => client.me.get()]) {
      t.expect((await t.rejection(call())).code).to.equal("invalid_response", scenario);
    }
  }
  const { object } = await t.scenario("json-bom").models.list();
  t.expect(object).to.equal("list");
});

/** A null for what is no plain number, and never NaN. @param {import("../harness.mjs").Context} t @param {any} headers */
function expectHeaders(t, headers) {
  t.expect(headers.rateLimitLimit).to.equal(null, "two lines");
  t.expect(headers.rateLimitRemaining).to.equal(null, "empty");
  t.expect(headers.rateLimitReset).to.equal("soon", "as it was sent");
  t.expect(headers.creditsBalanceMicrodollars).to.equal(null, "above 2^53 no number is exact");
  t.expect(headers.get("x-credits-balance-microdollars")).to.equal("9007199254740993");
  t.expect(headers.get("x-ratelimit-limit-requests")).to.equal("600, 600");
  // workerd reads headers as UTF-8, and not as Latin-1.
  t.expect(headers.tokenCountModel).to.equal(t.host === "workerd" ? "mod\ufffdle-\ufffd" : "modèle-é");
  t.expect(headers.retryAfterSeconds).to.equal(null, "not sent");
  t.expect(headers.requestId).to.match(/^req_/);
}

conformance("96", "odd headers are null where they should be numbers, and stay readable", async (t) => {
  for (const api of apis) {
    const stream = await api.stream(t, t.scenario("dup-headers"));
    expectHeaders(t, stream.responseHeaders);
    const { chunks, error } = await t.drain(stream);
    t.expect([api.text(chunks), error]).to.deep.equal([TEXT, undefined]);
    expectHeaders(t, stream.responseHeaders);
    const object = await api.object(t, t.scenario("dup-headers"));
    t.expect(api.said(object)).to.equal(TEXT);
    t.expect(object.responseHeaders.get("x-credits-balance-microdollars")).to.equal("9007199254740993");
    t.expect(object._request_id).to.equal(object.responseHeaders.get("x-request-id"));
  }
});

conformance("96", "the headers of a good answer are numbers", async (t) => {
  const { responseHeaders } = await chat.stream(t, t.client());
  t.expect(responseHeaders.rateLimitLimit).to.be.a("number");
  t.expect(responseHeaders.rateLimitRemaining).to.be.within(0, responseHeaders.rateLimitLimit);
  t.expect(responseHeaders.creditsBalanceMicrodollars).to.satisfy(Number.isSafeInteger);
});

/** What the scenario `json-big-numbers` adds. */
const NUMBERS = JSON.parse(
  '{"above_2_53":9007199254740993,"above_2_64":18446744073709551617,"infinite":1e400,"minus_zero":-0,' +
    '"long":0.1000000000000000055511151231257827021181583404541015625,"tiny":5e-324,"exponent":1E+2,"negative":-9223372036854775809}',
);

conformance("97", "numbers are what JSON.parse of the runtime makes of them", async (t) => {
  for (const api of apis) {
    const client = t.scenario("json-big-numbers");
    const objects = [await api.object(t, client), ...(await t.drain(await api.stream(t, client))).chunks];
    const found = objects.filter((object) => "x_numbers" in object);
    t.expect(found).to.have.length(2);
    for (const { x_numbers } of found) {
      t.expect(x_numbers).to.deep.equal(NUMBERS);
      t.expect(Object.is(x_numbers.minus_zero, -0)).to.equal(true);
      t.expect(x_numbers.infinite).to.equal(Infinity);
      t.expect(Object.values(x_numbers).every((number) => typeof number === "number")).to.equal(true);
    }
  }
});

conformance("97", "numbers disturb no way of reading", async (t) => {
  for (const [name, read] of readings) {
    const stream = await chat.stream(t, t.scenario("json-big-numbers"));
    t.expect(await read(t, stream)).to.deep.equal({ text: TEXT, error: undefined }, name);
  }
  const completion = await (await chat.stream(t, t.scenario("json-big-numbers"))).finalCompletion();
  t.expect(completion.x_numbers).to.deep.equal(NUMBERS);
  const { completedResponse } = await responses.stream(t, t.scenario("json-big-numbers"));
  t.expect(completedResponse).to.equal(null, "not before the end");
});
