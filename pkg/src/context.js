// @ts-check

/**
 * A function that has `run` called soon, and in the async context of now, to which the reaction of a promise belongs
 * that is registered now. OpenAI's client reads an answer where its promise is awaited, which may be in another.
 * @template T
 * @param {(value: T) => void} run
 */
export function inThisContext(run) {
  /** @type {T[]} */
  const values = [];
  let wake = () => {};
  const wait = () => {
    const woken = new Promise((resolve) => {
      wake = () => resolve(undefined);
    });
    woken.then(() => {
      wait();
      for (const value of values.splice(0)) run(value);
    });
  };
  wait();
  /** @param {T} value */
  return (value) => {
    values.push(value);
    wake();
  };
}
