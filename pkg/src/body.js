// @ts-check
// Reads the body of a stream when somebody asks for more, and sees to its end.

/** @typedef {import("../types/core").StreamSource} StreamSource */
/** @typedef {import("../types/core").Known} Known */

/** What `source.state` says after a read. */
const COMPLETE = 1;
const BROKEN = 2;
const SETTLED = 3;

/** How long a server may take to end a stream after its terminal event, in milliseconds. */
const LINGER = 250;

/**
 * The body of a streamed answer, in batches: an array of chunks for each network read that completed any.
 * The core (`source`) turns bytes into chunks and decides how the stream ends.
 */
export class Body {
  #source;
  #reader;
  #idleLimit;
  /** What became known, once the source is gone. @type {Known | null} */
  #known = null;
  /** The core is at work: it cannot be freed from a callback that it runs. */
  #busy = false;
  #ended = false;
  #completed = false;
  /** @type {{ reason: unknown } | null} */
  #failure = null;
  /** @type {Promise<void> | null} */
  #reading = null;
  /** @type {unknown[] | null} */
  #batch = null;
  /** Since when somebody waits for a read, or null. @type {number | null} */
  #waitingSince = null;
  /** The limit had passed when the timer fired; what waits in the socket gets one more turn. */
  #overdue = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #idleTimer;
  #released = false;
  #onAbort;
  #text = false;
  /** A terminal event has come: whatever ends the body now, it is complete. */
  #settled = false;

  /** Told when the request is aborted, while nobody may be reading. @type {((reason: unknown) => void) | null} */
  onabort = null;

  /**
   * @param {StreamSource} source
   * @param {Response} response
   * @param {AbortController} controller
   * @param {number} idleLimit milliseconds between two pieces of the body
   */
  constructor(source, response, controller, idleLimit) {
    this.#source = source;
    this.#idleLimit = idleLimit;
    this.headers = response.headers;
    this.controller = controller;
    this.#reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    // Weakly: a stream that was dropped unread can be collected although its request is still open.
    const weak = typeof WeakRef === "function" ? new WeakRef(this) : { deref: () => this };
    this.#onAbort = () => {
      const body = weak.deref();
      if (body) body.#abort();
    };
    controller.signal.addEventListener("abort", this.#onAbort);
    if (controller.signal.aborted) this.#abort();
  }

  /** @returns {Known} */
  get known() {
    return this.#known ?? { .../** @type {any} */ (facts(this.#source)), completed: this.#completed };
  }

  /** From now on a batch is one string: the text of its chunks. */
  readText() {
    this.#text = true;
  }

  /**
   * The next batch, or null at the end. A failure is thrown once, after the chunks that came before it;
   * from then on the body is at its end.
   * @returns {Promise<any[] | null>}
   */
  async read() {
    for (;;) {
      if (this.#batch) {
        const batch = this.#batch;
        this.#batch = null;
        return batch;
      }
      if (this.#failure) {
        const { reason } = this.#failure;
        this.#failure = null;
        throw reason;
      }
      if (this.#ended) {
        this.#release();
        return null;
      }
      // Several calls may wait for the same read.
      this.#reading ??= this.#readOn().finally(() => {
        this.#reading = null;
      });
      await this.#reading;
    }
  }

  /** Ends the body and the request behind it, quietly. Does nothing when it has ended. */
  close() {
    this.#finish(null);
    this.#batch = null;
    this.#failure = null;
    if (!this.#busy && !this.#reading) this.#release();
  }

  async #readOn() {
    this.#watchIdle();
    let result;
    try {
      result = await this.#reader.read();
      // A caller's own fetch can bring anything.
      if (typeof result?.done !== "boolean") throw new TypeError("the body's reader gave no result");
    } catch (cause) {
      this.#lose(cause);
    }
    this.#waitingSince = null;
    if (result && !this.#ended) this.#take(result);
    // It ended while this was waiting, and not because all of it is here.
    if (this.#ended && !this.#completed) this.#release();
  }

  /** @param {unknown} cause */
  #lose(cause) {
    if (this.#settled) this.#finish(null, true);
    else if (!this.#ended) this.#finish({ reason: this.#source.fail(cause) });
  }

  /** @param {ReadableStreamReadResult<Uint8Array>} result */
  #take(result) {
    const source = this.#source;
    this.#busy = true;
    let batch;
    try {
      batch = result.done ? source.end(this.#text) : source.read(result.value, this.#text);
    } catch (thrown) {
      this.#finish({ reason: source.fail(thrown) });
    }
    this.#busy = false;
    // A callback closed or aborted the stream.
    if (this.#ended) return;
    if (batch !== undefined) this.#batch = batch;
    const state = source.state;
    if (this.#settled !== (state === SETTLED)) {
      this.#settled = !this.#settled;
      // The other limit is due.
      clearTimeout(this.#idleTimer);
      this.#idleTimer = undefined;
    }
    if (state === COMPLETE) this.#finish(null, true);
    else if (state === BROKEN) this.#finish({ reason: source.takeError() });
  }

  /**
   * A timer for each read would cost more than the read; one that looks at the clock when it fires
   * does not.
   */
  #watchIdle() {
    this.#waitingSince = performance.now();
    this.#overdue = false;
    if (this.#idleTimer === undefined) this.#checkAfter(this.#limit);
  }

  get #limit() {
    return this.#settled ? LINGER : this.#idleLimit;
  }

  /** @param {number} ms */
  #checkAfter(ms) {
    this.#idleTimer = setTimeout(() => this.#checkIdle(), ms);
    // A stream that nobody reads any more must not keep a process alive; while somebody does, its socket does.
    /** @type {any} */ (this.#idleTimer).unref?.();
  }

  #checkIdle() {
    this.#idleTimer = undefined;
    // Nobody waits: a slow reader is not an idle server.
    if (this.#ended || this.#waitingSince === null) return;
    const left = this.#limit - (performance.now() - this.#waitingSince);
    if (left > 0) return this.#checkAfter(left);
    if (!this.#overdue) {
      // The process may have been asleep or at work, and not the server silent.
      this.#overdue = true;
      return this.#checkAfter(1);
    }
    if (this.#settled) this.#finish(null, true);
    else this.#finish({ reason: this.#source.idle() });
  }

  #abort() {
    // Also where the rest is here already, but was not handed on.
    if (this.#released || (this.#ended && !this.#completed)) return;
    // What has arrived but was not read is dropped: partial text must not look complete.
    this.#batch = null;
    const { reason } = this.controller.signal;
    if (this.#ended) {
      this.#failure = { reason };
      this.#completed = false;
      this.#release();
    } else {
      this.#finish({ reason });
    }
    this.onabort?.(reason);
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
    this.#completed = completed;
    quietly(() => this.#reader.cancel());
    // What is complete but not handed on can still be aborted.
    if (completed) return;
    this.controller.abort();
    if (!this.#busy && !this.#reading) this.#release();
  }

  #release() {
    if (this.#released) return;
    this.#released = true;
    this.controller.signal.removeEventListener("abort", this.#onAbort);
    this.#known = { ...facts(this.#source), completed: this.#completed };
    this.#source.free();
  }
}

/** @param {StreamSource} source */
function facts({ routingMetadata, usage, completedResponse }) {
  return { routingMetadata, usage, completedResponse };
}

/**
 * Why a body could not be cancelled is of no use to anyone: its end has been told already.
 * @param {() => unknown} cancel
 */
async function quietly(cancel) {
  try {
    await cancel();
  } catch {}
}
