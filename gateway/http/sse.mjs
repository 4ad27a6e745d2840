// @ts-check
import { setImmediate as macrotask, setTimeout as sleep } from "node:timers/promises";
import { cutterFor } from "./cut.mjs";
import { ApiError } from "./errors.mjs";

/** @typedef {{ pace: number, cut: import('./cut.mjs').Cutter }} Delivery */

/** @param {string} data one line, sent verbatim */
export const event = (data) => `data: ${data}\n\n`;

/** @param {unknown} value */
export const jsonEvent = (value) => event(JSON.stringify(value));

export const DONE = event("[DONE]");

/**
 * How this request wants its stream: its own headers, else what the gateway was started with.
 * @param {import('./exchange.mjs').Exchange} exchange
 * @returns {Delivery}
 */
export function deliveryOf(exchange) {
  const { settings } = exchange.gateway;
  try {
    return {
      pace: paceOf(exchange.header("x-gateway-pace") ?? settings.pace),
      cut: cutterFor(exchange.header("x-gateway-cut") ?? settings.cut),
    };
  } catch (error) {
    throw new ApiError("invalid_request", `x-gateway header: ${error instanceof Error ? error.message : error}.`);
  }
}

/** @param {string | number} value */
export function paceOf(value) {
  const pace = value === "" ? NaN : Number(value);
  if (!(pace >= 0 && pace <= 600_000))
    throw new RangeError(`pace must be milliseconds from 0 to 600000; got '${value}'`);
  return pace;
}

/**
 * Sends the events and ends the answer; stops at once when the client has gone.
 *
 * Between two writes the event loop turns once: Node joins writes of one tick into one
 * packet, and a client in the same process gets its chance to read each piece.
 * @param {import('./exchange.mjs').Exchange} exchange
 * @param {Iterable<string>} events
 */
export async function sendEvents(exchange, events) {
  const { pace, cut } = deliveryOf(exchange);
  exchange.head(200, { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache" });
  exchange.res.flushHeaders();
  let endedBefore = 0;
  for (const { bytes, ended } of cut(encoded(events))) {
    await pause(pace * endedBefore, exchange.gone);
    if (!(await exchange.write(bytes))) return;
    endedBefore = ended;
  }
  await macrotask();
  exchange.end();
}

/**
 * @param {number} ms
 * @param {AbortSignal} gone
 */
async function pause(ms, gone) {
  if (ms === 0) {
    await macrotask();
    return;
  }
  try {
    await sleep(ms, undefined, { signal: gone });
  } catch (error) {
    if (!gone.aborted) throw error;
  }
}

/** @param {Iterable<string>} events */
function* encoded(events) {
  for (const text of events) yield Buffer.from(text);
}
