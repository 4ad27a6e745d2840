// @ts-check
// D. The caller's signal: the call ends with its reason, at once, on both sides of the connection.
import { conformance } from "../harness.mjs";
import { apis, chat, readings, responses, sentTo, TEXT } from "./apis.mjs";
import { countedController, nothingUnhandled, pause, seenGone, timed, within } from "./watching.mjs";

/** What is aborted with, as a caller would, and what the reason then is. @type {[name: string, abort: (controller: AbortController) => void, check: (t: import("../harness.mjs").Context, reason: any) => void][]} */
const REASONS = [
  [
    "no reason",
    (controller) => controller.abort(),
    (t, reason) => t.expect([reason instanceof DOMException, reason.name]).to.deep.equal([true, "AbortError"]),
  ],
  [
    "an error",
    (controller) => controller.abort(new RangeError("mine")),
    (t, reason) => t.expect([reason instanceof RangeError, reason.message]).to.deep.equal([true, "mine"]),
  ],
  ["a string", (controller) => controller.abort("enough"), (t, reason) => t.expect(reason).to.equal("enough")],
  ["null", (controller) => controller.abort(null), (t, reason) => t.expect(reason).to.equal(null)],
  [
    "an error of the package",
    (controller) => controller.abort(Object.assign(new Error("mine"), { code: "request_timeout" })),
    (t, reason) => t.expect(reason.constructor).to.equal(Error),
  ],
];

conformance("74", "with a signal that is aborted already nothing is sent", async (t) => {
  for (const [name, abort, check] of REASONS) {
    const { controller, signal, listeners } = countedController();
    abort(controller);
    const client = t.client();
    for (const call of [
      ...apis.flatMap((api) => [api.object(t, client, { signal }), api.stream(t, client, { signal })]),
      client.models.list({}, { signal }),
      client.chat.completions.create(t.params(), { signal }).withResponse(),
    ]) {
      const reason = await within(500, t.rejection(call));
      t.expect(reason).to.equal(signal.reason, name);
      check(t, reason);
    }
    t.expect(listeners.size).to.equal(0, name);
  }
  t.expect(await t.log()).to.deep.equal([]);
});

/** Where a call may be when it is aborted. @type {[where: string, scenario: string, kind: "object" | "stream"][]} */
const WAITING = [
  ["for headers", "slow-headers;ms=5000", "object"],
  ["for the headers of a stream", "slow-headers;ms=5000", "stream"],
  ["for the rest of an object", "stall", "object"],
];

for (const [where, scenario, kind] of WAITING) {
  for (const api of apis) {
    conformance(
      "75",
      `abort while waiting ${where} rejects at once, closes the connection and sends nothing again (${api.name})`,
      async (t) => {
        const client = t.scenario(scenario, { maxRetries: 5 });
        await nothingUnhandled(t, async () => {
          for (const [index, [name, abort, check]] of REASONS.slice(0, 2).entries()) {
            const { controller, signal, listeners } = countedController();
            const call = t.rejection(api[kind](t, client, { signal }));
            const begun = scenario === "stall" ? "respondedAt" : "startedAt";
            await t.logUntil((records) => records.length === index + 1 && records[index][begun] !== null);
            if (scenario === "stall") await pause(50);
            abort(controller);
            const reason = await within(100, call);
            t.expect(reason).to.equal(signal.reason, name);
            check(t, reason);
            t.expect(listeners.size).to.equal(0, name);
            t.expect(await seenGone(t)).to.have.length(index + 1);
          }
        });
        t.expect(sentTo(await t.log(), api)).to.have.length(2);
      },
      { alone: true },
    );
  }
}

conformance("75", "abort while waiting for the next attempt rejects at once and sends nothing more", async (t) => {
  const { controller, signal, listeners } = countedController();
  const call = t.rejection(chat.stream(t, t.scenario("429-forever;after=1"), { signal }));
  await t.logUntil(([record]) => record?.endedAt > 0);
  await pause(50);
  controller.abort("enough");
  t.expect(await within(100, call)).to.equal("enough");
  t.expect(listeners.size).to.equal(0);
  // Longer than it was to wait.
  await pause(1200);
  t.expect(await t.log()).to.have.length(1);
});

