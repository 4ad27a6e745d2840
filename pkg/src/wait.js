// @ts-check
// Called by the core: waiting with a limit, which an abort ends as well.
import { bytesOf } from "./bytes.js";
import { swallow, watch } from "./signals.js";

/** What a wait gives that has ended without what was waited for. */
const OVER = Symbol("over");

/** @param {unknown} value */
export function isOver(value) {
  return value === OVER;
}

/**
 * What a promise gives within a limit, or until the signal is aborted.
 * @param {Promise<unknown>} promise
 * @param {number} ms
 * @param {AbortSignal} [signal]
 */
export function within(promise, ms, signal) {
  return wait(promise, signal, (run, held) => {
    // The process may have been asleep or at work, and not the server silent: what has arrived meanwhile waits behind
    // the timer, and gets one more turn.
    held.timer = setTimeout(() => {
      held.timer = setTimeout(run, 1);
    }, ms);
  });
}

/**
 * Lets time pass, until the signal is aborted.
 * @param {number} ms
 * @param {AbortSignal} [signal]
 */
export function rest(ms, signal) {
  return wait(undefined, signal, (run, held) => {
    held.timer = setTimeout(run, ms);
  });
}

/**
 * What a promise gives, unless the signal is aborted before.
 * @param {Promise<unknown>} promise
 * @param {AbortSignal} signal
 */
export function unlessAborted(promise, signal) {
  return wait(promise, signal, () => {});
}

/**
 * @param {Promise<unknown> | undefined} promise
 * @param {AbortSignal | undefined} signal
 * @param {(run: () => void, held: { timer?: ReturnType<typeof setTimeout> }) => void} limit
 */
function wait(promise, signal, limit) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      // Whatever it fails with is nobody's affair any more.
      promise?.catch(() => {});
      return resolve(OVER);
    }
    /** @type {{ timer?: ReturnType<typeof setTimeout> }} */
    const held = {};
    const end = () => {
      clearTimeout(held.timer);
      unwatch?.();
    };
    const over = () => {
      end();
      resolve(OVER);
    };
    // In its turn: what has settled before is not masked by an abort.
    const unwatch = signal && watch(signal, () => Promise.resolve().then(over));
    limit(over, held);
    promise?.then(
      (value) => {
        end();
        resolve(value);
      },
      (reason) => {
        end();
        reject(reason);
      },
    );
  });
}

/**
 * All bytes of a body, `most` at the most. One time limit is for each piece of it; another, if there is one, for all
 * that follows the first. It rejects if the body cannot be read. `whole` says whether these are all: not if they were
 * too many or took too long, if a piece did not come in time, or after an abort; `large` tells the first two of these
 * from the others.
 * @param {any} response
 * @param {number} most
 * @param {number} idle in milliseconds
 * @param {number} [total] in milliseconds
 * @param {AbortSignal} [signal]
 */
export async function readAll(response, most, idle, total, signal) {
  const { body } = response;
  if (body === null || body === undefined) return { whole: true, bytes: new Uint8Array() };
  const reader = body.getReader();
  /** @type {Uint8Array[]} */
  const pieces = [];
  let length = 0;
  let atEnd = false;
  let end = Number.POSITIVE_INFINITY;
  try {
    for (;;) {
      const left = end === Number.POSITIVE_INFINITY ? end : end - performance.now();
      const result = await within(Promise.resolve(reader.read()), Math.max(0, Math.min(idle, left)), signal);
      // Where clocks are coarse, both limits can end at once.
      if (isOver(result)) return { whole: false, large: left <= idle, bytes: joined(pieces, length) };
      const { done, value } = /** @type {any} */ (result);
      if (done) {
        atEnd = true;
        return { whole: true, bytes: joined(pieces, length) };
      }
      const piece = bytesOf(value);
      if (!piece) throw new TypeError("the body is not made of bytes");
      const isLast = length + piece.length > most || left < 0;
      // A copy: who gave it may use its memory again.
      const kept = piece.slice(0, most - length);
      pieces.push(kept);
      length += kept.length;
      if (isLast) return { whole: false, large: true, bytes: joined(pieces, length) };
      if (total !== undefined && pieces.length === 1) end = performance.now() + total;
    }
  } finally {
    if (!atEnd) swallow(cancelled(reader));
  }
}

/** @param {any} reader */
async function cancelled(reader) {
  await reader.cancel();
}

/** @param {Uint8Array[]} pieces @param {number} length */
function joined(pieces, length) {
  if (pieces.length === 1) return pieces[0];
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
