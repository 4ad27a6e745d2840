// @ts-check
// Where a client is sent, and what would be received there: the log has it, with its origin.
import { preflightHeaders } from "../http/cors.mjs";
import { readBody } from "../http/request-body.mjs";
import { DONE, jsonEvent, sendEvents } from "../http/sse.mjs";

/** @typedef {import('./table.mjs').Call} Call */

/** @type {Record<string, (call: Call) => string | null>} */
const TARGETS = {
  same: (call) => `http://${call.exchange.header("host")}${goodPath(call)}`,
  // A client may resolve a relative reference wrongly, or not at all.
  relative: (call) => `${"../".repeat(stepsUp(call))}${goodPath(call).slice(1)}`,
  other: ({ exchange: { gateway, path, record } }) => `${gateway.otherUrl}${path}${query(record.run)}`,
  loop: ({ exchange }) => exchange.req.url ?? "/",
  none: () => null,
  js: () => "javascript:alert(1)",
};

const PLACES = Object.keys(TARGETS);

const STATUSES = ["307", "302", "303", "308", "301"];

/** @type {import('./table.mjs').Scenario} */
export function redirect(call) {
  const { exchange, params } = call;
  const location = TARGETS[params.oneOf("to", PLACES)](call);
  exchange.send("Not here.", Number(params.oneOf("status", STATUSES)), {
    "Content-Type": "text/plain",
    ...(location !== null && { Location: location }),
  });
}

/** The same call without a fault. A header that asks for one would be sent again, so the path says it. @param {Call} call */
function goodPath({ exchange: { path, record } }) {
  const run = record.run === null ? "" : `;run=${encodeURIComponent(record.run)}`;
  return `/_scenario/ok${run}${path}`;
}

/** As deep as the request's path is. @param {Call} call */
function stepsUp({ exchange }) {
  const [path] = (exchange.req.url ?? "").split("?");
  return path.split("/").length - 2;
}

/** @param {string | null} run */
const query = (run) => (run === null ? "" : `?run=${encodeURIComponent(run)}`);

/**
 * The other origin takes every request, without a key, so that nothing but the log shows that a client came.
 * @param {import('../http/exchange.mjs').Exchange} exchange
 */
export async function serveOther(exchange) {
  exchange.gateway.log.push(exchange.record);
  if (exchange.req.method === "OPTIONS") {
    exchange.head(204, preflightHeaders(exchange.req.headers));
    exchange.end();
    return;
  }
  await readBody(exchange);
  const message = { role: "assistant", content: "This is another origin." };
  const choice = { index: 0, finish_reason: "stop" };
  const rest = { id: "chatcmpl-other", created: 0, model: "gpt-5.4" };
  if (exchange.record.json?.stream === false) {
    exchange.json({ ...rest, object: "chat.completion", choices: [{ ...choice, message }] });
    return;
  }
  const chunk = { ...rest, object: "chat.completion.chunk", choices: [{ ...choice, delta: message }] };
  await sendEvents(exchange, [jsonEvent(chunk), DONE]);
}
