// @ts-check
// The error classes. Which class a failure gets, and its fields, the core decides.

import { ResponseHeaders } from "./headers.js";

/**
 * Under this key every error carries the names of the classes it is an instance of. The key is
 * shared by all copies of the package in one process (ESM and CommonJS, two versions), so that
 * `instanceof` holds between them.
 */
const CLASSES = Symbol.for("auriko-wasm.error.classes");

/** The classes by their names. @type {Map<string, typeof AurikoAPIError>} */
const BY_NAME = new Map();

/** @typedef {import("../types/errors").ErrorFields} ErrorFields */

export class AurikoAPIError extends Error {
  static {
    name(this, "AurikoAPIError");
  }

  /** @param {unknown} value */
  static [Symbol.hasInstance](value) {
    // A subclass that a user wrote has no name of its own here and follows the ordinary rule.
    const named = Object.hasOwn(this.prototype, CLASSES);
    if (!named) return Function.prototype[Symbol.hasInstance].call(this, value);
    const classes = /** @type {any} */ (value)?.[CLASSES];
    return Array.isArray(classes) && classes.includes(this.prototype.name);
  }

  #body;
  #headers;

  /**
   * @param {string} message
   * @param {ErrorFields} [fields]
   */
  constructor(message, fields = {}) {
    super(message, "cause" in fields ? { cause: fields.cause } : undefined);
    this.statusCode = fields.statusCode ?? 0;
    this.type = fields.type ?? "api_error";
    this.code = fields.code ?? null;
    this.param = fields.param ?? null;
    this.requestId = fields.requestId ?? null;
    this.retryAfterSeconds = fields.retryAfterSeconds ?? null;
    this.docUrl = fields.docUrl ?? null;
    this.provider = fields.provider ?? null;
    this.suggestion = fields.suggestion ?? null;
    this.attempts = fields.attempts ?? 0;
    // Not fields: a server may repeat what it was sent, and errors end up in logs.
    this.#body = fields.body ?? null;
    this.#headers = fields.headers ?? null;
  }

  get status() {
    return this.statusCode;
  }

  get body() {
    return this.#body;
  }

  get headers() {
    return this.#headers;
  }

  get responseHeaders() {
    return this.#headers && new ResponseHeaders(this.#headers);
  }

  toJSON() {
    return { name: this.name, message: this.message, .../** @type {object} */ (this) };
  }
}

export class APIStatusError extends AurikoAPIError {
  static {
    name(this, "APIStatusError");
  }
}

export class BadRequestError extends APIStatusError {
  static {
    name(this, "BadRequestError");
  }
}

export class AuthenticationError extends APIStatusError {
  static {
    name(this, "AuthenticationError");
  }
}

export class PermissionDeniedError extends APIStatusError {
  static {
    name(this, "PermissionDeniedError");
  }
}

export class NotFoundError extends APIStatusError {
  static {
    name(this, "NotFoundError");
  }
}

export class ConflictError extends APIStatusError {
  static {
    name(this, "ConflictError");
  }
}

export class RateLimitError extends APIStatusError {
  static {
    name(this, "RateLimitError");
  }
}

export class InternalServerError extends APIStatusError {
  static {
    name(this, "InternalServerError");
  }
}

export class APIConnectionError extends AurikoAPIError {
  static {
    name(this, "APIConnectionError");
  }
}

export class APIConnectionTimeoutError extends APIConnectionError {
  static {
    name(this, "APIConnectionTimeoutError");
  }
}

/**
 * Gives a class its name where no minifier can change it.
 * @param {any} type
 * @param {string} name
 */
function name(type, name) {
  BY_NAME.set(name, type);
  const inherited = type.prototype[CLASSES] ?? [];
  Object.defineProperty(type.prototype, "name", { value: name, configurable: true, writable: true });
  Object.defineProperty(type.prototype, CLASSES, { value: [...inherited, name] });
}

/** The errors of the core that nobody has been told of. @type {WeakSet<object>} */
const unlocated = new WeakSet();

/** What the core tells of an error, in the order in which it does (`src/js/error.rs`). */
const FIELDS =
  "statusCode type code param requestId retryAfterSeconds docUrl provider suggestion attempts body headers".split(" ");

/**
 * Called by the core.
 * @param {string} kind
 * @param {string} message
 * @param {unknown} cause undefined where nothing was thrown
 * @param {unknown[]} values of the fields
 */
export function createError(kind, message, cause, ...values) {
  const fields = Object.fromEntries(FIELDS.map((name, at) => [name, values[at]]));
  const Class = BY_NAME.get(kind) ?? AurikoAPIError;
  const error = new Class(message, cause === undefined ? fields : { ...fields, cause });
  unlocated.add(error);
  return error;
}

/**
 * Writes into the stack of an error of the core who waits for it, once: later it may be somebody's reason of an abort.
 * @param {any} failure
 * @param {string} frames
 */
export function locate(failure, frames) {
  if (unlocated.delete(failure)) failure.stack = `${failure.name}: ${failure.message}${frames}`;
}

/**
 * Makes an error of another library an instance of one's class as well, with its fields. It stays what it is.
 * @template {Error} E
 * @param {E} error
 * @param {any} own
 * @returns {E}
 */
export function brand(error, own) {
  const before = String(error);
  /** @type {PropertyDescriptorMap} */
  const hidden = {
    [CLASSES]: { value: own[CLASSES] },
    name: { value: own.name },
    message: { value: own.message },
    body: { value: own.body },
    responseHeaders: { get: () => own.responseHeaders },
    toJSON: { value: () => own.toJSON() },
  };
  for (const property of Object.values(hidden)) property.configurable = true;
  Object.assign(error, own);
  Object.defineProperties(error, hidden);
  // Where the text of an error is part of its stack, it was written before.
  if (error.stack?.startsWith(before)) error.stack = String(error) + error.stack.slice(before.length);
  return error;
}