for (const scenario of ["never-ending", "stall;after=2"]) {
  for (const api of apis) {
    conformance(
      "76",
      `abort while iterating throws the reason once, and the server sees the close: ${scenario} (${api.name})`,
      async (t) => {
        for (const [index, [name, abort]] of REASONS.entries()) {
          await nothingUnhandled(t, async () => {
            const { controller, signal, listeners } = countedController();
            const stream = await api.stream(t, t.scenario(scenario), { signal });
            const iterator = stream[Symbol.asyncIterator]();
            for (let taken = 0; taken < 2; taken += 1) t.expect((await iterator.next()).done).to.equal(false);
            // Of `stall` nothing more comes, so the next one waits; of the other there is always more.
            const waiting = scenario === "never-ending" ? null : t.rejection(iterator.next());
            abort(controller);
            t.expect(await within(100, waiting ?? t.rejection(iterator.next()))).to.equal(signal.reason, name);
            t.expect(await iterator.next()).to.deep.equal({ value: undefined, done: true }, name);
            t.expect(stream.completed).to.equal(false, name);
            t.expect(listeners.size).to.equal(0, name);
            t.expect(await seenGone(t)).to.have.length(index + 1);
          });
        }
      },
      { alone: true },
    );
  }
}

for (const [way, read] of readings) {
  conformance(
    "76 P14",
    `abort throws the reason, however the stream is read (${way})`,
    async (t) => {
      await nothingUnhandled(t, async () => {
        const { controller, signal, listeners } = countedController();
        const mine = new Error("mine");
        const stream = await chat.stream(t, t.scenario("never-ending"), { signal });
        const outcome = read(t, stream);
        await t.logUntil(([record]) => record.bytesWritten > 1000);
        controller.abort(mine);
        const { text, error } = await within(200, outcome);
        t.expect(error).to.equal(mine);
        if (way !== "finalCompletion") t.expect(text).to.match(/^0 1 2 /);
        await seenGone(t);
        t.expect([stream.completed, listeners.size]).to.deep.equal([false, 0]);
      });
    },
    { alone: true },
  );
}

conformance(
  "76",
  "what has come but was not read is dropped, so that partial text does not look complete",
  async (t) => {
    const controller = new AbortController();
    const { signal } = controller;
    const headers = { "x-gateway-cut": "events:6" };
    const stream = await chat.stream(t, t.scenario("stall;after=6"), { signal, headers });
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort("enough");
    t.expect(await t.rejection(iterator.next())).to.equal("enough");
  },
);

conformance("78", "abort after the end has no effect, and the signal keeps nothing of the call", async (t) => {
  await nothingUnhandled(t, async () => {
    const { controller, signal, listeners } = countedController();
    const client = t.client();
    const object = await chat.object(t, client, { signal });
    const streams = [await chat.stream(t, client, { signal }), await responses.stream(t, client, { signal })];
    for (const stream of streams) await t.drain(stream);
    const failed = t.rejection(chat.stream(t, t.scenario("html-404"), { signal }));
    await failed;
    t.expect(listeners.size).to.equal(0);
    controller.abort(new Error("too late"));
    await pause(20);
    t.expect(chat.said(object)).to.equal(TEXT);
    for (const stream of streams) {
      t.expect(stream.completed).to.equal(true);
      t.expect((await t.drain({ [Symbol.asyncIterator]: () => stream.values?.() ?? stream })).chunks).to.deep.equal([]);
    }
    t.expect(streams[0].routingMetadata.provider).to.be.a("string");
  });
});

conformance("79", "AbortSignal.timeout rejects with its own TimeoutError, which is not the client's", async (t) => {
  for (const [where, scenario, kind] of WAITING) {
    const signal = AbortSignal.timeout(100);
    const { value: reason, ms } = await timed(() =>
      within(2000, t.rejection(chat[kind](t, t.scenario(scenario), { signal }))),
    );
    t.expect(reason).to.equal(signal.reason, where);
    t.expect([reason instanceof DOMException, reason.name]).to.deep.equal([true, "TimeoutError"], where);
    t.expect(reason).not.to.be.instanceOf(t.auriko.AurikoAPIError, where);
    t.expect(ms).to.be.lessThan(1500, where);
  }
  // Long enough for the head of the answer also where the machine is busy.
  const signal = AbortSignal.timeout(1000);
  const stream = await chat.stream(t, t.scenario("stall;after=2"), { signal });
  const { chunks, error } = await within(3000, t.drain(stream));
  t.expect(chunks).to.have.length(2);
  t.expect(error).to.equal(signal.reason);
});

conformance("79", "the stream's own controller aborts with a reason, too", async (t) => {
  for (const [name, abort] of REASONS) {
    const stream = await chat.stream(t, t.scenario("stall;after=2"));
    const outcome = t.drain(stream);
    await t.logUntil((records) => records.at(-1)?.bytesWritten > 0);
    abort(stream.controller);
    const thrown = t.rejection(outcome.then(({ error }) => Promise.reject(error)));
    t.expect(await within(500, thrown)).to.equal(stream.controller.signal.reason, name);
  }
});
