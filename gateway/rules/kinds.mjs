// @ts-check
// The kinds of value that a field may have. A rule throws the API's own error, which
// names the field, or returns nothing.
import { ApiError } from "../http/errors.mjs";

/** @typedef {(value: unknown, param: string) => void} Rule */

/**
 * @param {string} param
 * @param {string} must
 * @returns {never}
 */
export function refuse(param, must) {
  throw new ApiError("invalid_parameter_value", `${param} must be ${must}.`, { param });
}

/**
 * @param {(value: unknown) => boolean} holds
 * @param {string} must
 * @returns {Rule}
 */
export const rule = (holds, must) => (value, param) => {
  if (!holds(value)) refuse(param, must);
};

/** @param {unknown} value @returns {value is number} */
const isNumber = (value) => typeof value === "number" && Number.isFinite(value);

export const boolean = rule((value) => typeof value === "boolean", "true or false");
export const string = rule((value) => typeof value === "string", "a string");
export const nonEmptyString = rule((value) => typeof value === "string" && value !== "", "a non-empty string");
export const number = rule(isNumber, "a number");
export const integer = rule(Number.isInteger, "an integer");
export const notNegative = rule((value) => isNumber(value) && value >= 0, "a number of at least 0");
export const positive = rule((value) => isNumber(value) && value > 0, "a number above 0");

/** @param {number} min @param {number} max */
export const between = (min, max) =>
  rule((value) => isNumber(value) && value >= min && value <= max, `a number from ${min} to ${max}`);

/** @param {number} min @param {number} [max] */
export const integerFrom = (min, max = Infinity) =>
  rule(
    (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
    max === Infinity ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`,
  );

/** @param {...string} names */
export const oneOf = (...names) =>
  rule((value) => names.includes(/** @type {string} */ (value)), `one of ${names.join(", ")}`);

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

export const object = rule(isObject, "an object");

/**
 * @param {Rule} item
 * @param {{ min?: number, max?: number }} [size]
 * @returns {Rule}
 */
export const listOf =
  (item, { min = 0, max = Infinity } = {}) =>
  (value, param) => {
    if (!Array.isArray(value)) return refuse(param, "an array");
    if (value.length < min) refuse(param, `an array of at least ${min} item${min === 1 ? "" : "s"}`);
    if (value.length > max) refuse(param, `an array of at most ${max} items`);
    for (const [index, each] of value.entries()) item(each, `${param}[${index}]`);
  };

/** @param {Rule} item @returns {Rule} */
export const mapOf = (item) => (value, param) => {
  object(value, param);
  for (const [key, each] of Object.entries(/** @type {object} */ (value))) item(each, `${param}.${key}`);
};

/**
 * @param {Rule} item
 * @param {{ min?: number, max?: number }} [size]
 * @returns {Rule}
 */
export const stringOrListOf = (item, size) => (value, param) => {
  if (typeof value === "string") return;
  if (!Array.isArray(value)) refuse(param, "a string or an array");
  listOf(item, size)(value, param);
};

/** @param {Rule} word @param {Rule} form @returns {Rule} */
export const wordOrObject = (word, form) => (value, param) => (isObject(value) ? form : word)(value, param);

/**
 * An object whose fields have rules of their own. A field that is null counts as absent,
 * because clients send raw objects with their nulls.
 * @param {Record<string, Rule>} table
 * @param {{ closed?: boolean, required?: string[] }} [options] closed: no other field is known
 * @returns {Rule}
 */
export const fields =
  (table, { closed = false, required = [] } = {}) =>
  (value, param) => {
    object(value, param);
    const given = /** @type {Record<string, unknown>} */ (value);
    const within = param === "" ? "" : `${param}.`;
    for (const key of required) {
      if (given[key] !== undefined && given[key] !== null) continue;
      throw new ApiError("missing_required_parameter", `${within}${key} is required.`, { param: within + key });
    }
    for (const [key, each] of Object.entries(given)) {
      const known = Object.hasOwn(table, key);
      if (!known && closed) refuseUnknown(table, key, within + key);
      if (known && each !== null) table[key](each, within + key);
    }
  };

/**
 * @param {Record<string, Rule>} table
 * @param {string} key
 * @param {string} param
 */
function refuseUnknown(table, key, param) {
  const snake = key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  throw new ApiError("unknown_field", `Unknown field: ${param}.`, {
    param,
    ...(Object.hasOwn(table, snake) && { suggestion: `Did you mean ${snake}?` }),
  });
}
