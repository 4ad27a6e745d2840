// @ts-check
// The body of POST /v1/chat/completions.
import { ApiError } from "../http/errors.mjs";
import { checkGateway } from "./gateway-options.mjs";
import {
  between,
  boolean,
  fields,
  integer,
  integerFrom,
  listOf,
  mapOf,
  nonEmptyString,
  number,
  object,
  oneOf,
  string,
  stringOrListOf,
  wordOrObject,
} from "./kinds.mjs";
import { checkToolChoice } from "./tool-choice.mjs";

/** @typedef {import('./kinds.mjs').Rule} Rule */

const ROLES = ["system", "developer", "user", "assistant", "tool", "function"];

const textPart = fields({ text: string }, { required: ["text"] });
const imagePart = fields(
  { image_url: fields({ url: nonEmptyString, detail: oneOf("auto", "low", "high") }, { required: ["url"] }) },
  { required: ["image_url"] },
);

/** @type {Rule} */
function part(value, param) {
  object(value, param);
  const { type } = /** @type {Record<string, unknown>} */ (value);
  if (type === "text") return textPart(value, param);
  if (type === "image_url") return imagePart(value, param);
  throw new ApiError("unsupported_modalities", `${param}.type must be text or image_url.`, { param: `${param}.type` });
}

const toolCall = fields(
  {
    id: string,
    type: oneOf("function"),
    function: fields({ name: string, arguments: string }, { required: ["name", "arguments"] }),
  },
  { required: ["id", "function"] },
);

const messageFields = fields(
  { role: oneOf(...ROLES), name: string, tool_calls: listOf(toolCall) },
  { required: ["role"] },
);

/** @type {Rule} */
function message(value, param) {
  messageFields(value, param);
  const { role, content, tool_call_id } = /** @type {Record<string, unknown>} */ (value);
  if (role === "tool") nonEmptyString(tool_call_id, `${param}.tool_call_id`);
  // Only what an assistant said, or a function returned, may be without text.
  const optional = role === "assistant" || role === "function";
  if (optional && (content ?? null) === null) return;
  stringOrListOf(part)(content, `${param}.content`);
}

/** @type {Rule} */
function tool(value, param) {
  object(value, param);
  const { type } = /** @type {Record<string, unknown>} */ (value);
  if (typeof type === "string" && type !== "function") {
    throw new ApiError("hosted_tool_not_supported", `Tools of type ${type} are not offered here.`, {
      param: `${param}.type`,
    });
  }
  fields({ type: string, function: functionTool }, { required: ["type", "function"] })(value, param);
}

const functionTool = fields(
  { name: nonEmptyString, description: string, parameters: object, strict: boolean },
  { required: ["name"] },
);

const namedTool = fields({ type: oneOf("function"), function: functionTool }, { required: ["type", "function"] });

const responseFormat = fields(
  {
    type: oneOf("text", "json_object", "json_schema"),
    json_schema: fields({ name: nonEmptyString, schema: object, strict: boolean }, { required: ["name", "schema"] }),
  },
  { required: ["type"] },
);

/**
 * Fields that are not in the table are accepted and passed to the provider, as the
 * documentation says of parameters that only some provider knows. Three are dropped with a
 * warning instead: see `routing/parameters.mjs`.
 */
const body = fields(
  {
    messages: listOf(message, { min: 1 }),
    stream: boolean,
    temperature: between(0, 2),
    top_p: between(0, 1),
    max_tokens: integerFrom(1),
    max_completion_tokens: integerFrom(1),
    reasoning_effort: oneOf("low", "medium", "high", "xhigh", "max", "off"),
    reasoning: fields({ exclude: boolean }),
    frequency_penalty: between(-2, 2),
    presence_penalty: between(-2, 2),
    top_k: integer,
    min_p: number,
    top_a: number,
    repetition_penalty: number,
    stop: stringOrListOf(string),
    seed: integer,
    // The documentation gives no upper bound; this one keeps a typing error from filling memory.
    n: integerFrom(1, 128),
    tools: listOf(tool),
    functions: listOf(functionTool),
    tool_choice: wordOrObject(oneOf("auto", "required", "none"), namedTool),
    function_call: wordOrObject(oneOf("auto", "none"), functionTool),
    parallel_tool_calls: boolean,
    response_format: responseFormat,
    stream_options: fields({ include_usage: boolean }),
    logprobs: boolean,
    top_logprobs: integer,
    logit_bias: mapOf(number),
    user: string,
    web_search_options: object,
    verbosity: string,
    prompt_cache_key: string,
    safety_identifier: string,
    extensions: mapOf(object),
  },
  { required: ["messages"] },
);

/** @param {Record<string, any>} given */
export function checkChat(given) {
  body(given, "");
  checkGateway(given);
  if (given.response_format?.type === "json_schema" && !given.response_format.json_schema) {
    throw new ApiError("missing_required_parameter", "response_format.json_schema is required.", {
      param: "response_format.json_schema",
    });
  }
  const tools = given.tools?.map((/** @type {any} */ each) => each.function) ?? given.functions;
  checkToolChoice(given.tool_choice?.function?.name ?? given.tool_choice, tools);
}
