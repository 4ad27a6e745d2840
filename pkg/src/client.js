// @ts-check
import { AurikoClient as Core } from "../wasm/auriko_wasm.js";
import { authorized, capture } from "./capture.js";
import { AurikoAPIError, locate } from "./errors.js";
import { nameHeaders } from "./headers.js";
import { assertReady } from "./instantiate.js";

/** @typedef {import("../types/core").Answer} Answer */
/** `raw`: the body is to stay unread; `begun`: it is being read. @typedef {{ raw: boolean, begun: boolean }} Mode */

export class AurikoClient {
  static {
    // The bundler renames it: the core has a class of this name.
    Object.defineProperty(this, "name", { value: "AurikoClient" });
  }

  /** @param {import("../types/client").ClientOptions} [options] */
  constructor(options) {
    assertReady();
    const core = new Core(options);
    // Of its own and without `this`, so that they can be read through a Proxy as well.
    for (const name of /** @type {const} */ (["baseUrl", "timeout", "maxRetries", "lastRoutingMetadata"])) {
      // A class that extends this one may have its own.
      if (!(name in this)) Object.defineProperty(this, name, { get: () => core[name], configurable: true });
    }
    const listener = core.listener();
    // Other libraries call it without `this`.
    /** @param {RequestInfo | URL} input @param {RequestInit} [init] */
    this.fetch = (input, init) => capture(listener, async () => core.fetch(input, await authorized(core, input, init)));
    // Own objects with own functions: `const { create } = client.chat.completions` works.
    this.chat = {
      completions: {
        /** @param {unknown} params @param {unknown} [options] */
        create: (params, options) => request((mode) => core.createChatCompletion(params, options, mode)),
      },
    };
    this.responses = {
      /** @param {unknown} params @param {unknown} [options] */
      create: (params, options) => request((mode) => core.createResponse(params, options, mode)),
    };
    /** @param {string[]} path @param {unknown} options @param {unknown} [filter] */
    const get = (path, options, filter) => request((mode) => core.getResource(path, filter, options, mode));
    this.models = {
      /** @param {{ endpoint?: string }} [filter] @param {unknown} [options] */
      list: (filter, options) => get(["models"], options, filter),
      /** @param {string} id @param {unknown} [options] */
      retrieve: (id, options) => get(["models", id], options),
      /** @param {unknown} [options] */
      listDirectory: (options) => get(["directory", "models"], options),
      /** @param {unknown} [options] */
      listRegistry: (options) => get(["registry", "models"], options),
      /** @param {unknown} [options] */
      listProviders: (options) => get(["registry", "providers"], options),
    };
    this.me = {
      /** @param {unknown} [options] */
      get: (options) => get(["me"], options),
    };
  }

  toJSON() {
    const { baseUrl, timeout, maxRetries } = /** @type {any} */ (this);
    return { baseUrl, timeout, maxRetries };
  }
}

/**
 * A promise of the data of an answer, with two other ways to take it.
 * @param {(mode: Mode) => Promise<Answer>} send
 */
function request(send) {
  assertReady();
  const mode = { raw: false, begun: false };
  const answer = send(mode);
  const data = dataOf(answer, mode);
  /** @type {PropertyDescriptorMap} */
  const ways = {
    withResponse: {
      value: () => {
        // Whoever takes the answer this way hears of a failure this way.
        data.catch(ignore);
        return located(
          data.then(async (data) => {
            const { response, requestId } = await answer;
            return { data, response, request_id: requestId };
          }),
        );
      },
    },
    asResponse: {
      value: () => {
        data.catch(ignore);
        if (mode.begun) {
          const late = () => {
            throw taken("The body of this answer was read already. Call asResponse() in the tick of the call.");
          };
          return located(data.then(late));
        }
        mode.raw = true;
        return located(answer.then(({ response }) => response));
      },
    },
  };
  return Object.defineProperties(data, ways);
}

/** @param {Promise<Answer>} answer @param {Mode} mode */
async function dataOf(answer, mode) {
  try {
    const { data, response } = await answer;
    if (mode.raw) throw taken("asResponse() has taken the body of this answer.");
    if (!(data instanceof ReadableStream)) nameHeaders(/** @type {object} */ (data), response);
    return data;
  } catch (failure) {
    // What is refused at once is known before anybody waits: who hands the promise on comes to that a little later.
    await undefined;
    await undefined;
    throw told(failure, dataOf);
  }
}

/** @template T @param {Promise<T>} outcome */
async function located(outcome) {
  try {
    return await outcome;
  } catch (failure) {
    throw told(failure, located);
  }
}

/**
 * An error's stack shows where the core has made it, which helps nobody. Caught in an async function, it can be told
 * who waits.
 * @template T
 * @param {T} failure
 * @param {Function} caught
 */
function told(failure, caught) {
  const here = { stack: "" };
  Error.captureStackTrace?.(here, caught);
  const frames = here.stack.slice(here.stack.indexOf("\n"));
  // The same failure may be waited for in another way.
  if (frames.includes("at async ")) locate(failure, frames);
  return failure;
}

/** @param {string} message */
function taken(message) {
  return new AurikoAPIError(message, { code: "response_taken" });
}

function ignore() {}
