// @ts-check
import { once } from "node:events";
import { pause } from "../http/sse.mjs";

/** @typedef {import('./table.mjs').Call} Call */

/** Resolves when the client has closed the connection. @param {Pick<Call, 'exchange'>} call */
export async function untilGone({ exchange: { gone } }) {
  if (!gone.aborted) await once(gone, "abort");
}

/**
 * `wait=MS`, `wait=go` (until `POST /_go?run=NAME`) or `wait=forever` (until the client goes). It is read
 * at once, as long as a wrong one can be answered; what is returned waits, and resolves with whether
 * the client is still there.
 * @param {Call} call
 * @param {number} otherwise milliseconds
 */
export function waitOf({ exchange, params }, otherwise) {
  const { gone, gateway, record } = exchange;
  const asked = params.get("wait");
  const forever = asked === "forever" || (asked === null && otherwise === Infinity);
  const ms = asked === "go" || forever ? 0 : params.whole("wait", otherwise);
  return async () => {
    if (asked === "go") await gateway.signals.taken(record.run, gone);
    else if (forever) await untilGone({ exchange });
    else await pause(ms, gone);
    return !gone.aborted;
  };
}
