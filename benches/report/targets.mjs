// @ts-check
// What has to hold in Node.js, and whether it does.

/** @typedef {{ name: string, limit: string, found: string, met: boolean }} Target */

/** How many times faster than openai, at so many events per read. */
const OBJECTS = { 1: 2.5, 8: 3, 64: 3 };
const TEXT = { 1: 4, 8: 12, 64: 16 };

/** Streams that are mostly text: the only ones with something to find for textStream. */
const TEXTUAL = ["plain", "multi-byte"];

/** In microseconds. */
const ADDED_BY_CALL = 60;
const ADDED_TO_CHUNK = 50;

/** @param {any} node what was measured in Node.js @param {Record<string, number>} starts @returns {Target[]} */
export function targets(node, starts) {
  const { streams, calls, delays } = node;
  return [
    ...streams.flatMap(ofStream),
    below("added by a call, over fetch and json()", calls["auriko-wasm"] - calls["fetch and json()"], ADDED_BY_CALL),
    below("added delay of a chunk", delays["auriko-wasm"] - delays["the body itself"], ADDED_TO_CHUNK),
    times("import to first request, openai ÷ auriko-wasm", starts.openai / starts["auriko-wasm"], 2),
  ];
}

/** @param {any} result @returns {Target[]} */
function ofStream({ kind, eventsPerRead, medians }) {
  const at = `${kind}, ${eventsPerRead} per read`;
  const objects = medians["auriko-wasm, for await"];
  /** @type {1 | 8 | 64} */
  const size = eventsPerRead;
  const all = [
    times(`${at}: openai ÷ for await`, medians.openai / objects, OBJECTS[size]),
    times(`${at}: by hand ÷ for await`, medians["by hand, for await"] / objects, 1),
  ];
  if (TEXTUAL.includes(kind)) {
    all.push(times(`${at}: openai ÷ textStream`, medians.openai / medians["auriko-wasm, textStream"], TEXT[size]));
  }
  return all;
}

/** @param {string} name @param {number} found @param {number} limit @returns {Target} */
function times(name, found, limit) {
  return { name, limit: `at least ${limit.toFixed(1)}×`, found: `${found.toFixed(2)}×`, met: found >= limit };
}

/** @param {string} name @param {number} found @param {number} limit @returns {Target} */
function below(name, found, limit) {
  return { name, limit: `below ${limit} µs`, found: `${found.toFixed(1)} µs`, met: found < limit };
}
