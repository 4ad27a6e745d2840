// @ts-check
// The endpoint's own answer, with all its checks, in the hands of a scenario.
import { sendEvents } from "../http/sse.mjs";

/**
 * @typedef {import('./table.mjs').Call} Call
 * @typedef {import('./table.mjs').Scenario} Scenario
 * @typedef {{ events: string[] | null, value: any }} Answer the events of a stream, or else a JSON value
 */

export const JSON_HEADERS = { "Content-Type": "application/json; charset=utf-8" };
export const SSE_HEADERS = { "Content-Type": "text/event-stream; charset=utf-8" };

/**
 * What would have been answered. It is not sent; a refusal is thrown.
 * @param {Pick<Call, 'exchange' | 'next'>} call
 * @returns {Promise<Answer>}
 */
export async function answerOf({ exchange, next }) {
  /** @type {import('../http/exchange.mjs').Held} */
  const held = { events: null, value: null };
  exchange.held = held;
  try {
    await next();
  } finally {
    exchange.held = null;
  }
  return { events: held.events === null ? null : [...held.events], value: held.value };
}

/**
 * Both forms of an answer as text in parts: events, or the one JSON text.
 * @param {Answer} answer
 */
export function partsOf({ events, value }) {
  return events === null
    ? { headers: JSON_HEADERS, parts: [JSON.stringify(value)] }
    : { headers: SSE_HEADERS, parts: events };
}

/**
 * A scenario that changes the events of a stream, or their delivery, and nothing else.
 * @param {(events: string[], call: Call) => Iterable<string>} change
 * @param {(call: Call) => Partial<import('../http/sse.mjs').Delivery>} [delivery]
 * @returns {Scenario}
 */
export function altering(change, delivery = () => ({})) {
  return async (call) => {
    const { events, value } = await answerOf(call);
    if (events === null) call.exchange.json(value);
    else await sendEvents(call.exchange, change(events, call), delivery(call));
  };
}

/** The data of an event, null for [DONE]. @param {string} event @returns {any} */
export function payloadOf(event) {
  const data = event.replace(/^data: /, "").trimEnd();
  return data === "[DONE]" ? null : JSON.parse(data);
}

/** Whether the payload says that the answer is complete. @param {string} event */
export function finishes(event) {
  return /"finish_reason":"|"type":"response\.(completed|incomplete|failed)"/.test(event);
}

/**
 * Puts members that `JSON.stringify` would not write at the start of an object.
 * @param {string} text a JSON object, or an event that holds one
 * @param {string} members
 */
export function withMembers(text, members) {
  return text.replace(/^(data: )?\{/, (start) => `${start}${members},`);
}
