// What pkg/src and the wasm core (src/js/*.rs) give each other. Internal: index.d.ts does not export it.

import type { Usage } from "./completion.js";
import type { ResponseObject, ResponseUsage } from "./response-object.js";
import type { RoutingMetadata } from "./routing.js";

/** What every method of the core that sends resolves to (`Exchange::run`). */
export interface Answer {
  /** The plain object or the stream; absent where `asResponse()` has taken the body. */
  data?: unknown;
  /** The response, its body unread only in that case. */
  response: Response;
  /** Its `x-request-id`. */
  requestId: string | null;
}

/** What a stream tells of itself once the core is gone. */
export interface Known {
  readonly routingMetadata: RoutingMetadata | null;
  readonly usage: Usage | ResponseUsage | null;
  readonly completedResponse: ResponseObject | null;
  readonly completed: boolean;
}

/** The core's side of a stream (`StreamSource`). */
export interface StreamSource extends Omit<Known, "completed"> {
  /** 0: more is to be read. 1: complete. 2: broken, and `takeError` has the reason. 3: complete unless more comes. */
  readonly state: number;
  /**
   * Takes what one read brought; returns the events that are complete by now, if any. With `text` it is one
   * string: their text.
   */
  read(bytes: Uint8Array, text: boolean): unknown[] | undefined;
  /** The body ended; returns what the end completed, if anything. */
  end(text: boolean): unknown[] | undefined;
  /** Why the stream is broken. */
  takeError(): unknown;
  /** The error for a body that could not be read on. */
  fail(cause: unknown): unknown;
  /** The error for a body of which nothing came for too long. */
  idle(): unknown;
  /** Gives its memory back. Nothing may be asked of it afterwards. */
  free(): void;
}
