// @ts-check
// Reads the body of a stream when somebody asks for more, and sees to its end.

import { lengthOf } from "./bytes.js";
import { Ended } from "./ended.js";

/** @typedef {import("../types/core").StreamSource} StreamSource */
/** @typedef {import("../types/core").Known} Known */
/**
 * Who reads. `accept`: what becomes of a batch, null at the end; `refuse` hears of a failure first.
 * @typedef {{ accept(batch: any[] | null): any, refuse(): void }} Receiver
 */
/** Told when the request is aborted, while nobody may be reading. @typedef {{ aborted(reason: unknown): void }} Owner */

/** What `source.state` says. */
const OPEN = 0;
const COMPLETE = 1;
const FAILED = 2;
const ABORTED = 3;

/** Ends the request of a body that nobody holds any more. */
const dropped =
  typeof FinalizationRegistry === "function"
    ? new FinalizationRegistry((/** @type {AbortController} */ controller) => controller.abort())
    : undefined;

/**
 * The body of a streamed answer, in batches: an array of chunks for each network read that completed any.
 * It tells the core (`source`) what happens to the body, and performs what follows: the core turns bytes into
 * chunks and decides how the stream ends.
 */
export class Body {
  #source;
  #reader;
  /** Where the body stood when the core was last asked. */
  #state = OPEN;
  /** What became known, once the source is gone. @type {Known | null} */
  #known = null;
  /** The core is at work: it cannot be freed from a callback that it runs. */
  #busy = false;
  /** @type {{ reason: unknown } | null} */
  #failure = null;
  /** @type {Promise<any> | null} */
  #reading = null;
  /** @type {unknown[] | null} */
  #batch = null;
  /** Nobody wants what the read that is under way may bring. */
  #dropped = false;
  /** Since when somebody waits for a read. */
  #waitingSince = 0;
  /**
   * What the timer holds: the body, but only while somebody waits for a read.
   * @type {{ timer: ReturnType<typeof setTimeout> | undefined, waiting: Body | null }}
   */
  #watch = { timer: undefined, waiting: null };
  #onAbort;
  /** Settle the promise that somebody waits for. @type {(result: any) => void} */
  #resolve = ignore;
  /** @type {(reason: unknown) => void} */
  #reject = ignore;
  #receiver = AS_IT_IS;
  #text = false;

  /** @type {Owner | null} */
  owner = null;

  /**
   * @param {StreamSource} source
   * @param {Response} response
   * @param {AbortController} controller
   */
  constructor(source, response, controller) {
    this.#source = source;
    this.headers = response.headers;
    this.controller = controller;
    this.#reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
    this.#onAbort = Body.#aborting(typeof WeakRef === "function" ? new WeakRef(this) : strongly(this));
    dropped?.register(this, controller, this);
    controller.signal.addEventListener("abort", this.#onAbort);
    if (controller.signal.aborted) this.#abort();
  }

  // What a signal or a timer holds must not keep a stream that nobody else holds. These are made apart, since all
  // functions of one scope hold what any of them uses.

  /** @param {{ deref(): Body | undefined }} weak */
  static #aborting(weak) {
    return () => {
      const body = weak.deref();
      if (body) body.#abort();
    };
  }

