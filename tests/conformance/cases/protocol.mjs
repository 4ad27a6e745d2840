// @ts-check
// B. How a stream ends: complete, or with a typed error; never quietly in between.
import { conformance } from "../harness.mjs";
import { apis, chat, readings, responses, sentTo, TEXT } from "./apis.mjs";
import { seenGone, within } from "./watching.mjs";

const COMPLETE = { text: TEXT, error: undefined };

for (const [name, read] of readings) {
  conformance("25", `[DONE] ends the stream and is not a chunk (${name})`, async (t) => {
    const stream = await chat.stream(t, t.client());
    t.expect(stream.completed).to.equal(false);
    t.expect(await read(t, stream)).to.deep.equal(COMPLETE);
    t.expect(stream.completed).to.equal(true);
  });
}

conformance("25", "the terminal event ends a stream of responses and is its last event", async (t) => {
  const stream = await responses.stream(t, t.client());
  const { chunks, error } = await t.drain(stream);
  t.expect([responses.text(chunks), error]).to.deep.equal([TEXT, undefined]);
  t.expect(chunks.at(-1).type).to.equal("response.completed");
  t.expect(stream.completedResponse).to.equal(chunks.at(-1).response);
  t.expect([stream.completed, stream.routingMetadata]).to.deep.equal([true, null]);
});

for (const v of ["nospace", "crlf", "event"]) {
  conformance("26", `[DONE] is known in another spelling: ${v}`, async (t) => {
    for (const [name, read] of readings) {
      const stream = await chat.stream(t, t.scenario(`done;v=${v}`));
      t.expect(await read(t, stream)).to.deep.equal(COMPLETE, name);
      t.expect(stream.completed).to.equal(true);
    }
  });
}

for (const [name, read] of readings) {
  conformance(
    "28 P3",
    `after [DONE] the stream ends at once, and the connection that the server keeps open is closed (${name})`,
    async (t) => {
      const client = t.scenario("after-done-open");
      const stream = await chat.stream(t, client);
      t.expect(await within(1000, read(t, stream))).to.deep.equal(COMPLETE);
      await seenGone(t);
      t.expect(stream.completed).to.equal(true);
      t.expect(chat.said(await chat.object(t, client))).to.equal(TEXT);
    },
    { alone: true },
  );
}

conformance(
  "28",
  "after the terminal event a stream of responses ends at once, and the connection is closed",
  async (t) => {
    const stream = await responses.stream(t, t.scenario("after-done-open"));
    const { chunks, error } = await within(1000, t.drain(stream));
    t.expect([responses.text(chunks), error]).to.deep.equal([TEXT, undefined]);
    await seenGone(t);
    t.expect(stream.completed).to.equal(true);
  },
  { alone: true },
);

conformance("29", "chunks, errors and garbage after [DONE] are not looked at", async (t) => {
  const plain = await t.drain(await chat.stream(t, t.client()));
  // Each event in a write of its own, then all of them in one.
  for (const cut of ["event", "all"]) {
    for (const [name, read] of readings) {
      const stream = await chat.stream(t, t.scenario("done;v=late"), { headers: { "x-gateway-cut": cut } });
      t.expect(await read(t, stream)).to.deep.equal(COMPLETE, `${name}, ${cut}`);
      t.expect(stream.completed).to.equal(true);
    }
    const stream = await chat.stream(t, t.scenario("done;v=late"), { headers: { "x-gateway-cut": cut } });
    const { chunks } = await t.drain(stream);
    t.expect(chat.gist(chunks)).to.deep.equal(chat.gist(plain.chunks));
  }
});

conformance(
  "30",
  "[DONE] as the first event is a normal end without chunks, of which nobody can make a completion",
  async (t) => {
    for (const [name, read] of readings) {
      const stream = await chat.stream(t, t.scenario("done;v=first"));
      const { text, error } = await read(t, stream);
      if (name === "finalCompletion") t.expect(error).to.be.instanceOf(t.auriko.AurikoAPIError);
      else t.expect([text, error]).to.deep.equal(["", undefined], name);
      t.expect([stream.completed, stream.usage, stream.routingMetadata]).to.deep.equal([true, null, null], name);
    }
  },
);

