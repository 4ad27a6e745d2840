// @ts-check
// A 200 of another kind than was asked for, or that does not say what it is.
import { DONE, deliveryOf, endStream, openStream, writeEvents } from "../http/sse.mjs";
import { answerOf, JSON_HEADERS, partsOf } from "./answer.mjs";

/** @typedef {import('./table.mjs').Scenario} Scenario */

/**
 * The right bytes under a given content type.
 * @param {Record<string, string>} headers
 * @returns {Scenario}
 */
function labelled(headers) {
  return async (call) => {
    const { exchange } = call;
    const { parts } = partsOf(await answerOf(call));
    openStream(exchange, headers);
    if (await writeEvents(exchange, parts, deliveryOf(exchange))) await endStream(exchange);
  };
}

export const sseAsJsonType = labelled(JSON_HEADERS);

export const sseNoType = labelled({});

/** @param {boolean} stream @returns {Scenario} */
const whateverWasAsked =
  (stream) =>
  async ({ exchange, next }) => {
    exchange.input = { ...exchange.body, stream };
    await next();
  };

export const jsonInsteadOfStream = whateverWasAsked(false);

export const streamInsteadOfJson = whateverWasAsked(true);

const PAGE = `<!doctype html>
<html><head><title>Sign in</title></head><body><h1>Sign in to the network</h1><p>data: ${DONE.trim()}</p></body></html>
`;

/** @type {Scenario} */
export function htmlInsteadOfStream({ exchange }) {
  exchange.send(PAGE, 200, { "Content-Type": "text/html; charset=utf-8" });
}
