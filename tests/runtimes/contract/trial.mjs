// @ts-check

const KEY = "ak_test_local";
export const TEXT = "naïve 東京 ☕";
/** Nothing here takes a second: what hangs is to fail. In milliseconds. */
export const LIMIT = 20_000;

/** What a clause has to work with. */
export class Trial {
  run = "";

  /** @param {import("../contract.mjs").Host} host */
  constructor({ auriko, openai, gateway, runtime }) {
    this.auriko = auriko;
    this.openai = /** @type {import("../contract.mjs").OpenAIPackage} */ (openai);
    this.gateway = gateway;
    this.runtime = runtime;
    this.startAgain();
  }

  /** From now on the gateway's log is empty. */
  startAgain() {
    this.run = `contract-${Math.random().toString(36).slice(2)}`;
  }

  /** What a browser needs so that a key can be given. */
  get allowed() {
    return this.runtime.browser ? { dangerouslyAllowBrowser: true } : {};
  }

  /** @param {import("auriko-wasm").ClientOptions} [options] @param {string} [scenario] of the gateway */
  client(options, scenario = "ok") {
    const baseUrl = `${this.gateway}/_scenario/${scenario};run=${this.run}`;
    return new this.auriko.AurikoClient({ apiKey: KEY, baseUrl, ...this.allowed, ...options });
  }

  /** @param {import("auriko-wasm/openai").AurikoOpenAIOptions} [options] @param {string} [scenario] of the gateway */
  openaiClient(options, scenario = "ok") {
    const baseURL = `${this.gateway}/_scenario/${scenario};run=${this.run}`;
    return new this.openai.AurikoOpenAI({ apiKey: KEY, baseURL, ...options });
  }

  /** The smallest request. @template {object} T @param {T} [more] */
  params(more) {
    return { model: "gpt-5.4", messages: [{ role: /** @type {const} */ ("user"), content: `echo: ${TEXT}` }], ...more };
  }

  /**
   * @param {import("auriko-wasm").AurikoClient} client
   * @param {import("auriko-wasm").RequestOptions} [options]
   */
  stream(client, options) {
    return client.chat.completions.create({ ...this.params(), stream: /** @type {const} */ (true) }, options);
  }

  /**
   * Asks the gateway for what it saw, until that holds.
   * @param {(records: any[]) => boolean} holds
   * @returns {Promise<any[]>}
   */
  async sees(holds) {
    const begin = Date.now();
    for (;;) {
      const response = await fetch(`${this.gateway}/_log?run=${this.run}`, { cache: "no-store" });
      const records = (await response.json()).filter((/** @type {any} */ { method }) => method !== "OPTIONS");
      if (records.length > 0 && holds(records)) return records;
      if (Date.now() - begin > LIMIT / 2) throw new Error(`the gateway saw ${JSON.stringify(records)}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
