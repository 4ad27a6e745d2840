// @ts-check
// The hard limits of `gateway.routing`. Each one takes candidates away; the one that takes
// the last candidate away names the error.
import { ApiError } from "../http/errors.mjs";
import { OWN_KEYS, WITHOUT_PLATFORM_KEY } from "./account.mjs";
import { PROVIDERS } from "./providers.mjs";

/**
 * @typedef {{ model: import('./catalogue.mjs').Model, offer: import('./catalogue.mjs').Offer }} Candidate
 *
 * @typedef {object} Wish
 * @property {Record<string, any>} routing checked `gateway.routing`
 * @property {string[]} optionalParameters names of the optional parameters in the body
 * @property {boolean} forcedTool whether tool_choice demands a call
 *
 * @typedef {object} Constraint
 * @property {string} code
 * @property {string} field
 * @property {(wish: Wish) => boolean} applies
 * @property {(candidate: Candidate, wish: Wish) => boolean} keeps
 */

const POLICIES = ["none", "no_training", "zdr"];

/** The average of input and output price is what `max_cost_per_1m` is about. @param {Candidate} candidate */
export const averagePrice = ({ offer }) => (offer.input_price + offer.output_price) / 2;

/** @param {Candidate} candidate @param {Record<string, any>} routing */
export const ttftOf = ({ offer }, routing) => offer.ttft_ms[routing.ttft_percentile === "p95" ? "p95" : "p50"];

/** @param {Candidate} candidate @param {Record<string, any>} routing */
export const tpsOf = ({ offer }, routing) => offer.tps[routing.throughput_percentile === "p95" ? "p95" : "p50"];

/** @param {Candidate} candidate */
const providerOf = ({ offer }) => PROVIDERS[offer.provider];

/** @param {unknown} list An empty list restricts nothing, as if it were absent. */
const isFilled = (list) => Array.isArray(list) && list.length > 0;

/** @type {Constraint[]} */
const CONSTRAINTS = [
  {
    code: "no_compatible_endpoint",
    field: "tier",
    applies: () => true,
    keeps: ({ offer }, { routing }) => offer.tier === (routing.tier || "standard"),
  },
  {
    code: "provider_not_in_allowlist",
    field: "providers",
    applies: ({ routing }) => isFilled(routing.providers),
    keeps: ({ offer }, { routing }) => routing.providers.includes(offer.provider),
  },
  {
    code: "provider_blocked",
    field: "exclude_providers",
    applies: ({ routing }) => isFilled(routing.exclude_providers),
    keeps: ({ offer }, { routing }) => !routing.exclude_providers.includes(offer.provider),
  },
  {
    code: "byok_keys_required",
    field: "only_byok",
    applies: ({ routing }) => routing.only_byok === true,
    keeps: ({ offer }) => OWN_KEYS.includes(offer.provider),
  },
  {
    code: "platform_keys_unavailable",
    field: "only_platform",
    applies: ({ routing }) => routing.only_platform === true,
    keeps: ({ offer }) => !WITHOUT_PLATFORM_KEY.includes(offer.provider),
  },
  {
    // No code of the table is about data policy; this one is the nearest that is not retried.
    code: "no_compatible_endpoint",
    field: "data_policy",
    applies: ({ routing }) => typeof routing.data_policy === "string",
    keeps: (candidate, { routing }) =>
      POLICIES.indexOf(providerOf(candidate).data_policy) >= POLICIES.indexOf(routing.data_policy),
  },
  {
    code: "cost_constraint_exceeded",
    field: "max_cost_per_1m",
    applies: ({ routing }) => typeof routing.max_cost_per_1m === "number",
    keeps: (candidate, { routing }) => averagePrice(candidate) <= routing.max_cost_per_1m,
  },
  {
    code: "latency_constraint_exceeded",
    field: "max_ttft_ms",
    applies: ({ routing }) => typeof routing.max_ttft_ms === "number",
    keeps: (candidate, { routing }) => ttftOf(candidate, routing) <= routing.max_ttft_ms,
  },
  {
    code: "throughput_constraint_not_met",
    field: "min_throughput_tps",
    applies: ({ routing }) => typeof routing.min_throughput_tps === "number",
    keeps: (candidate, { routing }) => tpsOf(candidate, routing) >= routing.min_throughput_tps,
  },
  {
    code: "required_params_not_supported",
    field: "require_parameters",
    applies: ({ routing }) => routing.require_parameters === true,
    keeps: (candidate, { optionalParameters }) =>
      !optionalParameters.some((name) => providerOf(candidate).rejects.includes(name)),
  },
  {
    code: "tool_choice_required_not_supported",
    field: "tool_choice",
    applies: ({ forcedTool }) => forcedTool,
    keeps: (candidate) => !providerOf(candidate).ignoresToolChoice,
  },
];

/**
 * The candidates that meet every constraint; never empty.
 * @param {Candidate[]} candidates
 * @param {Wish} wish
 */
export function meetAll(candidates, wish) {
  let left = candidates;
  for (const { code, field, applies, keeps } of CONSTRAINTS) {
    if (!applies(wish)) continue;
    const before = left;
    left = before.filter((candidate) => keeps(candidate, wish));
    if (left.length > 0) continue;
    const names = before.map(({ offer }) => offer.provider).join(", ");
    const param = field === "tool_choice" ? field : `gateway.routing.${field}`;
    throw new ApiError(code, `No provider meets ${field}. Considered: ${names}.`, { param });
  }
  return left;
}
