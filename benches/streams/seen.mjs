// @ts-check
// What a contender has seen of a stream. Compared after every run: nothing is lost, and no work can be left out.

/** @typedef {{ events: number, content: number, reasoning: number, tools: number }} Seen */

/** @returns {Seen} */
export const nothing = () => ({ events: 0, content: 0, reasoning: 0, tools: 0 });

/**
 * Looks at a chunk as a user would.
 * @param {Seen} seen
 * @param {any} chunk
 */
export function look(seen, chunk) {
  seen.events += 1;
  const delta = chunk.choices[0]?.delta;
  if (!delta) return;
  if (delta.content) seen.content += delta.content.length;
  if (delta.reasoning_content) seen.reasoning += delta.reasoning_content.length;
  if (delta.tool_calls) seen.tools += delta.tool_calls[0].function.arguments.length;
}

/** @param {object[]} chunks */
export function all(chunks) {
  const seen = nothing();
  for (const chunk of chunks) look(seen, chunk);
  return seen;
}
