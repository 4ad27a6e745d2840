// @ts-check
// D. Streams that are left: by break, return and throw, many at once, and while something else goes wrong.
import { conformance } from "../harness.mjs";
import { apis, chat, responses, TEXT } from "./apis.mjs";
import { clientOf, says, streamOf } from "./bytes.mjs";
import { countedController, nothingUnhandled, pause, seenGone, within } from "./watching.mjs";

/**
 * The ways to leave a stream in the middle, each after the first item. All of them are quiet.
 * @type {[name: string, leave: (stream: any) => Promise<unknown>][]}
 */
const WAYS = [
  [
    "break",
    async (stream) => {
      for await (const _ of stream) break;
    },
  ],
  [
    "return()",
    async (stream) => {
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      return iterator.return("mine");
    },
  ],
  [
    "return() while next() waits",
    async (stream) => {
      const iterator = stream[Symbol.asyncIterator]();
      await iterator.next();
      const pending = iterator.next();
      await iterator.return();
      return within(500, pending);
    },
  ],
  [
    "a throw in the loop",
    async (stream) => {
      const mine = new Error("mine");
      try {
        for await (const _ of stream) throw mine;
      } catch (error) {
        if (error !== mine) throw error;
      }
    },
  ],
  [
    "cancel() of a reader",
    async (stream) => {
      const reader = stream.getReader();
      await reader.read();
      await reader.cancel("mine");
    },
  ],
  [
    "close()",
    async (stream) => {
      await stream[Symbol.asyncIterator]().next();
      await stream.close();
    },
  ],
];

for (const [way, leave] of WAYS) {
  conformance(
    "82 P14",
    `${way} ends the request, and nothing is thrown`,
    async (t) => {
      const { signal, listeners } = countedController();
      let requests = 0;
      await nothingUnhandled(t, async () => {
        for (const scenario of ["never-ending", "stall;after=2"]) {
          for (const api of apis) {
            for (const part of api === chat ? ["chunks", "text"] : ["events"]) {
              const stream = await api.stream(t, t.scenario(scenario), { signal });
              await within(1000, leave(part === "text" ? stream.textStream : stream));
              requests += 1;
              t.expect(await seenGone(t)).to.have.length(requests, `${scenario} ${api.name} ${part}`);
              t.expect([stream.completed, listeners.size]).to.deep.equal([false, 0]);
            }
          }
        }
      });
    },
    { alone: true },
  );
}

conformance("82", "what was left is done for ever", async (t) => {
  for (const api of apis) {
    const stream = await api.stream(t, t.scenario("never-ending"));
    const iterator = stream[Symbol.asyncIterator]();
    await iterator.next();
    t.expect(await iterator.return("mine")).to.deep.equal({ value: "mine", done: true });
    for (let again = 0; again < 3; again += 1) {
      t.expect(await iterator.next()).to.deep.equal({ value: undefined, done: true });
    }
    t.expect(await iterator.return()).to.deep.equal({ value: undefined, done: true });
  }
});

conformance(
  "80",
  "one signal stops a hundred calls, and nobody else's",
  async (t) => {
    // Chromium opens six connections to a server, and of what it has in its queue when it is told to abort, it
    // sends some all the same, for ever.
    const many = t.isBrowser ? 5 : 100;
    const { controller, signal, listeners } = countedController();
    await nothingUnhandled(t, async () => {
      const other = await chat.stream(t, t.scenario("never-ending;ms=50"));
      const iterator = other[Symbol.asyncIterator]();
      let begun = 0;
      const calls = Array.from({ length: many }, async (_, index) => {
        const api = apis[index % 2];
        if (index % 5 === 4) return api.object(t, t.scenario("slow-headers;ms=60000"), { signal });
        const stream = await api.stream(t, t.scenario("never-ending;ms=50"), { signal });
        begun += 1;
        const { error } = await t.drain(stream);
        throw error;
      });
      const outcomes = Promise.all(calls.map((call) => t.rejection(call)));
      const begin = performance.now();
      while (begun < 0.8 * many && performance.now() - begin < 10_000) await pause(10);
      await pause(50);
      t.expect(listeners.size).to.be.greaterThan(0);
      controller.abort("all of you");
      t.expect(new Set(await within(500, outcomes))).to.deep.equal(new Set(["all of you"]));
      t.expect(listeners.size).to.equal(0);
      const [first, ...others] = await t.logUntil((records) =>
        records.slice(1).every(({ clientGoneAt }) => clientGoneAt !== null),
      );
      t.expect(others).to.have.length(many);
      t.expect(first.clientGoneAt).to.equal(null);
      for (let more = 0; more < 5; more += 1) t.expect((await within(1000, iterator.next())).done).to.equal(false);
      t.expect(chat.said(await chat.object(t, t.client()))).to.equal(TEXT);
      await other.close();
    });
  },
  { alone: true },
);

