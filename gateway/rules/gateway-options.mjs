// @ts-check
// The rules of the `gateway` object, written from the documentation of the API and not from
// any client: this table is what the client's own validation is compared with.
import { ApiError } from "../http/errors.mjs";
import {
  boolean,
  fields,
  integerFrom,
  isObject,
  listOf,
  mapOf,
  nonEmptyString,
  notNegative,
  oneOf,
  positive,
  refuse,
  string,
} from "./kinds.mjs";

export const STRATEGIES = ["cost", "cost-focus", "ttft", "ttft-focus", "tps", "tps-focus", "balanced"];

/** The 20 fields of `gateway.routing`. @type {Record<string, import('./kinds.mjs').Rule>} */
const ROUTING_FIELDS = {
  optimize: oneOf(...STRATEGIES),
  weights,
  max_cost_per_1m: positive,
  max_ttft_ms: integerFrom(1),
  min_throughput_tps: positive,
  ttft_percentile: oneOf("p50", "p95"),
  throughput_percentile: oneOf("p50", "p95"),
  providers: listOf(string),
  exclude_providers: listOf(string),
  prefer: string,
  mode: oneOf("pool", "fallback"),
  allow_fallbacks: boolean,
  max_fallback_attempts: integerFrom(1, 19),
  timeout_ms: integerFrom(1),
  deadline_ms: integerFrom(1),
  data_policy: oneOf("none", "no_training", "zdr"),
  only_byok: boolean,
  only_platform: boolean,
  require_parameters: boolean,
  tier: string,
};

const routingFields = fields(ROUTING_FIELDS, { closed: true });

const gatewayFields = fields(
  {
    routing,
    metadata: fields(
      { tags: listOf(string), user_id: string, trace_id: string, custom_fields: mapOf(string) },
      { closed: true },
    ),
    models: listOf(nonEmptyString, { min: 1, max: 10 }),
  },
  { closed: true },
);

const weightNames = fields({ cost: notNegative, ttft: notNegative, throughput: notNegative }, { closed: true });
const weightValues = mapOf(notNegative);

/** @type {import('./kinds.mjs').Rule} */
function weights(value, param) {
  weightNames(value, param);
  // Again, because here a null is no absent field: it is a weight that is no number.
  weightValues(value, param);
  // `{}` is refused by the same sentence: nothing in it is above 0.
  if (!Object.values(/** @type {object} */ (value)).some(Boolean)) {
    refuse(param, "weights of which at least one is above 0");
  }
}

/** @type {import('./kinds.mjs').Rule} */
function routing(value, param) {
  routingFields(value, param);
  const { only_byok, only_platform, timeout_ms, deadline_ms } = /** @type {Record<string, any>} */ (value);
  if (only_byok && only_platform) refuse(`${param}.only_platform`, "false or absent when only_byok is true");
  // Equal is fine.
  if (typeof timeout_ms === "number" && typeof deadline_ms === "number" && deadline_ms < timeout_ms) {
    refuse(`${param}.deadline_ms`, "at least timeout_ms");
  }
}

/**
 * The `gateway` object, and that exactly one of `model` and `gateway.models` is given.
 * @param {Record<string, any>} body
 */
export function checkGateway(body) {
  const model = body.model ?? null;
  const models = (isObject(body.gateway) ? body.gateway.models : null) ?? null;
  if (model !== null && models !== null) {
    throw new ApiError("invalid_parameter_value", "Give either model or gateway.models, not both.", {
      param: "gateway.models",
    });
  }
  if (model === null && models === null) {
    throw new ApiError("missing_required_parameter", "Either model or gateway.models is required.", { param: "model" });
  }
  if (model !== null) nonEmptyString(model, "model");
  if ((body.gateway ?? null) !== null) gatewayFields(body.gateway, "gateway");
}
