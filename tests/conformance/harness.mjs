// @ts-check
// Cases that say what the package does when things go wrong. They use nothing but the web platform, so the
// same cases run in Node, in a browser and on an edge runtime; a file per host drives them.
import { expect } from "chai";

/** @typedef {typeof import("auriko-wasm")} Package */
/** @typedef {import("auriko-wasm").ClientOptions} ClientOptions */
/** @typedef {{ id: string, title: string, run: (t: Context) => Promise<void>, alone: boolean, hosts?: string[] }} Case */

/** @type {Case[]} */
export const cases = [];

/**
 * Adds a case. Its id is its number in the list of behaviours (`docs/conformance.md`).
 * @param {string} id
 * @param {string} title
 * @param {(t: Context) => Promise<void>} run
 * @param {{ alone?: boolean, hosts?: string[] }} [how] alone: it measures time, so nothing runs beside it.
 *   hosts: only there, for a reason that stands at the case
 */
export function conformance(id, title, run, { alone = false, hosts } = {}) {
  cases.push({ id, title, run, alone, hosts });
}

let runs = 0;

/** What a case has to work with. */
export class Context {
  expect = expect;

  /**
   * @param {Package} auriko the package under test
   * @param {string} gateway URL of the local gateway
   * @param {string} host
   */
  constructor(auriko, gateway, host) {
    this.auriko = auriko;
    this.gateway = gateway;
    this.host = host;
    this.runId = `${host}-${++runs}-${Math.random().toString(36).slice(2)}`;
  }

  /** The smallest chat request. @param {object} [more] @returns {any} */
  params(more) {
    return { model: "gpt-5.4", messages: [{ role: "user", content: "echo: naïve 東京 ☕" }], ...more };
  }

  /** A client of the gateway as it is when nothing goes wrong. @param {ClientOptions} [options] */
  client(options) {
    return this.scenario("ok", options);
  }

  /**
   * A client whose every request is answered by a scenario of the gateway.
   * @param {string} scenario such as "429-then-200;after=1"
   * @param {ClientOptions} [options]
   */
  scenario(scenario, options) {
    return new this.auriko.AurikoClient({
      apiKey: "ak_test_local",
      baseUrl: this.url(scenario),
      dangerouslyAllowBrowser: true,
      ...options,
    });
  }

  /** @param {string} scenario */
  url(scenario) {
    return `${this.gateway}/_scenario/${scenario};run=${this.runId}`;
  }

  /** What the gateway saw of this case, without preflights. @returns {Promise<any[]>} */
  async log() {
    const response = await fetch(`${this.gateway}/_log?run=${this.runId}`);
    const records = /** @type {any[]} */ (await response.json());
    return records.filter(({ method }) => method !== "OPTIONS");
  }

  /**
   * Asks the log until it says what is waited for.
   * @param {(records: any[]) => boolean} holds
   * @param {number} [limit] milliseconds
   */
  async logUntil(holds, limit = 2000) {
    const begin = Date.now();
    for (;;) {
      const records = await this.log();
      if (holds(records)) return records;
      if (Date.now() - begin > limit) throw new Error(`not within ${limit} ms: ${JSON.stringify(records)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** What a promise rejects with; an error if it does not. @param {Promise<unknown>} promise @returns {Promise<any>} */
  async rejection(promise) {
    const outcome = await promise.then(
      (value) => ({ value }),
      (reason) => ({ reason }),
    );
    if ("value" in outcome) throw new Error(`expected a rejection, got ${JSON.stringify(outcome.value)}`);
    return outcome.reason;
  }

  /**
   * Iterates a stream to its end: its chunks, and what it threw if it threw.
   * @param {AsyncIterable<any>} stream
   */
  async drain(stream) {
    /** @type {any[]} */
    const chunks = [];
    try {
      for await (const chunk of stream) chunks.push(chunk);
    } catch (error) {
      return { chunks, error: /** @type {any} */ (error) };
    }
    return { chunks, error: undefined };
  }

  /** The text of the first choice of some chunks. @param {any[]} chunks */
  text(chunks) {
    return chunks.map((chunk) => chunk.choices?.[0]?.delta?.content ?? "").join("");
  }

  /** Skips where a host cannot run a case at all. */
  get isBrowser() {
    return this.host === "chromium" || this.host === "firefox";
  }
}

/**
 * The cases of a host, those that measure time last.
 * @param {string} host
 */
export function casesFor(host) {
  const here = cases.filter(({ hosts }) => !hosts || hosts.includes(host));
  return { together: here.filter(({ alone }) => !alone), alone: here.filter(({ alone }) => alone) };
}
