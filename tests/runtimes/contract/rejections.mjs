// @ts-check
import { describe, equal } from "./expect.mjs";
import { LIMIT } from "./trial.mjs";

/** Hears of rejections in whichever way the runtime tells of them. @returns {Set<unknown>} */
export function watchRejections() {
  const reasons = new Set();
  const { addEventListener, process } = /** @type {any} */ (globalThis);
  try {
    process.on("unhandledRejection", (/** @type {unknown} */ reason) => reasons.add(reason));
  } catch {
    // There is no process here, or none with events.
  }
  addEventListener?.call(globalThis, "unhandledrejection", (/** @type {PromiseRejectionEvent} */ event) => {
    event.preventDefault?.();
    reasons.add(event.reason);
  });
  return reasons;
}

/** @param {import("./trial.mjs").Trial} t @param {Set<unknown>} reasons */
export async function noneUnhandled(t, reasons) {
  if (t.runtime.reportsRejections !== false) {
    // Rejections are told of in their order: when this one was heard of, so were all before it.
    const mark = new Error("left unhandled on purpose");
    Promise.reject(mark);
    for (const begin = Date.now(); !reasons.has(mark); ) {
      if (Date.now() - begin > LIMIT / 2) throw new Error("this runtime told nothing of an unhandled rejection");
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    reasons.delete(mark);
  }
  equal([...reasons].map(describe), []);
}
