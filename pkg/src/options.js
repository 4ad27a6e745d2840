// @ts-check
import {
  GatewayOptions as GatewayCore,
  mergeGateway as mergeGatewayCore,
  RoutingOptions as RoutingCore,
} from "../wasm/auriko_wasm.js";
import { assertReady } from "./instantiate.js";

/** @param {object} a @param {object} b */
export function mergeGateway(a, b) {
  assertReady();
  return mergeGatewayCore(a, b);
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
    Object.freeze(Object.assign(this, this.#core.toJSON()));
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
    Object.freeze(Object.assign(this, this.#core.toJSON()));
  }

  toJSON() {
    return this.#core.toJSON();
  }

  toExtraBody() {
    return this.#core.toExtraBody();
  }
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
