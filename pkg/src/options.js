// @ts-check
import { GatewayOptions as GatewayCore, mergeBodies, RoutingOptions as RoutingCore } from "../wasm/auriko_wasm.js";
import { assertReady } from "./instantiate.js";

/** @param {object} a @param {object} b */
export function mergeGateway(a, b) {
  assertReady();
  return mergeBodies(a, b);
}

/**
 * A class around one of the core's. The checked fields are own, enumerable and frozen, so that an instance can be
 * printed, spread, compared and cloned like the plain object that it stands for.
 * @param {string} name given here, because the bundler renames what has the name of a class of the core
 * @param {typeof RoutingCore | typeof GatewayCore} Core
 */
function optionsOf(name, Core) {
  class Options {
    #core;

    /** @param {object} [fields] */
    constructor(fields) {
      assertReady();
      this.#core = new Core(fields);
      freeze(Object.assign(this, this.#core.toJSON()));
    }

    toJSON() {
      return this.#core.toJSON();
    }

    toExtraBody() {
      return this.#core.toExtraBody();
    }
  }
  return Object.defineProperty(Options, "name", { value: name });
}

// Pure: an app that does not use them need not ship them.
export const RoutingOptions = /* @__PURE__ */ optionsOf("RoutingOptions", RoutingCore);
export const GatewayOptions = /* @__PURE__ */ optionsOf("GatewayOptions", GatewayCore);

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
