// @ts-check
// The items of a source, one after the other.

/** @typedef {import("./branch.js").Batches} Batches */

/** @type {Readonly<IteratorReturnResult<undefined>>} */
export const END = Object.freeze({ value: undefined, done: true });

/**
 * Takes batches from a source and hands out their items: to an iterator by `next()`, or to a ReadableStream, whose
 * underlying source it is. The core of every stream, made for every call: plain fields and methods, since each
 * closure and private field would be made anew.
 * @template T
 */
export class Items {
  /** @param {Batches} source */
  constructor(source) {
    this.source = source;
    /** @type {T[]} */
    this.batch = [];
    this.at = 0;
    /** @type {Promise<IteratorResult<T, undefined>> | null} */
    this.filling = null;
    this.isOver = false;
    /** The source belongs to an iterator or the like. */
    this.isTaken = false;
    /** Something was read. */
    this.isBegun = false;
    /** It was closed before all that had come was handed out. */
    this.isCut = false;
    /** Others end the source. */
    this.isLeft = false;
    /** @type {ReadableStreamDefaultController<T> | undefined} */
    this.queue = undefined;
    source.owner = this;
  }

  /** All that has come was handed out. */
  get isRead() {
    return !this.isCut && this.at >= this.batch.length;
  }

  /** @returns {Promise<IteratorResult<T, undefined>>} */
  next() {
    if (this.at < this.batch.length) return Promise.resolve(this.item());
    if (this.filling) {
      // Several calls may wait for the same batch.
      const again = () => this.next();
      return this.filling.then(again, again);
    }
    if (this.isOver) return Promise.resolve(END);
    this.filling = this.source.read(this);
    return this.filling;
  }

  /** @returns {IteratorResult<T, undefined>} */
  item() {
    return { value: this.batch[this.at++], done: false };
  }

  /** What becomes of a batch: see `Body.read`. @param {T[] | null} batch */
  accept(batch) {
    this.filling = null;
    // Closed while it was waiting, or at its end.
    if (this.isOver || !batch) {
      this.isOver = true;
      return END;
    }
    this.isBegun = true;
    this.batch = batch;
    this.at = 0;
    return batch.length > 0 ? this.item() : this.next();
  }

  /** The source has failed, and the first who waits is told. To the others it is the end. */
  refuse() {
    this.filling = null;
    this.isOver = true;
    this.batch = [];
  }

  /** Gives back what was not handed out, and forgets it. @returns {T[]} */
  rest() {
    const rest = this.at < this.batch.length ? this.batch.slice(this.at) : [];
    this.batch = [];
    this.at = 0;
    return rest;
  }

  close() {
    this.isCut ||= this.rest().length > 0;
    this.isOver = true;
    if (!this.isLeft) this.source.close();
  }

  /** The request was aborted: a reader learns of it without asking for another item. @param {unknown} reason */
  aborted(reason) {
    this.rest();
    if (!this.isTaken) this.queue?.error(reason);
  }

  // What a ReadableStream calls.

  /** @param {ReadableStreamDefaultController<T>} queue */
  start(queue) {
    this.queue = queue;
  }

  /**
   * One item each time, so that none waits where an iterator would not find it.
   * @param {ReadableStreamDefaultController<T>} queue
   */
  pull(queue) {
    if (this.at < this.batch.length) return queue.enqueue(this.batch[this.at++]);
    return this.next().then(({ value, done }) => {
      if (done) queue.close();
      else queue.enqueue(value);
    });
  }

  cancel() {
    this.close();
  }
}
