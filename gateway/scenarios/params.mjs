// @ts-check
import { ApiError } from "../http/errors.mjs";

const MOST = 1_000_000_000;

/** The parameters of a scenario. One that cannot be read is an error: a typo must not make a test pass. */
export class Params extends URLSearchParams {
  /** @param {string} name @param {number} otherwise */
  whole(name, otherwise) {
    const text = this.get(name);
    if (text === null) return otherwise;
    const value = Number(text);
    if (/^\d+$/.test(text) && value <= MOST) return value;
    throw this.#refusal(name, `a whole number from 0 to ${MOST}`);
  }

  /** A whole number, or `word` for no limit. @param {string} name @param {number} otherwise @param {string} word */
  upTo(name, otherwise, word = "all") {
    return this.get(name) === word ? Infinity : this.whole(name, otherwise);
  }

  /**
   * @template {string} T
   * @param {string} name
   * @param {readonly T[]} choices the first is the one for no value
   * @returns {T}
   */
  oneOf(name, choices) {
    const text = this.get(name);
    const found = text === null ? choices[0] : choices.find((choice) => choice === text);
    if (found === undefined) throw this.#refusal(name, `one of ${choices.join(", ")}`);
    return found;
  }

  /** @param {string} name @param {string} otherwise */
  text(name, otherwise) {
    return this.get(name) ?? otherwise;
  }

  /** @param {string} name @param {string} expected */
  #refusal(name, expected) {
    return new ApiError("invalid_request", `Scenario: ${name} must be ${expected}; got '${this.get(name)}'.`);
  }
}
