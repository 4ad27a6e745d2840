// @ts-check

/**
 * What is called with a value has `run` called with it a little later, in the async context of now: the reaction of a
 * promise belongs to where it was registered. OpenAI's client reads an answer where its promise is awaited, which may
 * be in another context than the call.
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
