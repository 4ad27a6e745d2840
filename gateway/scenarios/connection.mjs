// @ts-check
// What happens to the connection before or after an answer.
import { once } from "node:events";
import { hangUp, reset, writeRaw } from "../http/breaking.mjs";
import { pause } from "../http/sse.mjs";

/** @typedef {import('./table.mjs').Scenario} Scenario */

/** @type {Scenario} */
export const resetBeforeHeaders = ({ exchange }) => reset(exchange);

/** @type {Scenario} */
export const closeBeforeHeaders = ({ exchange }) => hangUp(exchange);

const NOT_HTTP = Buffer.from("\x16\x03\x01\x02\x00 220 this is no web server\r\n\xff\xfe\r\n\r\n", "latin1");

/** @type {Scenario} */
export async function garbageResponse({ exchange }) {
  writeRaw(exchange, NOT_HTTP);
  await hangUp(exchange);
}

/** Sockets whose next request will find them closed. @type {WeakSet<import('node:net').Socket>} */
const closing = new WeakSet();

/**
 * The answer says keep-alive, and then the server closes all the same: at once (`ms` later), or, with
 * `when=next`, as soon as the next request has come, which is what the client sees when it loses the race.
 * @type {Scenario}
 */
export async function keepaliveRace({ exchange, params, next }) {
  const { socket } = exchange.req;
  // Also of a gateway that keeps no connection.
  exchange.res.shouldKeepAlive = true;
  const when = params.oneOf("when", ["after", "next"]);
  const ms = params.whole("ms", 0);
  if (closing.has(socket)) {
    await hangUp(exchange);
    return;
  }
  if (when === "next") {
    closing.add(socket);
    await next();
    return;
  }
  const finished = once(exchange.res, "finish", { signal: exchange.gone }).catch(() => {});
  await next();
  await finished;
  await pause(ms, exchange.gone);
  socket.destroySoon();
}

/** `count` informational answers before the real one. @type {Scenario} */
export async function earlyHints({ exchange, params, next }) {
  for (let sent = 0; sent < params.whole("count", 1); sent += 1) {
    exchange.res.writeEarlyHints({ link: "</style.css>; rel=preload; as=style", "x-hint": String(sent) });
  }
  await next();
}
