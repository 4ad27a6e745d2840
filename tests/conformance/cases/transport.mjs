// @ts-check
// E. Connections that break in mid-body, encodings, and what comes before an answer.
import { conformance } from "../harness.mjs";
import { apis, chat, readings, responses, sentTo, TEXT } from "./apis.mjs";
import { nothingUnhandled, pause, within } from "./watching.mjs";

/** @param {import("../harness.mjs").Context} t */
const go = (t) => fetch(`${t.gateway}/_go?run=${t.runId}`, { method: "POST" });

/**
 * Asserts that this is the error of a connection that broke, and knows its answer.
 * @param {import("../harness.mjs").Context} t
 * @param {any} error
 * @param {any} record
 * @param {string} [about]
 */
function expectLost(t, error, record, about) {
  t.expect(error).to.be.instanceOf(t.auriko.APIConnectionError, about);
  t.expect(error).not.to.be.instanceOf(t.auriko.APIConnectionTimeoutError, about);
  t.expect([error.name, error.code]).to.deep.equal(["APIConnectionError", "api_connection_error"], about);
  t.expect([error.status, error.attempts, error.requestId]).to.deep.equal([0, 1, record.id], about);
  t.expect(error.message).not.to.match(/^terminated$|^network error$/i, about);
  t.expect(error.cause).to.be.instanceOf(Error, about);
}

/** How a body breaks after two events. */
const BREAKS = [
  "reset-mid-body",
  "reset-mid-event",
  "truncated-chunked",
  "truncated-chunked;inside=1",
  "short-content-length",
  "short-content-length;extra=1",
];

for (const scenario of BREAKS) {
  const id = scenario.startsWith("short") ? "86" : "85";
  for (const api of apis) {
    conformance(
      `${id} P12`,
      `a body that breaks is a typed error after what was delivered: ${scenario} (${api.name})`,
      async (t) => {
        await nothingUnhandled(t, async () => {
          const stream = await api.stream(t, t.scenario(`${scenario};wait=go`));
          const iterator = stream[Symbol.asyncIterator]();
          for (let taken = 0; taken < 2; taken += 1) t.expect((await iterator.next()).done).to.equal(false);
          const pending = t.rejection(iterator.next());
          await go(t);
          const error = await within(2000, pending);
          const records = sentTo(await t.log(), api);
          t.expect(records).to.have.length(1, "nothing is sent again once there was output");
          expectLost(t, error, records[0]);
          t.expect(stream.completed).to.equal(false);
          t.expect(await iterator.next()).to.deep.equal({ value: undefined, done: true });
        });
      },
    );

    conformance(
      id,
      `an object whose body breaks is a typed error and not paid for twice: ${scenario} (${api.name})`,
      async (t) => {
        const error = await within(3000, t.rejection(api.object(t, t.scenario(scenario))));
        const records = await t.log();
        t.expect(records).to.have.length(1);
        expectLost(t, error, records[0]);
      },
    );
  }

  conformance(id, `no way of reading takes it for complete: ${scenario}`, async (t) => {
    for (const [index, [name, read]] of readings.entries()) {
      const stream = await chat.stream(t, t.scenario(scenario));
      const { text, error } = await within(3000, read(t, stream));
      t.expect(text).to.equal(name === "finalCompletion" ? undefined : "naïve", name);
      expectLost(t, error, (await t.log())[index], name);
      t.expect(stream.completed).to.equal(false, name);
    }
  });
}

conformance(
  "85",
  "a break after the finish_reason is an error all the same: usage and metadata are lost",
  async (t) => {
    const { length } = (await t.drain(await chat.stream(t, t.client()))).chunks;
    const stream = await chat.stream(t, t.scenario(`reset-mid-body;after=${length - 1}`));
    const { chunks, error } = await t.drain(stream);
    t.expect(chunks.at(-1).choices[0].finish_reason).to.equal("stop");
    expectLost(t, error, (await t.log())[1]);
    t.expect(stream.completed).to.equal(false);
  },
);

conformance("85", "a break after [DONE] is none", async (t) => {
  for (const [name, read] of readings) {
    const stream = await chat.stream(t, t.scenario("reset-mid-body;after=all"));
    t.expect(await read(t, stream)).to.deep.equal({ text: TEXT, error: undefined }, name);
    t.expect(stream.completed).to.equal(true, name);
  }
});

