// @ts-check
// What is bundled for the hosts that read no files: every case, to be run by the name of its test.
import * as auriko from "auriko-wasm";
import "../cases/index.mjs";
import { Context, cases, nameOf } from "../harness.mjs";

/**
 * Why a case failed, or null.
 * @param {import("../harness.mjs").Host} host
 * @param {string} name
 * @param {string} gateway its URL
 * @returns {Promise<string | null>}
 */
export async function failureOf(host, name, gateway) {
  try {
    const one = cases.find((each) => nameOf(each) === name);
    if (!one) throw new Error(`there is no case "${name}"`);
    await one.run(new Context(auriko, gateway, host));
    return null;
  } catch (error) {
    return /** @type {any} */ (error)?.stack ?? String(error);
  }
}
