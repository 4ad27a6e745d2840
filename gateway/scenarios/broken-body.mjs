// @ts-check
// Answers that stop in the middle. A part of the answer is the first `after` events, or, where it
// is no stream, half of the JSON.
import { hangUp, reset } from "../http/breaking.mjs";
import { endStream, openStream, writeEvents } from "../http/sse.mjs";
import { answerOf, partsOf } from "./answer.mjs";
import { waitOf } from "./waiting.mjs";

/**
 * @typedef {import('./table.mjs').Call} Call
 * @typedef {import('./table.mjs').Scenario} Scenario
 */

/** Many clients throw away what they have received and not yet read when the connection breaks. */
const TIME_TO_READ = 50;

/**
 * @param {Call} call
 * @param {{ inside?: boolean, extra?: number, ms?: number }} how `inside`: half of the next event, too;
 *   `extra`: with a Content-Length that promises so many bytes more
 * @returns {Promise<Buffer[] | null>} the rest, null when the client has gone
 */
async function sendPart(call, { inside = false, extra, ms = TIME_TO_READ }) {
  const { exchange, params } = call;
  const wait = waitOf(call, ms);
  const answer = await answerOf(call);
  const { headers, parts } = partsOf(answer);
  const { sent, rest } = divided(
    parts.map((part) => Buffer.from(part)),
    { after: answer.events === null ? 0 : params.upTo("after", 2), inside: inside || answer.events === null },
  );
  const length = sent.reduce((sum, { byteLength }) => sum + byteLength, 0);
  openStream(exchange, { ...headers, ...(extra !== undefined && { "Content-Length": String(length + extra) }) });
  const there = (await writeEvents(exchange, sent)) && (await wait());
  return there ? rest : null;
}

/**
 * @param {Buffer[]} parts
 * @param {{ after: number, inside: boolean }} where
 */
function divided(parts, { after, inside }) {
  const at = Math.min(after, inside ? parts.length - 1 : parts.length);
  const sent = parts.slice(0, at);
  const rest = parts.slice(at);
  if (inside) {
    const [next] = rest;
    const middle = next.length >> 1;
    sent.push(next.subarray(0, middle));
    rest[0] = next.subarray(middle);
  }
  return { sent, rest };
}

/** @type {Scenario} */
export async function resetMidBody(call) {
  if (await sendPart(call, {})) await reset(call.exchange);
}

/** @type {Scenario} */
export async function resetMidEvent(call) {
  if (await sendPart(call, { inside: true })) await reset(call.exchange);
}

/** `inside=1`: the end falls into an event. @type {Scenario} */
export async function truncatedChunked(call) {
  const inside = call.params.oneOf("inside", ["0", "1"]) === "1";
  if (await sendPart(call, { inside })) await hangUp(call.exchange);
}

/** @type {Scenario} */
export async function shortContentLength(call) {
  if (await sendPart(call, { extra: call.params.whole("extra", 100) })) await hangUp(call.exchange);
}

/** For ever, unless `wait` says how long. @type {Scenario} */
export async function stall(call) {
  const { exchange } = call;
  const rest = await sendPart(call, { ms: Infinity });
  if (rest && (await writeEvents(exchange, rest))) await endStream(exchange);
}
