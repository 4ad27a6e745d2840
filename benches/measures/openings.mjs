// @ts-check
// How long a contender takes for a stream that is hardly more than its beginning and its end, in microseconds.
import { KINDS } from "../streams/chunks.mjs";
import { answerOf, readsOf } from "../streams/reads.mjs";
import { nothing } from "../streams/seen.mjs";
import { medians } from "./rounds.mjs";

/** With the first chunk, the last one and that of the usage: eight. */
const DELTAS = 5;

/**
 * @param {((fetch: any) => { streams: { name: string, read: (seen: any) => Promise<void> }[] })[]} makers
 * @param {{ rounds: number, warmUp: number, streams: number }} extent
 */
export function openings(makers, { streams, ...extent }) {
  const reads = readsOf(KINDS.plain(DELTAS), 8);
  const contenders = makers.flatMap((make) => make(async () => answerOf(reads)).streams);
  const timed = contenders.map(({ name, read }) => ({
    name,
    async run() {
      const begin = performance.now();
      for (let stream = 0; stream < streams; stream++) await read(nothing());
      return ((performance.now() - begin) * 1000) / streams;
    },
  }));
  return medians(timed, extent);
}
