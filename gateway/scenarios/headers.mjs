// @ts-check
import { sendEvents } from "../http/sse.mjs";
import { answerOf } from "./answer.mjs";

/** Each is a trap for a helper that reads numbers out of headers. */
export const ODD_HEADERS = {
  "X-RateLimit-Limit-Requests": ["600", "600"],
  "X-RateLimit-Remaining-Requests": "",
  "X-RateLimit-Reset-Requests": "soon",
  "X-Credits-Balance-Microdollars": "9007199254740993",
  "X-Budget-Daily-Limit": "0x10",
  "X-Budget-Daily-Spend": "1,5",
  "X-Budget-Monthly-Limit": "NaN",
  "X-Budget-Monthly-Spend": "1e999",
  // Latin-1, as Node writes it.
  "X-Token-Count-Model": "mod\xe8le-\xe9",
};

/** @type {import('./table.mjs').Scenario} */
export async function dupHeaders(call) {
  const { exchange } = call;
  const { events, value } = await answerOf(call);
  Object.assign(exchange.headers, ODD_HEADERS);
  if (events === null) exchange.json(value);
  else await sendEvents(exchange, events);
}
