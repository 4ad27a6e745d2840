// @ts-check
// A handler of web requests as a listener of Node's HTTP server.
import { pipeline } from "node:stream/promises";

/**
 * @param {(request: Request) => Promise<Response>} handle
 * @returns {import("node:http").RequestListener}
 */
export const listener = (handle) => (incoming, outgoing) => {
  answer(handle, incoming, outgoing).catch(() => outgoing.destroy());
};

/**
 * @param {(request: Request) => Promise<Response>} handle
 * @param {import("node:http").IncomingMessage} incoming
 * @param {import("node:http").ServerResponse} outgoing
 */
async function answer(handle, incoming, outgoing) {
  const left = new AbortController();
  outgoing.once("close", () => left.abort());
  const { method = "", url, headersDistinct } = incoming;
  const parts = incoming[Symbol.asyncIterator]();
  // Without `return`: a handler that stops reading does not close the connection.
  const body = /** @type {any} */ (ReadableStream).from({
    [Symbol.asyncIterator]: () => ({ next: () => parts.next() }),
  });
  const request = new Request(`http://${incoming.headers.host}${url}`, {
    method,
    headers: Object.entries(headersDistinct).flatMap(([name, values = []]) =>
      values.map((value) => /** @type {[string, string]} */ ([name, value])),
    ),
    signal: left.signal,
    ...(method !== "GET" && method !== "HEAD" && { body, duplex: "half" }),
  });
  const response = await handle(request);
  outgoing.writeHead(response.status, [...response.headers].flat());
  // The first byte of a stream may be long in coming.
  outgoing.flushHeaders();
  if (response.body) await pipeline(response.body, outgoing);
  else outgoing.end();
  // What is left of the request is in the way of the next one.
  while (!(await parts.next()).done);
}
