// @ts-check
// One listener for each signal, however many calls it stops: frameworks pass one signal to many calls, and
// Node warns of a leak at the eleventh listener.

/** @type {WeakMap<AbortSignal, { runs: Set<() => void>, listener: () => void }>} */
const watched = new WeakMap();

/**
 * Called by the core. Runs a function when the signal is aborted; returns a function that ends this.
 * @param {AbortSignal} signal
 * @param {() => void} run
 */
export function watch(signal, run) {
  let entry = watched.get(signal);
  if (!entry) {
    const runs = new Set();
    entry = { runs, listener: () => notify(runs) };
    signal.addEventListener("abort", entry.listener);
    watched.set(signal, entry);
  }
  const { runs, listener } = entry;
  runs.add(run);
  return () => {
    runs.delete(run);
    if (runs.size > 0 || watched.get(signal)?.runs !== runs) return;
    watched.delete(signal);
    signal.removeEventListener("abort", listener);
  };
}

/** @param {Set<() => void>} runs */
function notify(runs) {
  // Who came last is told first: a wait hears of the abort before the request is aborted that it waits for. Who is
  // told may end another call meanwhile; that one is not told any more.
  for (const run of [...runs].reverse()) if (runs.has(run)) run();
}

/** The controllers of requests whose bodies callers read, for as long as these live. @type {WeakMap<object, AbortController>} */
const following = new WeakMap();
const collected =
  typeof FinalizationRegistry === "function"
    ? new FinalizationRegistry((/** @type {() => void} */ unwatch) => unwatch())
    : undefined;

/**
 * Called by the core. Has a signal abort the request behind a response that the caller reads. Nobody says when its
 * body has been read, so this ends when the body is collected.
 * @param {AbortSignal} signal
 * @param {Response} response
 * @param {AbortController} controller
 */
export function follow(signal, response, controller) {
  const { body } = response;
  if (!body) return;
  following.set(body, controller);
  const unwatch = watch(signal, aborting(signal, collected ? new WeakRef(controller) : { deref: () => controller }));
  collected?.register(body, unwatch);
}

/**
 * Made apart, since all functions of one scope hold what any of them uses.
 * @param {AbortSignal} signal
 * @param {{ deref(): AbortController | undefined }} weak
 */
function aborting(signal, weak) {
  return () => weak.deref()?.abort(reasonOf(signal));
}

/**
 * Called by the core. Why a signal was aborted; some stand-ins for an AbortSignal do not say.
 * @param {AbortSignal} signal
 */
export function reasonOf({ reason }) {
  return reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
}

/**
 * Called by the core. Lets what was cancelled fail unseen: its end has been told already.
 * @param {unknown} cancelled
 */
export function swallow(cancelled) {
  Promise.resolve(cancelled).catch(() => {});
}
