// @ts-check
// Which scenario a request asks for: with the header `x-gateway-scenario: NAME;key=value;…`,
// or, where headers cannot be set, with a base URL that ends in `/_scenario/NAME;key=value`.
import { Params } from "./params.mjs";

const PREFIX = /^\/_scenario\/([^/]+)(\/.*)$/;

/** @typedef {{ name: string, params: Params, attempt: number }} Asked */

/**
 * Null for none. The prefix is taken off the path, and the log learns what was asked for; so
 * this comes before the body is read, which may take long or fail.
 * @param {import('../http/exchange.mjs').Exchange} exchange
 * @returns {Asked | null}
 */
export function askedOf(exchange) {
  const { record, req, gateway } = exchange;
  const [, inPath, rest] = PREFIX.exec(exchange.path) ?? [];
  if (rest !== undefined) exchange.path = rest;
  const spec = inPath ?? exchange.header("x-gateway-scenario");
  if (spec === undefined) return null;

  const [name, ...pairs] = spec.split(";");
  // Percent-encoding is decoded here, so a value may hold any character.
  const params = new Params(pairs.join("&"));
  record.run ??= params.get("run");
  record.scenario = spec;
  const attempt = gateway.attempts.next(record.run, [req.method ?? "", exchange.path, spec]);
  record.attempt = attempt;
  return { name, params, attempt };
}
