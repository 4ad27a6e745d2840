// @ts-check
// The requests of the load test, by Node's plain client: whatever is between it and the socket would be measured too.
import { Agent, request } from "node:http";

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
const HEADERS = { authorization: "Bearer ak_test_local", "content-type": "application/json" };

/** As many events as words, and some. */
const WORDS = 50;
const messages = [{ role: "user", content: `echo: ${"word ".repeat(WORDS)}` }];

/**
 * @typedef {{ firstByte: number, end: number, bytes: number }} Timing in ms after the request was sent
 * @typedef {{ stream: boolean, pace?: number, onFirstByte?: () => void, signal?: AbortSignal }} Kind
 */

/**
 * Sends a request and reads the answer to its end.
 * @param {string} url of the API, without /v1
 * @param {Kind} kind
 * @returns {Promise<Timing>}
 */
export function timed(url, { stream, pace, onFirstByte, signal }) {
  const headers = { ...HEADERS, ...(pace && { "x-gateway-pace": String(pace) }) };
  const begin = performance.now();
  return new Promise((resolve, reject) => {
    const call = request(`${url}/v1/chat/completions`, { agent, method: "POST", headers, signal }, (answer) => {
      let firstByte = 0;
      let bytes = 0;
      answer.on("data", (part) => {
        firstByte ||= performance.now() - begin;
        if (bytes === 0) onFirstByte?.();
        bytes += part.length;
      });
      answer.on("error", reject);
      answer.on("end", () => {
        if (answer.statusCode === 200) resolve({ firstByte, end: performance.now() - begin, bytes });
        else reject(new Error(`${url} answered ${answer.statusCode}`));
      });
    });
    call.on("error", reject);
    call.end(JSON.stringify({ model: "gpt-5.4", messages, stream }));
  });
}

/**
 * Sends so many requests, so many at a time.
 * @param {string} url
 * @param {Kind} kind
 * @param {{ count: number, concurrency: number }} load
 */
export async function many(url, kind, { count, concurrency }) {
  /** @type {Timing[]} */
  const timings = [];
  let sent = 0;
  const begin = performance.now();
  const worker = async () => {
    while (sent++ < count) timings.push(await timed(url, kind));
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { timings, perSecond: (1000 * count) / (performance.now() - begin) };
}
