// @ts-check
// Events whose data is not what it should be, between good ones.
import { event, jsonEvent } from "../http/sse.mjs";
import { altering, finishes, payloadOf } from "./answer.mjs";

/** The content must not turn up in an error message. */
const BROKEN = event('{"id":"chatcmpl-x","choices":[{"delta":{"content":"confidential-7f3a');

/** @param {string[]} events @param {number} at @param {string[]} more */
const inserted = (events, at, more) => [...events.slice(0, at), ...more, ...events.slice(at)];

/** The rest of the stream follows. */
export const badJsonMidstream = altering((events, { params }) =>
  inserted(events, params.whole("after", 2), [params.has("data") ? event(params.text("data", "")) : BROKEN]),
);

/** @type {Record<string, string>} */
const NO_CHUNKS = { null: "null", number: "1", string: '"x"', array: "[]", object: "{}", true: "true" };

export const oddJson = altering((events, { params }) =>
  inserted(events, params.whole("after", 1), chosen(NO_CHUNKS, params).map(event)),
);

/**
 * Chunks that are odd and no error, each made from the first chunk of the stream.
 * @type {Record<string, (chunk: any) => object>}
 */
const ODD_CHUNKS = {
  "choices-missing": ({ choices, ...rest }) => rest,
  "choices-null": (chunk) => ({ ...chunk, choices: null }),
  "choices-empty": (chunk) => ({ ...chunk, choices: [] }),
  "delta-null": (chunk) => ({ ...chunk, choices: [{ index: 0, delta: null, finish_reason: null }] }),
  "delta-missing": (chunk) => ({ ...chunk, choices: [{ index: 0 }] }),
  "content-null": (chunk) => ({ ...chunk, choices: [{ index: 0, delta: { content: null }, finish_reason: null }] }),
  "unknown-fields": (chunk) => ({
    ...chunk,
    x_new: { a: [1, "é"] },
    choices: [{ index: 0, delta: { x_delta: true }, x_choice: 1, finish_reason: null }],
  }),
  "error-null": (chunk) => ({ ...chunk, error: null, choices: [{ index: 0, delta: {}, finish_reason: null }] }),
  "fields-missing": () => ({ choices: [{ index: 0, delta: { content: "" } }] }),
};

/** @type {Record<string, (chunk: any) => object>} */
const ODD_RESPONSE_EVENTS = {
  "unknown-type": () => ({ type: "response.unheard_of", sequence_number: 0, x_new: 1 }),
  "type-missing": ({ type, ...rest }) => rest,
  "type-null": (payload) => ({ ...payload, type: null }),
};

/** All of them after the first event; and the finish_reason is one that nobody knows. */
export const oddChunks = altering((events, { params, exchange }) => {
  const forms = exchange.path.endsWith("/responses") ? ODD_RESPONSE_EVENTS : ODD_CHUNKS;
  const first = payloadOf(events[0]);
  const unknownFinish = [null, "unknown-finish"].includes(params.get("v"));
  const rest = unknownFinish ? events.map((each) => (finishes(each) ? withUnknownFinish(each) : each)) : events;
  if (params.get("v") === "unknown-finish") return rest;
  const odd = chosen(forms, params).map((make) => jsonEvent(make(first)));
  return inserted(rest, 1, odd);
});

/** @param {string} text */
const withUnknownFinish = (text) => text.replace(/("finish_reason":)"[^"]*"/, '$1"because"');

/**
 * The one that `v` names, else all.
 * @template T
 * @param {Record<string, T>} table
 * @param {import('./params.mjs').Params} params
 */
function chosen(table, params) {
  return params.has("v") ? [table[params.oneOf("v", Object.keys(table))]] : Object.values(table);
}