conformance(
  "80",
  "many calls with one signal make no warning",
  async (t) => {
    /** @type {string[]} */
    const warnings = [];
    const note = (/** @type {Error} */ { message }) => warnings.push(message);
    const { process } = /** @type {any} */ (globalThis);
    process.on("warning", note);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 50 }, () => chat.object(t, t.client(), { signal })));
    const streams = await Promise.all(Array.from({ length: 50 }, () => responses.stream(t, t.client(), { signal })));
    await Promise.all(streams.map((stream) => t.drain(stream)));
    await pause(20);
    process.off("warning", note);
    t.expect(warnings.filter((warning) => warning.includes("AbortSignal"))).to.deep.equal([]);
  },
  { alone: true, hosts: ["node"], why: "Node alone warns of many listeners on one target" },
);

conformance("83", "a failure that came before the abort, in the same turn, is not masked", async (t) => {
  const broken = new TypeError("the line is dead");
  const controller = new AbortController();
  const client = t.client({
    maxRetries: 0,
    fetch: () =>
      new Promise((_, reject) => {
        setTimeout(() => {
          reject(broken);
          controller.abort("mine");
        });
      }),
  });
  await nothingUnhandled(t, async () => {
    const error = await within(500, t.rejection(chat.object(t, client, { signal: controller.signal })));
    t.expect(error).to.be.instanceOf(t.auriko.APIConnectionError);
    t.expect(error.cause).to.equal(broken);
  });
});

conformance("83", "an abort that came before the failure, in the same turn, is the reason", async (t) => {
  const controller = new AbortController();
  const client = t.client({
    fetch: () =>
      new Promise((_, reject) => {
        setTimeout(() => {
          controller.abort("mine");
          reject(new TypeError("the line is dead"));
        });
      }),
  });
  await nothingUnhandled(t, async () => {
    t.expect(await within(500, t.rejection(chat.object(t, client, { signal: controller.signal })))).to.equal("mine");
  });
});

conformance("83", "an abort during the wait after a failure is the reason: the call was not over", async (t) => {
  const controller = new AbortController();
  const client = t.client({
    fetch: async () => {
      setTimeout(() => controller.abort("mine"), 50);
      throw new TypeError("the line is dead");
    },
  });
  t.expect(await within(300, t.rejection(chat.object(t, client, { signal: controller.signal })))).to.equal("mine");
});

conformance("83", "an abort in the turn in which a body breaks is told as the abort", async (t) => {
  const broken = new TypeError("the line is dead");
  const controller = new AbortController();
  /** @type {ReadableStreamDefaultController<Uint8Array> | undefined} */
  let body;
  const client = t.client({
    fetch: async () =>
      new Response(
        new ReadableStream({
          start(queue) {
            body = queue;
            queue.enqueue(new TextEncoder().encode(says("a")));
          },
        }),
        { headers: { "content-type": "text/event-stream" } },
      ),
  });
  await nothingUnhandled(t, async () => {
    const stream = await chat.stream(t, client, { signal: controller.signal });
    const iterator = stream[Symbol.asyncIterator]();
    t.expect(t.text([(await iterator.next()).value])).to.equal("a");
    const pending = t.rejection(iterator.next());
    await pause(10);
    body?.error(broken);
    controller.abort("mine");
    // A body that is aborted may break in any way, so what it throws does not tell which was first.
    t.expect(await within(500, pending)).to.equal("mine");
    t.expect(await iterator.next()).to.deep.equal({ value: undefined, done: true });
  });
});

conformance("83", "abort when a stream has failed already changes nothing", async (t) => {
  const controller = new AbortController();
  const { signal } = controller;
  const client = clientOf(t, [says("a")], { end: new TypeError("the line is dead") });
  await nothingUnhandled(t, async () => {
    const stream = await chat.stream(t, client, { signal });
    const { error } = await t.drain(stream);
    controller.abort("mine");
    await pause(10);
    t.expect([error.code, stream.completed]).to.deep.equal(["api_connection_error", false]);
  });
});

conformance("82", "to leave a stream cancels its body, once", async (t) => {
  for (const [way, leave] of WAYS.filter(([way]) => !way.includes("waits"))) {
    let cancelled = 0;
    const onCancel = () => {
      cancelled += 1;
    };
    await leave(await streamOf(t, [says("a"), says("b")], { end: "open", onCancel }));
    await pause(0);
    t.expect(cancelled).to.equal(1, way);
  }
});
