// @ts-check
// The local gateway, as the tests of this folder use it.
import { after } from "node:test";
import { startGateway } from "../../gateway/server.mjs";

export const KEY = "ak_test_local";

const gateway = await startGateway();
after(() => gateway.close());

let runs = 0;

/** One test's own view of the gateway: a base URL, and the log of what came there. */
export class Run {
  name = `run-${++runs}`;

  /** The base URL under which everything is answered by a scenario. */
  url(scenario = "ok") {
    return `${gateway.url}/_scenario/${scenario};run=${this.name}/v1`;
  }

  /** @returns {any[]} */
  get log() {
    return gateway.log.filter(({ run }) => run === this.name);
  }

  /** Lets a scenario with `wait=go` go on. */
  go() {
    gateway.go(this.name);
  }

  /** @param {() => boolean} holds */
  async until(holds) {
    for (const begin = Date.now(); !holds(); ) {
      if (Date.now() - begin > 5000) throw new Error(`not within 5 s: ${holds}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** The smallest chat request. @param {object} [more] @returns {any} */
export const params = (more) => ({
  model: "gpt-5.4",
  messages: [{ role: "user", content: "echo: naïve 東京 ☕" }],
  ...more,
});

/** What a promise rejects with. @param {Promise<unknown>} promise @returns {Promise<any>} */
export async function rejection(promise) {
  const outcome = await promise.then(
    (value) => ({ value }),
    (reason) => ({ reason }),
  );
  if ("value" in outcome) throw new Error(`expected a rejection, got ${JSON.stringify(outcome.value)}`);
  return outcome.reason;
}

/** Everything that a stream gives. @param {AsyncIterable<any>} stream @returns {Promise<any[]>} */
export async function drain(stream) {
  const items = [];
  for await (const item of stream) items.push(item);
  return items;
}
