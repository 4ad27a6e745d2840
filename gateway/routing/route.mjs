// @ts-check
// Which provider serves a request. Deterministic: the same request gets the same provider.
import { ApiError } from "../http/errors.mjs";
import { STRATEGIES } from "../rules/gateway-options.mjs";
import { findModel } from "./catalogue.mjs";
import { averagePrice, meetAll, tpsOf, ttftOf } from "./constraints.mjs";
import { missingFeature } from "./features.mjs";
import { PROVIDERS } from "./providers.mjs";

/**
 * @typedef {import('./constraints.mjs').Candidate} Candidate
 * @typedef {import('./constraints.mjs').Wish} Wish
 * @typedef {{ cost: number, ttft: number, throughput: number }} Weights
 * @typedef {{ type: string, code: string, message: string }} Warning
 * @typedef {Candidate & { strategy: string, warnings: Warning[] }} Route
 */

/** @type {Record<string, Weights>} */
const WEIGHTS = {
  cost: { cost: 1, ttft: 0, throughput: 0 },
  "cost-focus": { cost: 0.7, ttft: 0.15, throughput: 0.15 },
  ttft: { cost: 0, ttft: 1, throughput: 0 },
  "ttft-focus": { cost: 0.15, ttft: 0.7, throughput: 0.15 },
  tps: { cost: 0, ttft: 0, throughput: 1 },
  "tps-focus": { cost: 0.15, ttft: 0.15, throughput: 0.7 },
  balanced: { cost: 1, ttft: 1, throughput: 1 },
};

/**
 * @param {Record<string, any>} body
 * @param {import('./features.mjs').Needs} needs
 * @param {Omit<Wish, 'routing'>} rest
 * @returns {Route}
 */
export function chooseRoute(body, needs, rest) {
  const routing = body.gateway?.routing ?? {};
  const asked = askedModels(body);
  const wish = { ...rest, routing };
  const able = ableModels(asked.models, needs, asked.param);
  const candidates = candidatesOf(able, wish);

  const strategy = routing.weights ? "custom" : (routing.optimize ?? asked.suffix ?? "cost-focus");
  const weights = { cost: 0, ttft: 0, throughput: 0, ...(routing.weights ?? WEIGHTS[strategy]) };
  const preferred = candidates.filter(({ offer }) => offer.provider === routing.prefer);
  const best = bestOf(preferred.length > 0 ? preferred : candidates, weights, routing);
  return { ...best, strategy, warnings: unknownProviders(routing) };
}

/** @param {Record<string, any>} body */
function askedModels(body) {
  if (body.gateway?.models) {
    const models = body.gateway.models.map((/** @type {string} */ id, /** @type {number} */ index) =>
      modelOrThrow(id, `gateway.models[${index}]`),
    );
    return { models, suffix: undefined, param: "gateway.models" };
  }
  const [id, suffix] = splitSuffix(body.model);
  return { models: [modelOrThrow(id, "model")], suffix, param: "model" };
}

/**
 * `gpt-5.4:cost`. Only an id with exactly one colon has a suffix: `ft:gpt-4o:org:custom` is an id.
 * @param {string} id
 * @returns {[string, string | undefined]}
 */
function splitSuffix(id) {
  const parts = id.split(":");
  return parts.length === 2 && STRATEGIES.includes(parts[1]) ? [parts[0], parts[1]] : [id, undefined];
}

/** @param {string} id @param {string} param */
export function modelOrThrow(id, param) {
  const model = findModel(id);
  if (model === null) throw new ApiError("model_not_found", `There is no model '${id.slice(0, 200)}'.`, { param });
  return model;
}

/**
 * The models that can do it. When none can, the first one's reason is the answer.
 * @param {import('./catalogue.mjs').Model[]} models
 * @param {import('./features.mjs').Needs} needs
 * @param {string} param
 */
function ableModels(models, needs, param) {
  const able = models.filter((model) => missingFeature(model, needs, param) === null);
  if (able.length === 0) throw missingFeature(models[0], needs, param);
  return able;
}

/**
 * pool: all providers of all models. fallback: those of the first model that has any left.
 * @param {import('./catalogue.mjs').Model[]} models
 * @param {Wish} wish
 */
function candidatesOf(models, wish) {
  const groups = models.map((model) => model.offers.map((offer) => ({ model, offer })));
  if (wish.routing.mode !== "fallback") return meetAll(groups.flat(), wish);
  for (const group of groups.slice(0, -1)) {
    try {
      return meetAll(group, wish);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
    }
  }
  return meetAll(groups[groups.length - 1], wish);
}

/**
 * The highest weighted sum; each quality counts as a share of the best one among the
 * candidates. The first of equals wins.
 * @param {Candidate[]} candidates
 * @param {Weights} weights
 * @param {Record<string, any>} routing
 */
function bestOf(candidates, weights, routing) {
  const cheapest = Math.min(...candidates.map(averagePrice));
  const quickest = Math.min(...candidates.map((each) => ttftOf(each, routing)));
  const fastest = Math.max(...candidates.map((each) => tpsOf(each, routing)));
  /** @param {Candidate} each */
  const score = (each) =>
    weights.cost * (cheapest / averagePrice(each)) +
    weights.ttft * (quickest / ttftOf(each, routing)) +
    weights.throughput * (tpsOf(each, routing) / fastest);
  return candidates.reduce((best, each) => (score(each) > score(best) ? each : best));
}

/** @param {Record<string, any>} routing @returns {Warning[]} */
function unknownProviders({ providers, exclude_providers, prefer }) {
  const named = [...(providers ?? []), ...(exclude_providers ?? []), ...(prefer ? [prefer] : [])];
  return [...new Set(named)]
    .filter((name) => !Object.hasOwn(PROVIDERS, name))
    .map((name) => ({
      type: "unknown_provider",
      code: "unknown_provider",
      message: `There is no provider '${name}'.`,
    }));
}
