// @ts-check
import { OpenAI } from "openai";
import { AurikoAPIError, brand, capture, connection, MetadataListener, statusError } from "./internal.js";

/** @typedef {typeof globalThis.fetch} Fetch */

/** Older releases of version 5 would send the source of the function. */
const TAKES_FUNCTIONS = "_callApiKey" in OpenAI.prototype;

/**
 * The `fetch` behind each one that was composed here. `withOptions()` gives the composed one to the client that it
 * makes, which would then hear of everything twice.
 * @type {WeakMap<Fetch, Fetch | undefined>}
 */
const behind = new WeakMap();

/** How many requests it took to get the answer with these headers. @type {WeakMap<Headers, number>} */
const attempts = new WeakMap();

export class AurikoOpenAI extends OpenAI {
  static {
    // It is part of the User-Agent, where a minifier must not change it.
    Object.defineProperty(this, "name", { value: "AurikoOpenAI" });
  }

  #listener;
  #supplier;

  /** @param {import("../types/openai").AurikoOpenAIOptions} [options] */
  constructor(options) {
    // A null is none here as everywhere, and what is no object is refused by name.
    options ??= {};
    const supplier = typeof options.apiKey === "function" ? options.apiKey : undefined;
    if (supplier && !TAKES_FUNCTIONS) {
      const message = "This version of openai takes no function as `apiKey`. Update openai, or pass a string.";
      throw new AurikoAPIError(message, { code: "invalid_parameter_value", param: "apiKey" });
    }
    const { apiKey, baseUrl } = connection(supplier ? { ...options, apiKey: null } : options);
    const keyless = apiKey === null && !supplier;
    const listener = new MetadataListener(options);
    super({
      ...options,
      // OpenAI's client takes what is not given from variables that are meant for OpenAI.
      apiKey: supplier ?? apiKey ?? "none",
      adminAPIKey: options.adminAPIKey ?? null,
      organization: options.organization ?? null,
      project: options.project ?? null,
      baseURL: absolute(baseUrl),
      fetch: composed(listener, options.fetch),
      // Where a proxy holds the key there is none to steal.
      dangerouslyAllowBrowser: keyless || options.dangerouslyAllowBrowser,
    });
    this.#listener = listener;
    this.#supplier = supplier;
    // There is a variable for headers, too, which can hold an Authorization.
    this._options.defaultHeaders = options.defaultHeaders;
    if (keyless) Object.assign(this, { apiKey: null, _options: { ...this._options, apiKey: null } });
  }

  get lastRoutingMetadata() {
    return this.#listener.lastRoutingMetadata;
  }

  /** @param {Partial<import("../types/openai").AurikoOpenAIOptions>} options */
  withOptions(options) {
    // Version 5 hands on what a function gave, and not the function.
    return super.withOptions(this.#supplier ? { apiKey: this.#supplier, ...options } : options);
  }

  /**
   * Not async: the first releases of version 5 do not wait for it.
   * @param {Parameters<OpenAI["authHeaders"]>} request
   */
  authHeaders(...request) {
    return this.#isKeyless ? Promise.resolve(undefined) : super.authHeaders(...request);
  }

  /** @param {Parameters<OpenAI["validateHeaders"]>} headers */
  validateHeaders(...headers) {
    if (!this.#isKeyless) super.validateHeaders(...headers);
  }

  /**
   * Before every attempt.
   * @param {Parameters<OpenAI["prepareOptions"]>[0]} options
   */
  async prepareOptions(options) {
    await super.prepareOptions(options);
    const body = /** @type {any} */ (options.body);
    // The Agents SDK sends this with GPT-5 models unless told otherwise. The service refuses it in chat, where its
    // own word for no reasoning is another.
    if (options.path === "/chat/completions" && body?.reasoning_effort === "none") {
      options.body = { ...body, reasoning_effort: "off" };
    }
  }

  /**
   * Of every answer whose status is no success, when it is not tried again.
   * @param {number} status
   * @param {any} body
   * @param {string | undefined} text
   * @param {Headers} headers
   */
  makeStatusError(status, body, text, headers) {
    const error = super.makeStatusError(status, body, text, headers);
    const key = this.apiKey ?? undefined;
    return brand(error, statusError({ status, headers }, body ?? text ?? null, attempts.get(headers) ?? 1, key));
  }

  get #isKeyless() {
    return /** @type {unknown} */ (this._options.apiKey) === null;
  }
}

/**
 * The caller's `fetch`, or the global one of that moment, overheard.
 * @param {MetadataListener} listener
 * @param {any} given
 */
function composed(listener, given) {
  const inner = behind.has(given) ? behind.get(given) : given;
  /** @type {Fetch} */
  const fetch = async (input, init) => {
    const response = await capture(listener, async () => (inner ?? globalThis.fetch)(input, init));
    if (!response.ok) attempts.set(response.headers, retriesOf(init) + 1);
    return response;
  };
  behind.set(fetch, inner);
  return fetch;
}

/** What OpenAI's client says about itself. @param {RequestInit} [init] */
function retriesOf(init) {
  return Number(new Headers(init?.headers).get("x-stainless-retry-count") ?? 0);
}

/** OpenAI's client knows no page that a path could belong to. @param {string} url */
function absolute(url) {
  return url.startsWith("/") ? new URL(url, globalThis.location.href).href : url;
}
