// @ts-check
// The events of a response stream, in the documented order.
import { interleaved } from "../answer/pieces.mjs";
import { itemStatus, responseObject, statusOf, summaryPart, textPart, wireItem } from "./response-object.mjs";

/** @typedef {import('./response-object.mjs').Item} Item */

/** @param {import('./responses.mjs').Reply} reply */
export function* responseEvents(reply) {
  const response = responseObject(reply, "in_progress");
  yield { type: "response.created", response };
  yield { type: "response.in_progress", response };

  const numbered = reply.output.map((item, output_index) => ({ item, output_index }));
  /** @param {(kind: Item['kind']) => boolean} wanted */
  const eventsOf = (wanted) =>
    numbered
      .filter(({ item }) => wanted(item.kind))
      .map(({ item, output_index }) => itemEvents(item, output_index, itemStatus(item, reply.complete)));
  // Two function calls arrive together, like the tool calls of a chat stream.
  yield* interleaved(eventsOf((kind) => kind === "reasoning"));
  yield* interleaved(eventsOf((kind) => kind !== "reasoning"));

  yield { type: `response.${statusOf(reply)}`, response: responseObject(reply, "ended") };
}

/**
 * @param {Item} item
 * @param {number} output_index
 * @param {'completed' | 'incomplete'} status
 */
function* itemEvents(item, output_index, status) {
  yield { type: "response.output_item.added", output_index, item: wireItem(item, "in_progress") };
  yield* INNER[item.kind](item, { item_id: item.id, output_index });
  yield { type: "response.output_item.done", output_index, item: wireItem(item, status) };
}

/** @typedef {{ item_id: string, output_index: number }} Place */

/** @type {Record<Item['kind'], (item: Item, place: Place) => Iterable<{ type: string }>>} */
const INNER = {
  *message({ pieces }, place) {
    const at = { ...place, content_index: 0 };
    const text = pieces.join("");
    yield { type: "response.content_part.added", ...at, part: textPart("") };
    for (const delta of pieces) yield { type: "response.output_text.delta", ...at, delta, logprobs: [] };
    yield { type: "response.output_text.done", ...at, text, logprobs: [] };
    yield { type: "response.content_part.done", ...at, part: textPart(text) };
  },
  *reasoning({ pieces }, place) {
    const at = { ...place, summary_index: 0 };
    const text = pieces.join("");
    yield { type: "response.reasoning_summary_part.added", ...at, part: summaryPart("") };
    for (const delta of pieces) yield { type: "response.reasoning_summary_text.delta", ...at, delta };
    yield { type: "response.reasoning_summary_text.done", ...at, text };
    yield { type: "response.reasoning_summary_part.done", ...at, part: summaryPart(text) };
  },
  *function_call({ pieces, name }, place) {
    for (const delta of pieces) yield { type: "response.function_call_arguments.delta", ...place, delta };
    yield { type: "response.function_call_arguments.done", ...place, arguments: pieces.join(""), name };
  },
};
