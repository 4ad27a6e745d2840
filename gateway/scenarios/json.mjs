// @ts-check
// JSON that is broken, odd, or hard to hold. In a stream it is in the second event, where that makes sense.
import { sendEvents } from "../http/sse.mjs";
import { answerOf, JSON_HEADERS, payloadOf, withMembers } from "./answer.mjs";

/**
 * @typedef {import('./table.mjs').Call} Call
 * @typedef {import('./table.mjs').Scenario} Scenario
 */

/** 200, and the body is what is said here, whether a stream was asked for or not. */
/** @param {(call: Call) => string | Promise<string>} body @returns {Scenario} */
const answering = (body) => async (call) => call.exchange.send(await body(call), 200, JSON_HEADERS);

export const emptyJson = answering(() => "");

/** Half of the JSON in an answer that HTTP calls complete. */
export const cutJson = answering(async (call) => {
  const { events, value } = await answerOf(call);
  const text = JSON.stringify(events === null ? value : payloadOf(events[0]));
  return text.slice(0, text.length >> 1);
});

/** @type {Record<string, string>} */
const NO_OBJECTS = { array: "[]", string: '"text"', number: "42", null: "null", true: "true" };

export const notAnObject = answering(({ params }) => NO_OBJECTS[params.oneOf("v", Object.keys(NO_OBJECTS))]);

/** 204, without a body. @type {Scenario} */
export function noContent({ exchange }) {
  exchange.head(204, {});
  exchange.end();
}

/** @type {Scenario} */
export async function withBom(call) {
  const { exchange } = call;
  const { events, value } = await answerOf(call);
  if (events === null) exchange.send(`\uFEFF${JSON.stringify(value)}`, 200, JSON_HEADERS);
  else await sendEvents(exchange, [`\uFEFF${events[0]}`, ...events.slice(1)]);
}

/**
 * @param {(call: Call) => string} members
 * @returns {Scenario}
 */
function enriched(members) {
  return async (call) => {
    const { exchange } = call;
    const more = members(call);
    const { events, value } = await answerOf(call);
    if (events === null) exchange.send(withMembers(JSON.stringify(value), more), 200, JSON_HEADERS);
    else await sendEvents(exchange, [events[0], withMembers(events[1], more), ...events.slice(2)]);
  };
}

export const bigNumbers = enriched(
  () =>
    '"x_numbers":{"above_2_53":9007199254740993,"above_2_64":18446744073709551617,"infinite":1e400,"minus_zero":-0,' +
    '"long":0.1000000000000000055511151231257827021181583404541015625,"tiny":5e-324,"exponent":1E+2,"negative":-9223372036854775809}',
);

/** Written by hand: `JSON.stringify` would overflow the stack. */
export const deepNesting = enriched(({ params }) => {
  const levels = params.whole("levels", 10_000);
  return params.oneOf("of", ["arrays", "objects"]) === "arrays"
    ? `"x_deep":${"[".repeat(levels)}${"]".repeat(levels)}`
    : `"x_deep":${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
});

export const oddKeys = enriched(({ params }) => {
  const form = params.oneOf("v", ["many", "long", "duplicate"]);
  const count = params.whole("count", 100_000);
  if (form === "long") return `"${"k".repeat(count)}":1`;
  if (form === "duplicate") return '"x_twice":"first","x_twice":"last"';
  return `"x_many":{${Array.from({ length: count }, (_, index) => `"k${index}":${index}`).join(",")}}`;
});
