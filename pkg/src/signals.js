// @ts-check
// One listener for each signal, however many calls it stops: frameworks pass one signal to many calls, and
// Node warns of a leak at the eleventh listener.

/** @type {WeakMap<AbortSignal, Set<() => void>>} */
const watchers = new WeakMap();

/**
 * Called by the core. Runs a function when the signal is aborted; returns a function that ends this.
 * @param {AbortSignal} signal
 * @param {() => void} run
 */
export function watch(signal, run) {
  let watching = watchers.get(signal);
  if (!watching) {
    watching = new Set();
    watchers.set(signal, watching);
    signal.addEventListener("abort", notify);
  }
  watching.add(run);
  return () => {
    watching.delete(run);
    if (watching.size > 0 || watchers.get(signal) !== watching) return;
    watchers.delete(signal);
    signal.removeEventListener("abort", notify);
  };
}

/** @this {AbortSignal} */
function notify() {
  // A copy: those who are told stop watching meanwhile.
  for (const run of [...(watchers.get(this) ?? [])]) run();
}
