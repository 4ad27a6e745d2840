// @ts-check
// The streams that a caller holds.

import { Body } from "./body.js";
import { fork } from "./branch.js";
import { assemble } from "./completion.js";
import { AurikoAPIError } from "./errors.js";
import { nameHeaders, ResponseHeaders } from "./headers.js";
import { consumed, ItemStream } from "./item-stream.js";

/** @typedef {import("./branch.js").Batches} Batches */

/**
 * A stream of parsed events, with what became known on the way.
 * @template T
 * @extends {ItemStream<T>}
 */
class EventStream extends ItemStream {
  /** @type {ResponseHeaders | undefined} */
  #headers;

  get controller() {
    return ItemStream.source(this).controller;
  }

  get responseHeaders() {
    this.#headers ??= new ResponseHeaders(ItemStream.source(this).headers);
    return this.#headers;
  }

  get requestId() {
    return ItemStream.source(this).headers.get("x-request-id");
  }

  get routingMetadata() {
    return ItemStream.source(this).known.routingMetadata;
  }

  get usage() {
    return ItemStream.source(this).known.usage;
  }

  get completed() {
    return ItemStream.isRead(this) && ItemStream.source(this).known.completed;
  }

  /** @returns {[this, this]} */
  tee() {
    const Stream = /** @type {new (source: Batches) => this} */ (this.constructor);
    // From now on the branches end the request, when both are closed.
    const [one, other] = fork(ItemStream.leave(this));
    return [new Stream(one), new Stream(other)];
  }

  /** @returns {ReadableStream<Uint8Array>} */
  toReadableStream() {
    const source = ItemStream.take(this);
    const encoder = new TextEncoder();
    return new ReadableStream(
      {
        async pull(queue) {
          const batch = await source.read();
          if (!batch) return queue.close();
          try {
            queue.enqueue(encoder.encode(batch.map(toLine).join("")));
          } catch (error) {
            source.close();
            throw error;
          }
        },
        cancel: () => source.close(),
      },
      { highWaterMark: 0 },
    );
  }
}

/** @extends {EventStream<import("../types/completion").ChatCompletionChunk>} */
export class ChatCompletionStream extends EventStream {
  get textStream() {
    const source = ItemStream.source(this);
    if (!(source instanceof Body)) {
      throw new AurikoAPIError("A branch of a stream has no textStream. Take it from the stream before tee().", {
        code: "stream_consumed",
      });
    }
    // Its chunks are objects already.
    if (ItemStream.isBegun(this)) throw consumed();
    ItemStream.take(this);
    source.readText();
    return new ItemStream(source);
  }

  async finalCompletion() {
    // A tail must not pass for the whole.
    if (ItemStream.isBegun(this)) throw consumed();
    const source = ItemStream.take(this);
    const completion = await assemble(source).catch((error) => {
      source.close();
      throw error instanceof RangeError ? tooDeep(error) : error;
    });
    if (!source.known.completed || completion.id === undefined) {
      throw new AurikoAPIError("The stream was closed, or held nothing, before there was a completion.", {
        code: "no_completion",
      });
    }
    Object.defineProperty(completion, "_request_id", { value: this.requestId, configurable: true });
    nameHeaders(completion, source);
    return completion;
  }
}

/** @extends {EventStream<import("../types/response-events").ResponseStreamEvent>} */
export class ResponseStream extends EventStream {
  get completedResponse() {
    return ItemStream.source(this).known.completedResponse;
  }
}

/** @param {unknown} item */
function toLine(item) {
  try {
    return `${JSON.stringify(item)}\n`;
  } catch (cause) {
    throw tooDeep(cause);
  }
}

/** @param {unknown} cause */
function tooDeep(cause) {
  return new AurikoAPIError("A chunk is nested too deep.", { code: "invalid_chunk", cause });
}

/**
 * Called by the core.
 * @param {boolean} responses
 * @param {import("../types/core").StreamSource} source
 * @param {Response} response
 * @param {AbortController} controller
 */
export function openStream(responses, source, response, controller) {
  const Stream = responses ? ResponseStream : ChatCompletionStream;
  try {
    return new Stream(new Body(source, response, controller));
  } catch (thrown) {
    // The body of a caller's own fetch cannot be read.
    source.free();
    throw thrown;
  }
}
