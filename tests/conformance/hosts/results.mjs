// @ts-check
// How the cases went in each host, kept from the tests for the table.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";

const folder = new URL("../../../target/conformance/", import.meta.url);

/** @typedef {import("../harness.mjs").Host} Host */
/** @typedef {{ name: string, passed: boolean }} Result */

/** @param {Host} host */
const fileOf = (host) => new URL(`${host}.json`, folder);

/** @param {Host} host @param {Result[]} results */
export async function keep(host, results) {
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(host), JSON.stringify(results));
}

/** @param {Host} host */
export const forget = (host) => rm(fileOf(host), { force: true });

/** @param {Host} host @returns {Promise<Result[]>} */
export async function kept(host) {
  const text = await readFile(fileOf(host), "utf8").catch(() => {
    throw new Error(`no results: run node --test tests/conformance/${host}.test.mjs first`);
  });
  return JSON.parse(text);
}
