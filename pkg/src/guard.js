// @ts-check
// What happens if the core stops. A bug in Rust ends in a trap, and so does memory that is used up: WebAssembly leaves
// everything as it was in the middle, and nothing that is asked of it later can be relied on. So it is asked nothing
// more. Calls that wait are told, and so is who calls later; without this they would wait for ever.

import { Ended } from "./ended.js";
import { AurikoAPIError } from "./errors.js";

/** Why the core has stopped, if it has. @type {AurikoAPIError | undefined} */
let stopped;

/** The calls under way: what rejects each of them. @type {Set<(reason: unknown) => void>} */
const waiting = new Set();

/** As many arguments as fill 64 KB of stack, more than the core takes. */
const HEADROOM = new Array(8192).fill(0);

/** What `StreamSource::state` says of a stream that has failed. */
const FAILED = 2;

/** Called by the core when a call begins; returns what rejects it. @param {(reason: unknown) => void} reject */
export function expect(reject) {
  /** @param {unknown} reason */
  const rejected = (reason) => {
    waiting.delete(rejected);
    reject(reason);
  };
  waiting.add(rejected);
  return rejected;
}

/** Called by the core when a call has ended well. @param {(reason: unknown) => void} rejected */
export function settled(rejected) {
  waiting.delete(rejected);
}

/**
 * Called by the core. Has it take its next step with what becomes of a promise; what is thrown through it goes to
 * `fail`.
 * @param {Promise<unknown>} promise
 * @param {(place: number, isKept: boolean, value: unknown) => void} run
 * @param {number} place
 * @param {(reason: unknown) => void} fail
 */
export function resume(promise, run, place, fail) {
  // A caller's own promise may say anything, as often as it likes; and the place is somebody else's in time.
  let isOpen = true;
  const step = (/** @type {boolean} */ isKept) => (/** @type {unknown} */ value) => {
    if (!isOpen) return;
    isOpen = false;
    try {
      run(place, isKept, value);
    } catch (thrown) {
      fail(thrown);
    }
  };
  promise.then(step(true), step(false));
}

/** Throws the RangeError of a stack that is too small before the core is called: inside of it, that would stop it. */
export function reserveStack() {
  Reflect.apply(nothing, undefined, HEADROOM);
}

function nothing() {}

/**
 * Called by the glue (scripts/build.mjs sees to it). What the core exports, with an eye on what it throws.
 * @template {Record<string, any>} E
 * @param {E} exports
 * @returns {E}
 */
export function guarded(exports) {
  const { __stack_pointer: stackPointer } = exports;
  const bottom = stackPointer.value;
  let depth = 0;
  /** @param {string} name @param {unknown} exported */
  const guard = (name, exported) => {
    if (typeof exported !== "function") return exported;
    return (/** @type {unknown[]} */ ...args) => {
      if (stopped) return afterwards(name, stopped);
      // To ask for it takes longer than much of what is called, and from outside it is known.
      const stack = depth > 0 ? stackPointer.value : bottom;
      depth++;
      try {
        const result = exported(...args);
        depth--;
        return result;
      } catch (thrown) {
        depth--;
        if (isEnd(thrown)) throw stop(thrown);
        // A function of the host has thrown through the core, which could not put its own stack back.
        stackPointer.value = stack;
        throw thrown;
      }
    };
  };
  const all = Object.entries(exports).map(([name, exported]) => [name, guard(name, exported)]);
  return Object.fromEntries(all);
}

/** @param {unknown} thrown */
function isEnd(thrown) {
  if (thrown instanceof WebAssembly.RuntimeError) return true;
  // The stack has ended inside of the core. Firefox has an InternalError for it.
  return thrown instanceof Error && /call stack size|too much recursion/.test(thrown.message);
}

/** @param {unknown} cause */
function stop(cause) {
  stopped = new AurikoAPIError(
    "The WebAssembly core has stopped at an error of its own; the cause says which. It does nothing any more until the " +
      "process is started again, or the page is loaded again. Please report this.",
    { code: "core_stopped", cause },
  );
  for (const reject of waiting) reject(stopped);
  return stopped;
}

/**
 * What a call of the core gives when it has stopped.
 * @param {string} name of the export
 * @param {AurikoAPIError} reason
 */
function afterwards(name, reason) {
  // A stream finds that it has failed, and why.
  if (name === "streamsource_state") return FAILED;
  if (name === "streamsource_takeError") return reason;
  if (name === "streamsource_read" || name === "streamsource_end") return new Ended();
  // These run when nobody would catch what they throw: in timers, in promises, when something is collected.
  if (/^(__|streamsource_|metadata)/.test(name) && !name.endsWith("_new")) return undefined;
  throw reason;
}
