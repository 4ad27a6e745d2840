// @ts-check
// Chance that can be had again: the same seed gives the same run.

/** @param {number} seed */
export function randomFrom(seed) {
  let state = seed >>> 0;
  /** From 0 to below 1. The generator is mulberry32. */
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** A whole number from 0 to below `limit`. @param {number} limit */
    below: (limit) => Math.floor(next() * limit),
    /** One of these, the more often the greater its weight. @template T @param {[weight: number, choice: T][]} choices */
    oneOf(choices) {
      let left = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, choice] of choices) {
        left -= weight;
        if (left < 0) return choice;
      }
      return choices[0][1];
    },
  };
}

/** @typedef {ReturnType<typeof randomFrom>} Random */
