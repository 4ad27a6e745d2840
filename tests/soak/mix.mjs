// @ts-check
// What happens to the calls and streams of a soak, by chance: what the gateway does, what the caller does, and how
// it has to come out.

/** @typedef {import("./random.mjs").Random} Random */
/** @typedef {{ client: (scenario: string, options?: object) => any, random: Random, signal: AbortSignal }} Given */
/** @typedef {(given: Given) => Promise<string>} Deed what came of it: a text, or the code or name of an error */
/** @typedef {[weight: number, [name: string, deed: Deed, outcome: RegExp]]} Choice */

export const TEXT = "naïve 東京 ☕";
const MINE = "mine";

const params = (/** @type {object} */ more) => ({
  model: "gpt-5.4",
  messages: [{ role: "user", content: `echo: ${TEXT}` }],
  ...more,
});

/** @param {Promise<string>} deed */
const outcomeOf = (deed) => deed.catch((error) => (error === MINE ? MINE : String(error.code ?? error)));

/** Aborts before long, with a signal of its own. @param {Random} random @param {number} within milliseconds */
function soon(random, within) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(MINE), random.below(within));
  return { signal: controller.signal, settled: () => clearTimeout(timer) };
}

/** A call for one object. @param {string} scenario @param {object} [options] @returns {Deed} */
const object =
  (scenario, options) =>
  ({ client, signal }) =>
    outcomeOf(
      client(scenario, options)
        .chat.completions.create(params({}), { signal })
        .then((/** @type {any} */ { choices }) => choices[0].message.content),
    );

/** The same, aborted at some time. @param {string} scenario @param {number} within @returns {Deed} */
const abortedObject =
  (scenario, within) =>
  async ({ client, random }) => {
    const { signal, settled } = soon(random, within);
    const deed = client(scenario).responses.create({ model: "gpt-5.4", input: `echo: ${TEXT}` }, { signal });
    const outcome = await outcomeOf(deed.then((/** @type {any} */ response) => response.output_text));
    settled();
    return outcome;
  };

const good = new RegExp(`^${TEXT}$`);
const goodOrMine = new RegExp(`^(${TEXT}|${MINE})$`);

/** @type {Choice[]} */
export const CALLS = [
  [70, ["answered", object("ok"), good]],
  [4, ["refused", object("status;code=invalid_request"), /^invalid_request$/]],
  [2, ["refused for a while", object("429-then-200"), good]],
  [2, ["reset before the headers", object("reset-before-headers"), good]],
  [2, ["closed before the headers", object("close-before-headers"), good]],
  [3, ["cut JSON", object("json-cut"), /^invalid_response$/]],
  [3, ["reset in the body", object("reset-mid-body"), /^api_connection_error$/]],
  [3, ["an error page", object("html-404"), /^malformed_response$/]],
  [3, ["late headers", object("slow-headers;ms=2000", { timeout: 40, maxRetries: 0 }), /^request_timeout$/]],
  [4, ["aborted while it waits", abortedObject("slow-headers;ms=2000", 30), /^mine$/]],
  [4, ["aborted at any time", abortedObject("ok", 10), goodOrMine]],
];

/** @param {AsyncIterable<any>} stream */
async function textOf(stream) {
  let text = "";
  for await (const chunk of stream)
    text += typeof chunk === "string" ? chunk : (chunk.choices[0]?.delta?.content ?? "");
  return text;
}

/** A stream, and what is done with it. @param {string} scenario @param {(stream: any, random: Random) => Promise<string>} use @param {object} [options] @returns {Deed} */
const stream =
  (scenario, use, options) =>
  ({ client, random, signal }) =>
    outcomeOf(
      client(scenario, options)
        .chat.completions.create(params({ stream: true }), { signal })
        .then((/** @type {any} */ opened) => use(opened, random)),
    );

/** Takes some chunks, then does this with the stream. @param {(stream: any) => unknown} leave @returns {(stream: any, random: Random) => Promise<string>} */
const leftBy = (leave) => async (stream, random) => {
  const iterator = stream[Symbol.asyncIterator]();
  for (let left = random.below(6); left > 0; left -= 1) await iterator.next();
  await leave({ stream, iterator });
  return String((await iterator.next()).done);
};

const ENDLESS = "never-ending;ms=1";
const quiet = /^true$/;

/** @type {Choice[]} */
export const STREAMS = [
  [20, ["read", stream("ok", textOf), good]],
  [5, ["read as text", stream("ok", ({ textStream }) => textOf(textStream)), good]],
  [5, ["put together", stream("ok", async (all) => (await all.finalCompletion()).choices[0].message.content), good]],
  [5, ["read twice", stream("ok", async (all) => (await Promise.all(all.tee().map(textOf)))[1]), good]],
  [
    8,
    [
      "left by return()",
      stream(
        ENDLESS,
        leftBy(({ iterator }) => iterator.return()),
      ),
      quiet,
    ],
  ],
  [
    8,
    [
      "closed",
      stream(
        ENDLESS,
        leftBy(({ stream }) => stream.close()),
      ),
      quiet,
    ],
  ],
  [
    8,
    [
      "cancelled",
      stream(
        ENDLESS,
        leftBy(({ stream }) => stream.cancel()),
      ),
      quiet,
    ],
  ],
  [4, ["closed before it was read", stream(ENDLESS, async (opened) => String(await opened.close())), /^undefined$/]],
  [12, ["aborted at any time", abortedStream(ENDLESS, 40), /^mine$/]],
  [5, ["aborted or read", abortedStream("ok", 10), goodOrMine]],
  [5, ["reset", stream("reset-mid-body;wait=5", textOf), /^api_connection_error$/]],
  [3, ["reset in an event", stream("reset-mid-event;wait=5", textOf), /^api_connection_error$/]],
  [3, ["cut off", stream("truncated-chunked;inside=1;wait=5", textOf), /^api_connection_error$/]],
  [3, ["ended early", stream("premature-eof-unfinished", textOf), /^stream_truncated$/]],
  [3, ["an error event", stream("error-midstream", textOf), /^upstream_error$/]],
  [3, ["no JSON", stream("bad-json-midstream", textOf), /^invalid_chunk$/]],
  // On a busy machine not even the headers may come in time.
  [3, ["silent", stream("stall", textOf, { timeout: 50, maxRetries: 0 }), /^(idle|request)_timeout$/]],
];

/** @param {string} scenario @param {number} within @returns {Deed} */
function abortedStream(scenario, within) {
  return async ({ client, random }) => {
    const { signal, settled } = soon(random, within);
    const opened = client(scenario).chat.completions.create(params({ stream: true }), { signal });
    const outcome = await outcomeOf(opened.then(textOf));
    settled();
    return outcome;
  };
}
