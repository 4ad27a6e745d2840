// The client: what it is constructed with, and what its calls take and give.

import type {
  ChatCompletionCreateParams,
  ChatCompletionCreateParamsNonStreaming,
  ChatCompletionCreateParamsStreaming,
} from "./chat.js";
import type { ChatCompletion } from "./completion.js";
import type { ResponseHeaders } from "./headers.js";
import type {
  Identity,
  Model,
  ModelDirectory,
  ModelFilter,
  ModelList,
  ModelRegistry,
  ProviderRegistry,
} from "./models.js";
import type { ResponseObject } from "./response-object.js";
import type {
  ResponseCreateParams,
  ResponseCreateParamsNonStreaming,
  ResponseCreateParamsStreaming,
} from "./responses.js";
import type { RoutingMetadata } from "./routing.js";
import type { ChatCompletionStream, ResponseStream } from "./stream.js";

/** Headers to add. Names are case-insensitive; null or undefined takes a header away that would be sent. */
export type HeadersInput =
  | Headers
  | ReadonlyMap<string, string | null | undefined>
  | readonly (readonly [name: string, value: string | null | undefined])[]
  | { readonly [name: string]: string | null | undefined };

/** A function in the place of the global `fetch`. It gets a URL as text and never a Request. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What a callback may return that nobody waits for: anything but a promise. */
export type NotAwaited =
  // biome-ignore lint/suspicious/noConfusingVoidType: what a function returns that returns nothing
  void | undefined | null | boolean | number | bigint | string | symbol | (object & { then?: never });

/** Where a client tells what it does, such as the console or a logger of pino or winston. */
export interface Logger {
  /** Not called yet: what fails rejects. */
  error(message: string, ...details: unknown[]): void;
  /** Of what is dangerous about the configuration. */
  warn(message: string, ...details: unknown[]): void;
  /** A line for each answer, failure and retry. */
  info(message: string, ...details: unknown[]): void;
  /** Of each attempt; the details are an object. */
  debug(message: string, ...details: unknown[]): void;
}

