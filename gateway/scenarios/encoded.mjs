// @ts-check
// Compressed answers, flushed after each event, so that none waits for the next.
import { setImmediate as macrotask } from "node:timers/promises";
import { createBrotliCompress, createDeflate, createGzip } from "node:zlib";
import { deliveryOf, endStream, openStream, pause } from "../http/sse.mjs";
import { answerOf, partsOf } from "./answer.mjs";
import { untilGone } from "./waiting.mjs";

/** @typedef {import('./table.mjs').Call} Call */

const ENCODERS = { gzip: createGzip, deflate: createDeflate, br: createBrotliCompress };
const ENCODINGS = /** @type {(keyof typeof ENCODERS)[]} */ (Object.keys(ENCODERS));

/** No encoding knows what this means: in deflate it announces a block of a type that does not exist. */
const DAMAGE = Buffer.alloc(64, 0xff);

/** @param {keyof typeof ENCODERS} encoding */
function encoderOf(encoding) {
  const stream = ENCODERS[encoding]();
  /** @type {Buffer[]} */
  let out = [];
  stream.on("data", (bytes) => out.push(bytes));
  const taken = async () => {
    await macrotask();
    const bytes = Buffer.concat(out);
    out = [];
    return bytes;
  };
  return {
    /** @param {string} text */
    async encoded(text) {
      stream.write(text);
      await new Promise((resolve) => stream.flush(() => resolve(null)));
      return taken();
    },
    async rest() {
      await new Promise((resolve) => stream.once("end", resolve).end());
      return taken();
    },
  };
}

/**
 * @param {Call} call
 * @param {(parts: string[]) => string[]} kept
 * @param {Buffer | null} end null for the right one
 */
async function sendEncoded(call, kept, end) {
  const { exchange, params } = call;
  const encoding = params.oneOf("enc", ENCODINGS);
  const pace = params.whole("ms", deliveryOf(exchange).pace);
  const then = params.oneOf("then", ["end", "open"]);
  const { headers, parts } = partsOf(await answerOf(call));
  const encoder = encoderOf(encoding);
  openStream(exchange, { ...headers, "Content-Encoding": encoding });
  for (const part of kept(parts)) {
    if (!(await exchange.write(await encoder.encoded(part)))) return;
    await pause(pace, exchange.gone);
  }
  if (!(await exchange.write(end ?? (await encoder.rest())))) return;
  if (then === "open") await untilGone(call);
  else await endStream(exchange);
}

/** @type {import('./table.mjs').Scenario} */
export const encoded = (call) => sendEncoded(call, (parts) => parts, null);

/**
 * Good for `after` events, or half of the JSON; then damaged; then the end, or, with `then=open`, nothing:
 * the fetch of Node 20 and 22 notices the damage only as long as the end has not come.
 * @type {import('./table.mjs').Scenario}
 */
export const encodedCorrupt = (call) =>
  sendEncoded(
    call,
    (parts) =>
      parts.length === 1 ? [parts[0].slice(0, parts[0].length >> 1)] : parts.slice(0, call.params.whole("after", 2)),
    DAMAGE,
  );
