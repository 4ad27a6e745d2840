// @ts-check
// docs/conformance.md: the list of behaviours, what tests each, and how that went in each host.
//   node tests/conformance/table.mjs           prints it
//   node tests/conformance/table.mjs --write   writes it
//   node tests/conformance/table.mjs --check   fails if the file says something else, or a behaviour has no test
import { access, readFile, writeFile } from "node:fs/promises";
import { cases, HOSTS, nameOf } from "./harness.mjs";
import { kept } from "./hosts/results.mjs";

/** @typedef {import("./harness.mjs").Case} Case */
/** @typedef {import("./harness.mjs").Host} Host */
/**
 * @typedef {object} Behaviour
 * @property {string} id
 * @property {string} severity S1 must, S2 should, S3 nice to have
 * @property {string} what
 * @property {string[]} [elsewhere] other files of the repository that see to it
 * @property {string} [open] why nothing does
 */

const ROOT = new URL("../../", import.meta.url);
const PAGE = new URL("docs/conformance.md", ROOT);
const NAMES = { node: "Node.js", chromium: "Chromium", workerd: "workerd" };

/** @type {{ sections: { title: string, cases: Behaviour[] }[] }} */
const { sections } = JSON.parse(await readFile(new URL("cases.json", import.meta.url), "utf8"));
const behaviours = sections.flatMap((section) => section.cases);

/** The file of each case, in the order in which they are loaded, so that none is loaded by another. @type {Map<Case, string>} */
const fileOf = new Map();
const index = await readFile(new URL("cases/index.mjs", import.meta.url), "utf8");
for (const [, file] of index.matchAll(/^import "\.\/(.+)\.mjs";$/gm)) {
  const before = cases.length;
  await import(`./cases/${file}.mjs`);
  for (const one of cases.slice(before)) fileOf.set(one, file);
}

/** Which cases passed in each host. @type {Map<Host, Map<string, boolean>>} */
const results = new Map();
for (const host of HOSTS) {
  results.set(host, new Map((await kept(host)).map(({ name, passed }) => [name, passed])));
}

/** @param {string} id */
const testsOf = (id) => cases.filter(({ ids }) => ids.includes(id));

/** How many of these passed in a host, of how many that it can run. @param {Case[]} tests @param {Host} host */
function outcome(tests, host) {
  const here = tests.filter(({ hosts }) => hosts.includes(host));
  const passed = here.filter((one) => results.get(host)?.get(nameOf(one))).length;
  if (here.length === 0) return "–";
  return passed === here.length ? `${passed}` : `**${passed} of ${here.length}**`;
}

/** @param {Behaviour} behaviour */
function row({ id, severity, what, elsewhere = [], open }) {
  const tests = testsOf(id);
  const files = [...new Set(tests.map((one) => fileOf.get(one)))];
  const links = [
    ...files.map((file) => `[${file}](../tests/conformance/cases/${file}.mjs)`),
    ...elsewhere.map((path) => `[${path}](../${path})`),
  ];
  const cells = [id, severity, what, links.join(", ") || `none: ${open}`, ...HOSTS.map((host) => outcome(tests, host))];
  return `| ${cells.join(" | ")} |`;
}

const HEAD = ["case", "level", "behaviour", "tested in", ...HOSTS.map((host) => NAMES[host])];
const table = (/** @type {Behaviour[]} */ some) =>
  [`| ${HEAD.join(" | ")} |`, `|${" --- |".repeat(HEAD.length)}`, ...some.map(row)].join("\n");

/** The tests that a host leaves out, with those that it leaves out for the same reason. */
function leftOut() {
  /** @type {Map<string, string[]>} */
  const groups = new Map();
  for (const one of cases.filter(({ why }) => why)) {
    const missing = HOSTS.filter((host) => !one.hosts.includes(host)).map((host) => NAMES[host]);
    const key = `${missing.join(", ")} | ${one.why}`;
    groups.set(key, [...(groups.get(key) ?? []), nameOf(one)]);
  }
  const rows = [...groups].map(([key, names]) => `| ${key} | ${names.join("<br>").replaceAll("_", "\\_")} |`);
  return ["| not in | why | tests |", "| --- | --- | --- |", ...rows].join("\n");
}

const page = `# What happens when things go wrong

Made by \`node tests/conformance/table.mjs --write\` from what the tests left behind: do not edit it. The numbers of the
cases are names and have gaps. S1 is what must not fail, S2 what should not, S3 is nice to have. A host's column says
how many tests passed there; a dash says that none can run there, and the end of the page why.

${sections.map(({ title, cases: some }) => `## ${title}\n\n${table(some)}`).join("\n\n")}

## Left out

${leftOut()}
`;

/** What does not fit together. */
async function flaws() {
  const known = new Set(behaviours.map(({ id }) => id));
  const strangers = cases.filter(({ ids }) => ids.some((id) => !known.has(id))).map(nameOf);
  const untested = behaviours.filter(({ id, elsewhere, open }) => !elsewhere && !open && testsOf(id).length === 0);
  const names = cases.map(nameOf);
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  const failed = HOSTS.flatMap((host) => {
    const some = cases.filter((one) => one.hosts.includes(host) && !results.get(host)?.get(nameOf(one)));
    return some.length > 0 ? [`${some.length} in ${NAMES[host]}, the first is ${nameOf(some[0])}`] : [];
  });
  const paths = behaviours.flatMap(({ elsewhere = [] }) => elsewhere);
  const reached = await Promise.allSettled(paths.map((path) => access(new URL(path, ROOT))));
  return [
    ...strangers.map((name) => `has a number that is not in cases.json: ${name}`),
    ...untested.map(({ id }) => `no test of case ${id}`),
    ...twice.map((name) => `two tests have this name: ${name}`),
    ...failed.map((name) => `did not pass, or did not run: ${name}`),
    ...paths.filter((_, at) => reached[at].status === "rejected").map((path) => `no such file: ${path}`),
  ];
}

const option = process.argv[2];
const wrong = option === "--check" ? await flaws() : [];
if (option === undefined) process.stdout.write(page);
if (option === "--write") await writeFile(PAGE, page);
if (option === "--check" && (await readFile(PAGE, "utf8").catch(() => "")) !== page)
  wrong.push("docs/conformance.md is not what the tests found: node tests/conformance/table.mjs --write");
for (const line of wrong) console.error(line);
if (wrong.length > 0) process.exitCode = 1;
