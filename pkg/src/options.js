// @ts-check
import { GatewayOptions as GatewayCore, mergeBodies, RoutingOptions as RoutingCore } from "../wasm/auriko_wasm.js";
import { assertReady } from "./instantiate.js";

/** @param {object} a @param {object} b */
export function mergeGateway(a, b) {
  assertReady();
  return mergeBodies(a, b);
}

// The checked fields are own, enumerable and frozen, so that an instance can be printed, spread, compared
// and cloned like the plain object that it stands for.

export const RoutingOptions = /* @__PURE__ */ named(
  "RoutingOptions",
  class {
    #core;

    /** @param {object} [fields] */
    constructor(fields) {
      assertReady();
      this.#core = new RoutingCore(fields);
      freeze(Object.assign(this, this.#core.toJSON()));
    }

    toJSON() {
      return this.#core.toJSON();
    }

    toExtraBody() {
      return this.#core.toExtraBody();
    }
  },
);

export const GatewayOptions = /* @__PURE__ */ named(
  "GatewayOptions",
  class {
    #core;

    /** @param {object} [fields] */
    constructor(fields) {
      assertReady();
      this.#core = new GatewayCore(fields);
      freeze(Object.assign(this, this.#core.toJSON()));
    }

    toJSON() {
      return this.#core.toJSON();
    }

    toExtraBody() {
      return this.#core.toExtraBody();
    }
  },
);

/**
 * Under its own name: the bundler renames what has the name of a class of the core. Who does not use it does not ship it.
 * @template {Function} T
 * @param {string} name
 * @param {T} type
 */
function named(name, type) {
  return Object.defineProperty(type, "name", { value: name });
}

/** All the way down. @template {object} T @param {T} value @returns {T} */
function freeze(value) {
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) freeze(inner);
  return Object.freeze(value);
}

export const Optimize = /* @__PURE__ */ Object.freeze({
  COST: "cost",
  COST_FOCUS: "cost-focus",
  TTFT: "ttft",
  TTFT_FOCUS: "ttft-focus",
  TPS: "tps",
  TPS_FOCUS: "tps-focus",
  BALANCED: "balanced",
});

export const Mode = /* @__PURE__ */ Object.freeze({ POOL: "pool", FALLBACK: "fallback" });

export const DataPolicy = /* @__PURE__ */ Object.freeze({ NONE: "none", NO_TRAINING: "no_training", ZDR: "zdr" });

export const MetricPercentile = /* @__PURE__ */ Object.freeze({ P50: "p50", P95: "p95" });
