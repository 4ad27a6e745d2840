// @ts-check
// Values that no program passes on purpose.
import vm from "node:vm";

/** What the functions in these values throw. */
export const BOOM = new Error("thrown by the caller's own code");
export const boom = () => {
  throw BOOM;
};

const realm = vm.createContext({});
/** @param {object} target */
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
/** An array with this length, whatever it holds. @param {unknown} length */
const ofLength = (length) => new Proxy([], { get: (_, name) => (name === "length" ? length : undefined) });
/** @param {(inner: any) => any} wrap */
const deep = (wrap) => {
  let value = {};
  for (let level = 0; level < 100_000; level++) value = wrap(value);
  return value;
};

/** Makes each anew. @type {Record<string, () => any>} */
export const VALUES = {
  undefined: () => undefined,
  null: () => null,
  NaN: () => NaN,
  infinity: () => Infinity,
  "a negative number": () => -1,
  "negative zero": () => -0,
  "a huge number": () => 1e308,
  "a bigint": () => 10n ** 30n,
  "a symbol": () => Symbol("x"),
  "an empty string": () => "",
  "half a character": () => "\udc00x\ud800",
  "a string with NUL": () => "a\0b",
  "a string with a line break": () => "a\r\nb: c",
  "a long string": () => "x".repeat(100_000),
  "a String object": () => new String("x"),
  "a function": () => () => {},
  "an async function": () => async () => {},
  "a function that throws": () => boom,
  "a class": () => class {},
  "a proxy that throws": () =>
    new Proxy({}, { get: boom, has: boom, ownKeys: boom, getPrototypeOf: boom, getOwnPropertyDescriptor: boom }),
  "an array that throws": () => new Proxy([], { get: boom }),
  "a function whose proxy throws": () => new Proxy(() => {}, { get: boom, apply: boom }),
  "a revoked object": () => revoked({}),
  "a revoked array": () => revoked([]),
  "a revoked function": () => revoked(() => {}),
  "getters that throw": () => {
    const names = ["model", "messages", "routing", "apiKey", "signal", "headers", "timeout", "tags", "endpoint"];
    return Object.defineProperties(
      {},
      Object.fromEntries(names.map((name) => [name, { get: boom, enumerable: true }])),
    );
  },
  "an object in itself, many times": () => {
    /** @type {any} */
    const cycle = {};
    for (const name of ["model", "messages", "routing", "metadata", "weights", "timeout", "a", "b", "c", "d"]) {
      cycle[name] = cycle;
    }
    return cycle;
  },
  "an array in itself": () => {
    /** @type {any[]} */
    const cycle = [];
    cycle.push(cycle, cycle, cycle);
    return cycle;
  },
  "an array of four billion holes": () => Object.assign([], { length: 2 ** 32 - 1 }),
  "an array with a length below zero": () => ofLength(-5),
  "an array with a length of four billion": () => ofLength(2 ** 32 - 1),
  "an array with a length that is a text": () => ofLength("x"),
  "an array with a length that is a symbol": () => ofLength(Symbol("x")),
  "a hundred thousand objects": () => deep((a) => ({ a })),
  "a hundred thousand arrays": () => deep((a) => [a]),
  "an object without a prototype": () => Object.assign(Object.create(null), { a: 1 }),
  "names of prototypes": () => JSON.parse('{"__proto__":{"x":1},"constructor":1,"toString":null}'),
  "an object of another realm": () => vm.runInContext("({ model: 'm', a: 1 })", realm),
  "an array of another realm": () => vm.runInContext("['a', 1]", realm),
  "bytes of another realm": () => vm.runInContext("new Uint8Array(8)", realm),
  "an error of another realm": () => vm.runInContext("new TypeError('x')", realm),
  "a date that is none": () => new Date(NaN),
  "a regular expression": () => /x/,
  "a map": () => new Map([[{}, 1]]),
  "a set": () => new Set([1]),
  "a promise": () => Promise.resolve(1),
  // biome-ignore lint/suspicious/noThenProperty: that is what is tried
  "a then that throws": () => ({ then: boom }),
  "memory that was given away": () => {
    const bytes = new Uint8Array(8);
    structuredClone(bytes, { transfer: [bytes.buffer] });
    return bytes;
  },
  "shared memory": () => new Uint8Array(new SharedArrayBuffer(8)),
  "conversions that throw": () => ({ [Symbol.toPrimitive]: boom, toString: boom, valueOf: boom, toJSON: boom }),
  "a toJSON that gives nothing": () => ({ toJSON: () => undefined }),
  "an iterator that throws": () => ({ [Symbol.iterator]: boom }),
  "entries that throw": () => ({ entries: boom }),
  "entries that are none": () => ({ entries: () => [["a", "b"], 7, null] }),
  "a signal that throws": () => ({ aborted: false, addEventListener: boom, removeEventListener: boom }),
  "a signal that throws later": () => {
    let asked = 0;
    const signal = { addEventListener() {}, removeEventListener: boom };
    return Object.defineProperty(signal, "aborted", { get: () => (asked++ > 1 ? boom() : false) });
  },
  "a signal that calls back at once": () => ({
    aborted: false,
    removeEventListener() {},
    addEventListener: (/** @type {string} */ _, /** @type {() => void} */ run) => {
      run();
      run();
    },
  }),
  "a URL": () => new URL("http://x"),
  "a Response": () => new Response("x"),
};
