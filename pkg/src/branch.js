// @ts-check

/** What a stream reads from: a body, or a branch of one. @typedef {Pick<import("./body.js").Body, "read" | "unread" | "close" | "known" | "headers" | "controller" | "owner">} Batches */

/**
 * Two sources of batches that each give all that one gives. What one branch has read waits for the other in
 * memory. The body is closed when both are.
 * @param {Batches} body
 * @returns {[Batches, Batches]}
 */
export function fork(body) {
  const one = new Branch(body);
  const other = new Branch(body);
  one.others = [other];
  other.others = [one];
  body.owner = {
    aborted(reason) {
      one.owner?.aborted(reason);
      other.owner?.aborted(reason);
    },
  };
  return [one, other];
}

/** @implements {Batches} */
class Branch {
  #body;
  /** @type {Promise<any[] | null>[]} */
  #waiting = [];
  #closed = false;
  /** It was closed before all of it had come, or was handed out. */
  #cut = false;
  /** Ends the read that is under way, for this branch. */
  #leave = () => {};
  /** @type {Branch[]} */
  others = [];
  /** @type {import("./body.js").Owner | null} */
  owner = null;

  /** @param {Batches} body */
  constructor(body) {
    this.#body = body;
  }

  /** @returns {import("../types/core").Known} */
  get known() {
    const { known } = this.#body;
    return this.#cut || this.#waiting.length > 0 ? { ...known, completed: false } : known;
  }

  get headers() {
    return this.#body.headers;
  }

  get controller() {
    return this.#body.controller;
  }

  /**
   * As `Body.read`.
   * @param {import("./body.js").Receiver} [receiver]
   * @returns {Promise<any>}
   */
  async read(receiver) {
    let batch;
    try {
      batch = await this.#next();
    } catch (reason) {
      receiver?.refuse();
      throw reason;
    }
    return receiver ? receiver.accept(batch) : batch;
  }

  /** @returns {Promise<any[] | null>} */
  async #next() {
    if (this.#closed) return null;
    let batch = this.#waiting.shift();
    if (!batch) {
      batch = this.#body.read();
      for (const other of this.others) other.#hand(batch);
    }
    const left = new Promise((resolve) => {
      this.#leave = () => resolve(undefined);
    });
    const read = await Promise.race([batch, left]);
    return this.#closed ? null : read;
  }

  /** @param {any[]} batch */
  unread(batch) {
    this.#waiting.unshift(Promise.resolve(batch));
  }

  close() {
    this.#cut ||= !this.known.completed;
    this.#closed = true;
    this.#leave();
    this.#waiting = [];
    if (this.others.every((other) => other.#closed)) this.#body.close();
  }

  /** @param {Promise<any[] | null>} batch */
  #hand(batch) {
    if (this.#closed) return;
    // Whether the other branch ever hears of a failure is its own affair.
    batch.catch(() => {});
    this.#waiting.push(batch);
  }
}
