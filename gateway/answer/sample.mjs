// @ts-check
// A value that satisfies a simple JSON schema: what a model would fill in.

const DEEPEST = 12;

/**
 * @param {any} schema
 * @param {string} hint a word for strings that have no better value
 * @param {any} [root] where `$ref` points into
 * @param {number} [depth] a schema may refer to itself
 * @returns {any}
 */
export function sample(schema, hint, root = schema, depth = 0) {
  if (typeof schema !== "object" || schema === null || depth > DEEPEST) return hint;
  if (typeof schema.$ref === "string") return sample(resolve(schema.$ref, root), hint, root, depth + 1);
  if ("const" in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if ("default" in schema) return schema.default;
  const either = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(either)) return sample(either[0], hint, root, depth + 1);

  switch (typeOf(schema)) {
    case "object":
      return objectOf(schema, hint, root, depth);
    case "array":
      return Array.from({ length: Math.max(1, schema.minItems ?? 1) }, () =>
        sample(schema.items ?? {}, hint, root, depth + 1),
      );
    case "integer":
      return Math.ceil(within(schema, 3));
    case "number":
      return within(schema, 2.5);
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return stringOf(schema, hint);
  }
}

/** @param {any} schema */
function typeOf(schema) {
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return type ?? (schema.properties ? "object" : schema.items ? "array" : "string");
}

/**
 * The required properties; all of them when none is said to be required.
 * @param {any} schema
 * @param {string} hint
 * @param {any} root
 * @param {number} depth
 */
function objectOf(schema, hint, root, depth) {
  const properties = schema.properties ?? {};
  const names = schema.required?.length > 0 ? schema.required : Object.keys(properties);
  return Object.fromEntries(
    names.map((/** @type {string} */ name) => [name, sample(properties[name] ?? {}, hint, root, depth + 1)]),
  );
}

/** @param {any} schema @param {number} wanted */
function within({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }, wanted) {
  const low = minimum ?? (exclusiveMinimum === undefined ? -Infinity : exclusiveMinimum + 1);
  const high = maximum ?? (exclusiveMaximum === undefined ? Infinity : exclusiveMaximum - 1);
  return Math.max(low, Math.min(high, wanted));
}

/** @type {Record<string, string>} */
const FORMATS = {
  date: "2026-01-31",
  time: "12:30:00Z",
  "date-time": "2026-01-31T12:30:00Z",
  email: "someone@example.com",
  uri: "https://example.com/",
  uuid: "00000000-0000-4000-8000-000000000000",
};

/** @param {any} schema @param {string} hint */
function stringOf({ format, minLength = 0, maxLength = Infinity, examples }, hint) {
  if (typeof examples?.[0] === "string") return examples[0];
  if (Object.hasOwn(FORMATS, format)) return FORMATS[format];
  return [...hint.padEnd(minLength, ".")].slice(0, maxLength).join("");
}

/** @param {string} ref @param {any} root */
function resolve(ref, root) {
  return ref
    .replace(/^#\/?/, "")
    .split("/")
    .filter((step) => step !== "")
    .reduce((at, step) => at?.[decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~")], root);
}
