// @ts-check
// What the tests of the package share.
import { once } from "node:events";
import { createServer } from "node:http";
import { setImmediate as macrotask } from "node:timers/promises";
import { gatewayForThisFile, KEY, until, user } from "../../gateway/harness.mjs";
import { auriko } from "./installed.mjs";

export { auriko, KEY, until, user };

/** @typedef {import("../../pkg/types/index.js").ClientOptions} ClientOptions */
/** @typedef {import("../../gateway/http/log.mjs").LogRecord} LogRecord */

/** The body of an answer of whatever endpoint, with no more in it than makes it one. */
export const ANSWER = '{"id":"x","choices":[],"output":[],"data":[],"models":[],"providers":[]}';

/** What a chat completion needs at least. @param {string} [text] */
export const hi = (text = "Hi") => ({ model: "gpt-5.4", messages: /** @type {any} */ (user(text)) });

/**
 * A gateway for the tests of one file, and clients of it.
 * @param {import("../../gateway/server.mjs").Options} [options]
 */
export function gatewayWithClients(options) {
  const gateway = gatewayForThisFile(options);
  return {
    record: gateway.record,
    get url() {
      return gateway.running.url;
    },
    /** Everything that was sent, oldest first. */
    get log() {
      return gateway.running.log;
    },
    /** What was sent last. @returns {LogRecord} */
    get last() {
      return /** @type {LogRecord} */ (gateway.running.log.at(-1));
    },
    /** @param {ClientOptions} [own] */
    client: (own) => clientOf(gateway.running.url, own),
  };
}

/**
 * A server for what the gateway cannot do, for one test.
 * @param {import("node:test").TestContext} t
 * @param {(req: import("node:http").IncomingMessage, res: import("node:http").ServerResponse, body: string) => void} answer
 */
export async function serverFor(t, answer) {
  const server = createServer({ noDelay: true }, async (req, res) => {
    let body = "";
    for await (const piece of req.setEncoding("utf8")) body += piece;
    answer(req, res, body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(async () => {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  });
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    /** @param {ClientOptions} [own] */
    client: (own) => clientOf(url, own),
  };
}

/**
 * Nothing here takes seconds: what hangs is to fail soon.
 * @param {string} baseUrl
 * @param {ClientOptions} [own]
 */
export const clientOf = (baseUrl, own) =>
  new auriko.AurikoClient({ apiKey: KEY, baseUrl, timeout: 10_000, maxRetries: 0, ...own });

/** What a promise rejects with. @param {PromiseLike<unknown>} promise @returns {Promise<any>} */
export async function rejection(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it did not reject");
}

/** What a function throws. @param {() => unknown} run @returns {any} */
export function thrown(run) {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("it did not throw");
}

/** All chunks of a stream. @template T @param {AsyncIterable<T>} stream */
export async function all(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** Lets everything happen that is under way in this process. @param {number} count of the event loop */
export async function turns(count) {
  for (let turn = 0; turn < count; turn++) await macrotask();
}
