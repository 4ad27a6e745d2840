// @ts-check
// A stream of items that can be read once, in any of the ways that the platform has.

import { AurikoAPIError } from "./errors.js";
import { END, Items } from "./items.js";

/** @typedef {import("./branch.js").Batches} Batches */

/** What the iterators of the runtime inherit: `Symbol.asyncIterator`, and `Symbol.asyncDispose` where there is one. */
const AsyncIteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype));

/** What a second reader gets. */
export function consumed() {
  const message = "A stream can only be read once. Use tee() before reading to read it twice.";
  return new AurikoAPIError(message, { code: "stream_consumed" });
}

/** Nothing is read ahead: backpressure reaches the socket. */
const NOTHING_AHEAD = { highWaterMark: 0 };

/**
 * A single-use stream of items, as a ReadableStream and as an async iterable.
 * @template T
 * @extends {ReadableStream<T>}
 */
export class ItemStream extends ReadableStream {
  /** @type {Items<T>} */
  #items;

  /** @param {Batches} source */
  constructor(source) {
    /** @type {Items<T>} */
    const items = new Items(source);
    super(items, NOTHING_AHEAD);
    this.#items = items;
  }

  /** @returns {Batches} */
  static source(/** @type {ItemStream<any>} */ stream) {
    return stream.#items.source;
  }

  /**
   * Gives the source to the one who will read it.
   * @param {ItemStream<any>} stream
   * @returns {Batches}
   */
  static take(stream) {
    stream.#claim();
    const { source } = stream.#items;
    const rest = stream.#items.rest();
    if (rest.length > 0) source.unread(rest);
    return source;
  }

  /** The same, to others who will end it as well. @param {ItemStream<any>} stream */
  static leave(stream) {
    const source = ItemStream.take(stream);
    stream.#items.isLeft = true;
    return source;
  }

  /** Whether something of it was read. @param {ItemStream<any>} stream */
  static isBegun(stream) {
    return stream.#items.isBegun;
  }

  /** Whether all that has come of it was handed out. @param {ItemStream<any>} stream */
  static isRead(stream) {
    return stream.#items.isRead;
  }

  /** Locked for everybody else, as a stream is while the platform's own iterator reads it. */
  #claim() {
    const items = this.#items;
    // What is being read belongs to the one who asked for it.
    if (items.isTaken || this.locked || items.filling) throw consumed();
    items.isTaken = true;
    return this.getReader();
  }

  /** Ends the stream and the request behind it, quietly. Does nothing when it has ended. */
  async close() {
    this.#items.close();
  }

  /** As `close()`, also while it is being iterated. @param {unknown} [reason] */
  async cancel(reason) {
    if (this.#items.isTaken) this.#items.close();
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
    const items = this.#items;
    let left = false;
    return Object.assign(Object.create(AsyncIteratorPrototype), {
      next: () => (left ? Promise.resolve(END) : items.next()),
      /** @param {unknown} [value] */
      return: async (value) => {
        if (!preventCancel) items.close();
        else if (!left) {
          // What has not been read is for the next reader.
          lock.releaseLock();
          items.isTaken = false;
        }
        left = true;
        return { value: await value, done: true };
      },
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
