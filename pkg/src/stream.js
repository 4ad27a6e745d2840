// @ts-check
// The streams that a caller gets. The core (`source`) turns bytes into chunks and decides how a stream
// ends; here the bytes are read when somebody asks for a chunk, and handed on.

import { AurikoAPIError } from "./errors.js";

/** @typedef {import("../types/core").StreamSource} StreamSource */

/** @typedef {import("../types/core").Known} Known */

/** What `source.state` says after a read. */
const COMPLETE = 1;
const BROKEN = 2;

/**
 * A single-use stream of parsed events, as a ReadableStream and as an async iterable.
 * @template T
 * @extends {ReadableStream<T>}
 */
class EventStream extends ReadableStream {
  #source;
  /** What became known, once the source is gone. @type {Known | null} */
  #known = null;
  /** The core is at work; it cannot be freed from a callback that it runs. */
  #busy = false;
  #reader;
  #controller;
  /** @type {ReadableStreamDefaultController<T> | undefined} */
  #queue;
  /** @type {T[]} */
  #batch = [];
  #at = 0;
  /** @type {Promise<void> | null} */
  #reading = null;
  #ended = false;
  /** @type {{ reason: unknown } | null} */
  #failure = null;
  #iterated = false;
  #idleLimit;
  #waitingSince = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idleTimer;
  #headers;
  #onAbort = () => this.#abort();

  /**
   * @param {StreamSource} source
   * @param {Response} response
   * @param {AbortController} controller
   * @param {number} idleLimit milliseconds between two reads
   */
  constructor(source, response, controller, idleLimit) {
    /** @type {ReadableStreamDefaultController<T> | undefined} */
    let queue;
    super(
      {
        start: (controls) => {
          queue = controls;
        },
        pull: () => this.#pull(),
        cancel: () => this.close(),
      },
      // Nothing is read ahead: backpressure reaches the socket.
      { highWaterMark: 0 },
    );
    this.#queue = queue;
    this.#source = source;
    this.#controller = controller;
    this.#idleLimit = idleLimit;
    this.#headers = response.headers;
    this.#reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    controller.signal.addEventListener("abort", this.#onAbort);
    if (controller.signal.aborted) this.#abort();
  }

  /** Aborts the request; iteration throws the reason. */
  get controller() {
    return this.#controller;
  }

  get responseHeaders() {
    return this.#headers;
  }

  get requestId() {
    return this.#headers.get("x-request-id");
  }

