// @ts-check
// Answers that say a given text, in all four forms (chat or responses, streamed or not), with
// no check of the request but that of its key.
import { deliveryOf, endStream, openStream, writeEvents } from "../http/sse.mjs";
import { answerOf, JSON_HEADERS, SSE_HEADERS } from "./answer.mjs";

/** Short and without a space, so it is one piece of the answer. */
const MARK = "%THE-TEXT%";

/**
 * @typedef {import('./table.mjs').Call} Call
 *
 * @typedef {object} Frame
 * @property {Record<string, string>} headers
 * @property {string[]} head what comes before the text
 * @property {(text: string) => string} piece one event, or a bit of a JSON string
 * @property {(whole: string) => string[]} tail what comes after the text; some of it repeats the whole
 */

/** @param {Call} call @returns {Promise<Frame>} */
export async function frameOf({ exchange, next }) {
  const stream = exchange.record.json?.stream === true;
  exchange.input = { model: "gpt-5.4", stream, ...promptFor(exchange.path, `echo: ${MARK}`) };
  const { events, value } = await answerOf({ exchange, next });
  if (events === null) {
    const [before, ...after] = JSON.stringify(value).split(MARK);
    return {
      headers: JSON_HEADERS,
      head: [before],
      piece: escaped,
      tail: (whole) => [after.join(escaped(whole))],
    };
  }
  const at = events.findIndex((event) => event.includes(MARK));
  return {
    headers: SSE_HEADERS,
    head: events.slice(0, at),
    piece: (text) => filled(events[at], text),
    tail: (whole) => events.slice(at + 1).map((event) => filled(event, whole)),
  };
}

/**
 * @param {string} path
 * @param {string} text
 */
function promptFor(path, text) {
  return path.endsWith("/responses") ? { input: text } : { messages: [{ role: "user", content: text }] };
}

/** @param {string} text */
const escaped = (text) => JSON.stringify(text).slice(1, -1);

/** @param {string} event @param {string} text */
const filled = (event, text) => event.replaceAll(MARK, () => escaped(text));

/**
 * @param {Call} call
 * @param {(frame: Frame) => Iterable<string>} parts
 * @param {Partial<import('../http/sse.mjs').Delivery>} [overruled]
 */
export async function sendFramed(call, parts, overruled) {
  const { exchange } = call;
  if (!/\/(completions|responses)$/.test(exchange.path)) {
    await call.next();
    return;
  }
  const frame = await frameOf(call);
  openStream(exchange, frame.headers);
  if (await writeEvents(exchange, parts(frame), { ...deliveryOf(exchange), ...overruled })) await endStream(exchange);
}

/**
 * The whole answer.
 * @param {string[]} texts
 * @returns {(frame: Frame) => Generator<string>}
 */
export function saying(texts) {
  return function* ({ head, piece, tail }) {
    yield* head;
    for (const text of texts) yield piece(text);
    yield* tail(texts.join(""));
  };
}

/** @type {import('./table.mjs').Scenario} */
export const echo = (call) => sendFramed(call, saying([call.exchange.record.body]));
