// @ts-check
// Ends of a connection that HTTP does not foresee. All of them are this side's doing, which
// the log must not take for the client's.
import { setImmediate as macrotask } from "node:timers/promises";

/** @typedef {import('./exchange.mjs').Exchange} Exchange */

/** TCP RST. @param {Exchange} exchange */
export async function reset(exchange) {
  await flushed(exchange);
  exchange.dropped = true;
  exchange.req.socket.resetAndDestroy();
}

/** TCP FIN after what was written, whatever HTTP would still have to come. @param {Exchange} exchange */
export async function hangUp(exchange) {
  await flushed(exchange);
  exchange.dropped = true;
  exchange.req.socket.destroySoon();
}

/**
 * Bytes that Node's HTTP would never send, past it.
 * @param {Exchange} exchange
 * @param {Uint8Array} bytes
 */
export function writeRaw({ record, req }, bytes) {
  record.respondedAt = performance.now();
  record.bytesWritten += bytes.length;
  req.socket.write(bytes);
}

/** Resolves when the kernel has all that was written: a reset throws the rest away. @param {Exchange} exchange */
async function flushed({ req, gone }) {
  do await macrotask();
  while (req.socket.writableLength > 0 && !gone.aborted);
}
