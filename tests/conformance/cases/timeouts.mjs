// @ts-check
// D. Timeouts: until the headers of each attempt, and then between the bytes of a body.
import { conformance } from "../harness.mjs";
import { apis, chat, readings, sentTo, TEXT } from "./apis.mjs";
import { pause, seenGone, timed, within } from "./watching.mjs";

conformance(
  "69",
  "headers that do not come in time are a typed error after the retries",
  async (t) => {
    const client = t.scenario("slow-headers;ms=5000", { maxRetries: 1 });
    const calls = apis
      .flatMap((api) => [api.object, api.stream])
      .map(async (call) => {
        const { value: error, ms } = await timed(() => t.rejection(call(t, client, { timeout: 200 })));
        t.expect(error).to.be.instanceOf(t.auriko.APIConnectionTimeoutError);
        t.expect(error).to.be.instanceOf(t.auriko.APIConnectionError);
        t.expect([error.name, error.code]).to.deep.equal(["APIConnectionTimeoutError", "request_timeout"]);
        t.expect([error.status, error.attempts, error.requestId]).to.deep.equal([0, 2, null]);
        // Two timeouts and one wait of 400 to 600 ms.
        t.expect(ms).to.be.within(798, 1400);
      });
    await Promise.all(calls);
    const records = await seenGone(t);
    t.expect(records).to.have.length(8);
    // The server's clock begins when the request has come, which is a little later.
    for (const { startedAt, clientGoneAt } of records) t.expect(clientGoneAt - startedAt).to.be.within(120, 450);
    t.expect(records[4].startedAt - records[0].startedAt).to.be.within(560, 1200);
  },
  { alone: true },
);

conformance("69", "the timeout of the client holds where a call has none", async (t) => {
  const client = t.scenario("slow-headers;ms=5000", { timeout: 150, maxRetries: 0 });
  const error = await within(2000, t.rejection(client.models.list()));
  t.expect([error.code, error.attempts]).to.deep.equal(["request_timeout", 1]);
  t.expect(error.message).to.include("150 ms");
});

conformance("70", "what was slow once is sent again and succeeds", async (t) => {
  const client = t.scenario("slow-headers-once;ms=5000", { timeout: 700 });
  const calls = apis.map(async (api) => {
    const { chunks, error } = await t.drain(await api.stream(t, client));
    t.expect([api.text(chunks), error]).to.deep.equal([TEXT, undefined]);
    const records = sentTo(await t.log(), api);
    t.expect(records.map(({ status }) => status)).to.deep.equal([null, 200]);
    t.expect(records[0].bodySha256).to.equal(records[1].bodySha256);
  });
  await Promise.all(calls);
});

for (const scenario of ["slow-events;ms=150", "keepalive-only;count=12;ms=100", "slow-drip;bytes=120;ms=80"]) {
  for (const api of apis) {
    conformance(
      "72",
      `a stream may last longer than the timeout as long as bytes come: ${scenario} (${api.name})`,
      async (t) => {
        const { value, ms } = await timed(async () => {
          const stream = await api.stream(t, t.scenario(scenario), { timeout: 600 });
          return { stream, ...(await t.drain(stream)) };
        });
        t.expect(value.error).to.equal(undefined);
        t.expect(api.text(value.chunks)).to.equal(TEXT);
        t.expect(value.stream.completed).to.equal(true);
        t.expect(ms).to.be.greaterThan(700);
      },
    );
  }
}

conformance("72", "an object may take longer than the timeout as long as bytes come", async (t) => {
  const calls = apis.map((api) => api.object(t, t.scenario("keepalive-only;count=10;ms=100"), { timeout: 600 }));
  const { value, ms } = await timed(() => Promise.all(calls));
  t.expect(value.map((object, index) => apis[index].said(object))).to.deep.equal([TEXT, TEXT]);
  t.expect(ms).to.be.greaterThan(700);
});

for (const api of apis) {
  conformance(
    "P10",
    `a stream of which nothing more comes is a typed error, and its connection is closed (${api.name})`,
    async (t) => {
      const stream = await api.stream(t, t.scenario("stall;after=2"), { timeout: 250 });
      const { value, ms } = await timed(() => within(3000, t.drain(stream)));
      const { chunks, error } = value;
      t.expect(chunks).to.have.length(2);
      t.expect(error).to.be.instanceOf(t.auriko.APIConnectionTimeoutError);
      t.expect([error.code, error.status, error.attempts]).to.deep.equal(["idle_timeout", 0, 1]);
      t.expect(ms).to.be.within(240, 600);
      const [record, ...others] = await seenGone(t);
      t.expect(others).to.deep.equal([], "there was output, so nothing is sent again");
      t.expect([error.requestId, stream.completed]).to.deep.equal([record.id, false]);
    },
    { alone: true },
  );

  conformance(
    "P10",
    `an object of which nothing more comes is a typed error, and its connection is closed (${api.name})`,
    async (t) => {
      const error = await within(3000, t.rejection(api.object(t, t.scenario("stall"), { timeout: 250 })));
      t.expect(error).to.be.instanceOf(t.auriko.APIConnectionTimeoutError);
      t.expect([error.code, error.attempts]).to.deep.equal(["idle_timeout", 1]);
      t.expect(await seenGone(t)).to.have.length(1);
    },
    { alone: true },
  );
}

conformance("P10", "no way of reading waits for ever", async (t) => {
  const outcomes = readings.map(async ([name, read]) => {
    const stream = await chat.stream(t, t.scenario("stall;after=2"), { timeout: 300 });
    const { text, error } = await within(5000, read(t, stream));
    t.expect(text).to.equal(name === "finalCompletion" ? undefined : "naïve", name);
    t.expect(error.code).to.equal("idle_timeout", name);
    t.expect(stream.completed).to.equal(false, name);
  });
  await Promise.all(outcomes);
});

conformance("P10", "a stream that stalls before its first event is an error, too", async (t) => {
  const stream = await chat.stream(t, t.scenario("stall;after=0"), { timeout: 300 });
  const { chunks, error } = await within(3000, t.drain(stream));
  t.expect([chunks.length, error.code]).to.deep.equal([0, "idle_timeout"]);
});

conformance("P10", "a reader who takes his time is no idle server", async (t) => {
  const stream = await chat.stream(t, t.client(), { timeout: 150 });
  const iterator = stream[Symbol.asyncIterator]();
  const first = await iterator.next();
  await pause(450);
  const { chunks, error } = await t.drain({ [Symbol.asyncIterator]: () => iterator });
  t.expect([t.text([first.value, ...chunks]), error]).to.deep.equal([TEXT, undefined]);
  const late = await chat.stream(t, t.client(), { timeout: 150 });
  await pause(450);
  t.expect(t.text((await t.drain(late)).chunks)).to.equal(TEXT);
});

conformance("P10", "a refusal whose body never ends is told by its status", async (t) => {
  // A body that cannot be read says nothing; what is known is the status.
  const client = t.client({
    maxRetries: 0,
    timeout: 200,
    fetch: async () => new Response(new ReadableStream({}), { status: 418, headers: { "x-request-id": "req_1" } }),
  });
  const error = await within(3000, t.rejection(chat.object(t, client)));
  t.expect([error.name, error.status, error.code]).to.deep.equal(["APIStatusError", 418, "malformed_response"]);
  t.expect(error.requestId).to.equal("req_1");
});
