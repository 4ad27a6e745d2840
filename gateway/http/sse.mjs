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

const HEADERS = { "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache" };

/**
 * The events and the end of the answer.
 * @param {import('./exchange.mjs').Exchange} exchange
 * @param {Iterable<string>} events
 * @param {Partial<Delivery>} [overruled]
 */
export async function sendEvents(exchange, events, overruled) {
  if (exchange.held !== null) {
    exchange.held.events = events;
    return;
  }
  const delivery = { ...deliveryOf(exchange), ...overruled };
  openStream(exchange);
  if (await writeEvents(exchange, events, delivery)) await endStream(exchange);
}

/**
 * @param {import('./exchange.mjs').Exchange} exchange
 * @param {import('node:http').OutgoingHttpHeaders} [headers]
 */
export function openStream(exchange, headers = HEADERS) {
  exchange.head(200, headers);
  // They leave at once. `flushHeaders` would write them as UTF-8, where HTTP has Latin-1.
  exchange.res.write(Buffer.alloc(0));
}

/**
 * Stops at once when the client has gone, and then resolves with false.
 *
 * Between two writes the event loop turns once: Node joins writes of one tick into one
 * packet, and a client in the same process gets its chance to read each piece.
 * @param {import('./exchange.mjs').Exchange} exchange
 * @param {Iterable<string | Uint8Array>} events
 * @param {Delivery} [delivery]
 */
export async function writeEvents(exchange, events, { pace, cut } = deliveryOf(exchange)) {
  let endedBefore = 0;
  for (const { bytes, ended } of cut(encoded(events))) {
    await pause(pace * endedBefore, exchange.gone);
    if (!(await exchange.write(bytes))) return false;
    endedBefore = ended;
  }
  return true;
}

/** @param {import('./exchange.mjs').Exchange} exchange */
export async function endStream(exchange) {
  await macrotask();
  exchange.end();
}

/**
 * Returns early when the client goes.
 * @param {number} ms
 * @param {AbortSignal} gone
 */
export async function pause(ms, gone) {
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

/** @param {Iterable<string | Uint8Array>} events */
function* encoded(events) {
  for (const text of events) yield Buffer.from(text);
}
