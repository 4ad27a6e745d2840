// @ts-check
// How a stream ends, or does not.
import { DONE, endStream, openStream, writeEvents } from "../http/sse.mjs";
import { altering, answerOf, finishes, SSE_HEADERS } from "./answer.mjs";
import { untilGone } from "./waiting.mjs";

/** @typedef {import('./table.mjs').Scenario} Scenario */

/**
 * What comes in place of `[DONE]`, which is the last event.
 * @type {Record<string, (events: string[]) => string[]>}
 */
const SENTINELS = {
  nospace: (events) => [...events, "data:[DONE]\n\n"],
  crlf: (events) => [...events, "data: [DONE]\r\n\r\n"],
  event: (events) => [...events, "event: done\ndata: [DONE]\n\n"],
  late: (events) => [
    ...events,
    DONE,
    events[1] ?? "",
    'data: {"error":{"message":"after the end","type":"api_error","code":"internal_error"}}\n\n',
    "data: {this is not JSON\n\n",
    DONE,
  ],
  first: () => [DONE],
  missing: (events) => events,
  unterminated: (events) => [...events, "data: [DONE]"],
};

const FORMS = Object.keys(SENTINELS);

export const done = altering((events, { params }) => {
  const form = params.oneOf("v", FORMS);
  return events.at(-1) === DONE ? SENTINELS[form](events.slice(0, -1)) : events;
});

/**
 * The end right after the event with the finish_reason; `usage=1`: after the usage event behind it;
 * `blank=0`: without the blank line of the last event.
 */
export const finishedWithoutDone = altering((events, { params }) => {
  const usage = params.oneOf("usage", ["0", "1"]) === "1";
  const blank = params.oneOf("blank", ["1", "0"]) === "1";
  const kept = usage ? events.filter((event) => event !== DONE) : events.slice(0, finishOf(events) + 1);
  return blank ? kept : [...kept.slice(0, -1), kept[kept.length - 1].trimEnd()];
});

/** Ends cleanly after `after` events, in any case before the finish_reason. */
export const unfinished = altering((events, { params }) =>
  events.slice(0, Math.min(params.upTo("after", 3), finishOf(events))),
);

/** @param {string[]} events */
function finishOf(events) {
  const at = events.findIndex(finishes);
  return at < 0 ? events.length - 1 : at;
}

/** Not one byte of body, even where no stream was asked for. @type {Scenario} */
export async function emptyStream({ exchange }) {
  openStream(exchange, SSE_HEADERS);
  await endStream(exchange);
}

/** Everything is said, and the connection stays open. @type {Scenario} */
export async function openAfterDone(call) {
  const { exchange } = call;
  const { events, value } = await answerOf(call);
  if (events === null) {
    exchange.json(value);
    return;
  }
  openStream(exchange);
  if (await writeEvents(exchange, events)) await untilGone(call);
}
