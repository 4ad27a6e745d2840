// @ts-check
// Eyes for what a case cannot see in a result: time that passes, listeners that stay, rejections nobody handles.

/** @typedef {import("../harness.mjs").Context} Context */

/** @param {number} ms */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * What a promise settles to; an error if it has not within `ms`: a hang has to fail and not to hang the suite.
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export async function within(ms, promise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not settled within ${ms} ms`)), ms);
  });
  try {
    return /** @type {T} */ (await Promise.race([promise, late]));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What was done, and how many milliseconds it took.
 * @template T
 * @param {() => Promise<T>} run
 */
export async function timed(run) {
  const begin = performance.now();
  const value = await run();
  return { value, ms: performance.now() - begin };
}

/**
 * Fails where a rejection stays unhandled. Node's test runner does so by itself, if it is given the time.
 * @param {Context} t
 * @param {() => Promise<void>} run
 */
export async function nothingUnhandled(t, run) {
  /** @type {unknown[]} */
  const unhandled = [];
  const note = (/** @type {any} */ event) => unhandled.push(String(event.reason));
  globalThis.addEventListener?.("unhandledrejection", note);
  try {
    await run();
    await pause(20);
  } finally {
    globalThis.removeEventListener?.("unhandledrejection", note);
  }
  t.expect(unhandled).to.deep.equal([]);
}

/** A controller whose signal tells how many listeners it has. */
export function countedController() {
  const controller = new AbortController();
  const { signal } = controller;
  /** @type {Set<unknown>} */
  const listeners = new Set();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (/** @type {any[]} */ ...args) => {
    listeners.add(args[1]);
    addEventListener.apply(signal, /** @type {any} */ (args));
  };
  signal.removeEventListener = (/** @type {any[]} */ ...args) => {
    listeners.delete(args[1]);
    removeEventListener.apply(signal, /** @type {any} */ (args));
  };
  return { controller, signal, listeners };
}

/**
 * The server sees that the client has gone from all of these requests: on its own clock, at the latest 200 ms
 * after the arrival of a request that is sent now. Returns the records of all requests.
 * @param {Context} t
 */
export async function seenGone(t) {
  const now = `${t.runId}-${performance.now()}`;
  await fetch(`${t.gateway}/v1/me?run=${now}`);
  const [{ startedAt }] = await (await fetch(`${t.gateway}/_log?run=${now}`)).json();
  const records = await t.logUntil((all) => all.length > 0 && all.every(({ clientGoneAt }) => clientGoneAt !== null));
  for (const { clientGoneAt } of records) t.expect(clientGoneAt - startedAt).to.be.lessThan(200);
  return records;
}
