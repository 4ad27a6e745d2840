// @ts-check
// The two forms of a chat answer: one object, or chunks.
import { interleaved } from "../answer/pieces.mjs";

/**
 * @typedef {import('./chat.mjs').Reply} Reply
 * @typedef {import('../answer/compose.mjs').Answer} Answer
 */

const SIGNATURE = "c2lnbmVkIGJ5IHRoZSBzdGFuZC1pbg==";

/** @param {Reply} reply */
export function completionOf(reply) {
  const { id, created, model, answers, usage, routing_metadata } = reply;
  return {
    id,
    object: "chat.completion",
    created,
    model,
    choices: answers.map((answer, index) => ({
      index,
      message: messageOf(answer, reply),
      logprobs: null,
      finish_reason: answer.finish,
    })),
    usage,
    routing_metadata,
  };
}

/**
 * @param {Answer} answer
 * @param {Reply} reply
 */
function messageOf({ reasoning, pieces, calls }, { showReasoning, signed }) {
  const thinking = reasoning.join("");
  const shown = showReasoning && thinking !== "";
  return {
    role: "assistant",
    content: calls.length > 0 ? null : pieces.join(""),
    ...(shown && { reasoning_content: thinking }),
    ...(shown && signed && { reasoning: [{ type: "thinking", thinking, signature: SIGNATURE }] }),
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, fragments }) => ({
        id,
        type: "function",
        function: { name, arguments: fragments.join("") },
      })),
    }),
  };
}

/**
 * Each choice: its role, its deltas, its finish_reason; several choices arrive interleaved.
 * Usage and metadata come in a last chunk of their own.
 * @param {Reply} reply
 */
export function* chunksOf(reply) {
  const perChoice = reply.answers.map((answer, index) => choiceChunks(answer, index, reply));
  for (const choice of interleaved(perChoice)) yield chunk(reply, { choices: [choice] });
  yield metadataChunk(reply);
}

/** @param {Reply} reply */
export function metadataChunk(reply) {
  return chunk(reply, { choices: [], usage: reply.usage, routing_metadata: reply.routing_metadata });
}

/** @param {Reply} reply @param {object} rest */
function chunk({ id, created, model }, rest) {
  return { id, object: "chat.completion.chunk", created, model, ...rest };
}

/** @param {Answer} answer @param {number} index @param {Reply} reply */
function* choiceChunks(answer, index, reply) {
  for (const delta of deltasOf(answer, reply)) yield { index, delta, finish_reason: null };
  yield { index, delta: {}, finish_reason: answer.finish };
}

/** @param {Answer} answer @param {Reply} reply */
function* deltasOf({ reasoning, pieces, calls }, { showReasoning, signed }) {
  yield { role: "assistant", content: calls.length > 0 ? null : "" };
  if (showReasoning && reasoning.length > 0) {
    for (const piece of reasoning) yield { reasoning_content: piece };
    if (signed) yield { reasoning_signature: SIGNATURE };
  }
  for (const piece of pieces) yield { content: piece };
  for (const tool_call of interleaved(calls.map(callFragments))) yield { tool_calls: [tool_call] };
}

/** @param {import('../answer/compose.mjs').ToolCall} call @param {number} index */
function* callFragments({ id, name, fragments }, index) {
  yield { index, id, type: "function", function: { name, arguments: "" } };
  for (const fragment of fragments) yield { index, function: { arguments: fragment } };
}
