// @ts-check
// Cases that say what the package does when things go wrong. They use nothing but the web platform, so the
// same cases run in Node, in a browser and on an edge runtime; a file per host drives them.
import { expect } from "chai";

/** @typedef {typeof import("auriko-wasm")} Package */
/** @typedef {import("auriko-wasm").ClientOptions} ClientOptions */
/**
 * @typedef {object} Case
 * @property {string[]} ids what it is a test of: numbers of the list (`cases.json`), decisions among them
 * @property {string} title
 * @property {(t: Context) => Promise<void>} run
 * @property {boolean} alone it measures time, or changes what others use, so nothing runs beside it
 * @property {Host[]} hosts where it can run
 * @property {string} [why] not in the other hosts
 *
 * @typedef {"node" | "chromium" | "workerd"} Host
 * @typedef {{ hosts: Host[], why: string }} Where
 */

/** @type {Case[]} */
export const cases = [];

/** @type {Host[]} */
export const HOSTS = ["node", "chromium", "workerd"];

/**
 * Adds a case.
 * @param {string} ids one or several, with spaces between them
 * @param {string} title
 * @param {(t: Context) => Promise<void>} run
 * @param {{ alone?: boolean } & (Where | { [key in keyof Where]?: undefined })} [how] see `Case`
 */
export function conformance(ids, title, run, { alone = false, hosts = HOSTS, why } = {}) {
  cases.push({ ids: ids.split(" "), title, run, alone, hosts, why });
}

/** What its test is called. @param {Case} one */
export const nameOf = ({ ids, title }) => `${ids.join(", ")}: ${title}`;

let runs = 0;

/** What a case has to work with. */
export class Context {
  expect = expect;

  /**
   * @param {Package} auriko the package under test
   * @param {string} gateway URL of the local gateway
   * @param {Host} host
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

  /** What `fetch` rejects with where there is no connection. */
  get NetworkError() {
    return this.host === "workerd" ? Error : TypeError;
  }

  get isBrowser() {
    return this.host === "chromium";
  }
}

/**
 * The cases of a host, those that run alone apart from the others.
 * @param {Host} host
 */
export function casesFor(host) {
  const here = cases.filter(({ hosts }) => hosts.includes(host));
  return { together: here.filter(({ alone }) => !alone), alone: here.filter(({ alone }) => alone) };
}
