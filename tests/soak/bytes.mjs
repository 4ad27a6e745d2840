// @ts-check
// Many streams at a time, left, aborted and broken by chance: what each was given is exactly the beginning of what
// the gateway had sent it, and nothing that was read is missing.
import { AurikoClient } from "./package.mjs";
import { randomFrom } from "./random.mjs";

/** @typedef {{ name: string, scenario: string, whole?: boolean, end: (stream: any, controller: AbortController, taken: number) => unknown }} Fate */

const never = () => undefined;
/** @param {number} at after how many chunks */
const after = (at, /** @type {(stream: any, controller: AbortController) => unknown} */ act) =>
  /** @type {Fate["end"]} */ ((stream, controller, taken) => (taken === at ? act(stream, controller) : undefined));

/** @param {import("./random.mjs").Random} random @returns {Fate} */
function fateOf(random) {
  const [count, per, at] = [50 + random.below(250), 1 + random.below(20), random.below(200)];
  const numbered = `many-chunks;count=${count};per=${per}`;
  return random.oneOf([
    [4, { name: "read to its end", scenario: numbered, whole: true, end: never }],
    [3, { name: "aborted after a chunk", scenario: numbered, end: after(at, (_, controller) => controller.abort()) }],
    [3, { name: "closed after a chunk", scenario: numbered, end: after(at, (stream) => stream.close()) }],
    [3, { name: "aborted at some time", scenario: "never-ending;ms=2", end: abortedWithin(random.below(1000)) }],
    [2, { name: "reset", scenario: `reset-mid-body;after=${1 + random.below(4)}`, whole: true, end: never }],
    [
      2,
      { name: "cut off", scenario: `truncated-chunked;inside=1;after=${1 + random.below(4)}`, whole: true, end: never },
    ],
  ]);
}

/** @param {number} ms @returns {Fate["end"]} */
const abortedWithin = (ms) => (_, controller, taken) => {
  if (taken === 0) setTimeout(() => controller.abort(), ms);
};

/** A fetch that notes each piece that is read of its body, and lets nothing be read ahead. @param {Uint8Array[]} pieces @returns {typeof fetch} */
const noting = (pieces) => async (url, init) => {
  const response = await fetch(url, init);
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const body = new ReadableStream(
    {
      async pull(queue) {
        const { done, value } = await reader.read();
        if (done) return queue.close();
        pieces.push(value);
        queue.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
};

/** The payloads of the events that are whole in these bytes, read as plainly as can be. @param {Uint8Array[]} pieces */
function payloadsIn(pieces) {
  const events = Buffer.concat(pieces).toString("utf8").split("\n\n").slice(0, -1);
  return events.map((event) => event.replace(/^data: /, "")).filter((data) => data !== "[DONE]");
}

/**
 * One stream; what is wrong with it, and how many bytes were read.
 * @param {import("./gateway.mjs").Gateway} gateway
 * @param {string} run
 * @param {import("./random.mjs").Random} random
 */
async function follow(gateway, run, random) {
  const { name, scenario, whole = false, end } = fateOf(random);
  /** @type {Uint8Array[]} */
  const pieces = [];
  const baseUrl = `${gateway.url}/_scenario/${scenario};run=${run}`;
  const client = new AurikoClient({ apiKey: "ak_test_local", baseUrl, fetch: noting(pieces) });
  const controller = new AbortController();
  const messages = [{ role: /** @type {const} */ ("user"), content: "echo: one two three four five six seven" }];
  /** @type {string[]} */
  const taken = [];
  try {
    const stream = await client.chat.completions.create(
      { model: "gpt-5.4", messages, stream: true },
      { signal: controller.signal },
    );
    end(stream, controller, 0);
    for await (const chunk of stream) {
      taken.push(JSON.stringify(chunk));
      await end(stream, controller, taken.length);
    }
  } catch {
    // How it fails is for other tests; here every byte counts.
  }
  const payloads = payloadsIn(pieces);
  const read = pieces.reduce((sum, { length }) => sum + length, 0);
  return { name, run, whole, taken, payloads, read };
}

/** @param {import("./gateway.mjs").Gateway} gateway @param {number} count @param {number} seed */
export async function accountFor(gateway, count, seed) {
  const followed = await Promise.all(
    Array.from({ length: count }, (_, index) => follow(gateway, `bytes-${index}`, randomFrom(seed + index))),
  );
  const wrong = (await gateway.open()).map((scenario) => `a request was left open: ${scenario}`);
  const sums = { streams: count, chunks: 0, taken: 0, read: 0, written: 0 };
  for (const { name, run, whole, taken, payloads, read } of followed) {
    const [{ bytesWritten }, ...more] = await gateway.log(run);
    const begin = payloads.slice(0, taken.length).map((payload) => JSON.stringify(JSON.parse(payload)));
    if (more.length > 0) wrong.push(`${name}: ${more.length} requests too many`);
    if (taken.some((chunk, at) => chunk !== begin[at])) wrong.push(`${name}: other chunks than were sent`);
    if (whole && taken.length !== payloads.length) wrong.push(`${name}: ${taken.length} of ${payloads.length} chunks`);
    if (whole ? read !== bytesWritten : read > bytesWritten) wrong.push(`${name}: ${read} of ${bytesWritten} bytes`);
    sums.chunks += payloads.length;
    sums.taken += taken.length;
    sums.read += read;
    sums.written += bytesWritten;
  }
  return { wrong, sums };
}
