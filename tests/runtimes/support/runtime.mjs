// @ts-check
// One test for each runtime: the contract holds, from the entry that was meant for it. What passed is written
// down for the table of the README.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startGateway } from "../../../gateway/server.mjs";
import { namesOf } from "../contract.mjs";
import { atEnd } from "./endings.mjs";
import { forget, keep } from "./results.mjs";

/**
 * @typedef {object} Expected
 * @property {string} runtime
 * @property {string} how in which of its ways
 * @property {string} [where] of several hosts that the same way is tried in
 * @property {string} entry the file of dist/ that has to be loaded
 * @property {string[]} [skips] clauses that cannot be tried there
 * @property {boolean} [openai] whether OpenAI's client is installed beside the package
 * @property {boolean} [pinned]
 *
 * @typedef {{ version: string, entry: string, results: import("../contract.mjs").Result[] }} Outcome
 */

/** Needs AsyncLocalStorage, which no browser has. */
export const NO_CONTEXT = ["each of several calls runs in the async context of its caller"];

/** @type {ReturnType<typeof startGateway> | undefined} */
let gateway;

/** The URL of the gateway of this process. */
export async function gatewayUrl() {
  gateway ??= startGateway().then((running) => {
    atEnd(() => running.close());
    return running;
  });
  return (await gateway).url;
}

/**
 * @param {Expected} expected
 * @param {(gateway: string) => Promise<Outcome>} run
 */
export function inRuntime({ runtime, how, where, entry, skips = [], openai = false, pinned = true }, run) {
  const title = [runtime, how, where].filter(Boolean).join(", ");
  test(title, { timeout: 240_000 }, async (t) => {
    await forget(title);
    const outcome = await run(await gatewayUrl());
    assert.deepEqual(
      outcome.results.map(({ name }) => name),
      namesOf(openai),
    );
    for (const { name, ok, error, skipped } of outcome.results) {
      await t.test(name, (t) => {
        assert.ok(ok, error);
        if (skips.includes(name)) t.skip(skipped);
        else assert.equal(skipped, undefined);
      });
    }
    await t.test(`it has loaded ${entry}`, () => assert.equal(outcome.entry, entry));
    if (outcome.entry !== entry || outcome.results.some(({ ok }) => !ok)) return;
    await keep(title, { runtime, how, version: outcome.version, pinned, entry });
  });
}
