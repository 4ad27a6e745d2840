// @ts-check
// Runtimes that are a command: it runs a module that prints its outcome as one line of JSON.
import assert from "node:assert/strict";
import { entryAt } from "./consumer.mjs";
import { start } from "./processes.mjs";

/** Less than the timeouts of the package: a timer that it forgot would keep the process longer. */
const MAY_LINGER_MS = 10_000;

/**
 * @param {string} folder of the consumer
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<import("./runtime.mjs").Outcome>}
 */
export async function outcomeOf(folder, command, args) {
  const program = start(command, args, { cwd: folder });
  const [line] = await program.prints(/^\{"version".*\}$/m);
  const finished = performance.now();
  assert.equal(await program.ended, 0, program.output());
  assert.ok(performance.now() - finished < MAY_LINGER_MS, "something kept the process from ending");
  const { version, entry, results } = JSON.parse(line);
  return { version, entry: entryAt(folder, entry), results };
}
