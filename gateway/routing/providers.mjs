// @ts-check
// Who serves models. Made up, like the catalogue.

/**
 * @typedef {object} Provider
 * @property {string} display_name
 * @property {string} data_policy
 * @property {string[]} rejects optional parameters that the provider does not take
 * @property {boolean} [ignoresToolChoice] a required or named tool is only a suggestion to it
 */

/** @type {Record<string, Provider>} */
export const PROVIDERS = {
  openai: {
    display_name: "OpenAI",
    data_policy: "no_training",
    rejects: ["top_k", "min_p", "top_a", "repetition_penalty"],
  },
  azure: {
    display_name: "Azure",
    data_policy: "zdr",
    rejects: ["top_k", "min_p", "top_a", "repetition_penalty", "logit_bias"],
  },
  anthropic: {
    display_name: "Anthropic",
    data_policy: "no_training",
    rejects: [
      "seed",
      "n",
      "logit_bias",
      "logprobs",
      "top_logprobs",
      "frequency_penalty",
      "presence_penalty",
      "verbosity",
    ],
  },
  aws_bedrock: {
    display_name: "AWS Bedrock",
    data_policy: "zdr",
    rejects: ["seed", "n", "logit_bias", "logprobs", "top_logprobs", "user"],
  },
  google_ai_studio: {
    display_name: "Google AI Studio",
    data_policy: "none",
    rejects: ["logit_bias", "user", "verbosity"],
  },
  google_vertex: { display_name: "Google Vertex AI", data_policy: "zdr", rejects: ["logit_bias", "user", "verbosity"] },
  deepseek: {
    display_name: "DeepSeek",
    data_policy: "none",
    rejects: ["seed", "n", "logit_bias"],
    ignoresToolChoice: true,
  },
  fireworks_ai: { display_name: "Fireworks AI", data_policy: "zdr", rejects: ["verbosity"] },
  together_ai: { display_name: "Together AI", data_policy: "no_training", rejects: ["verbosity", "user"] },
  xai: { display_name: "xAI", data_policy: "no_training", rejects: ["logit_bias"] },
};