  /** @param {{ timer: unknown, waiting: Body | null }} watch */
  static #looking(watch) {
    return () => {
      watch.timer = undefined;
      // Nobody waits: a slow reader is not an idle server.
      if (watch.waiting) watch.waiting.#look();
    };
  }

  /** @returns {Known} */
  get known() {
    return this.#known ?? this.#facts;
  }

  /** @returns {Known} */
  get #facts() {
    const { routingMetadata, usage, completedResponse } = this.#source;
    return { routingMetadata, usage, completedResponse, completed: this.#state === COMPLETE && !this.#batch };
  }

  /** From now on a batch is one string: the text of its chunks. */
  readText() {
    this.#text = true;
  }

  /**
   * The next batch, or null at the end, as what the receiver makes of it. A failure is thrown once, after the chunks
   * that came before it; from then on the body is at its end.
   *
   * One promise for all of it, by hand: each further one would take as long as the parsing.
   * @param {Receiver} [receiver]
   * @returns {Promise<any>}
   */
  read(receiver = AS_IT_IS) {
    if (this.#reading) {
      // Several calls may wait for the same read. The first gets what it brings.
      const again = () => this.read(receiver);
      return this.#reading.then(again, again);
    }
    this.#receiver = receiver;
    this.#reading = new Promise(this.#hold);
    // Never at once: the caller has not got the promise yet.
    if (this.#isReady) Promise.resolve().then(this.#go);
    else this.#fetch();
    return this.#reading;
  }

  /** @type {(resolve: (result: any) => void, reject: (reason: unknown) => void) => void} */
  #hold = (resolve, reject) => {
    this.#resolve = resolve;
    this.#reject = reject;
  };

  /** A reader of a caller's own fetch may never settle: who waits for it is told of the end all the same. */
  #interrupt() {
    if (this.#ended && this.#reading && !this.#busy) this.#settle();
  }

  /** Takes back what was read and not handed out. @param {any[]} batch */
  unread(batch) {
    this.#batch = batch;
  }

  /** Ends the body and the request behind it, quietly. Does nothing when it has ended. */
  close() {
    const handedOn = this.#known || (this.#state === COMPLETE && !this.#batch);
    if (!handedOn) this.#source.closed();
    this.#drop();
    this.#heed();
    this.#failure = null;
    this.#interrupt();
    if (!this.#busy && !this.#reading) this.#release();
  }

  get #ended() {
    return this.#state !== OPEN;
  }

  /** Whether there is something to tell without reading on. */
  get #isReady() {
    return this.#batch || this.#failure || this.#ended;
  }

  /** Settles the promise of the one who waits. */
  #settle() {
    this.#reading = null;
    this.#watch.waiting = null;
    if (this.#ended && this.#state !== COMPLETE) this.#release();
    if (this.#batch) {
      const batch = this.#batch;
      this.#batch = null;
      this.#resolve(this.#receiver.accept(batch));
    } else if (this.#failure) {
      const { reason } = this.#failure;
      this.#failure = null;
      this.#receiver.refuse();
      this.#reject(reason);
    } else {
      this.#release();
      this.#resolve(this.#receiver.accept(null));
    }
  }

  /** Reads on, for the one who waits. */
  #fetch() {
    this.#watchIdle();
    let read;
    // To be read can be what makes the body end, or its owner abort: then who waits is told after this.
    this.#busy = true;
    try {
      read = Promise.resolve(this.#reader.read());
    } catch (thrown) {
      read = Promise.reject(thrown);
    }
    this.#busy = false;
    read.then(this.#arrived, this.#lost);
    if (this.#ended) Promise.resolve().then(this.#go);
  }

  /** @param {ReadableStreamReadResult<Uint8Array>} result */
  #arrived = (result) => {
    try {
      if (!this.#ended) this.#take(result);
    } catch (thrown) {
      this.#stop(thrown);
    }
    this.#go();
  };

  /** @param {unknown} cause */
  #lost = (cause) => {
    try {
      if (!this.#ended) this.#source.lost(cause);
      this.#heed();
    } catch (thrown) {
      this.#stop(thrown);
    }
    this.#go();
  };

  /** A read is over. If it has brought nothing yet, the next may. */
  #go = () => {
    // Who waited may have been told already.
    if (!this.#reading) return;
    try {
      if (this.#isReady) this.#settle();
      else this.#fetch();
    } catch (thrown) {
      this.#stop(thrown);
    }
  };

  /** The core has stopped. Who waits is told, since nothing else comes. @param {unknown} reason */
  #stop(reason) {
    this.#reading = null;
    this.#watch.waiting = null;
    this.#receiver.refuse();
    this.#reject(reason);
  }

  /** @param {ReadableStreamReadResult<Uint8Array>} result */
  #take(result) {
    const source = this.#source;
    this.#busy = true;
    let batch;
    let ended = false;
    try {
      // A caller's own fetch can bring anything.
      if (typeof result?.done !== "boolean") throw new TypeError("the body's reader gave no result");
      const got = result.done ? source.end(this.#text) : this.#hand(result.value);
      ended = got instanceof Ended;
      const all = got instanceof Ended ? got.batch : got;
      batch = this.#text && all !== undefined ? [all] : /** @type {unknown[] | undefined} */ (all);
    } catch (thrown) {
      source.lost(thrown);
      ended = true;
    } finally {
      this.#busy = false;
    }
    // A callback may have closed or aborted the stream.
    if (batch !== undefined && !this.#dropped) this.#batch = batch;
    if (ended) this.#heed();
  }

  /** @param {Uint8Array} bytes */
  #hand(bytes) {
    const length = lengthOf(bytes);
    if (length < 0) throw new TypeError("the body is not made of bytes");
    return this.#source.read(bytes, length, this.#text);
  }

  /** What has arrived but was not read is given up. */
  #drop() {
    this.#batch = null;
    this.#dropped = true;
  }

  /** Performs what follows from where the body stands now. */
  #heed() {
    if (this.#known) return;
    const before = this.#state;
    this.#state = this.#source.state;
    if (this.#state === before) return;
    clearTimeout(this.#watch.timer);
    this.#watch.timer = undefined;
    if (this.#state === FAILED && !this.#dropped) this.#fail();
    if (this.#state === ABORTED) this.#failure = { reason: this.controller.signal.reason };
    quietly(() => this.#reader.cancel());
    // What is complete but not handed on can still be aborted.
    if (this.#state === COMPLETE) return;
    this.controller.abort();
    if (!this.#busy && !this.#reading) this.#release();
  }

  #fail() {
    this.#busy = true;
    try {
      const reason = this.#source.takeError();
      // A logger may have closed the stream.
      if (!this.#dropped) this.#failure = { reason };
    } finally {
      this.#busy = false;
    }
  }

  /**
   * A timer for each read would cost more than the read; one that looks at the clock when it fires
   * does not.
   */
  #watchIdle() {
    this.#waitingSince = performance.now();
    this.#watch.waiting = this;
    if (this.#watch.timer === undefined) this.#lookAfter(this.#source.limit);
  }

  /** @param {number} ms */
  #lookAfter(ms) {
    this.#watch.timer = setTimeout(Body.#looking(this.#watch), ms);
    // A stream that nobody reads any more must not keep a process alive; while somebody does, its socket does.
    /** @type {any} */ (this.#watch.timer).unref?.();
  }

  #look() {
    if (this.#ended) return;
    const again = this.#source.fired(performance.now() - this.#waitingSince);
    if (again > 0) this.#lookAfter(again);
    else {
      this.#heed();
      this.#interrupt();
    }
  }

  #abort() {
    // All of it was handed on.
    if (this.#known) return;
    this.#source.aborted();
    this.#heed();
    if (this.#state !== ABORTED) return;
    // Part of a text must not look like all of it.
    this.#drop();
    this.#interrupt();
    this.owner?.aborted(this.controller.signal.reason);
  }

  #release() {
    if (this.#known) return;
    dropped?.unregister(this);
    this.controller.signal.removeEventListener("abort", this.#onAbort);
    this.#known = this.#facts;
    this.#source.free();
  }
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

function ignore() {}

/** @type {Receiver} */
const AS_IT_IS = { accept: (batch) => batch, refuse: ignore };

/** Where there are no weak references. @param {Body} body */
const strongly = (body) => ({ deref: () => body });
