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

export class RoutingOptions {
  static {
    Object.defineProperty(this, "name", { value: "RoutingOptions" });
  }

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
}

export class GatewayOptions {
  static {
    Object.defineProperty(this, "name", { value: "GatewayOptions" });
  }

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
}

/** All the way down. @template {object} T @param {T} value @returns {T} */
function freeze(value) {
  for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) freeze(inner);
  return Object.freeze(value);
}

export const Optimize = Object.freeze({
  COST: "cost",
  COST_FOCUS: "cost-focus",
  TTFT: "ttft",
  TTFT_FOCUS: "ttft-focus",
  TPS: "tps",
  TPS_FOCUS: "tps-focus",
  BALANCED: "balanced",
});

export const Mode = Object.freeze({ POOL: "pool", FALLBACK: "fallback" });

export const DataPolicy = Object.freeze({ NONE: "none", NO_TRAINING: "no_training", ZDR: "zdr" });

export const MetricPercentile = Object.freeze({ P50: "p50", P95: "p95" });