// The server closes connections that other cases would use next, so nothing runs beside it.
conformance(
  "87",
  "calls over connections that the server closes after each all succeed",
  async (t) => {
    const client = t.scenario("keepalive-race");
    // workerd tells of a closed connection only when it is used, so that most rounds wait for a second attempt.
    const rounds = t.host === "workerd" ? 10 : 50;
    for (let round = 0; round < rounds; round += 1) {
      const said = [chat, responses, chat, responses].map(async (api) => api.said(await api.object(t, client)));
      t.expect(await Promise.all(said)).to.deep.equal([TEXT, TEXT, TEXT, TEXT], `${round}`);
    }
  },
  { alone: true },
);

conformance(
  "87",
  "a call that loses the race against the server's close is sent again",
  async (t) => {
    const client = t.scenario("keepalive-race;when=next");
    for (let call = 0; call < 3; call += 1) {
      t.expect(chat.said(await chat.object(t, client))).to.equal(TEXT, `${call}`);
    }
    const records = await t.log();
    t.expect(records.filter(({ status }) => status === 200)).to.have.length(3);
    t.expect(records.length).to.be.greaterThan(3, "some of them were sent twice");
  },
  { alone: true },
);

/** @type {import("../harness.mjs").Where} */
const DECODES_DEFLATE = {
  hosts: ["node", "chromium"],
  why: "workerd decodes gzip and br, and leaves deflate as it is",
};

for (const encoding of ["gzip", "deflate", "br"]) {
  const where = encoding === "deflate" ? DECODES_DEFLATE : {};

  for (const api of apis) {
    conformance(
      "92",
      `a compressed stream is decoded as it comes: ${encoding} (${api.name})`,
      async (t) => {
        const plain = await t.drain(await api.stream(t, t.client()));
        const stream = await api.stream(t, t.scenario(`encoded;enc=${encoding};ms=60`));
        const chunks = [];
        let early = 0;
        for await (const chunk of stream) {
          chunks.push(chunk);
          // The server had not sent all of it when this came.
          const record = (await t.log()).at(-1);
          if (chunks.length <= 2) early += Number(record.endedAt === null);
        }
        t.expect(api.gist(chunks)).to.deep.equal(api.gist(plain.chunks));
        t.expect([early, stream.completed]).to.deep.equal([2, true]);
      },
      where,
    );

    conformance(
      "92",
      `a compressed object is decoded: ${encoding} (${api.name})`,
      async (t) => {
        t.expect(api.said(await api.object(t, t.scenario(`encoded;enc=${encoding}`)))).to.equal(TEXT);
      },
      where,
    );
  }

  conformance(
    "93",
    `a body that cannot be decoded is a typed error: ${encoding}`,
    async (t) => {
      const client = t.scenario(`encoded-corrupt;enc=${encoding};ms=30`, { timeout: 1000 });
      /** @param {any} error @param {any} record */
      const expectFailure = (error, record) => {
        // The fetch of Node 20 neither fails nor ends when it cannot decode; then the client's timeout tells.
        if (t.isBrowser || error.code !== "idle_timeout") return expectLost(t, error, record);
        t.expect(error).to.be.instanceOf(t.auriko.APIConnectionTimeoutError);
        t.expect(error.requestId).to.equal(record.id);
      };
      await nothingUnhandled(t, async () => {
        const calls = apis.map(async (api) => {
          const stream = await api.stream(t, client);
          const [{ chunks, error }, broken] = await Promise.all([
            within(5000, t.drain(stream)),
            within(5000, t.rejection(api.object(t, client))),
          ]);
          t.expect([chunks.length, stream.completed]).to.deep.equal([2, false]);
          const records = sentTo(await t.log(), api);
          t.expect(records).to.have.length(2);
          expectFailure(error, records[0]);
          expectFailure(broken, records[1]);
        });
        await Promise.all(calls);
      });
    },
    where,
  );
}

conformance(
  "95",
  "informational answers before the real one are ignored",
  async (t) => {
    for (const count of [1, 3]) {
      for (const api of apis) {
        const client = t.scenario(`early-hints;count=${count}`, { maxRetries: 0 });
        t.expect(api.said(await api.object(t, client))).to.equal(TEXT);
        const { chunks, error } = await t.drain(await api.stream(t, client));
        t.expect([api.text(chunks), error]).to.deep.equal([TEXT, undefined]);
      }
    }
    t.expect(await t.log()).to.have.length(8);
  },
  { hosts: ["node", "chromium"], why: "workerd takes the first of them for the answer" },
);

conformance("85", "a body that was given up breaks quietly", async (t) => {
  await nothingUnhandled(t, async () => {
    for (const scenario of ["reset-mid-body", "reset-mid-event", "truncated-chunked"]) {
      const stream = await chat.stream(t, t.scenario(scenario));
      for await (const _ of stream) break;
      await pause(80);
      t.expect(stream.completed).to.equal(false);
    }
  });
});
