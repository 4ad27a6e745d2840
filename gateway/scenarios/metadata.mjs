// @ts-check
// routing_metadata in every place and form. A stream usually has it in its last chunk, after the
// finish_reason, together with the usage.
import { DONE, jsonEvent, sendEvents } from "../http/sse.mjs";
import { answerOf, finishes, payloadOf } from "./answer.mjs";

/**
 * In place of the good value.
 * @type {Record<string, (good: any) => unknown>}
 */
const FORMS = {
  string: () => "routed by magic",
  number: () => 42,
  null: () => null,
  array: () => [],
  empty: () => ({}),
  "missing-fields": ({ provider }) => ({ provider }),
  "wrong-types": (good) => ({ ...good, provider: 7, cost: "cheap", ttft_ms: "soon" }),
  "string-warnings": (good) => ({ ...good, warnings: ["first", "second"] }),
  "unknown-warning": (good) => ({ ...good, warnings: [{ type: "unheard_of", message: "new", x: 1 }] }),
  fractional: (good) => ({ ...good, cost: { ...good.cost, cache_savings_percent: 12.5 } }),
  "unknown-fields": (good) => ({ ...good, x_new: { a: 1 } }),
};

/**
 * Which events carry it: payloads without it, the good value, the index of the event with the finish_reason.
 * @type {Record<string, (payloads: any[], good: any, finish: number) => any[]>}
 */
const PLACES = {
  first: (payloads, good) => carried(payloads, { 0: good }),
  middle: (payloads, good, finish) => carried(payloads, { [Math.max(1, finish >> 1)]: good }),
  twice: (payloads, good) => carried(payloads, { 0: { ...good, provider: "first" }, [payloads.length - 1]: good }),
  "with-finish": (payloads, good, finish) => carried(payloads, { [finish]: good }),
  "after-finish": (payloads, good) => [
    ...payloads,
    { ...payloads.at(-1), choices: [], usage: undefined, routing_metadata: good },
  ],
  "null-last": (payloads, good) => carried(payloads, { 0: good, [payloads.length - 1]: null }),
  missing: (payloads) => payloads,
};

/** @param {any[]} payloads @param {Record<number, unknown>} at */
const carried = (payloads, at) =>
  payloads.map((payload, index) => (index in at ? { ...payload, routing_metadata: at[index] } : payload));

/** @type {import('./table.mjs').Scenario} */
export async function metadata(call) {
  const { exchange, params } = call;
  const v = params.oneOf("v", [...Object.keys(FORMS), ...Object.keys(PLACES)]);
  const { events, value } = await answerOf(call);
  if (events === null) {
    exchange.json(v in PLACES && v !== "missing" ? value : altered(value, v));
    return;
  }
  const payloads = events.filter((event) => event !== DONE).map(payloadOf);
  const good = payloads.find((payload) => payload.routing_metadata)?.routing_metadata;
  const plain = payloads.map(({ routing_metadata, ...payload }) => payload);
  const changed =
    v in PLACES
      ? PLACES[v](plain, good, Math.max(0, events.findIndex(finishes)))
      : payloads.map((payload) => (payload.routing_metadata ? altered(payload, v) : payload));
  await sendEvents(exchange, [...changed.map(jsonEvent), ...(events.at(-1) === DONE ? [DONE] : [])]);
}

/** @param {any} carrier @param {string} v */
function altered({ routing_metadata, ...rest }, v) {
  return v === "missing" ? rest : { ...rest, routing_metadata: FORMS[v](routing_metadata) };
}
