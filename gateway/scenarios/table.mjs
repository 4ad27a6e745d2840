// @ts-check
// Faults by name: one file each, one line here. A request asks for one with the header
// `x-gateway-scenario: NAME;key=value;…`, or, where headers cannot be set, with a base URL
// that ends in `/_scenario/NAME;key=value`.
import { ApiError } from "../http/errors.mjs";
import { status } from "./status.mjs";

/**
 * A scenario answers in place of the endpoint, or does its part and calls `next`.
 * @typedef {object} Call
 * @property {import('../http/exchange.mjs').Exchange} exchange its body has been read
 * @property {URLSearchParams} params
 * @property {() => Promise<void>} next what would happen without a scenario
 *
 * @typedef {(call: Call) => void | Promise<void>} Scenario
 */

/** @type {Map<string, Scenario>} */
const SCENARIOS = new Map([["status", status]]);

const PREFIX = /^\/_scenario\/([^/]+)(\/.*)$/;

/**
 * The scenario a request asks for, null for none. A prefix is taken off the path.
 * @param {import('../http/exchange.mjs').Exchange} exchange
 */
export function scenarioOf(exchange) {
  const [, inPath, rest] = PREFIX.exec(exchange.path) ?? [];
  if (rest !== undefined) exchange.path = rest;
  const spec = inPath ?? exchange.header("x-gateway-scenario");
  if (spec === undefined) return null;

  const [name, ...pairs] = spec.split(";");
  const run = SCENARIOS.get(name);
  if (run === undefined) {
    throw new ApiError(
      "invalid_request",
      `There is no scenario '${name}'; known: ${[...SCENARIOS.keys()].join(", ")}.`,
    );
  }
  // Percent-encoding is decoded here, so a value may hold any character.
  return { run, params: new URLSearchParams(pairs.join("&")) };
}
