// @ts-check
// What passed, kept from the tests for the table of the README.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../../target/runtimes/", import.meta.url));

/**
 * @typedef {object} Passed
 * @property {string} runtime
 * @property {string} how in which of its ways
 * @property {string} version
 * @property {boolean} pinned whether the version is this repository's choice
 * @property {string} entry the file of dist/ that was loaded
 */

/** @param {string} title */
const fileOf = (title) => `${folder}${title.toLowerCase().replaceAll(/\W+/g, "-")}.json`;

/** @param {string} title of the test @param {Passed} passed */
export async function keep(title, passed) {
  await mkdir(folder, { recursive: true });
  await writeFile(fileOf(title), JSON.stringify(passed));
}

/** @param {string} title of the test */
export const forget = (title) => rm(fileOf(title), { force: true });

/** All that was kept. @returns {Promise<Passed[]>} */
export async function kept() {
  const files = await readdir(folder).catch(() => []);
  return Promise.all(files.sort().map(async (file) => JSON.parse(await readFile(folder + file, "utf8"))));
}
