// @ts-check
// A stream of items that can be read once, in any of the ways that the platform has.

import { AurikoAPIError } from "./errors.js";

/** @typedef {import("./branch.js").Batches} Batches */

/** What the iterators of the runtime inherit: `Symbol.asyncIterator`, and `Symbol.asyncDispose` where there is one. */
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));

/** What a second reader gets. */
export function consumed() {
  const message = "A stream can only be read once. Use tee() before reading to read it twice.";
  return new AurikoAPIError(message, { code: "stream_consumed" });
}

/** @type {Readonly<IteratorReturnResult<undefined>>} */
const END = Object.freeze({ value: undefined, done: true });

/**
 * A single-use stream of items, as a ReadableStream and as an async iterable.
 * @template T
 * @extends {ReadableStream<T>}
 */
export class ItemStream extends ReadableStream {
  #source;
  /** @type {T[]} */
  #batch = [];
  #at = 0;
  /** @type {Promise<IteratorResult<T, undefined>> | null} */
  #filling = null;
  #over = false;
  /** Its source was given to an iterator or the like. */
  #taken = false;
  /** Something was read. */
  #begun = false;
  /** It was closed before all that had come was handed out. */
  #cut = false;

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
    stream.#claim();
    if (stream.#at < stream.#batch.length) stream.#source.unread(stream.#batch.slice(stream.#at));
    stream.#batch = [];
    stream.#at = 0;
    return stream.#source;
  }

  /** Whether something of it was read. @param {ItemStream<any>} stream */
  static isBegun(stream) {
    return stream.#begun;
  }

  /** Whether all that has come of it was handed out. @param {ItemStream<any>} stream */
  static isRead(stream) {
    return !stream.#cut && stream.#at >= stream.#batch.length;
  }

  /** Locked for everybody else, as a stream is while the platform's own iterator reads it. */
  #claim() {
    // What is being read belongs to the one who asked for it.
    if (this.#taken || this.locked || this.#filling) throw consumed();
    this.#taken = true;
    return this.getReader();
  }

  /** Ends the stream and the request behind it, quietly. Does nothing when it has ended. */
  async close() {
    this.#cut ||= this.#at < this.#batch.length;
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
    return this.values();
  }

  /** @param {{ preventCancel?: boolean }} [options] @returns {ReadableStreamAsyncIterator<T>} */
  values(options) {
    const preventCancel = Boolean(options?.preventCancel);
    const lock = this.#claim();
    let left = false;
    return Object.assign(Object.create(AsyncIteratorPrototype), {
      next: () => (left ? Promise.resolve(END) : this.#next()),
      /** @param {unknown} [value] */
      return: async (value) => {
        if (!preventCancel) await this.close();
        else if (!left) {
          // What has not been read is for the next reader.
          lock.releaseLock();
          this.#taken = false;
        }
        left = true;
        return { value: await value, done: true };
      },
    });
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  #next() {
    if (this.#at < this.#batch.length) return Promise.resolve(this.#item());
    // Several calls may wait for the same batch.
    if (this.#filling) return this.#filling.then(this.#again, this.#again);
    if (this.#over) return Promise.resolve(END);
    this.#filling = this.#source.read(this.#filled, this.#failed);
    return this.#filling;
  }

  #again = () => this.#next();

  /** @returns {IteratorResult<T, undefined>} */
  #item() {
    return { value: this.#batch[this.#at++], done: false };
  }

  /** @param {T[] | null} batch */
  #filled = (batch) => {
    this.#filling = null;
    // Closed while it was waiting, or at its end.
    if (this.#over || !batch) {
      this.#over = true;
      return END;
    }
    this.#begun = true;
    this.#batch = batch;
    this.#at = 0;
    return batch.length > 0 ? this.#item() : this.#next();
  };

  /** For the first who waits; to the others it is the end. */
  #failed = () => {
    this.#filling = null;
    this.#over = true;
    this.#batch = [];
  };

  /**
   * One item each time, so that none waits where an iterator would not find it.
   * @param {ReadableStreamDefaultController<T>} queue
   */
  #pull(queue) {
    if (this.#at < this.#batch.length) return queue.enqueue(this.#batch[this.#at++]);
    return this.#next().then(({ value, done }) => {
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
