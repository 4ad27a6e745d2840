// @ts-check
// Much of everything.
import { cutterFor } from "../http/cut.mjs";
import { saying, sendFramed } from "./text.mjs";

/** @typedef {import('./table.mjs').Scenario} Scenario */

const MEGABYTE = 1024 * 1024;
const PIECE = 16 * 1024;

/** `count` numbered events, `per` of them in each write. @type {Scenario} */
export const manyChunks = (call) => {
  const { params } = call;
  const texts = Array.from({ length: params.whole("count", 10_000) }, (_, index) => `${index} `);
  const per = params.upTo("per", Infinity);
  return sendFramed(call, saying(texts), { cut: cutterFor(per === Infinity ? "all" : `events:${Math.max(1, per)}`) });
};

/**
 * At least `mb` megabytes of numbered pieces as fast as the client takes them. What repeats the text
 * at the end leaves it out.
 * @type {Scenario}
 */
export const flood = (call) => {
  const pieces = Math.ceil((call.params.whole("mb", 200) * MEGABYTE) / PIECE);
  const filling = "x".repeat(PIECE);
  return sendFramed(call, function* ({ head, piece, tail }) {
    yield* head;
    for (let sent = 0; sent < pieces; sent += 1) yield piece(`${sent} ${filling} `);
    yield* tail("");
  });
};

/** One event of `mb` megabytes between two small ones. @type {Scenario} */
export const hugeEvent = (call) =>
  sendFramed(call, saying(["before ", "x".repeat(call.params.whole("mb", 8) * MEGABYTE), " after"]));