for (const scenario of [
  "premature-eof-finished",
  "premature-eof-finished;blank=0",
  "premature-eof-finished;usage=1",
  "premature-eof-finished;usage=1;blank=0",
]) {
  conformance("32", `without [DONE] a stream is complete once a finish_reason came: ${scenario}`, async (t) => {
    for (const [name, read] of readings) {
      const stream = await chat.stream(t, t.scenario(scenario));
      t.expect(await read(t, stream)).to.deep.equal(COMPLETE, name);
      t.expect(stream.completed).to.equal(true, name);
      t.expect(stream.usage === null).to.equal(!scenario.includes("usage"), name);
    }
  });

  conformance("32", `the terminal event completes a stream of responses: ${scenario}`, async (t) => {
    const stream = await responses.stream(t, t.scenario(scenario));
    const { chunks, error } = await t.drain(stream);
    t.expect([responses.text(chunks), error]).to.deep.equal([TEXT, undefined]);
    t.expect([stream.completed, stream.completedResponse.status]).to.deep.equal([true, "completed"]);
  });
}

/**
 * Asserts that this is the error of a stream that ended too early, and knows its answer.
 * @param {import("../harness.mjs").Context} t
 * @param {any} stream
 * @param {any} error
 * @param {any} record
 */
function expectTruncated(t, stream, error, record) {
  t.expect(error).to.be.instanceOf(t.auriko.APIConnectionError);
  t.expect(error).not.to.be.instanceOf(t.auriko.APIConnectionTimeoutError);
  t.expect([error.code, error.status, error.attempts]).to.deep.equal(["stream_truncated", 0, 1]);
  t.expect(error.requestId).to.equal(record.id);
  t.expect([stream.completed, stream.requestId]).to.deep.equal([false, record.id]);
}

for (const api of apis) {
  for (const [after, seen] of /** @type {const} */ ([
    [0, 0],
    [1, 1],
    [3, 3],
    ["all", null],
  ])) {
    const scenario = `premature-eof-unfinished;after=${after}`;
    conformance(
      "P1",
      `a stream that ends before its finish is an error after ${after} chunks (${api.name})`,
      async (t) => {
        const stream = await api.stream(t, t.scenario(scenario));
        const { chunks, error } = await t.drain(stream);
        if (seen !== null) t.expect(chunks).to.have.length(seen);
        else t.expect(api.text(chunks)).to.equal(TEXT);
        const records = sentTo(await t.log(), api);
        t.expect(records).to.have.length(1);
        expectTruncated(t, stream, error, records[0]);
      },
    );
  }

  conformance("34", `a stream without a byte is an error and no empty success (${api.name})`, async (t) => {
    const stream = await api.stream(t, t.scenario("empty-200-sse"));
    const { chunks, error } = await t.drain(stream);
    t.expect(chunks).to.deep.equal([]);
    const records = sentTo(await t.log(), api);
    t.expect(records).to.have.length(1);
    expectTruncated(t, stream, error, records[0]);
  });
}

conformance("P1", "no way of reading takes a stream that ends before its finish for complete", async (t) => {
  for (const [index, [name, read]] of readings.entries()) {
    const stream = await chat.stream(t, t.scenario("premature-eof-unfinished;after=2"));
    const { text, error } = await read(t, stream);
    t.expect(text).to.equal(name === "finalCompletion" ? undefined : "naïve");
    expectTruncated(t, stream, error, (await t.log())[index]);
  }
});

conformance("34", "no way of reading takes a stream without a byte for complete", async (t) => {
  for (const [index, [name, read]] of readings.entries()) {
    const stream = await chat.stream(t, t.scenario("empty-200-sse"));
    const { text, error } = await read(t, stream);
    t.expect(text).to.equal(name === "finalCompletion" ? undefined : "");
    expectTruncated(t, stream, error, (await t.log())[index]);
  }
});

conformance("P2", "[DONE] without its blank line is the end", async (t) => {
  for (const [name, read] of readings) {
    const stream = await chat.stream(t, t.scenario("done;v=unterminated"));
    t.expect(await read(t, stream)).to.deep.equal(COMPLETE, name);
    t.expect(stream.completed).to.equal(true, name);
  }
});
