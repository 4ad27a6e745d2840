/**
 * OpenAI's own client, for Auriko. It needs the package `openai`, version 5 to 7.
 * @module auriko-wasm/openai
 */

import { type ClientOptions, OpenAI } from "openai";
import type { NotAwaited } from "./client.js";
import type { RoutingMetadata } from "./routing.js";

export {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIStatusError,
  AurikoAPIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from "./errors.js";
export { aurikoMetadataExtractor, toAurikoError } from "./foreign.js";

/** What an {@link AurikoOpenAI} is constructed with: the options of OpenAI's client, with other defaults. */
export interface AurikoOpenAIOptions extends Omit<ClientOptions, "apiKey" | "baseURL"> {
  /**
   * The API key, or a function that gets one for each request. Default: the environment variable `AURIKO_API_KEY`,
   * and never that of OpenAI. `null` means that a proxy behind `baseURL` holds the key: no Authorization header is
   * sent.
   */
  apiKey?: ClientOptions["apiKey"] | null | undefined;
  /** As in the options of `AurikoClient`. Default: `https://api.auriko.ai/v1`, whatever `OPENAI_BASE_URL` is. */
  baseURL?: string | null | undefined;
  /**
   * Called whenever routing metadata arrives, after `lastRoutingMetadata` was set, in the async context of the
   * request. What it throws is dropped. It is not awaited, so it may not be async.
   */
  onResponse?: ((metadata: RoutingMetadata) => NotAwaited) | undefined;
}

/**
 * OpenAI's client, for Auriko. Whatever takes an `OpenAI` takes it: the Agents SDK, for one. Retries, timeouts and
 * streams are OpenAI's own. An error with a status is an instance of two classes, OpenAI's and the one of this
 * package, and has the fields of both; all other errors are OpenAI's alone.
 */
export declare class AurikoOpenAI extends OpenAI {
  /**
   * @throws {AuthenticationError} with code `missing_api_key` without a key, `browser_api_key` with one in a
   * browser.
   * @throws {BadRequestError} for a base URL that cannot be, or an option whose name is spelt in another way.
   * @throws {AurikoAPIError} for a function as `apiKey` with a release of `openai` 5 that takes none.
   * @throws {TypeError} for an async `onResponse`.
   */
  constructor(options?: AurikoOpenAIOptions);
  /**
   * The routing metadata that arrived last, over all requests; null before, and from the start of a request until
   * its metadata comes. With several requests at a time use `onResponse`.
   */
  get lastRoutingMetadata(): RoutingMetadata | null;
  /** A client with other options, and a `lastRoutingMetadata` of its own. */
  withOptions(options: Partial<AurikoOpenAIOptions>): this;
}
