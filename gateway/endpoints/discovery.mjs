// @ts-check
// The endpoints that only read: which models there are, who offers them, whose key this is.
import { ApiError } from "../http/errors.mjs";
import { MODELS } from "../routing/catalogue.mjs";
import { PROVIDERS } from "../routing/providers.mjs";
import { modelOrThrow } from "../routing/route.mjs";

/**
 * @typedef {import('../http/exchange.mjs').Exchange} Exchange
 * @typedef {import('../routing/catalogue.mjs').Model} Model
 */

const CREATED = 1_767_225_600;
const UPDATED_AT = "2026-01-01T00:00:00Z";

/** @param {Exchange} exchange */
export function listModels(exchange) {
  const endpoint = exchange.query.get("endpoint") ?? "chat_completions";
  if (!["chat_completions", "responses"].includes(endpoint)) {
    throw new ApiError("invalid_parameter_value", "endpoint must be chat_completions or responses.", {
      param: "endpoint",
    });
  }
  const data = MODELS.filter((model) => model.endpoints.includes(endpoint)).map(callable);
  exchange.json({ object: "list", data, catalog_version: "local-1", catalog_age_seconds: 0 });
}

/**
 * The id may hold a slash, encoded or not: some clients do not escape it.
 * @param {Exchange} exchange
 * @param {string} encoded
 */
export function retrieveModel(exchange, encoded) {
  let id;
  try {
    id = decodeURIComponent(encoded);
  } catch {
    throw new ApiError("invalid_request", "The model id in the path is not valid percent-encoding.", {
      param: "model_id",
    });
  }
  exchange.json(callable(modelOrThrow(id, "model_id")));
}

/** @param {Model} model */
function callable({ id, context_window, endpoints, offers }) {
  return {
    id,
    object: "model",
    created: CREATED,
    owned_by: "auriko",
    context_window,
    supported_endpoints: endpoints,
    providers: standard(offers).map(({ provider, input_price, output_price }) => ({
      name: provider,
      input_price,
      output_price,
      data_policy: PROVIDERS[provider].data_policy,
    })),
  };
}

/** @param {Model['offers']} offers */
const standard = (offers) => offers.filter(({ tier }) => tier === "standard");

/** @param {Model} model */
const capabilitiesOf = ({ lacks }) => ({
  tools: !lacks.includes("tools"),
  vision: !lacks.includes("vision"),
  reasoning: !lacks.includes("reasoning"),
  json_mode: !lacks.includes("json_object"),
  structured_output: !lacks.includes("json_schema"),
});

/** @param {Model} model */
const inputsOf = ({ lacks }) => (lacks.includes("vision") ? ["text"] : ["text", "image"]);

/** @param {Exchange} exchange */
export function registryModels(exchange) {
  const models = MODELS.map((model) => ({
    id: model.id,
    family: model.family,
    display_name: model.display_name,
    author: model.author,
    capabilities: capabilitiesOf(model),
    input_modalities: inputsOf(model),
    output_modalities: ["text"],
    providers: standard(model.offers).map(({ provider }) => provider),
    has_free_provider: false,
  }));
  exchange.json({ models, count: models.length, playground_defaults: ["gpt-5.4", "claude-sonnet-4.6"] });
}

/** @param {Exchange} exchange */
export function registryProviders(exchange) {
  const providers = Object.entries(PROVIDERS).map(([id, { display_name, data_policy }]) => ({
    id,
    display_name,
    description: `${display_name}, as the local stand-in has it.`,
    icon: id,
    data_policy,
  }));
  exchange.json({ providers, count: providers.length });
}

/** @param {Exchange} exchange */
export function directoryModels(exchange) {
  const models = Object.fromEntries(MODELS.map((model) => [model.id, directoryEntry(model)]));
  exchange.json({ models, generated_at: UPDATED_AT });
}

/** @param {Model} model */
function directoryEntry(model) {
  return {
    family: model.family,
    display_name: model.display_name,
    author: model.author,
    aliases: model.aliases,
    providers: standard(model.offers).map(({ provider, provider_model_id }) => ({
      provider,
      provider_model_id,
      context_window: model.context_window,
      max_output_tokens: 32_000,
      capabilities: capabilitiesOf(model),
      input_modalities: inputsOf(model),
      output_modalities: ["text"],
      supported_endpoints: model.endpoints,
      data_policy: PROVIDERS[provider].data_policy,
      tiers: model.offers
        .filter((offer) => offer.provider === provider)
        .map(({ tier, input_price, output_price }) => ({ name: tier, input_price, output_price, price_variants: [] })),
      updated_at: UPDATED_AT,
    })),
  };
}

/** @param {Exchange} exchange */
export function me(exchange) {
  const { account, settings } = exchange.gateway;
  exchange.json(account.identity(settings.key));
}
