// @ts-check
// Called by the core: single steps with JavaScript's values, in one crossing each.

/**
 * A property; undefined also where reading it throws, or where there are no properties.
 * @param {any} object
 * @param {string | symbol} name
 */
export function get(object, name) {
  if ((typeof object !== "object" || object === null) && typeof object !== "function") return undefined;
  try {
    return object[name];
  } catch {
    return undefined;
  }
}

/**
 * Sets a property of an object that the core has made.
 * @param {any} object
 * @param {string} name
 * @param {unknown} value
 */
export function set(object, name, value) {
  object[name] = value;
}

/**
 * Sets a property that spreading, cloning and serialising pass over.
 * @param {object} object
 * @param {string} name
 * @param {unknown} value
 */
export function hide(object, name, value) {
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
}

/**
 * A header of an answer, whoever has made its headers.
 * @param {any} headers
 * @param {string} name
 * @returns {string | undefined}
 */
export function header(headers, name) {
  try {
    const value = headers.get(name);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What the members of these names are, a letter for each: that of their `typeof`, `-` where there is nothing.
 * @param {any} object
 * @param {string[]} names
 */
export function kindsOf(object, names) {
  let kinds = "";
  for (const name of names) {
    const value = get(object, name);
    kinds += value === null || value === undefined ? "-" : (typeof value)[0];
  }
  return kinds;
}

/**
 * From now on it is too late to ask for the response itself; false if somebody has asked while it was on its way.
 * @param {import("./client.js").Mode | undefined} mode
 */
export function beginsToRead(mode) {
  // Callers in Rust have none.
  if (typeof mode !== "object" || mode === null) return true;
  mode.begun = !mode.raw;
  return mode.begun;
}

/**
 * What a call gives.
 * @param {Response} response
 * @param {string | null} requestId
 * @param {unknown} data
 */
export function answer(response, requestId, data) {
  return { response, requestId, data };
}

/**
 * What `fetch` is called with.
 * @param {string} method
 * @param {Headers} headers
 * @param {string | undefined} body
 * @param {AbortSignal} signal
 * @param {boolean} isBrowser
 */
export function requestInit(method, headers, body, signal, isBrowser) {
  // A redirect to another origin would take the prompt along.
  const redirect = "manual";
  /** @type {RequestInit} */
  const init = body === undefined ? { method, headers, signal, redirect } : { method, headers, body, signal, redirect };
  // No cookies. Servers have none, and some of them throw at the word.
  if (isBrowser) init.credentials = "omit";
  return init;
}

/**
 * Headers as callers write them, as names and values in turn: of a `Headers` object, an array of pairs, or a plain
 * object. Undefined of everything else, and of what cannot be read.
 * @param {any} given
 * @param {number} most pairs that are read of an array, whose length can be anything
 * @returns {unknown[] | undefined}
 */
export function headerPairs(given, most) {
  try {
    return pairsOf(given, most).flatMap((pair) => [get(pair, "0"), get(pair, "1")]);
  } catch {
    return undefined;
  }
}

/** @param {any} given @param {number} most @returns {unknown[]} */
function pairsOf(given, most) {
  if (Array.isArray(given)) {
    const length = typeof given.length === "number" ? Math.min(given.length, most) : 0;
    return Array.from({ length }, (_, index) => given[index]);
  }
  if (typeof get(given, "entries") === "function") return Array.from(given.entries());
  if (typeof given !== "object") throw new TypeError("no headers");
  return Object.entries(given);
}

/** @param {unknown} callback */
export function isAsync(callback) {
  const tag = get(callback, Symbol.toStringTag);
  return typeof tag === "string" && tag.startsWith("Async");
}
