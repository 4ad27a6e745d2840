// @ts-check
// What the clauses say of values. There is no test framework in a worker or a route.

/** @param {unknown} error @returns {string} */
export function describe(error) {
  const { name, message, stack, cause } = /** @type {any} */ (error ?? {});
  if (message === undefined) return `not an error: ${JSON.stringify(error)}`;
  // Not every engine begins a stack with the message.
  const text = stack?.includes(message) ? stack : `${name}: ${message}\n${stack ?? ""}`;
  return cause === undefined ? text : `${text}\nbecause of ${describe(cause)}`;
}

/** @param {AsyncIterable<any>} items */
export async function all(items) {
  const list = [];
  for await (const item of items) list.push(item);
  return list;
}

/** @param {any[]} chunks */
export function textOf(chunks) {
  return chunks.map(({ choices }) => choices[0]?.delta?.content ?? "").join("");
}

/** @param {PromiseLike<unknown>} promise @returns {Promise<any>} */
export async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it did not reject");
}

/** @param {() => unknown} run @returns {any} */
export function thrown(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("it did not throw");
}

/** @param {unknown} actual @param {unknown} expected both are JSON */
export function equal(actual, expected) {
  const [got, wanted] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (got !== wanted) throw new Error(`expected ${wanted}, got ${got}`);
}

/** @param {unknown} text @param {RegExp} form */
export function matches(text, form) {
  if (typeof text !== "string" || !form.test(text)) throw new Error(`expected ${form}, got ${JSON.stringify(text)}`);
}

/** @param {unknown} value @param {Function} type */
export function instance(value, type) {
  if (!(value instanceof type)) throw new Error(`expected a ${type.name}, got ${describe(value)}`);
}
