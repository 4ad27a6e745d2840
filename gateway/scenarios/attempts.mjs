// @ts-check
// What scenarios remember from one request to the next.
import { EventEmitter, once } from "node:events";

/** How often each scenario was asked for in each run. */
export class Attempts {
  /** @type {Map<string | null, Map<string, number>>} */
  #runs = new Map();

  /**
   * The number of this attempt, from 1. A retry repeats method, path and scenario; so calls that
   * differ in one of them do not take each other's failures.
   * @param {string | null} run
   * @param {string[]} call
   */
  next(run, call) {
    const calls = this.#runs.get(run) ?? new Map();
    const key = call.join(" ");
    const attempt = (calls.get(key) ?? 0) + 1;
    calls.set(key, attempt);
    this.#runs.set(run, calls);
    return attempt;
  }

  /** @param {string | null} run null for all */
  forget(run) {
    if (run === null) this.#runs.clear();
    else this.#runs.delete(run);
  }
}

/** Waits that a test ends when it has seen what it wanted to see (`POST /_go`). */
export class Signals {
  /** @type {Map<string | null, number>} */
  #given = new Map();
  #changed = new EventEmitter();

  constructor() {
    this.#changed.setMaxListeners(0);
  }

  /** Lets one wait of this run go on: one that waits, or the next that will. @param {string | null} run */
  give(run) {
    this.#given.set(run, (this.#given.get(run) ?? 0) + 1);
    this.#changed.emit("given");
  }

  /**
   * @param {string | null} run
   * @param {AbortSignal} gone ends the wait, too
   */
  async taken(run, gone) {
    while (!gone.aborted) {
      const given = this.#given.get(run) ?? 0;
      if (given > 0) {
        this.#given.set(run, given - 1);
        return;
      }
      await once(this.#changed, "given", { signal: gone }).catch(() => {});
    }
  }

  /** @param {string | null} run null for all */
  forget(run) {
    if (run === null) this.#given.clear();
    else this.#given.delete(run);
  }
}
