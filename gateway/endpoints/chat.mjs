// @ts-check
// POST /v1/chat/completions
import { compose, outputTokens } from "../answer/compose.mjs";
import { tokensIn } from "../answer/pieces.mjs";
import { DONE, jsonEvent, sendEvents } from "../http/sse.mjs";
import { costOf, routingMetadata } from "../routing/metadata.mjs";
import { planFor } from "../routing/plan.mjs";
import { checkChat } from "../rules/chat-params.mjs";
import { chunksOf, completionOf, metadataChunk } from "./chat-forms.mjs";
import { hasImage, promptOf, withModernTools } from "./chat-prompt.mjs";
import { replayFor } from "./replay.mjs";

/**
 * Everything that the two forms of the answer are made from.
 * @typedef {object} Reply
 * @property {string} id
 * @property {number} created
 * @property {string} model
 * @property {import('../answer/compose.mjs').Answer[]} answers one a choice
 * @property {boolean} showReasoning
 * @property {boolean} signed whether the reasoning carries a signature, as Claude's does
 * @property {object} usage
 * @property {object} routing_metadata
 */

/** @param {import('../http/exchange.mjs').Exchange} exchange */
export async function chatCompletions(exchange) {
  checkChat(exchange.body);
  const given = withModernTools(exchange.body);
  const reply = replyTo(exchange, given);
  if (given.stream === true) await sendEvents(exchange, eventsOf(reply, replayFor(exchange)));
  else exchange.json(completionOf(reply));
}

/**
 * @param {Reply} reply
 * @param {import('./replay.mjs').Replay | null} replay
 */
function* eventsOf(reply, replay) {
  if (replay === null) {
    for (const chunk of chunksOf(reply)) yield jsonEvent(chunk);
  } else {
    yield* replay.events;
    if (replay.metadata) yield jsonEvent(metadataChunk(reply));
  }
  yield DONE;
}

/**
 * @param {import('../http/exchange.mjs').Exchange} exchange
 * @param {Record<string, any>} given
 * @returns {Reply}
 */
function replyTo(exchange, given) {
  const { route, body, effort } = planFor(given, "chat_completions", {
    effort: given.reasoning_effort ?? null,
    vision: hasImage(given.messages),
    format: given.response_format?.type ?? "text",
  });
  const prompt = promptOf(body, effort);
  const of = body.n ?? 1;
  const answers = Array.from({ length: of }, (_, index) =>
    compose(prompt, route, `call_${exchange.number}_${index}`, { index, of }),
  );
  const usage = usageOf(body, answers);
  const usd = costOf(route, usage.prompt_tokens, usage.completion_tokens);
  exchange.gateway.account.charge(usd);
  return {
    id: `chatcmpl-local-${exchange.number}`,
    created: Math.floor(Date.now() / 1000),
    model: route.model.id,
    answers,
    showReasoning: body.reasoning?.exclude !== true,
    signed: route.model.author === "anthropic",
    usage,
    routing_metadata: routingMetadata(route, { usd, stream: given.stream === true }),
  };
}

/**
 * @param {Record<string, any>} body
 * @param {import('../answer/compose.mjs').Answer[]} answers
 */
function usageOf(body, answers) {
  const tokens = answers.map(outputTokens);
  const prompt_tokens = tokensIn(body.messages);
  const completion_tokens = tokens.reduce((sum, each) => sum + each.total, 0);
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: tokens.reduce((sum, each) => sum + each.reasoning, 0) },
  };
}
