// @ts-check
// The streams that a caller holds.

import { Body } from "./body.js";
import { fork } from "./branch.js";
import { assemble } from "./completion.js";
import { AurikoAPIError } from "./errors.js";
import { nameHeaders, ResponseHeaders } from "./headers.js";

/** @typedef {import("./branch.js").Batches} Batches */

/** What the iterators of the runtime inherit: `Symbol.asyncIterator`, and `Symbol.asyncDispose` where there is one. */
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));

/**
 * A single-use stream of items, as a ReadableStream and as an async iterable.
 * @template T
 * @extends {ReadableStream<T>}
 */
class ItemStream extends ReadableStream {
  #source;
  /** @type {T[]} */
  #batch = [];
  #at = 0;
  /** @type {Promise<void> | null} */
  #filling = null;
  #over = false;
  /** @type {{ reason: unknown } | null} */
  #failure = null;
  /** Its source was given to an iterator or the like. */
  #taken = false;

  /** @param {Batches} source */
  constructor(source) {
    /** @type {ReadableStreamDefaultController<T> | undefined} */
    let queue;
    super(
      {
        start: (controls) => {
          queue = controls;
        },
        pull: () => this.#pull(/** @type {ReadableStreamDefaultController<T>} */ (queue)),
        cancel: () => this.close(),
      },
      // Nothing is read ahead: backpressure reaches the socket.
      { highWaterMark: 0 },
    );
    this.#source = source;
    // A reader learns of an abort without asking for another item.
    source.onabort = (reason) => {
      this.#batch = [];
      this.#at = 0;
      if (!this.#taken) queue?.error(reason);
    };
  }

  /** @returns {Batches} */
  static source(/** @type {ItemStream<any>} */ stream) {
    return stream.#source;
  }

  /**
   * Gives the source to the one who will read it.
   * @param {ItemStream<any>} stream
   * @returns {Batches}
   */
  static take(stream) {
    if (stream.#taken || stream.locked) {
      throw new AurikoAPIError("A stream can only be read once. Use tee() before reading to read it twice.", {
        code: "stream_consumed",
      });
    }
    stream.#taken = true;
    // Locked for everybody else, as a stream is while the platform's own iterator reads it.
    stream.getReader();
    return stream.#source;
  }

  /** Ends the stream and the request behind it, quietly. Does nothing when it has ended. */
  async close() {
    this.#batch = [];
    this.#at = 0;
    this.#over = true;
    this.#source.close();
  }

  /** As `close()`, also while it is being iterated. @param {unknown} [reason] */
  async cancel(reason) {
    if (this.#taken) await this.close();
    else await super.cancel(reason);
  }

  /** @returns {ReadableStreamAsyncIterator<T>} */
  [Symbol.asyncIterator]() {
    ItemStream.take(this);
    return Object.assign(Object.create(AsyncIteratorPrototype), {
      next: () => this.#next(),
      /** @param {unknown} [value] */
      return: async (value) => {
        await this.close();
        return { value: await value, done: true };
      },
    });
  }

  values() {
    return this[Symbol.asyncIterator]();
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  #next() {
    if (this.#at < this.#batch.length) {
      return Promise.resolve({ value: this.#batch[this.#at++], done: false });
    }
    return this.#refill();
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  async #refill() {
    while (this.#at >= this.#batch.length) {
      // Several calls of next() may wait for the same batch.
      this.#filling ??= this.#fill().finally(() => {
        this.#filling = null;
      });
      await this.#filling;
      if (this.#failure) {
        const { reason } = this.#failure;
        this.#failure = null;
        throw reason;
      }
      if (this.#over) return { value: undefined, done: true };
    }
    return this.#next();
  }

  async #fill() {
    if (this.#over) return;
    try {
      const batch = await this.#source.read();
      // Closed while it was waiting.
      if (this.#over) return;
      this.#over = !batch;
      this.#batch = batch ?? [];
    } catch (reason) {
      // For the first who waits; to the others it is the end.
      this.#over = true;
      this.#batch = [];
      this.#failure = { reason };
    }
    this.#at = 0;
  }

  /**
   * One item each time, so that none waits where an iterator would not find it.
   * @param {ReadableStreamDefaultController<T>} queue
   */
  #pull(queue) {
    if (this.#at < this.#batch.length) return queue.enqueue(this.#batch[this.#at++]);
    return this.#refill().then(({ value, done }) => {
      if (done) queue.close();
      else queue.enqueue(value);
    });
  }
}

if (Symbol.asyncDispose) {
  Object.defineProperty(ItemStream.prototype, Symbol.asyncDispose, {
    value() {
      return this.close();
    },
  });
}

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
    return ItemStream.source(this).known.completed;
  }

  /** @returns {[this, this]} */
  tee() {
    const Stream = /** @type {new (source: Batches) => this} */ (this.constructor);
    const [one, other] = fork(ItemStream.take(this));
    // From now on the branches end the request, when both are closed.
    this.close = async () => {};
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
          queue.enqueue(encoder.encode(batch.map(toLine).join("")));
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
    ItemStream.take(this);
    source.readText();
    return new ItemStream(source);
  }

  async finalCompletion() {
    const source = ItemStream.take(this);
    const completion = await assemble(source);
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
    throw new AurikoAPIError("A chunk is nested too deep to be written as JSON.", { code: "invalid_chunk", cause });
  }
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
