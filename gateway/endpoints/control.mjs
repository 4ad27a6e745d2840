// @ts-check
// What a test asks the stand-in itself. These requests are not logged and need no key.
import { recordsOf } from "../http/log.mjs";

/** @typedef {import('../http/exchange.mjs').Exchange} Exchange */

/** @param {Exchange} exchange */
export function readLog(exchange) {
  exchange.json(recordsOf(exchange.gateway.log, exchange.record.run));
}

/** What scenarios remember goes with it. @param {Exchange} exchange */
export function clearLog(exchange) {
  exchange.gateway.forget(exchange.record.run);
  exchange.json({});
}

/** Lets a scenario with `wait=go` go on. @param {Exchange} exchange */
export function letGo(exchange) {
  exchange.gateway.signals.give(exchange.record.run);
  exchange.json({});
}
