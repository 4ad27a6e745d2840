// @ts-check
// Rounds of calls and streams that go wrong by chance; after each nothing may be left of them.

import { measure } from "./gauges.mjs";
import { CALLS, STREAMS, TEXT } from "./mix.mjs";
import { AurikoClient } from "./package.mjs";
import { randomFrom } from "./random.mjs";

/** @typedef {import("./gauges.mjs").Figures} Figures */

/** How many go on at a time. */
const SIDE_BY_SIDE = 64;

/**
 * @param {object} plan
 * @param {import("./gateway.mjs").Gateway} plan.gateway
 * @param {number} plan.seed
 * @param {number} plan.rounds
 * @param {number} plan.calls in each round
 * @param {number} plan.streams in each round
 * @param {(round: number, figures: Figures) => void} [plan.tell]
 */
export async function runRounds({ gateway, seed, rounds, calls, streams, tell }) {
  const { signal } = new AbortController();
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {string[]} */
  const wrong = [];
  /** @type {Figures[]} */
  const figures = [];
  let number = 0;

  // The core keeps each name of a property that it has read. One is of whole responses alone, which are rare here: that
  // it came late would look like growth.
  const first = new AurikoClient({ apiKey: "ak_test_local", baseUrl: `${gateway.url}/_scenario/ok;run=soak-0` });
  await first.responses.create({ model: "gpt-5.4", input: TEXT });

  const one = async () => {
    number += 1;
    const random = randomFrom(seed + number);
    const [name, deed, expected] = random.oneOf(random.below(calls + streams) < calls ? CALLS : STREAMS);
    // A run of its own, so that none takes the failures that were meant for another.
    const run = `soak-${number}`;
    const client = (/** @type {string} */ scenario, /** @type {object} */ options = {}) =>
      new AurikoClient({
        apiKey: "ak_test_local",
        baseUrl: `${gateway.url}/_scenario/${scenario};run=${run}`,
        ...options,
      });
    const outcome = await deed({ client, random, signal });
    counts.set(name, (counts.get(name) ?? 0) + 1);
    if (!expected.test(outcome)) wrong.push(`${name}: ${outcome}`);
  };

  for (let round = 1; round <= rounds; round += 1) {
    const work = async () => {
      while (number < round * (calls + streams)) await one();
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    wrong.push(...(await gateway.open()).map((scenario) => `a request was left open: ${scenario}`));
    await gateway.forget();
    figures.push(await measure(signal));
    tell?.(round, figures[round - 1]);
  }
  return { counts, wrong, figures };
}

/** The middle one. @param {number[]} numbers */
const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

const MEGABYTE = 2 ** 20;

/**
 * How much more there was in the last third than in the second one; the first is for warming up.
 * @param {Figures[]} figures
 */
export function growth(figures) {
  const third = Math.floor(figures.length / 3);
  const [before, after] = [figures.slice(third, -third), figures.slice(-third)];
  const of = (/** @type {keyof Figures} */ name) =>
    median(after.map((each) => each[name])) - median(before.map((each) => each[name]));
  return { heap: of("heap") / MEGABYTE, core: of("core") / MEGABYTE, handles: of("handles"), sockets: of("sockets") };
}
