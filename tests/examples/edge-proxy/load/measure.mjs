// @ts-check
// Direct calls and calls through the proxy, in turns, so that both see the same machine.
import { readFile } from "node:fs/promises";
import { many, timed } from "./requests.mjs";

/** @typedef {import("./requests.mjs").Kind} Kind */
/** @typedef {{ what: string, unit: string, direct: number, proxied: number }} Row */
/** @typedef {{ direct: string, proxied: string }} Urls */

const SIDES = /** @type {const} */ (["direct", "proxied"]);

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

/**
 * What the best round of each side gives: other programs only ever make it worse.
 * @param {Urls} urls
 * @param {number} rounds
 * @param {(...values: number[]) => number} best
 * @param {(url: string) => Promise<number>} round
 */
async function inTurns(urls, rounds, best, round) {
  /** @type {Record<"direct" | "proxied", number[]>} */
  const values = { direct: [], proxied: [] };
  for (let turn = 0; turn < rounds; turn++) {
    for (const side of SIDES) values[side].push(await round(urls[side]));
  }
  return { direct: best(...values.direct), proxied: best(...values.proxied) };
}

/**
 * @param {Urls} urls
 * @param {{ rounds: number, count: number, concurrency: number }} load
 * @returns {Promise<Row[]>}
 */
export async function measure(urls, { rounds, count, concurrency }) {
  /** @param {Kind} kind @param {"firstByte" | "end"} moment */
  const alone = (kind, moment) =>
    inTurns(urls, rounds, Math.min, async (url) => {
      const { timings } = await many(url, kind, { count, concurrency: 1 });
      return median(timings.map((timing) => timing[moment]));
    });
  /** @param {Kind} kind */
  const together = (kind) =>
    inTurns(urls, rounds, Math.max, async (url) => (await many(url, kind, { count, concurrency })).perSecond);
  const [whole, stream] = [{ stream: false }, { stream: true }];
  await Promise.all(SIDES.map((side) => many(urls[side], stream, { count: concurrency, concurrency })));
  return [
    { what: "an answer", unit: "ms", ...(await alone(whole, "end")) },
    { what: "the first event of a stream", unit: "ms", ...(await alone(stream, "firstByte")) },
    { what: "the last event of a stream", unit: "ms", ...(await alone(stream, "end")) },
    { what: `answers a second, ${concurrency} at a time`, unit: "", ...(await together(whole)) },
    { what: `streams a second, ${concurrency} at a time`, unit: "", ...(await together(stream)) },
  ];
}

/**
 * What a program holds in memory while so many streams are open.
 * @param {string} url
 * @param {number} pid
 * @param {number} streams
 */
export async function memoryOf(url, pid, streams) {
  const idle = await residentMegabytes(pid);
  const visitors = Array.from({ length: streams }, () => new AbortController());
  await Promise.all(
    visitors.map(({ signal }) => {
      return new Promise((resolve, reject) => {
        timed(url, { stream: true, pace: 60_000, onFirstByte: () => resolve(undefined), signal }).catch(reject);
      });
    }),
  );
  const open = await residentMegabytes(pid);
  for (const visitor of visitors) visitor.abort();
  return { idle, open };
}

/**
 * How much of a processor's time a program takes for each request, in ms. Others who use the processor do not change it.
 * @param {string} url
 * @param {number} pid
 * @param {Kind} kind
 * @param {{ count: number, concurrency: number }} load
 */
export async function cpuOf(url, pid, kind, load) {
  const before = await cpuMilliseconds(pid);
  await many(url, kind, load);
  return ((await cpuMilliseconds(pid)) - before) / load.count;
}

/** @param {number} pid */
async function cpuMilliseconds(pid) {
  // After the name, which may hold spaces: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
  const fields = (await readFile(`/proc/${pid}/stat`, "utf8")).split(") ")[1].split(" ");
  const [utime, stime] = [fields[11], fields[12]];
  return (Number(utime) + Number(stime)) * 10;
}

/** @param {number} pid */
async function residentMegabytes(pid) {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kilobytes) / 1024;
}
