// @ts-check
// What the package does wherever it runs. Nothing but the web platform is used here and in contract/, so that the
// same files run in every runtime: a few lines in the folder of each hand them the package and the gateway's URL.
import { CLAUSES } from "./contract/clauses.mjs";
import { describe } from "./contract/expect.mjs";
import { OPENAI_CLAUSES } from "./contract/openai-clauses.mjs";
import { noneUnhandled, watchRejections } from "./contract/rejections.mjs";
import { LIMIT, Trial } from "./contract/trial.mjs";

/**
 * @typedef {typeof import("auriko-wasm")} Package
 * @typedef {typeof import("auriko-wasm/openai") & { OpenAI: typeof import("openai").OpenAI }} OpenAIPackage
 *
 * @typedef {object} Runtime what only the host knows
 * @property {string} name
 * @property {boolean} [browser] whether a key would be shipped to whoever opens the page
 * @property {new () => import("node:async_hooks").AsyncLocalStorage<any>} [AsyncLocalStorage]
 * @property {boolean} [reportsRejections] false where the host itself fails for an unhandled rejection
 *
 * @typedef {object} Result
 * @property {string} name
 * @property {boolean} ok
 * @property {string} [error]
 * @property {string} [skipped] why it cannot be tried in this runtime
 *
 * @typedef {object} Host
 * @property {Package} auriko
 * @property {OpenAIPackage} [openai] where OpenAI's client is installed beside it
 * @property {string} gateway
 * @property {Runtime} runtime
 *
 * @typedef {(t: import("./contract/trial.mjs").Trial) => void | string | Promise<void | string>} Clause returns why it was skipped, if it was
 */

/** The last clause: whether all that went before left a rejection that nobody handled. */
const NO_REJECTION = "no rejection is left unhandled";

/** @param {boolean} openai whether OpenAI's client is there */
const clauses = (openai) => (openai ? { ...CLAUSES, ...OPENAI_CLAUSES } : CLAUSES);

/** The names of all clauses, so that a run that stopped early does not pass. @param {boolean} openai */
export const namesOf = (openai) => [...Object.keys(clauses(openai)), NO_REJECTION];

/** @param {Host} host @returns {Promise<Result[]>} */
export async function contract(host) {
  const rejections = watchRejections();
  /** @type {Result[]} */
  const results = [];
  // One after the other: a browser opens six connections to one host at the most.
  const all = clauses(host.openai !== undefined);
  for (const [name, clause] of Object.entries(all)) results.push(await attempt(name, clause, host));
  results.push(await attempt(NO_REJECTION, (t) => noneUnhandled(t, rejections), host));
  return results;
}

/** @param {string} name @param {Clause} clause @param {Host} host @returns {Promise<Result>} */
async function attempt(name, clause, host) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not within ${LIMIT} ms`)), LIMIT);
  });
  try {
    const skipped = await Promise.race([clause(new Trial(host)), late]);
    return { name, ok: true, ...(typeof skipped === "string" && { skipped }) };
  } catch (error) {
    return { name, ok: false, error: describe(error) };
  } finally {
    clearTimeout(timer);
  }
}
