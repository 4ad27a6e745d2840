// @ts-check
// What the cases about streams have in common.

/** @typedef {import("../harness.mjs").Context} Context */
/** @typedef {import("auriko-wasm").ChatCompletionStream} Stream */

/** The text "0 1 2 … 49 " in 53 chunks, ten in each write. */
export const FIFTY = "many-chunks;count=50;per=10";
export const FIFTY_TEXT = Array.from({ length: 50 }, (_, index) => `${index} `).join("");

/** @param {Context} t @param {string} scenario @param {any} [options] @returns {Promise<Stream>} */
export const open = (t, scenario, options) =>
  /** @type {any} */ (t.scenario(scenario).chat.completions.create(t.params({ stream: true }), options));

/** @param {AsyncIterable<any>} stream */
export async function all(stream) {
  const items = [];
  for await (const item of stream) items.push(item);
  return items;
}

/** Resolves when the server sees that nobody listens any more. @param {Context} t */
export const gone = (t) =>
  t.logUntil((records) => records.length > 0 && records.every(({ clientGoneAt }) => clientGoneAt !== null));

/** All ways to take what a stream has. @type {Record<string, (stream: Stream) => any>} */
export const WAYS = {
  iterator: (stream) => stream[Symbol.asyncIterator](),
  values: (stream) => stream.values(),
  tee: (stream) => stream.tee(),
  textStream: (stream) => stream.textStream,
  toReadableStream: (stream) => stream.toReadableStream(),
  finalCompletion: (stream) => stream.finalCompletion(),
};

/**
 * What is rejected while `run` runs and nobody hears of. Cases that ask for it run alone.
 * @param {Context} t
 * @param {() => Promise<void>} run
 */
export async function unheard(t, run) {
  /** @type {any} */
  const host = globalThis;
  const inNode = t.host === "node";
  /** @type {any[]} */
  const reasons = [];
  const listener = (/** @type {any} */ event) => {
    reasons.push(inNode ? event : event.reason);
    if (inNode) return;
    event.preventDefault();
    // In workerd the event cannot be cancelled: whoever looks for strays there looks for this.
    event.taken = true;
  };
  if (inNode) host.process.on("unhandledRejection", listener);
  else host.addEventListener("unhandledrejection", listener);
  try {
    await run();
    // Node tells of them before its next task. Elsewhere that is not promised: one of our own comes last.
    for (let turn = 0; turn < 2; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
    const last = new Error("the last one");
    if (!inNode) Promise.reject(last);
    while (!inNode && !reasons.includes(last)) await new Promise((resolve) => setTimeout(resolve, 0));
    return reasons.filter((reason) => reason !== last);
  } finally {
    if (inNode) host.process.off("unhandledRejection", listener);
    else host.removeEventListener("unhandledrejection", listener);
  }
}
