// @ts-check
// The body of POST /v1/responses.
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
  refuse,
  string,
  stringOrListOf,
  wordOrObject,
} from "./kinds.mjs";
import { checkToolChoice } from "./tool-choice.mjs";

/** @typedef {import('./kinds.mjs').Rule} Rule */

const messageItem = fields(
  { role: oneOf("user", "assistant", "system", "developer"), content: stringOrListOf(object) },
  { required: ["role", "content"] },
);

/** Required fields of the items that are no messages. Other types are kept as they are. */
const ITEMS = new Map([
  [
    "function_call",
    fields({ call_id: string, name: string, arguments: string }, { required: ["call_id", "name", "arguments"] }),
  ],
  ["function_call_output", fields({ call_id: string }, { required: ["call_id", "output"] })],
]);

/** @type {Rule} */
function item(value, param) {
  object(value, param);
  const { type = "message" } = /** @type {Record<string, any>} */ (value);
  if (type === "message") messageItem(value, param);
  else ITEMS.get(type)?.(value, param);
}

/** @type {Rule} */
function tool(value, param) {
  fields({ type: nonEmptyString }, { required: ["type"] })(value, param);
  // Flat here, unlike in chat completions.
  if (/** @type {any} */ (value).type === "function") {
    fields({ name: nonEmptyString, parameters: object, strict: boolean }, { required: ["name"] })(value, param);
  }
}

const summary = oneOf("auto", "concise", "detailed");

const textFormat = fields(
  { type: oneOf("text", "json_object", "json_schema"), name: string, schema: object, strict: boolean },
  { required: ["type"] },
);

const body = fields(
  {
    input: stringOrListOf(item, { min: 1 }),
    stream: boolean,
    instructions: string,
    tools: listOf(tool),
    tool_choice: wordOrObject(string, object),
    parallel_tool_calls: boolean,
    max_output_tokens: integerFrom(1),
    temperature: between(0, 2),
    top_p: between(0, 1),
    top_k: integer,
    top_logprobs: integerFrom(0, 20),
    frequency_penalty: number,
    presence_penalty: number,
    max_tool_calls: integer,
    reasoning: fields({
      effort: oneOf("none", "minimal", "low", "medium", "high", "xhigh", "max", "off"),
      summary,
      generate_summary: summary,
    }),
    text: fields({ format: textFormat }),
    user: string,
    metadata: mapOf(string),
    include: listOf(string),
    prompt_cache_key: string,
    safety_identifier: string,
    truncation: string,
    store: boolean,
    extensions: mapOf(object),
  },
  { required: ["input"] },
);

/** @param {Record<string, any>} given */
export function checkResponses(given) {
  body(given, "");
  checkGateway(given);
  if (given.store === true) refuse("store", "false or absent: responses are not stored");
  checkToolChoice(given.tool_choice?.name ?? given.tool_choice, given.tools);
  if (given.text?.format?.type === "json_schema" && !given.text.format.schema) {
    throw new ApiError("missing_required_parameter", "text.format.schema is required.", {
      param: "text.format.schema",
    });
  }
}
