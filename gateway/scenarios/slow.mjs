// @ts-check
// Answers that take their time.
import { cutterFor } from "../http/cut.mjs";
import { endStream, openStream, pause, writeEvents } from "../http/sse.mjs";
import { altering, answerOf, partsOf } from "./answer.mjs";
import { frameOf, saying, sendFramed } from "./text.mjs";

/**
 * @typedef {import('./table.mjs').Call} Call
 * @typedef {import('./table.mjs').Scenario} Scenario
 */

/** @type {Scenario} */
export async function slowHeaders({ exchange, params, next }) {
  await pause(params.whole("ms", 3000), exchange.gone);
  if (!exchange.gone.aborted) await next();
}

export const slowEvents = altering(
  (events) => events,
  ({ params }) => ({ pace: params.whole("ms", 200) }),
);

/** Writes of `bytes` bytes with `ms` between them; with `size` the text is so long. @type {Scenario} */
export async function slowDrip(call) {
  const { exchange, params } = call;
  const [bytes, ms, size] = [params.whole("bytes", 1), params.whole("ms", 0), params.whole("size", 0)];
  const { headers, parts } = size > 0 ? await longAnswer(call, size) : partsOf(await answerOf(call));
  openStream(exchange, headers);
  for (const write of cutterFor(Math.max(1, bytes))(parts.map((part) => Buffer.from(part)))) {
    if (!(await exchange.write(write.bytes))) return;
    await pause(ms, exchange.gone);
  }
  await endStream(exchange);
}

/** @param {Call} call @param {number} size */
async function longAnswer(call, size) {
  const frame = await frameOf(call);
  return { headers: frame.headers, parts: [...saying(["x".repeat(size)])(frame)] };
}

/** Only comments at first, `count` of them; in JSON the like is white space. @type {Scenario} */
export async function keepaliveOnly(call) {
  const { exchange, params } = call;
  const [count, ms] = [params.upTo("count", 10, "always"), params.whole("ms", 100)];
  const answer = await answerOf(call);
  const { headers, parts } = partsOf(answer);
  const sign = Buffer.from(answer.events === null ? "\n" : ": keep-alive\n\n");
  openStream(exchange, headers);
  for (let sent = 0; sent < count; sent += 1) {
    if (!(await exchange.write(sign))) return;
    await pause(ms, exchange.gone);
  }
  if (await writeEvents(exchange, parts)) await endStream(exchange);
}

/** @type {Scenario} */
export const neverEnding = (call) =>
  sendFramed(
    call,
    function* ({ head, piece }) {
      yield* head;
      for (let said = 0; ; said += 1) yield piece(`${said} `);
    },
    { pace: call.params.whole("ms", 10) },
  );
