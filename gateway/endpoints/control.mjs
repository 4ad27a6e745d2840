// @ts-check
// What a test asks the stand-in itself. These requests are not logged and need no key.
import { clearRecords, recordsOf } from "../http/log.mjs";

/** @typedef {import('../http/exchange.mjs').Exchange} Exchange */

/** @param {Exchange} exchange */
export function readLog(exchange) {
  exchange.json(recordsOf(exchange.gateway.log, exchange.record.run));
}

/** @param {Exchange} exchange */
export function clearLog(exchange) {
  clearRecords(exchange.gateway.log, exchange.record.run);
  exchange.json({});
}
