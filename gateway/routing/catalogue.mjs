// @ts-check
// A small, fixed catalogue. Prices, speeds and model ids are made up so that every strategy
// has a reason to choose a different provider; none of them describes the real service.

/**
 * Prices are USD per 1M tokens.
 * @typedef {{ p50: number, p95: number }} Percentiles
 * @typedef {object} Offer one provider's way of serving one model
 * @property {string} provider
 * @property {string} provider_model_id
 * @property {number} input_price
 * @property {number} output_price
 * @property {Percentiles} ttft_ms
 * @property {Percentiles} tps
 * @property {string} tier
 *
 * @typedef {object} Model
 * @property {string} id
 * @property {string} display_name
 * @property {string} family
 * @property {string} author
 * @property {number} context_window
 * @property {string[]} endpoints
 * @property {string[]} aliases
 * @property {string[]} lacks features the model does not have
 * @property {Record<string, string>} ceilings reasoning efforts above the model's ceiling -> what is used instead
 * @property {Offer[]} offers
 */

/**
 * @param {string} provider
 * @param {string} provider_model_id
 * @param {[number, number]} price input, output
 * @param {[number, number]} ttft p50, p95 in milliseconds
 * @param {[number, number]} tps p50, p95 in tokens a second
 * @param {string} [tier]
 * @returns {Offer}
 */
const offer = (provider, provider_model_id, [input_price, output_price], ttft, tps, tier = "standard") => ({
  provider,
  provider_model_id,
  input_price,
  output_price,
  ttft_ms: { p50: ttft[0], p95: ttft[1] },
  tps: { p50: tps[0], p95: tps[1] },
  tier,
});

const BOTH = ["chat_completions", "responses"];

/**
 * @param {string} id
 * @param {string} display_name
 * @param {string} author
 * @param {Partial<Model> & { offers: Offer[] }} rest
 * @returns {Model}
 */
const model = (id, display_name, author, rest) => ({
  id,
  display_name,
  author,
  family: id.replace(/[-/.\d].*$/, ""),
  context_window: 200_000,
  endpoints: BOTH,
  aliases: [],
  lacks: [],
  ceilings: {},
  ...rest,
});

/** @type {Model[]} */
export const MODELS = [
  model("gpt-5.4", "GPT-5.4", "openai", {
    aliases: ["gpt-5.4-latest"],
    context_window: 400_000,
    ceilings: { max: "xhigh" },
    offers: [
      offer("openai", "gpt-5.4-2026-03-05", [2.5, 15], [520, 1100], [70, 45]),
      offer("azure", "gpt-5-4-global", [2.75, 16.5], [310, 1400], [92, 40]),
    ],
  }),
  model("gpt-5.4-mini", "GPT-5.4 mini", "openai", {
    context_window: 400_000,
    ceilings: { max: "xhigh" },
    offers: [
      offer("openai", "gpt-5.4-mini-2026-03-17", [0.75, 4.5], [340, 800], [140, 95]),
      offer("azure", "gpt-5-4-mini-global", [0.8, 4.8], [280, 900], [128, 100]),
    ],
  }),
  model("gpt-5.5-pro", "GPT-5.5 pro", "openai", {
    context_window: 400_000,
    endpoints: ["responses"],
    ceilings: { max: "xhigh" },
    offers: [
      offer("openai", "gpt-5.5-pro-2026-06-02", [30, 180], [4200, 9000], [28, 18]),
      offer("azure", "gpt-5-5-pro-global", [33, 198], [3900, 9900], [26, 20]),
    ],
  }),
  model("claude-sonnet-4.6", "Claude Sonnet 4.6", "anthropic", {
    aliases: ["claude-sonnet-latest"],
    lacks: ["json_object"],
    ceilings: { xhigh: "max" },
    offers: [
      offer("anthropic", "claude-sonnet-4-6", [3, 15], [640, 1500], [62, 44]),
      offer("aws_bedrock", "anthropic.claude-sonnet-4-6-v1", [3.3, 16.5], [480, 2100], [58, 30]),
      offer("google_vertex", "claude-sonnet-4-6@20260217", [3.1, 15.5], [700, 1400], [74, 50]),
      offer("anthropic", "claude-sonnet-4-6", [18, 90], [320, 700], [155, 120], "priority"),
    ],
  }),
  model("deepseek-v3.2", "DeepSeek V3.2", "deepseek", {
    context_window: 128_000,
    lacks: ["vision"],
    offers: [
      offer("deepseek", "deepseek-chat", [0.28, 0.42], [1150, 2600], [34, 20]),
      offer("together_ai", "deepseek-ai/DeepSeek-V3.2", [0.5, 1.5], [290, 1200], [84, 60]),
      offer("fireworks_ai", "accounts/fireworks/models/deepseek-v3p2", [0.56, 1.68], [360, 700], [132, 98]),
    ],
  }),
  model("gemini-3-flash", "Gemini 3 Flash", "google", {
    context_window: 1_000_000,
    lacks: ["tools_with_structured_output"],
    ceilings: { xhigh: "high", max: "high" },
    offers: [
      offer("google_ai_studio", "gemini-3-flash-preview", [0.5, 3], [430, 900], [180, 120]),
      offer("google_vertex", "gemini-3-flash", [0.55, 3.3], [380, 1000], [172, 130]),
    ],
  }),
  model("meta/llama-4", "Llama 4", "meta", {
    context_window: 512_000,
    lacks: ["reasoning", "tools", "json_schema"],
    offers: [
      offer("together_ai", "meta-llama/Llama-4-Maverick-17B", [0.27, 0.85], [250, 640], [96, 70]),
      offer("fireworks_ai", "accounts/fireworks/models/llama4-maverick", [0.22, 0.88], [270, 600], [118, 84]),
    ],
  }),
  model("grok-4.1", "Grok 4.1", "xai", {
    context_window: 256_000,
    offers: [offer("xai", "grok-4.1-0301", [3, 15], [450, 1300], [80, 55])],
  }),
];

/** @param {string} id the canonical id or an alias */
export function findModel(id) {
  return MODELS.find((each) => each.id === id || each.aliases.includes(id)) ?? null;
}
