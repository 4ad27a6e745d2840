// The streams that `create({ stream: true })` resolves to.
//
// Their base is named by an interface and not by `class … extends ReadableStream`: Bun declares a constructor of
// ReadableStream that no generic class can extend. `instanceof` narrows all the same, to both.

import type { Received } from "./client.js";
import type { ChatCompletion, ChatCompletionChunk, Usage } from "./completion.js";
import type { ResponseHeaders } from "./headers.js";
import type { ResponseStreamEvent } from "./response-events.js";
import type { ResponseObject, ResponseUsage } from "./response-object.js";
import type { RoutingMetadata } from "./routing.js";

/**
 * The iterator that ReadableStream declares where this is compiled: lib.dom, @types/node and others each have
 * their own, and some versions of lib.dom have none.
 */
type StreamIterator<T> =
  ReadableStream<T> extends { values(...args: never[]): infer Iterator } ? Iterator : AsyncIterableIterator<T>;

/** `[Symbol.asyncDispose]`, where it is declared: lib.es2022 does not know it. */
type AsyncDisposal = SymbolConstructor extends { readonly asyncDispose: infer Name extends symbol }
  ? { [K in Name]: () => Promise<void> }
  : Record<never, never>;

/**
 * A single-use stream, as a ReadableStream, and as an async iterable in every runtime. Bytes are read when
 * somebody asks for the next item, never ahead. `await using` closes it, where the runtime has that.
 */
export interface ItemStream<T> extends ReadableStream<T>, AsyncDisposal {
  /**
   * The items. Iteration ends normally when the stream is complete. It throws, after the items that came before,
   * an {@link AurikoAPIError} where the server reports an error, the stream breaks off early, or no byte comes
   * for `timeout` ms; and the reason of the signal where the call was aborted. `break` is quiet.
   *
   * @throws {AurikoAPIError} with code `stream_consumed` where the stream is being read already.
   */
  [Symbol.asyncIterator](): StreamIterator<T>;
  /** The same as `[Symbol.asyncIterator]()`. With `preventCancel`, the rest can be read after a `break`. */
  values(options?: { preventCancel?: boolean }): StreamIterator<T>;
  /** Ends the stream and the request behind it, quietly. Does nothing when it has ended; never rejects. */
  close(): Promise<void>;
}

/** A stream of parsed events, with what became known on the way. */
export interface EventStream<T> extends ItemStream<T> {
  /** The routing metadata that came last, usually with the last event; null before, and where there is none. */
  readonly routingMetadata: RoutingMetadata | null;
  /** The headers of the answer. */
  readonly responseHeaders: ResponseHeaders;
  /** The `x-request-id` of the answer. */
  readonly requestId: string | null;
  /** Aborts the request: `stream.controller.abort(reason)` makes iteration throw the reason. */
  readonly controller: AbortController;
  /**
   * Whether all of the stream came and was handed out: false before, and after an error, an abort, or a close in
   * between.
   */
  readonly completed: boolean;
  /**
   * The events as bytes, one JSON object a line, to be sent on. Takes the stream.
   *
   * @throws {AurikoAPIError} with code `stream_consumed` where the stream is being read already.
   */
  toReadableStream(): ReadableStream<Uint8Array>;
}

/** The stream of a chat completion. It is complete after `[DONE]`, or at its end if a finish reason came. */
export declare class ChatCompletionStream {
  private constructor();
  /** The usage that came last, usually with the last chunk; null before. */
  readonly usage: Usage | null;
  /**
   * The text of the first answer, in pieces; the fastest way to read. Asking for it takes the stream, and the
   * getters of this one go on telling what became known.
   *
   * @throws {AurikoAPIError} with code `stream_consumed` where the stream is being read already, and on a branch
   * that `tee` made.
   */
  readonly textStream: ItemStream<string>;
  /**
   * Two streams of all chunks. What one has read waits in memory for the other; the request ends when both are
   * closed. Takes the stream.
   *
   * @throws {AurikoAPIError} with code `stream_consumed` where the stream is being read already.
   */
  tee(): [ChatCompletionStream, ChatCompletionStream];
  /**
   * Reads to the end and puts the chunks together: content, tool calls by index, reasoning blocks, usage and
   * metadata. Takes the stream, and rejects where iteration would throw.
   */
  finalCompletion(): Promise<Received<ChatCompletion>>;
}
export interface ChatCompletionStream extends EventStream<ChatCompletionChunk> {}

/** The stream of a response. One of the three terminal events completes it; nothing after that is read. */
export declare class ResponseStream {
  private constructor();
  /** The usage of the terminal event; null before, and where it has none. */
  readonly usage: ResponseUsage | null;
  /** The response of the terminal event, which may have failed: see its `status`; null before. */
  readonly completedResponse: ResponseObject | null;
  /**
   * Two streams of all events. What one has read waits in memory for the other; the request ends when both are
   * closed. Takes the stream.
   *
   * @throws {AurikoAPIError} with code `stream_consumed` where the stream is being read already.
   */
  tee(): [ResponseStream, ResponseStream];
}
export interface ResponseStream extends EventStream<ResponseStreamEvent> {}

// biome-ignore lint/complexity/noUselessEmptyExport: in a declaration file it keeps the rest private
export {};
