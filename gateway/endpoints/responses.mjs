// @ts-check
// POST /v1/responses
import { compose, outputTokens } from "../answer/compose.mjs";
import { tokensIn } from "../answer/pieces.mjs";
import { jsonEvent, sendEvents } from "../http/sse.mjs";
import { costOf, routingMetadata } from "../routing/metadata.mjs";
import { planFor } from "../routing/plan.mjs";
import { checkResponses } from "../rules/responses-params.mjs";
import { replayFor } from "./replay.mjs";
import { responseEvents } from "./response-events.mjs";
import { outputItems, responseObject } from "./response-object.mjs";
import { hasImage, promptOf } from "./response-prompt.mjs";

/**
 * @typedef {object} Reply
 * @property {string} id
 * @property {number} created_at
 * @property {string} model
 * @property {Record<string, any>} body what the provider was sent; much of it is echoed
 * @property {import('./response-object.mjs').Item[]} output
 * @property {boolean} complete false when the text was cut at max_output_tokens
 * @property {object} usage
 */

/** @param {import('../http/exchange.mjs').Exchange} exchange */
export async function responses(exchange) {
  const given = exchange.body;
  checkResponses(given);
  const { reply, metadata } = replyTo(exchange, given);
  if (given.stream !== true) {
    exchange.json({ ...responseObject(reply, "ended"), routing_metadata: metadata });
    return;
  }
  // No [DONE] here: a stream of responses ends with its terminal event. And no
  // routing_metadata: the real service leaves it out of these streams.
  const replay = replayFor(exchange);
  await sendEvents(exchange, replay === null ? eventsOf(reply) : replay.events);
}

/** @param {Reply} reply */
function* eventsOf(reply) {
  let sequence_number = 0;
  for (const { type, ...rest } of responseEvents(reply)) {
    yield jsonEvent({ type, sequence_number, ...rest });
    sequence_number += 1;
  }
}

/**
 * @param {import('../http/exchange.mjs').Exchange} exchange
 * @param {Record<string, any>} given
 */
function replyTo(exchange, given) {
  const { route, body, effort } = planFor(given, "responses", {
    effort: given.reasoning?.effort ?? null,
    vision: hasImage(given.input),
    format: given.text?.format?.type ?? "text",
  });
  const answer = compose(promptOf(body, effort), route, `call_${exchange.number}`);
  const usage = usageOf(body, answer);
  const usd = costOf(route, usage.input_tokens, usage.output_tokens);
  exchange.gateway.account.charge(usd);
  /** @type {Reply} */
  const reply = {
    id: `resp_local_${exchange.number}`,
    created_at: Math.floor(Date.now() / 1000),
    model: route.model.id,
    body,
    output: outputItems(answer, exchange.number),
    complete: answer.finish !== "length",
    usage,
  };
  return { reply, metadata: routingMetadata(route, { usd, stream: false }) };
}

/** @param {Record<string, any>} body @param {import('../answer/compose.mjs').Answer} answer */
function usageOf(body, answer) {
  const { total, reasoning } = outputTokens(answer);
  const input_tokens = tokensIn([body.instructions ?? "", body.input]);
  return {
    input_tokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: total,
    output_tokens_details: { reasoning_tokens: reasoning },
    total_tokens: input_tokens + total,
  };
}
