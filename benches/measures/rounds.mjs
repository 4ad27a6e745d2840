// @ts-check
// Contenders in turn, round by round: what else the machine does hits all of them alike.

/** @param {number[]} numbers */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs every contender once in each round and gives the median of what each returned, by name. Another one begins
 * in each round, so that none always follows the same one's garbage.
 * @param {{ name: string, run: () => Promise<number> }[]} contenders
 * @param {{ rounds: number, warmUp: number }} extent
 * @returns {Promise<Record<string, number>>}
 */
export async function medians(contenders, { rounds, warmUp }) {
  /** @type {Map<string, number[]>} */
  const measured = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = -warmUp; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const { name, run } = contenders[(turn + round + warmUp) % contenders.length];
      const result = await run();
      if (round >= 0) measured.get(name)?.push(result);
    }
  }
  return Object.fromEntries([...measured].map(([name, results]) => [name, median(results)]));
}
