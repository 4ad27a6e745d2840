// @ts-check
// Called by the core: single steps with JavaScript's values, in one crossing each.

/**
 * A property; undefined also where reading it throws, or where there are no properties.
 * @param {any} object
 * @param {string} name
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
 * The parameters of a call: `rest` is a shallow copy, apart from it are those that the core acts on. What is null or
 * undefined is left out.
 * @param {object} object
 */
export function takenApart(object) {
  /** @type {Record<string, unknown>} */
  const apart = { stream: undefined, gateway: undefined, extra_body: undefined };
  const rest = Object.entries(object).filter(([name, value]) => {
    if (value === null || value === undefined) return false;
    if (!Object.hasOwn(apart, name)) return true;
    apart[name] = value;
    return false;
  });
  return { ...apart, rest: Object.fromEntries(rest) };
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
 * The first of these names that an object has a value for.
 * @param {Record<string, unknown>} object
 * @param {string[]} names
 */
export function firstGiven(object, names) {
  return names.find((name) => object[name] !== undefined);
}

/**
 * The name of a number that JSON would say as null.
 * @param {Record<string, unknown>} object
 */
export function notFinite(object) {
  return Object.keys(object).find((name) => typeof object[name] === "number" && !Number.isFinite(object[name]));
}
