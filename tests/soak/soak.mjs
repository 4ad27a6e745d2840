// @ts-check
// Calls and streams for a long time, in one process, with faults, aborts and early breaks by chance. Nothing may
// grow, everything has to come out as it must, and every byte has to be accounted for.
//   node tests/soak/soak.mjs --calls 100000 --streams 10000 --rounds 100 --parallel 500 --seed 1
import { parseArgs } from "node:util";
import { accountFor } from "./bytes.mjs";
import { gatewayApart } from "./gateway.mjs";
import { growth, runRounds } from "./rounds.mjs";

const text = (/** @type {string} */ fallback) => /** @type {const} */ ({ type: "string", default: fallback });
const { values } = parseArgs({
  options: {
    calls: text("100000"),
    streams: text("10000"),
    rounds: text("100"),
    parallel: text("500"),
    seed: text("1"),
  },
});
const [calls, streams, rounds, parallel, seed] = [
  values.calls,
  values.streams,
  values.rounds,
  values.parallel,
  values.seed,
].map(Number);

/** What noise may amount to; a call that left 100 bytes behind would leave megabytes. */
const LIMITS = { heap: 1.5, core: 0, handles: 0, sockets: 32 };
const MEGABYTE = 2 ** 20;

/** @param {import("./gauges.mjs").Figures} figures */
function inWords({ heap, external, rss, core, handles, listeners, sockets }) {
  const [h, e, r, c] = [heap, external, rss, core].map((bytes) => (bytes / MEGABYTE).toFixed(1));
  return `heap ${h} MB, external ${e} MB, process ${r} MB, core ${c} MB, ${handles} handles, ${listeners} listeners, ${sockets} sockets`;
}

const gateway = await gatewayApart();
/** @type {string[]} */
const flaws = [];
try {
  const begin = performance.now();
  const ran = await runRounds({
    gateway,
    seed,
    rounds,
    calls: calls / rounds,
    streams: streams / rounds,
    tell: (round, figures) => {
      if (round === 1 || round % Math.ceil(rounds / 10) === 0) console.log(`round ${round}: ${inWords(figures)}`);
    },
  });
  const grown = growth(ran.figures);
  console.log(`grown between the middle and the last third: ${JSON.stringify(grown)}`);
  console.log([...ran.counts].map(([name, count]) => `${count} ${name}`).join(", "));
  flaws.push(...ran.wrong);
  for (const [name, limit] of Object.entries(LIMITS))
    if (grown[/** @type {keyof typeof grown} */ (name)] > limit) flaws.push(`${name} has grown`);
  for (const { listeners } of ran.figures) if (listeners > 0) flaws.push(`${listeners} listeners were left`);

  const { wrong, sums } = await accountFor(gateway, parallel, seed);
  console.log(`${parallel} streams at a time: ${JSON.stringify(sums)}`);
  flaws.push(...wrong);
  console.log(`${Math.round((performance.now() - begin) / 1000)} s`);
} finally {
  gateway.close();
}
for (const flaw of new Set(flaws)) console.error(flaw);
if (flaws.length > 0) process.exitCode = 1;
