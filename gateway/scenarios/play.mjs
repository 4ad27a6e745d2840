// @ts-check
import { ApiError } from "../http/errors.mjs";
import { SCENARIOS } from "./table.mjs";

/** Every scenario may have these: how many attempts it spoils, and whose attempts are counted. */
const COMMON = ["n", "run"];

/**
 * @param {import('./asked.mjs').Asked} asked
 * @param {Omit<import('./table.mjs').Call, 'params'>} call
 */
export async function play({ name, params, attempt }, { exchange, next }) {
  const found = SCENARIOS.get(name);
  if (found === undefined) throw refusal(`There is no scenario '${name}'; known: ${[...SCENARIOS.keys()].join(", ")}.`);
  const known = [...found.params, ...COMMON];
  const unknown = [...params.keys()].find((key) => !known.includes(key));
  if (unknown !== undefined) throw refusal(`Scenario ${name}: no parameter '${unknown}'; known: ${known.join(", ")}.`);
  if (attempt > params.upTo("n", found.n, "always")) await next();
  else await found.run({ exchange, params, next });
}

/** @param {string} message */
const refusal = (message) => new ApiError("invalid_request", message);
