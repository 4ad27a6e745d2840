// What pkg/src and the wasm core (src/js/*.rs) give each other. Internal: index.d.ts does not export it.

import type { Ended } from "../src/ended.js";
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
  /** 0: open. 1: complete. 2: failed, `takeError` has the reason. 3: aborted. 4: closed. */
  readonly state: number;
  /** How long to wait for the next piece, in milliseconds. */
  readonly limit: number;
  /**
   * Takes what one read brought, so many bytes; returns the events that are complete by now, if any. With `text` it
   * is one string: their text. Where the body has ended, that is in an {@link Ended}.
   */
  read(bytes: Uint8Array, length: number, text: boolean): Ended | unknown[] | string | undefined;
  /** The body ended; returns what the end completed, if anything. */
  end(text: boolean): Ended | unknown[] | string | undefined;
  /** A read failed. */
  lost(cause: unknown): void;
  /** The timer has fired while a read waits; returns after how many ms to look again, 0 if this was the end. */
  fired(waitedMs: number): number;
  /** The request was aborted. */
  aborted(): void;
  /** The caller wants no more. */
  closed(): void;
  /** The error of a body that has failed. */
  takeError(): unknown;
  /** Gives its memory back. Nothing may be asked of it afterwards. */
  free(): void;
}
