// @ts-check
// Called by the core: what the runtime says of itself.

import { swallow } from "./signals.js";
import { get } from "./values.js";

/**
 * An environment variable, where there is an environment and this code may read it.
 * @param {string} name
 * @returns {string | undefined}
 */
export function env(name) {
  const value = get(get(global("process"), "env"), name);
  return typeof value === "string" ? value : undefined;
}

/**
 * Whether this runs where everyone who opens a page can read what the code holds: a page, or a worker of one. jsdom
 * inside Node is not that.
 */
export function isBrowser() {
  const server = [
    get(get(global("process"), "versions"), "node"),
    global("Deno"),
    global("Bun"),
    global("EdgeRuntime"),
  ];
  if (server.some((mark) => mark !== undefined)) return false;
  if (get(global("navigator"), "userAgent") === "Cloudflare-Workers") return false;
  const document = get(global("window"), "document");
  return (typeof document === "object" && document !== null) || typeof global("WorkerGlobalScope") === "function";
}

/** @param {string} name */
function global(name) {
  return get(globalThis, name);
}

/**
 * Whether both are whole URLs, and of the same origin.
 * @param {string} a
 * @param {string} b
 */
export function haveSameOrigin(a, b) {
  try {
    return new URL(a).origin === new URL(b).origin;
  } catch {
    return false;
  }
}

/**
 * A location as a whole URL, if it has the origin of the URL that it is relative to.
 * @param {string} location
 * @param {string} base
 * @returns {string | undefined}
 */
export function withinOrigin(location, base) {
  try {
    const url = new URL(location, base);
    return url.origin === new URL(base).origin ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes to a logger, else to the console. Who listens must not break the call.
 * @param {any} logger
 * @param {string} level
 * @param {string} message
 * @param {unknown} [details]
 */
export function write(logger, level, message, details) {
  try {
    const own = logger ?? globalThis.console;
    const text = `auriko-wasm: ${message}`;
    swallow(details === undefined ? own[level](text) : own[level](text, details));
  } catch {
    // It goes unheard.
  }
}
