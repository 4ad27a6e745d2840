// @ts-check
// How long a contender takes for one event of a stream, in microseconds.
import { KINDS } from "../streams/chunks.mjs";
import { answerOf, readsOf } from "../streams/reads.mjs";
import { all, nothing } from "../streams/seen.mjs";
import { medians } from "./rounds.mjs";

export const EVENTS_PER_READ = [1, 8, 64];

/**
 * @param {((fetch: any) => { streams: { name: string, sees: string[], read: (seen: any) => Promise<void> }[] })[]} makers
 * @param {{ rounds: number, warmUp: number, events: number }} extent
 */
export async function streams(makers, { events, ...extent }) {
  /** @type {Uint8Array[]} */
  let reads = [];
  const contenders = makers.flatMap((make) => make(async () => answerOf(reads)).streams);
  const results = [];
  for (const [kind, chunksOf] of Object.entries(KINDS)) {
    const chunks = chunksOf(events);
    const expected = all(chunks);
    for (const eventsPerRead of EVENTS_PER_READ) {
      reads = readsOf(chunks, eventsPerRead);
      const timed = contenders.map(({ name, sees, read }) => ({
        name,
        async run() {
          const seen = nothing();
          const begin = performance.now();
          await read(seen);
          const took = performance.now() - begin;
          check(`${name}, ${kind}, ${eventsPerRead} events per read`, sees, seen, expected);
          return (took * 1000) / chunks.length;
        },
      }));
      results.push({ kind, eventsPerRead, medians: await medians(timed, extent) });
    }
  }
  return results;
}

/** @param {string} what @param {string[]} sees @param {any} seen @param {any} expected */
function check(what, sees, seen, expected) {
  for (const name of sees) {
    if (seen[name] !== expected[name]) throw new Error(`${what}: ${seen[name]} ${name} instead of ${expected[name]}`);
  }
}