  /** The metadata seen last; null before, and where a stream carries none. */
  get routingMetadata() {
    return (this.#known ?? this.#source).routingMetadata;
  }

  /** The usage seen last; null before. */
  get usage() {
    return (this.#known ?? this.#source).usage;
  }

  /** Whether the stream ended as it should; false while it runs and after any other end. */
  get completed() {
    return this.#known?.completed ?? false;
  }

  /** @param {EventStream<any>} stream */
  static completedResponse(stream) {
    return (stream.#known ?? stream.#source).completedResponse;
  }

  /** Ends the stream and the request behind it, quietly. Does nothing when it has ended. */
  async close() {
    this.#finish(null);
    this.#batch = [];
    this.#at = 0;
  }

  /** @returns {AsyncIterator<T, undefined> & AsyncIterable<T>} */
  [Symbol.asyncIterator]() {
    if (this.#iterated || this.locked) {
      throw new AurikoAPIError("a stream can only be iterated once; use tee() to read it twice", {
        code: "stream_consumed",
      });
    }
    this.#iterated = true;
    const iterator = {
      next: () => this.#next(),
      /** @param {unknown} [value] */
      return: async (value) => {
        await this.close();
        return { value: /** @type {undefined} */ (value), done: /** @type {true} */ (true) };
      },
      [Symbol.asyncIterator]: () => iterator,
    };
    return iterator;
  }

  values() {
    return this[Symbol.asyncIterator]();
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  #next() {
    if (this.#at < this.#batch.length) {
      return Promise.resolve({ value: this.#batch[this.#at++], done: false });
    }
    return this.#fill().then((more) => (more ? this.#next() : { value: undefined, done: true }));
  }

  /** Hands the whole batch to the queue of the ReadableStream. */
  async #pull() {
    const more = await this.#fill();
    const queue = /** @type {ReadableStreamDefaultController<T>} */ (this.#queue);
    if (!more) return queue.close();
    const batch = this.#batch;
    const from = this.#at;
    this.#batch = [];
    this.#at = 0;
    for (let i = from; i < batch.length; i++) queue.enqueue(batch[i]);
  }

  /**
   * Whether there is another chunk, after reading until there is. A failure is thrown once, after the
   * chunks that came before it; from then on the stream is at its end.
   */
  async #fill() {
    while (this.#at >= this.#batch.length) {
      if (this.#failure) {
        const { reason } = this.#failure;
        this.#failure = null;
        throw reason;
      }
      if (this.#ended) return false;
      // Several calls of next() may wait for the same read.
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
    return true;
  }

  async #read() {
    this.#watchIdle();
    let result;
    try {
      result = await this.#reader.read();
    } catch (cause) {
      if (!this.#ended) this.#finish({ reason: this.#source.fail(cause) });
      return;
    } finally {
      this.#waitingSince = 0;
    }
    // Closed or aborted while it was waiting.
    if (this.#ended) return;
    this.#take(result);
  }

  /** @param {ReadableStreamReadResult<Uint8Array>} result */
  #take(result) {
    const source = this.#source;
    this.#busy = true;
    const batch = result.done ? source.end() : source.read(result.value);
    this.#busy = false;
    // A callback closed or aborted the stream.
    if (this.#ended) return this.#release(false);
    if (batch !== undefined) {
      this.#batch = batch;
      this.#at = 0;
    }
    const state = source.state;
    if (state === COMPLETE) this.#finish(null, true);
    else if (state === BROKEN) this.#finish({ reason: source.takeError() });
  }

  /**
   * A timer for each read would cost more than the read; one that looks at the clock when it fires
   * does not.
   */
  #watchIdle() {
    this.#waitingSince = performance.now();
    this.#idleTimer ??= setTimeout(() => this.#checkIdle(), this.#idleLimit);
  }

  #checkIdle() {
    this.#idleTimer = undefined;
    // Nobody waits: a slow reader is not an idle server.
    if (this.#ended || this.#waitingSince === 0) return;
    const left = this.#idleLimit - (performance.now() - this.#waitingSince);
    if (left <= 0) return this.#finish({ reason: this.#source.idle() });
    this.#idleTimer = setTimeout(() => this.#checkIdle(), left);
  }

  #abort() {
    if (this.#ended) return;
    // What has arrived but was not read is dropped: partial text must not look complete.
    this.#batch = [];
    this.#at = 0;
    const reason = this.#controller.signal.reason;
    this.#finish({ reason });
    // A reader of the ReadableStream learns of it without asking for another chunk.
    if (!this.#iterated) this.#queue?.error(reason);
  }

  /**
   * The one way to end: releases the connection, the listener, the timer and the memory of the core.
   * @param {{ reason: unknown } | null} failure
   * @param {boolean} [completed]
   */
  #finish(failure, completed = false) {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    clearTimeout(this.#idleTimer);
    this.#controller.signal.removeEventListener("abort", this.#onAbort);
    if (!completed) this.#controller.abort();
    this.#reader.cancel().catch(ignore);
    if (!this.#busy) this.#release(completed);
  }

  /** @param {boolean} completed */
  #release(completed) {
    const { routingMetadata, usage, completedResponse } = this.#source;
    this.#known = { routingMetadata, usage, completedResponse, completed };
    this.#source.free();
  }
}

// Why a body could not be cancelled is of no use to anyone: its end has been told already.
function ignore() {}

export class ChatCompletionStream extends EventStream {}

export class ResponseStream extends EventStream {
  /** The response of the terminal event; null before. */
  get completedResponse() {
    return EventStream.completedResponse(this);
  }
}

/**
 * Called by the core.
 * @param {boolean} responses
 * @param {StreamSource} source
 * @param {Response} response
 * @param {AbortController} controller
 * @param {number} idleLimit
 */
export function openStream(responses, source, response, controller, idleLimit) {
  const Stream = responses ? ResponseStream : ChatCompletionStream;
  return new Stream(source, response, controller, idleLimit);
}
