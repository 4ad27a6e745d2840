// @ts-check
// What becomes of parameters that the chosen provider does not take: they are dropped, and
// `routing_metadata.warnings` says so.
import { PROVIDERS } from "./providers.mjs";

/** @typedef {import('./route.mjs').Warning} Warning */

/** Fields that the API itself drops. The documented list is incomplete; these are the known ones. */
const DROPPED_FIELDS = {
  chat_completions: ["metadata", "prediction", "service_tier"],
  responses: ["previous_response_id", "background", "conversation", "service_tier"],
};

/** Fields of `extensions.{provider}` that would overrule the request itself. */
const CORE_FIELDS = new Set(
  `model messages stream stream_options max_tokens max_completion_tokens n tools tool_choice response_format
   parallel_tool_calls temperature top_p frequency_penalty presence_penalty logit_bias logprobs top_logprobs
   seed stop user inference_geo contents system_instruction system`.split(/\s+/),
);

const SECRET_FIELD = /^(api[-_]?key|authorization|token|secret|password|x-api-key)$/i;

/** Names of the optional parameters in a body. @param {Record<string, any>} body */
export function optionalParameters(body) {
  return Object.keys(body).filter((name) => body[name] !== null && body[name] !== undefined);
}

/**
 * The body as the provider gets it, and the warnings about what it does not get.
 * @param {Record<string, any>} body
 * @param {'chat_completions' | 'responses'} endpoint
 * @param {string} provider
 */
export function forProvider(body, endpoint, provider) {
  const kept = { ...body };
  /** @type {Warning[]} */
  const warnings = [];
  for (const name of optionalParameters(body)) {
    if (DROPPED_FIELDS[endpoint].includes(name)) {
      warnings.push(warning("unsupported_field", `'${name}' is not supported and was dropped.`));
    } else if (PROVIDERS[provider].rejects.includes(name)) {
      warnings.push(warning("unsupported_parameter", `'${name}' is not supported by ${provider} and was dropped.`));
    } else {
      continue;
    }
    delete kept[name];
  }
  warnings.push(...extensionWarnings(body.extensions ?? {}, provider));
  return { body: kept, warnings };
}

/**
 * The effort that is really used: null for no reasoning.
 * @param {string | null | undefined} asked
 * @param {import('./catalogue.mjs').Model} model
 * @param {boolean} withTools
 * @returns {{ effort: string | null, warnings: Warning[] }}
 */
export function effortFor(asked, model, withTools) {
  if (!asked || asked === "off" || asked === "none") return { effort: null, warnings: [] };
  // Documented: GPT-5.4 with tools drops the parameter silently.
  if (withTools && model.family === "gpt") return { effort: null, warnings: [] };
  if (!Object.hasOwn(model.ceilings, asked)) return { effort: asked, warnings: [] };
  const effort = model.ceilings[asked];
  return {
    effort,
    warnings: [
      warning(
        "unsupported_parameter",
        `reasoning effort '${asked}' was lowered or mapped to '${effort}' for ${model.id}.`,
      ),
    ],
  };
}

/**
 * @param {Record<string, any>} extensions
 * @param {string} provider
 */
function extensionWarnings(extensions, provider) {
  return Object.entries(extensions).flatMap(([name, value]) => {
    // The documented key `google` stands for both of its providers.
    if (name !== provider && !provider.startsWith(`${name}_`)) {
      return [warning("ignored_extension", `extensions.${name} does not apply to ${provider}.`)];
    }
    return blockedFields(value, `extensions.${name}`, true).map((path) =>
      warning("blocked_field", `${path} is not allowed and was removed.`),
    );
  });
}

/**
 * @param {unknown} value
 * @param {string} path
 * @param {boolean} top
 * @returns {string[]}
 */
function blockedFields(value, path, top) {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    SECRET_FIELD.test(key) || (top && CORE_FIELDS.has(key))
      ? [`${path}.${key}`]
      : blockedFields(inner, `${path}.${key}`, false),
  );
}

/** @param {string} type @param {string} message @returns {Warning} */
const warning = (type, message) => ({ type, code: type, message });
