// @ts-check
// From the body of a chat completion to what the answer depends on.

/**
 * The deprecated pair is converted, each half only when its modern form is absent.
 * @param {Record<string, any>} body
 */
export function withModernTools({ functions, function_call, ...rest }) {
  const body = { ...rest };
  if (!body.tools && functions) {
    body.tools = functions.map((/** @type {any} */ each) => ({ type: "function", function: each }));
  }
  if (!body.tool_choice && function_call) {
    body.tool_choice =
      typeof function_call === "string" ? function_call : { type: "function", function: function_call };
  }
  return body;
}

/**
 * @param {Record<string, any>} body
 * @param {string | null} effort
 * @returns {import('../answer/compose.mjs').Prompt}
 */
export function promptOf(body, effort) {
  /** @type {any[]} */
  const messages = body.messages;
  const lastOther = messages.findLastIndex(({ role }) => role !== "tool" && role !== "function");
  return {
    user: textOf(messages.findLast(({ role }) => role === "user")?.content),
    toolResults: messages.slice(lastOther + 1).map(({ content }) => textOf(content)),
    tools: (body.tools ?? []).map((/** @type {any} */ tool) => tool.function),
    toolChoice: body.tool_choice?.function ?? body.tool_choice ?? "auto",
    parallel: body.parallel_tool_calls !== false,
    format: { type: body.response_format?.type ?? "text", schema: body.response_format?.json_schema?.schema },
    effort,
    maxTokens: body.max_completion_tokens ?? body.max_tokens ?? Infinity,
    stop: [body.stop ?? []].flat(),
  };
}

/** @param {any} content a string, parts, or nothing */
function textOf(content) {
  if (typeof content === "string") return content;
  return (content ?? []).map((/** @type {any} */ part) => part.text ?? "").join("");
}

/** @param {any[]} messages */
export function hasImage(messages) {
  return messages.some(({ content }) => Array.isArray(content) && content.some(({ type }) => type === "image_url"));
}
