// @ts-check
// The response object and its output items.

/**
 * @typedef {object} Item an output item, with the pieces in which its text arrives
 * @property {'reasoning' | 'message' | 'function_call'} kind
 * @property {string} id
 * @property {string[]} pieces
 * @property {string} [call_id]
 * @property {string} [name]
 */

/**
 * @param {import('../answer/compose.mjs').Answer} answer
 * @param {number} number
 * @returns {Item[]}
 */
export function outputItems({ reasoning, pieces, calls }, number) {
  /** @type {Item[]} */
  const items = [];
  if (reasoning.length > 0) items.push({ kind: "reasoning", id: `rs_local_${number}`, pieces: reasoning });
  if (calls.length === 0) items.push({ kind: "message", id: `msg_local_${number}`, pieces });
  for (const [index, { id, name, fragments }] of calls.entries()) {
    items.push({ kind: "function_call", id: `fc_local_${number}_${index}`, call_id: id, name, pieces: fragments });
  }
  return items;
}

/**
 * An item as it is on the wire, empty when it is announced, full when it is done.
 * @param {Item} item
 * @param {'in_progress' | 'completed' | 'incomplete'} status
 */
export function wireItem({ kind, id, pieces, call_id, name }, status) {
  const text = status === "in_progress" ? "" : pieces.join("");
  if (kind === "reasoning") return { id, type: kind, summary: text === "" ? [] : [summaryPart(text)], status };
  if (kind === "function_call") return { id, type: kind, call_id, name, arguments: text, status };
  return { id, type: kind, role: "assistant", status, content: status === "in_progress" ? [] : [textPart(text)] };
}

/** @param {string} text */
export const textPart = (text) => ({ type: "output_text", text, annotations: [] });

/** @param {string} text */
export const summaryPart = (text) => ({ type: "summary_text", text });

/**
 * @param {import('./responses.mjs').Reply} reply
 * @param {'in_progress' | 'ended'} when
 */
export function responseObject(reply, when) {
  const { id, created_at, model, body, output, complete, usage } = reply;
  const ended = when === "ended";
  const message = output.find(({ kind }) => kind === "message");
  return {
    id,
    object: "response",
    created_at,
    model,
    status: ended ? statusOf(reply) : "in_progress",
    output: ended ? output.map((item) => wireItem(item, itemStatus(item, complete))) : [],
    output_text: ended ? (message?.pieces.join("") ?? "") : "",
    parallel_tool_calls: body.parallel_tool_calls ?? true,
    tool_choice: body.tool_choice ?? "auto",
    tools: body.tools ?? [],
    usage: ended ? usage : null,
    error: null,
    incomplete_details: ended && !complete ? { reason: "max_output_tokens" } : null,
    instructions: body.instructions ?? null,
    max_output_tokens: body.max_output_tokens ?? null,
    temperature: body.temperature ?? null,
    top_p: body.top_p ?? null,
    reasoning: body.reasoning ?? null,
    text: body.text ?? { format: { type: "text" } },
    truncation: body.truncation ?? "disabled",
    user: body.user ?? null,
    metadata: body.metadata ?? {},
    store: false,
    ...(ended && complete && { completed_at: created_at }),
  };
}

/** @param {import('./responses.mjs').Reply} reply */
export const statusOf = ({ complete }) => (complete ? "completed" : "incomplete");

/** Only the text is cut at the limit. @param {Item} item @param {boolean} complete */
export const itemStatus = ({ kind }, complete) => (kind === "message" && !complete ? "incomplete" : "completed");
