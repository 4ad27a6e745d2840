// @ts-check
// Called by the core: the parameters of a call that generates, as the body of its request.

import { get } from "./values.js";

/** What the core is to make an error of, thrown. */
export class Refusal {
  /**
   * @param {"value" | "option" | "missing"} kind of the three ways in which the core tells of a mistake
   * @param {string} param
   * @param {string} words a rule, a problem or advice
   * @param {unknown} [value] that breaks the rule
   * @param {unknown} [cause]
   */
  constructor(kind, param, words, value, cause) {
    this.kind = kind;
    this.param = param;
    this.words = words;
    this.value = value;
    this.cause = cause;
  }
}

/**
 * The body of a call that generates as JSON, and whether it asks for a stream. What is null or undefined is left out.
 * @param {any} params
 * @param {string} required the parameter without which there is nothing to send
 * @param {string[]} misplaced what is no parameter, though other clients take it among them
 */
export function bodyOf(params, required, misplaced) {
  const { stream = false, gateway, extra_body: extra, body } = readable(() => takenApart(record(params, "params")));
  const name = misplaced.find((name) => body[name] !== undefined);
  if (name !== undefined) throw new Refusal("option", name, "");
  if (body[required] === undefined) {
    throw new Refusal("missing", required, "There is nothing to send without it.");
  }
  if (typeof stream !== "boolean") throw new Refusal("value", "stream", "true or false", stream);
  const overlay = expanded(extra);
  const routing = plainGateway(gateway);
  if (routing !== undefined) record(routing, "gateway");
  checkModel(body.model, get(routing, "models"));
  if (readable(() => routing && Object.keys(routing).length > 0)) body.gateway = routing;
  // The Agents SDK says this of GPT-5 models unless told otherwise. In chat the service refuses it; its own word is
  // another.
  if (required === "messages" && body.reasoning_effort === "none") body.reasoning_effort = "off";
  const whole = isAbsent(overlay) ? body : readable(() => merged(body, record(overlay, "extra_body")));
  // Whether this is a stream is for the parameter alone to say: the answer is read accordingly.
  delete whole.stream;
  if (stream) whole.stream = true;
  for (const name of Object.keys(whole)) {
    const value = whole[name];
    // It would be sent as null.
    if (typeof value === "number" && !Number.isFinite(value))
      throw new Refusal("value", name, "a finite number", value);
  }
  const json = readable(() => JSON.stringify(whole));
  // What a `toJSON` among the parameters has made of them.
  if (json === undefined) throw new Refusal("option", "params", "must not become undefined in JSON; see `toJSON`");
  return { json, stream };
}

/**
 * Two bodies in one: `b` wins, and two `gateway` objects are merged one level deep. Options stand for their body.
 * @param {unknown} a
 * @param {unknown} b
 */
export function mergeBodies(a, b) {
  const [base, overlay] = [expanded(a), expanded(b)];
  return readable(() => merged(record(base, "the first body"), record(overlay, "the second body")));
}

/** @param {Record<string, any>} base @param {Record<string, any>} overlay */
function merged(base, overlay) {
  const whole = joined(base, overlay);
  const [below, above] = [plainGateway(get(base, "gateway")), plainGateway(get(overlay, "gateway"))];
  const gateway = isRecord(below) && isRecord(above) ? joined(below, above) : above === undefined ? below : above;
  if (gateway === undefined) delete whole.gateway;
  else whole.gateway = gateway;
  return whole;
}

/**
 * An object of the members of two, the last of equal names. Unlike assignment, this makes a member of `__proto__` like
 * of any other name.
 * @param {object} base
 * @param {object} overlay
 * @returns {Record<string, any>}
 */
export function joined(base, overlay) {
  return Object.fromEntries([...Object.entries(base), ...Object.entries(overlay)]);
}

/**
 * A `gateway` as a plain value: `RoutingOptions` and `GatewayOptions` are taken apart. Undefined where there is none,
 * or one in which nothing was set.
 * @param {unknown} gateway
 */
function plainGateway(gateway) {
  const method = get(gateway, "toExtraBody");
  return typeof method === "function" ? get(method.call(gateway), "gateway") : gateway;
}

/** A body, also where options stand for it. @param {unknown} body */
function expanded(body) {
  const method = get(body, "toExtraBody");
  return typeof method === "function" ? method.call(body) : body;
}

/** @param {unknown} model @param {unknown} models */
function checkModel(model, models) {
  if (isAbsent(model) !== isAbsent(models)) return;
  if (!isAbsent(model))
    throw new Refusal("option", "gateway.models", "cannot be given together with `model`; drop one");
  throw new Refusal(
    "missing",
    "model",
    "Name one, or several in `gateway.models`; what `extra_body` has is not looked at.",
  );
}

/** @param {unknown} value */
function isAbsent(value) {
  return value === undefined || value === null;
}

/** A proxy that was revoked is one, until it is read. @param {unknown} value */
function isRecord(value) {
  try {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return true;
  }
}

/** @param {any} value @param {string} param @returns {Record<string, any>} */
function record(value, param) {
  if (!isRecord(value)) throw new Refusal("value", param, "an object", value);
  return value;
}

/**
 * What the core acts on, apart from the rest of the parameters. What is absent is left out, and a member of a prototype
 * is no parameter.
 * @param {object} params
 */
function takenApart(params) {
  /** @type {{ stream: any, gateway: any, extra_body: any }} */
  const apart = { stream: undefined, gateway: undefined, extra_body: undefined };
  // Nothing is inherited, and any name is a name.
  /** @type {Record<string, any>} */
  const body = Object.create(null);
  for (const name of Object.keys(params)) {
    const value = /** @type {any} */ (params)[name];
    if (isAbsent(value)) continue;
    if (Object.hasOwn(apart, name)) apart[/** @type {keyof typeof apart} */ (name)] = value;
    else body[name] = value;
  }
  return { ...apart, body };
}

/** What the language throws where something cannot be read becomes a refusal. @template T @param {() => T} read */
function readable(read) {
  try {
    return read();
  } catch (thrown) {
    // Everything else a `toJSON` or a getter of the caller's has thrown.
    if (!isLanguages(thrown)) throw thrown;
    const problem = "must be something that JSON can hold: no cycles, no big integers, not too deep; see the `cause`";
    throw new Refusal("option", "params", problem, undefined, thrown);
  }
}

/** @param {unknown} thrown */
function isLanguages(thrown) {
  try {
    return thrown instanceof TypeError || thrown instanceof RangeError;
  } catch {
    return false;
  }
}
