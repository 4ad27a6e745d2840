// @ts-check
// What AurikoOpenAI does wherever OpenAI's own client runs.
import { all, equal, instance, rejection, textOf } from "./expect.mjs";
import { TEXT } from "./trial.mjs";

/** @type {Record<string, import("../contract.mjs").Clause>} */
export const OPENAI_CLAUSES = {
  async "AurikoOpenAI: a call has its completion, and the client the metadata"(t) {
    const client = t.openaiClient();
    instance(client, t.openai.OpenAI);
    const completion = await client.chat.completions.create(t.params());
    equal(completion.choices[0].message.content, TEXT);
    equal(client.lastRoutingMetadata?.model_canonical, "gpt-5.4");
  },

  async "AurikoOpenAI: a stream has its chunks, and the client the metadata when it was read"(t) {
    const client = t.openaiClient({}, "split-utf8");
    const stream = await client.chat.completions.create(t.params({ stream: /** @type {const} */ (true) }));
    equal(client.lastRoutingMetadata, null);
    equal(textOf(await all(stream)), TEXT);
    equal(client.lastRoutingMetadata?.model_canonical, "gpt-5.4");
  },

  async "AurikoOpenAI: a refusal is an error of both families, streamed or not"(t) {
    const { OpenAI, RateLimitError } = t.openai;
    const client = t.openaiClient({ maxRetries: 0 }, "status;code=rate_limit_exceeded;after=7");
    for (const stream of [false, true]) {
      const error = await rejection(client.chat.completions.create(t.params({ stream })));
      for (const type of [RateLimitError, t.auriko.RateLimitError, OpenAI.RateLimitError]) instance(error, type);
      equal(error instanceof OpenAI.NotFoundError, false);
      equal(error instanceof t.auriko.NotFoundError, false);
      equal([error.status, error.code, error.retryAfterSeconds], [429, "rate_limit_exceeded", 7]);
    }
  },

  async "AurikoOpenAI: an error in the middle of a stream is OpenAI's alone"(t) {
    const client = t.openaiClient({}, "error-midstream");
    const stream = await client.chat.completions.create(t.params({ stream: /** @type {const} */ (true) }));
    const error = await rejection(all(stream));
    equal(error.constructor === t.openai.OpenAI.APIError, true);
    equal(error.code, "upstream_error");
    equal(error instanceof t.auriko.AurikoAPIError, false);
  },

  async "AurikoOpenAI: an abort rejects before the answer, and ends a stream"(t) {
    const before = new AbortController();
    const slow = t.openaiClient({}, "slow-headers;ms=60000").chat.completions;
    const waiting = rejection(slow.create(t.params(), { signal: before.signal }));
    await t.sees(({ length }) => length === 1);
    before.abort();
    instance(await waiting, t.openai.OpenAI.APIUserAbortError);
    await t.sees(([record]) => record.clientGoneAt !== null);

    t.startAgain();
    const within = new AbortController();
    const { completions } = t.openaiClient({}, "never-ending;ms=1").chat;
    const params = t.params({ stream: /** @type {const} */ (true) });
    for await (const _ of await completions.create(params, { signal: within.signal })) within.abort();
    await t.sees(([record]) => record.clientGoneAt !== null);
  },

  async "AurikoOpenAI: onResponse hears of each call once, also behind withOptions"(t) {
    /** @type {string[]} */
    const heard = [];
    /** @param {string} who */
    const hears = (who) => ({ onResponse: () => void heard.push(who) });
    const first = t.openaiClient(hears("first"));
    const second = first.withOptions({ timeout: 5000 });
    const third = second.withOptions(hears("third"));
    instance(third, t.openai.AurikoOpenAI);
    for (const client of [second, third]) await client.chat.completions.create(t.params());
    equal(heard, ["first", "third"]);
    equal([first.lastRoutingMetadata, typeof second.lastRoutingMetadata?.provider], [null, "string"]);
  },

  async "AurikoOpenAI: onResponse runs in the async context of its call"(t) {
    const { AsyncLocalStorage } = t.runtime;
    if (!AsyncLocalStorage) return "no AsyncLocalStorage here";
    const storage = new AsyncLocalStorage();
    /** @type {string[]} */
    const heard = [];
    const client = t.openaiClient({ onResponse: () => void heard.push(storage.getStore()) });
    /** @param {string} caller @param {boolean} stream */
    const call = (caller, stream) => storage.run(caller, () => client.chat.completions.create(t.params({ stream })));
    // The answers are awaited and read in another context.
    await Promise.all([call("a", false), call("b", false)]);
    await all(await call("c", true));
    equal(heard.sort(), ["a", "b", "c"]);
  },
};
