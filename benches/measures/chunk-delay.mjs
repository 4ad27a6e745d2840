// @ts-check
// Who waits for chunks when their delay is measured.
import { nothing } from "../streams/seen.mjs";

/**
 * A contender, by its first way to read a stream.
 * @param {(fetch: any) => { streams: { read: (seen: any) => Promise<void> }[] }} contender
 */
export const chunkDelay = (contender) => (/** @type {any} */ fetch) => {
  const [{ read }] = contender(fetch).streams;
  return (/** @type {() => void} */ arrived) => {
    const seen = nothing();
    return read({
      ...seen,
      get events() {
        return seen.events;
      },
      set events(count) {
        seen.events = count;
        arrived();
      },
    });
  };
};

/** The bytes, as soon as a reader of the body has them. @param {any} fetch */
export const bareDelay = (fetch) => async (/** @type {() => void} */ arrived) => {
  const reader = (await fetch()).body.getReader();
  while (!(await reader.read()).done) arrived();
};
