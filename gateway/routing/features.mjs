// @ts-check
// What a request needs of its model, and the error for a model that does not have it.
import { ApiError } from "../http/errors.mjs";

/**
 * @typedef {object} Needs
 * @property {'chat_completions' | 'responses'} endpoint
 * @property {boolean} tools
 * @property {boolean} vision
 * @property {boolean} reasoning
 * @property {'text' | 'json_object' | 'json_schema'} format
 */

/** @type {[string, string, (needs: Needs) => boolean][]} feature, code, whether the request needs it */
const FEATURES = [
  ["tools", "tools_not_supported", (needs) => needs.tools],
  ["vision", "vision_not_supported", (needs) => needs.vision],
  ["reasoning", "reasoning_not_supported", (needs) => needs.reasoning],
  ["json_object", "json_mode_not_supported", (needs) => needs.format === "json_object"],
  ["json_schema", "structured_output_not_supported", (needs) => needs.format === "json_schema"],
  [
    "tools_with_structured_output",
    "tools_with_structured_output_not_supported",
    (needs) => needs.tools && needs.format === "json_schema",
  ],
];

/**
 * @param {import('./catalogue.mjs').Model} model
 * @param {Needs} needs
 * @param {string} param where the request names the model
 * @returns {ApiError | null}
 */
export function missingFeature(model, needs, param) {
  if (!model.endpoints.includes(needs.endpoint)) {
    return needs.endpoint === "chat_completions"
      ? new ApiError("response_api_only", `${model.id} answers on /v1/responses only.`, {
          param,
          suggestion: "Send the request to /v1/responses.",
        })
      : new ApiError("no_responses_endpoint", `${model.id} does not answer on /v1/responses.`, { param });
  }
  const lacking = FEATURES.find(([feature, , needed]) => model.lacks.includes(feature) && needed(needs));
  if (lacking === undefined) return null;
  const [feature, code] = lacking;
  return new ApiError(code, `${model.id} does not support ${feature.replaceAll("_", " ")}.`, { param });
}
