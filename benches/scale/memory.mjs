// @ts-check
// What this process holds.

/** What is alive, in megabytes: JavaScript's own, and what it holds outside of its heap. */
export async function held() {
  const collect = /** @type {any} */ (globalThis).gc;
  if (!collect) throw new Error("run this with node --expose-gc");
  // What is released when something else was collected goes in a later turn.
  for (let turn = 0; turn < 4; turn++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** All that the system gave to this process, in megabytes. */
export const resident = () => process.memoryUsage.rss() / 2 ** 20;
