// @ts-check
// The README's table of runtimes, made from what the tests here have found.
//   node tests/runtimes/table.mjs           prints it
//   node tests/runtimes/table.mjs --write   puts it into the README, between its markers
//   node tests/runtimes/table.mjs --check   fails if the README has other rows
import { readFile, writeFile } from "node:fs/promises";
import { kept } from "./support/results.mjs";

/** @typedef {import("./support/results.mjs").Passed} Passed */

const README = new URL("../../README.md", import.meta.url);
const [BEGIN, END] = ["<!-- runtimes -->", "<!-- /runtimes -->"];

/** In which order they are told. What is not named here comes last. */
const ORDER = "Node.js Deno Bun Cloudflare Vercel Next.js Chromium Firefox Vite webpack esbuild Rollup Jest Vitest";

/** @param {Passed} passed */
function rank({ runtime }) {
  const at = ORDER.split(" ").indexOf(runtime.split(" ")[0]);
  return at < 0 ? ORDER.length : at;
}

/** @param {string[]} values */
const list = (values) => [...new Set(values)].join(", ");

/**
 * One row for each runtime and entry.
 * @param {Passed[]} results
 */
function rowsOf(results) {
  /** @type {Map<string, Passed[]>} */
  const groups = new Map();
  for (const passed of results.toSorted((a, b) => rank(a) - rank(b))) {
    const key = `${passed.runtime} ${passed.entry}`;
    groups.set(key, [...(groups.get(key) ?? []), passed]);
  }
  return [...groups.values()].map((group) => {
    const [{ runtime, entry }] = group;
    const versions = list(group.map(({ version }) => version));
    return `| ${runtime}: ${list(group.map(({ how }) => how).sort())} | ${versions} | \`${entry}\` |`;
  });
}

/** @param {string[]} rows */
const table = (rows) => ["| runtime | tried with | entry |", "| --- | --- | --- |", ...rows].join("\n");

/**
 * Rows without what may differ from machine to machine: a patch number, and the version of a browser that the
 * machine brings.
 * @param {string[]} rows
 * @param {Passed[]} results
 */
function essence(rows, results) {
  const brought = new Set(results.filter(({ pinned }) => !pinned).map(({ runtime }) => runtime));
  return rows.map((row) => {
    const [, name, versions, entry] = row.split("|").map((cell) => cell.trim());
    const fixed = brought.has(name.split(":")[0]) ? "" : versions.replaceAll(/\b(\d+\.\d+)[.\w-]*/g, "$1");
    return [name, fixed, entry].join(" | ");
  });
}

const results = await kept();
if (results.length === 0) throw new Error("no results: run node --test tests/runtimes/*/*.test.mjs first");
const rows = rowsOf(results);
const readme = await readFile(README, "utf8");
const [before, rest = ""] = readme.split(BEGIN);
const [between, after] = rest.split(END);
const option = process.argv[2];

if (option === undefined) {
  console.log(table(rows));
} else if (after === undefined) {
  throw new Error(`README.md has no ${BEGIN} … ${END}`);
} else if (option === "--write") {
  await writeFile(README, `${before}${BEGIN}\n${table(rows)}\n${END}${after}`);
} else {
  const [there, found] = [between.split("\n").filter((line) => /^\|(?! runtime| ---)/.test(line)), rows].map((rows) =>
    essence(rows, results),
  );
  const wrong = there.filter((row) => !found.includes(row)).map((row) => `not found: ${row}`);
  const missing = found.filter((row) => !there.includes(row)).map((row) => `not in the README: ${row}`);
  for (const line of [...wrong, ...missing]) console.error(line);
  if (wrong.length + missing.length > 0) {
    console.error("The README's table of runtimes is not what the tests found: node tests/runtimes/table.mjs --write");
    process.exitCode = 1;
  }
}
