// @ts-check
// Errors in other forms than the envelope.
import { exposing } from "../http/cors.mjs";
import { ApiError } from "../http/errors.mjs";
import { jsonEvent, sendEvents } from "../http/sse.mjs";
import { answerOf, JSON_HEADERS } from "./answer.mjs";

/** @typedef {import('./table.mjs').Scenario} Scenario */

/** @param {number} status @param {string} title @returns {Scenario} */
const htmlPage =
  (status, title) =>
  ({ exchange }) =>
    exchange.send(`<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`, status, {
      "Content-Type": "text/html; charset=utf-8",
    });

export const html404 = htmlPage(404, "404 Not Found");

export const html503 = htmlPage(503, "503 Service Temporarily Unavailable");

/** @type {Scenario} */
export function errorText({ exchange, params }) {
  exchange.send(params.text("text", "Internal Server Error"), params.whole("status", 500), {
    "Content-Type": "text/plain; charset=utf-8",
  });
}

/** @type {Scenario} */
export function errorEmpty({ exchange, params }) {
  exchange.send("", params.whole("status", 500), {});
}

/** @type {Record<string, string>} */
const ODD_ENVELOPES = {
  string: '{"error":"it broke"}',
  array: '{"error":["it broke"]}',
  null: '{"error":null}',
  number: '{"error":42}',
  nested: '{"error":{"message":{"text":"it broke","parts":[1]},"type":{"a":1},"code":7,"param":[]}}',
  missing: '{"detail":"it broke"}',
  empty: '{"error":{}}',
  "top-array": '[{"error":{"message":"it broke"}}]',
  "top-string": '"it broke"',
  "top-null": "null",
  cut: '{"error":{"message":"it bro',
};

/** @type {Scenario} */
export function oddEnvelope({ exchange, params }) {
  const form = params.oneOf("v", Object.keys(ODD_ENVELOPES));
  exchange.send(ODD_ENVELOPES[form], params.whole("status", 400), JSON_HEADERS);
}

/**
 * A server that repeats the key it was sent: in the envelope and a header, or, with `in=stream`, in an
 * event after two good ones.
 * @type {Scenario}
 */
export async function echoKey(call) {
  const { exchange, params } = call;
  const place = params.oneOf("in", ["error", "stream"]);
  const sent = exchange.header("authorization") ?? "(no key)";
  const key = sent.replace(/^Bearer /, "");
  const headers = { "X-Echoed-Key": key, ...exposing("X-Echoed-Key") };
  const error = new ApiError("invalid_api_key", `Incorrect API key provided: ${key}.`, {
    status: params.whole("status", 401),
    suggestion: `You sent "${sent}".`,
    headers,
  });
  if (place === "error") throw error;
  const { events, value } = await answerOf(call);
  Object.assign(exchange.headers, headers);
  if (events === null) exchange.json(value);
  else await sendEvents(exchange, [...events.slice(0, 2), jsonEvent(error.envelope)]);
}
