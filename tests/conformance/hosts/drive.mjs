// @ts-check
// One test for each case that a host can run, and a record of how it went, for the table.
import { after, describe, test } from "node:test";
import { startGateway } from "../../../gateway/server.mjs";
import "../cases/index.mjs";
import { casesFor, nameOf } from "../harness.mjs";
import { forget, keep } from "./results.mjs";

/** Longer than any case takes, in milliseconds: what hangs is to fail, and not to hang the others. */
const LIMIT = 120_000;

/**
 * @param {import("../harness.mjs").Host} host
 * @param {object} how
 * @param {number} how.sideBySide how many cases may run at a time
 * @param {boolean} [how.keepAlive] see the gateway's
 * @param {(one: import("../harness.mjs").Case, gateway: string) => Promise<void>} how.run gets the gateway's URL
 * @param {() => Promise<void>} [how.end] closes the host
 */
export async function drive(host, { sideBySide, keepAlive = true, run, end }) {
  const gateway = await startGateway({ keepAlive });
  /** @type {import("./results.mjs").Result[]} */
  const results = [];
  await forget(host);
  after(async () => {
    await end?.();
    await gateway.close();
    await keep(host, results);
  });
  const { together, alone } = casesFor(host);
  for (const [how, some, concurrency] of /** @type {const} */ ([
    ["side by side", together, sideBySide],
    ["alone", alone, 1],
  ])) {
    describe(`${host}, ${how}`, { concurrency }, () => {
      for (const one of some) {
        const result = { name: nameOf(one), passed: false };
        results.push(result);
        test(result.name, { timeout: LIMIT }, async () => {
          await run(one, gateway.url);
          result.passed = true;
        });
      }
    });
  }
}