/** What a client is constructed with. All of it is optional. */
export interface ClientOptions {
  /**
   * The API key. Default: the environment variable `AURIKO_API_KEY`, which a blank key falls back to as well.
   * `null` means that a proxy behind `baseUrl` holds the key: no Authorization header is sent. A function is asked
   * before every attempt, for keys that change; where it throws, the call rejects with code `api_key_function`.
   */
  apiKey?: string | (() => string | Promise<string>) | null | undefined;
  /**
   * Where the API is. Slashes at the end go, and `/v1` is added unless it is there. With `apiKey: null` it may be
   * a path in a browser, such as `/api/v1`. Default: `https://api.auriko.ai/v1`.
   */
  baseUrl?: string | undefined;
  /** The same as `baseUrl`, which wins where both are given. */
  baseURL?: string | undefined;
  /**
   * How long to wait for headers in each attempt, and then for each next piece of the body, in ms; above 0 and at
   * most 2147483647. A stream may last longer. Default: 60000.
   */
  timeout?: number | undefined;
  /** How many requests may follow a failed first one; 0 to 100. Default: 2. */
  maxRetries?: number | undefined;
  /** Called in the place of the global `fetch`, which is otherwise looked up at each call. */
  fetch?: Fetch | undefined;
  /** Sent with every request, in the place of the client's own headers of the same name. */
  defaultHeaders?: HeadersInput | undefined;
  /**
   * Called whenever routing metadata arrives, after `lastRoutingMetadata` was set. What it throws is dropped. It is
   * not awaited, so it may not be async: a constructor that gets an async function throws a TypeError. It runs in the
   * async context of the call, and for a stream in that of whoever reads it.
   */
  onResponse?: ((metadata: RoutingMetadata) => NotAwaited) | undefined;
  /**
   * How much the logger is told. `info`: a line for each answer, failure and retry. `debug`: each attempt, with its
   * headers; keys and cookies are masked. Prompts and completions are never told. Default: the environment variable
   * `AURIKO_LOG`, else `warn`, which tells of nothing but a key that would be sent unencrypted.
   */
  logLevel?: "off" | "error" | "warn" | "info" | "debug" | undefined;
  /** Who is told. What it throws is dropped. Default: the console. */
  logger?: Logger | undefined;
  /** Allows a key in a browser, where everyone who opens the page can read it. Default: false. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** What one call changes of the client's options. All of it is optional. */
export interface RequestOptions {
  /** Aborts the call: it rejects with the reason of the signal. For a stream it counts until the stream ends. */
  signal?: AbortSignal | null | undefined;
  /** As in {@link ClientOptions.timeout}, in ms. */
  timeout?: number | undefined;
  /** As in {@link ClientOptions.maxRetries}. */
  maxRetries?: number | undefined;
  /** Sent with this request, in the place of the client's headers of the same name. */
  headers?: HeadersInput | undefined;
  /** Sent as `idempotency-key`, the same in every attempt. Default: none is sent. */
  idempotencyKey?: string | undefined;
}

/**
 * A received object. The two extra properties are not enumerable: spreading, cloning and serialising pass them
 * over.
 */
export type Received<T> = T & {
  /** The `x-request-id` of the answer. */
  readonly _request_id: string | null;
  /** The headers of the answer. */
  readonly responseHeaders: ResponseHeaders;
};

/** A promise of the data of an answer, with two other ways to take it. The request is sent in any case. */
export interface APIPromise<T> extends Promise<T> {
  /** The data, and the Response that it came with. Its body has been read, or is being read by the stream. */
  withResponse(): Promise<{
    /** What the promise itself resolves to. */
    data: T;
    /** The Response of the last attempt. */
    response: Response;
    /** Its `x-request-id`. */
    request_id: string | null;
  }>;
  /**
   * The Response with its body unread, to be asked for in the tick of the call: once the body is being read, this
   * rejects with code `response_taken`, and the promise itself keeps the data. Otherwise it is the promise that
   * rejects so. The signal goes on to abort the body; `timeout` counts until the headers, and no longer; routing
   * metadata in the body is left to whoever reads it. A refusal rejects here as well: there is no Response with an
   * error status.
   */
  asResponse(): Promise<Response>;
}

/** `client.chat.completions` */
export interface ChatCompletions {
  /**
   * Creates a chat completion: `POST /chat/completions`. With `stream: true` it resolves as soon as the stream
   * begins. It needs no `this`: `const { create } = client.chat.completions` works.
   *
   * @throws {AurikoAPIError} of the class of the failure, as a rejection; {@link BadRequestError} before anything
   * is sent where parameters are missing or contradict each other.
   */
  create(
    this: void,
    params: ChatCompletionCreateParamsNonStreaming,
    options?: RequestOptions,
  ): APIPromise<Received<ChatCompletion>>;
  /** The same as a stream of chunks. */
  create(
    this: void,
    params: ChatCompletionCreateParamsStreaming,
    options?: RequestOptions,
  ): APIPromise<ChatCompletionStream>;
  /** Either of them, where `stream` is not known beforehand. */
  create(
    this: void,
    params: ChatCompletionCreateParams,
    options?: RequestOptions,
  ): APIPromise<Received<ChatCompletion> | ChatCompletionStream>;
}

/** `client.chat` */
export interface Chat {
  /** Chat completions. */
  readonly completions: ChatCompletions;
}

/** `client.responses` */
export interface Responses {
  /**
   * Creates a response: `POST /responses`. With `stream: true` it resolves as soon as the stream begins. The
   * endpoint is a preview and keeps no state: earlier turns go into `input`.
   *
   * @throws {AurikoAPIError} of the class of the failure, as a rejection.
   */
  create(
    this: void,
    params: ResponseCreateParamsNonStreaming,
    options?: RequestOptions,
  ): APIPromise<Received<ResponseObject>>;
  /** The same as a stream of events. */
  create(this: void, params: ResponseCreateParamsStreaming, options?: RequestOptions): APIPromise<ResponseStream>;
  /** Either of them, where `stream` is not known beforehand. */
  create(
    this: void,
    params: ResponseCreateParams,
    options?: RequestOptions,
  ): APIPromise<Received<ResponseObject> | ResponseStream>;
}

/** `client.models` */
export interface Models {
  /** The models that can be called with this key: `GET /models`. */
  list(this: void, filter?: ModelFilter, options?: RequestOptions): APIPromise<Received<ModelList>>;
  /**
   * One model, by its id or an alias: `GET /models/{id}`.
   *
   * @throws {NotFoundError} as a rejection, where there is none; {@link BadRequestError} for an empty id.
   */
  retrieve(this: void, id: string, options?: RequestOptions): APIPromise<Received<Model>>;
  /** The whole catalog, with providers and prices: `GET /directory/models`. */
  listDirectory(this: void, options?: RequestOptions): APIPromise<Received<ModelDirectory>>;
  /** All canonical models: `GET /registry/models`. */
  listRegistry(this: void, options?: RequestOptions): APIPromise<Received<ModelRegistry>>;
  /** All providers: `GET /registry/providers`. */
  listProviders(this: void, options?: RequestOptions): APIPromise<Received<ProviderRegistry>>;
}

/** `client.me` */
export interface Me {
  /** Whose key this is, and what it may do: `GET /me`. */
  get(this: void, options?: RequestOptions): APIPromise<Received<Identity>>;
}

/** A client of the Auriko API. One client serves any number of calls at the same time. */
export declare class AurikoClient {
  /**
   * @throws {AuthenticationError} with code `missing_api_key` without a key, `browser_api_key` with one in a
   * browser.
   * @throws {BadRequestError} for an option that cannot be; `param` names it.
   * @throws {TypeError} for an async `onResponse`.
   */
  constructor(options?: ClientOptions);
  /** Chat completions. */
  readonly chat: Chat;
  /** The Responses API. */
  readonly responses: Responses;
  /** Which models there are. */
  readonly models: Models;
  /** Whose key this is. */
  readonly me: Me;
  /**
   * A `fetch` for other libraries, as the standard has it: it resolves whatever the status, and sends once. To the
   * origin of the base URL it sends the key where there is no Authorization header. It hears of the routing
   * metadata in JSON and in event streams while others read them, for `lastRoutingMetadata` and `onResponse`. It
   * needs no `this`.
   */
  readonly fetch: (this: void, input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Where requests go, without a slash at the end. */
  get baseUrl(): string;
  /** How long to wait for headers and for each next piece of a body, in ms. */
  get timeout(): number;
  /** How many requests may follow a failed first one. */
  get maxRetries(): number;
  /**
   * The routing metadata that arrived last, over all calls; null before, and from the start of a call until its
   * metadata comes. With several calls at a time use `onResponse` or the stream's own `routingMetadata`.
   */
  get lastRoutingMetadata(): RoutingMetadata | null;
  /** Base URL, timeout and retries; not the key. */
  toJSON(): { baseUrl: string; timeout: number; maxRetries: number };
}
