// @ts-check
// Answers of a fetch that is no server's.
import { boom } from "./values.mjs";

const encode = (/** @type {string} */ text) => new TextEncoder().encode(text);
const EVENT = encode('data: {"choices":[{"index":0,"delta":{"content":"x"}}],"usage":{"total_tokens":1}}\n\n');
const DONE = encode("data: [DONE]\n\n");
const events = new Headers({ "content-type": "text/event-stream" });
const json = new Headers({ "content-type": "application/json" });

/** A view that says something else of its length each time, and views that always lie. */
class Growing extends Uint8Array {
  #asked = 0;
  get length() {
    return 8 + this.#asked++;
  }
}
class Endless extends Uint8Array {
  get length() {
    return 2 ** 32 - 1;
  }
}
class Throwing extends Uint8Array {
  /** @returns {number} */
  get length() {
    return boom();
  }
  /** @returns {any} */
  get buffer() {
    return boom();
  }
}
class Foreign extends DataView {
  get buffer() {
    return new ArrayBuffer(8);
  }
  get byteOffset() {
    return -5;
  }
  get byteLength() {
    return 1e12;
  }
}

/** @type {Record<string, () => unknown>} */
const PIECES = {
  "a length that grows": () => new Growing(EVENT),
  "a length without end": () => new Endless(EVENT),
  "a length that throws": () => new Throwing(EVENT),
  "a view that lies": () => new Foreign(new ArrayBuffer(8)),
  "a length of its own": () => Object.defineProperty(new Uint8Array(EVENT), "length", { value: 1e6 }),
  "a prototype of another kind": () => Object.setPrototypeOf(new Uint8Array(EVENT), Array.prototype),
  "numbers of another size": () => new Float64Array(4),
  "shared memory": () => new Uint8Array(new SharedArrayBuffer(8)),
  "a proxy": () => new Proxy(new Uint8Array(8), { get: boom }),
  "an ArrayBuffer": () => new ArrayBuffer(8),
  "no bytes": () => new Uint8Array(),
  nothing: () => undefined,
};

/** A body of these pieces. @param {(() => unknown)[]} pieces */
const body = (...pieces) => ({
  getReader: () => ({
    read: async () => (pieces.length > 0 ? { done: false, value: pieces.shift()?.() } : { done: true }),
    cancel: async () => {},
  }),
});
/** @param {string} open @param {number} levels @param {string} close */
const nested = (open, levels, close) => open.repeat(levels) + close.repeat(levels);

/**
 * Answers by name. `poke` does whatever can be done with the stream that is being read.
 * @param {() => void} poke
 * @returns {Record<string, () => any>}
 */
export function answers(poke) {
  /** @type {Record<string, () => any>} */
  const all = {};
  for (const [name, piece] of Object.entries(PIECES)) {
    const around = [() => EVENT, piece, () => DONE];
    all[`events with ${name}`] = () => ({ status: 200, headers: events, body: body(...around) });
    all[`an object with ${name}`] = () => ({ status: 200, headers: json, body: body(() => encode("{"), piece) });
    all[`a refusal with ${name}`] = () => ({ status: 400, headers: json, body: body(() => encode("{"), piece) });
  }
  const broken = () =>
    body(
      () => EVENT,
      () => encode("data: {\n\n"),
    );
  const poked = (/** @type {() => unknown} */ value) => ({
    get() {
      poke();
      return value();
    },
  });
  const results = () => {
    let left = 9;
    return Object.defineProperties({}, { done: poked(() => left-- === 0), value: poked(() => EVENT) });
  };
  /** A property that is another one each time. @param {unknown[]} values */
  const changing = (...values) => {
    let asked = 0;
    return { get: () => values[asked++ % values.length] };
  };
  const answer = { status: 200, headers: events, body: null };
  return {
    ...all,
    "headers that use the stream": () =>
      Object.defineProperty(
        { ...answer, body: broken() },
        "headers",
        poked(() => events),
      ),
    "results that use the stream": () => {
      const result = results();
      return { ...answer, body: { getReader: () => ({ read: async () => result, cancel: poke }) } };
    },
    "a status that changes": () =>
      Object.defineProperty({ ...answer, body: broken() }, "status", changing(200, 400, "x", NaN, -1, 1e30)),
    "a body that changes": () =>
      Object.defineProperty({ ...answer }, "body", changing(broken(), null, 5, {}, broken())),
    "a status that throws": () => Object.defineProperty({ ...answer }, "status", { get: boom }),
    "headers that throw": () => ({ ...answer, headers: { get: boom, entries: boom } }),
    "headers of half characters": () => ({ ...answer, status: 400, headers: { get: () => "\ud800" } }),
    "headers of a megabyte": () => ({ ...answer, status: 429, headers: { get: () => "9".repeat(1 << 20) } }),
    "a redirect to nowhere": () => ({ ...answer, status: 307, headers: { get: () => "http://[" } }),
    "a redirect for ever": () => ({ ...answer, status: 307, headers: { get: () => "/v1/x" } }),
    "a deep payload": () => new Response(`data: {"a":${nested("[", 100_000, "]")}}\n\n`, { headers: events }),
    "a deep error": () => new Response(`data: {"error":${nested('{"error":', 50_000, "}")}}\n\n`, { headers: events }),
    "a deep object": () => new Response(`{"a":${nested("[", 100_000, "]")}}`, { headers: json }),
    "a deep refusal": () => new Response(`{"error":${nested("[", 100_000, "]")}}`, { headers: json, status: 400 }),
    "bytes that are no text": () => new Response(new Uint8Array(5000).fill(255), { headers: events }),
    "an answer that answers twice": () => ({
      // biome-ignore lint/suspicious/noThenProperty: that is what is tried
      then: (/** @type {(value: any) => void} */ resolve) => {
        resolve({
          ...answer,
          body: body(
            () => EVENT,
            () => DONE,
          ),
        });
        resolve(5);
        boom();
      },
    }),
  };
}
