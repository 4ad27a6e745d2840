// @ts-check
// From the body of a response request to what the answer depends on.

/**
 * @param {Record<string, any>} body
 * @param {string | null} effort
 * @returns {import('../answer/compose.mjs').Prompt}
 */
export function promptOf(body, effort) {
  const items = itemsOf(body.input);
  const lastOther = items.findLastIndex(({ type }) => type !== "function_call_output");
  // Hosted tools are accepted and never used: a call to one could not be answered by the caller.
  const tools = (body.tools ?? []).filter((/** @type {any} */ tool) => tool.type === "function");
  return {
    user: textOf(items.findLast(({ role }) => role === "user")?.content),
    toolResults: items.slice(lastOther + 1).map(({ output }) => textOf(output)),
    tools,
    toolChoice: body.tool_choice ?? "auto",
    parallel: body.parallel_tool_calls !== false,
    format: { type: body.text?.format?.type ?? "text", schema: body.text?.format?.schema },
    effort,
    maxTokens: body.max_output_tokens ?? Infinity,
    stop: [],
  };
}

/** @param {string | any[]} input @returns {any[]} */
const itemsOf = (input) => (typeof input === "string" ? [{ role: "user", content: input }] : input);

/** @param {any} content a string, parts, or nothing */
function textOf(content) {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return JSON.stringify(content ?? "");
  return content.map((part) => part.text ?? "").join("");
}

/** @param {string | any[]} input */
export function hasImage(input) {
  return itemsOf(input).some(
    ({ content }) => Array.isArray(content) && content.some(({ type }) => type === "input_image"),
  );
}
