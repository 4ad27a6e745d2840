// @ts-check
// What the tests of the stand-in share.
import { after, before } from "node:test";
import { setImmediate as macrotask } from "node:timers/promises";
import { startGateway } from "./server.mjs";

export const KEY = "ak_test_local";

/**
 * @typedef {Awaited<ReturnType<typeof startGateway>>} Running
 * @typedef {Omit<Response, 'json'> & { json(): Promise<any> }} Answer what is in it is for the tests to find out
 */

/** Stands for a number that JSON can spell and no computer can hold. */
export const INFINITE = "INFINITE";

/**
 * A gateway for the tests of one file.
 * @param {import('./server.mjs').Options} [options]
 */
export function gatewayForThisFile(options) {
  /** @type {Running | undefined} */
  let running;
  before(async () => {
    running = await startGateway(options);
  });
  after(() => running?.close());

  /**
   * @param {string} path
   * @param {RequestInit & { headers?: Record<string, string> }} [init]
   * @returns {Promise<Answer>}
   */
  const call = (path, init = {}) =>
    fetch(`${running?.url}${path}`, { ...init, headers: { authorization: `Bearer ${KEY}`, ...init.headers } });

  /**
   * @param {string} path
   * @param {unknown} body a string is sent as it is
   * @param {Record<string, string>} [headers]
   * @param {AbortSignal} [signal]
   */
  const post = (path, body, headers, signal) =>
    call(path, { method: "POST", body: typeof body === "string" ? body : JSON.stringify(body), headers, signal });

  return {
    get running() {
      return /** @type {Running} */ (running);
    },
    call,
    post,
    /** @param {object} body @param {Record<string, string>} [headers] */
    chat: (body, headers) => post("/v1/chat/completions", { model: "gpt-5.4", messages: user("Hi"), ...body }, headers),
    /**
     * How a chat completion is refused; null when it is not.
     * @param {Record<string, unknown>} body
     */
    async refusalOf(body) {
      const given = { model: "deepseek-v3.2", messages: user("Hi"), ...body };
      const response = await post("/v1/chat/completions", JSON.stringify(given).replace(`"${INFINITE}"`, "1e400"));
      const json = await response.json();
      return response.status === 200
        ? null
        : { status: response.status, code: json.error.code, param: json.error.param };
    },
    /** @param {string[]} lines @returns {Promise<string>} the id for `x-replay` */
    record: async (lines) => (await (await post("/_replay", { lines })).json()).id,
  };
}

/** @param {string} content */
export const user = (content) => [{ role: "user", content }];

/** The data of each event. @param {string} text */
export function dataOf(text) {
  return text
    .split("\n\n")
    .filter((event) => event !== "")
    .map((event) => event.replace(/^data: /, ""));
}

/** The payloads of a stream, without [DONE]. @param {Pick<Response, 'text'>} response */
export async function payloadsOf(response) {
  return dataOf(await response.text())
    .filter((data) => data !== "[DONE]")
    .map((data) => JSON.parse(data));
}

/**
 * Turns the event loop until something holds; no time is guessed, a hang is a failure.
 * @param {() => boolean} holds
 */
export async function until(holds) {
  const deadline = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error("it did not happen within 10 s");
    await macrotask();
  }
}
