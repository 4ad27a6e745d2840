// @ts-check
// Measures, and writes what it found into docs/performance.md.
//   --check       fails when a target is missed
//   --quick       a tenth of the work, which says whether everything runs and is not written down
//   --host NAME   only that one (Node.js, Deno, Bun, Chromium), which is not written down either
import { parseArgs } from "node:util";
import { HOSTS, results } from "./hosts/run.mjs";
import { machine, write } from "./report/document.mjs";
import { ofHost, ofStarts, ofTargets } from "./report/tables.mjs";
import { targets } from "./report/targets.mjs";
import { starts } from "./start/start.mjs";

const { values } = parseArgs({
  options: {
    check: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    host: { type: "string", multiple: true, default: HOSTS },
  },
});
const { check, quick, host: hosts } = values;
const all = await results(hosts, quick);
const first = await starts(quick);
const tables = [...all.map(ofHost), ofStarts(first)].join("\n\n");
const node = all.find(({ host }) => host === "Node.js");
const found = node ? targets(node, first) : [];
console.log(`${tables}\n\n${ofTargets(found)}`);
if (!quick && hosts === HOSTS) {
  await write("targets", ofTargets(found));
  await write("measured", `${machine()}\n\n${tables}`);
}
const missed = found.filter(({ met }) => !met);
console.error(`${found.length - missed.length} of ${found.length} targets met`);
if (check && missed.length) process.exitCode = 1;
