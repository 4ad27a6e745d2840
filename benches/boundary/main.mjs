// @ts-check
// What the boundary between JavaScript and the core costs: counted, not timed, so that it is the same on every machine.
// Writes the table in ARCHITECTURE.md; with --check it fails where another one stands there.
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { KINDS } from "../streams/chunks.mjs";
import { answerOf, readsOf } from "../streams/reads.mjs";
import { crossings } from "./count.mjs";

const { AurikoClient } = await import("auriko-wasm");
const { check } = parseArgs({ options: { check: { type: "boolean", default: false } } }).values;
const FILE = new URL("../../ARCHITECTURE.md", import.meta.url);
const EVENTS = 1024;
const chunks = KINDS.plain(EVENTS);
const params = { model: "m", messages: [{ role: /** @type {const} */ ("user"), content: "x" }] };

/** @param {() => Promise<Response>} fetch */
const client = (fetch) => new AurikoClient({ apiKey: "ak_bench", baseUrl: "https://api.example/v1", fetch });

/** How often each side is called while something runs. @param {() => Promise<unknown>} run */
async function count(run) {
  // What is made once is made now.
  await run();
  const least = { in: Number.POSITIVE_INFINITY, out: Number.POSITIVE_INFINITY };
  // The least of several: what is collected meanwhile is freed, which are calls as well.
  for (let time = 0; time < 5; time++) {
    const before = { ...crossings };
    await run();
    least.in = Math.min(least.in, crossings.in - before.in);
    least.out = Math.min(least.out, crossings.out - before.out);
  }
  return least;
}

const { chat } = client(async () => Response.json({ id: "x", choices: [] }));
const call = await count(() => chat.completions.create(params));

/** @param {number} eventsPerRead @param {boolean} text */
async function stream(eventsPerRead, text) {
  const reads = readsOf(chunks, eventsPerRead);
  const run = async (/** @type {number} */ most) => {
    const body = await client(async () => answerOf(reads)).chat.completions.create({ ...params, stream: true });
    let left = most;
    for await (const _ of text ? body.textStream : body) if (--left === 0) break;
  };
  // The difference of two lengths: without what opening and closing cost.
  const [short, long] = [
    await count(() => run(text ? 8 : 8 * eventsPerRead)),
    await count(() => run(text ? 9 : 9 * eventsPerRead)),
  ];
  return { in: long.in - short.in, out: long.out - short.out };
}

const rows = [["a call that is no stream", call]];
for (const eventsPerRead of [1, 64]) {
  rows.push([
    `a read of ${eventsPerRead} ${eventsPerRead === 1 ? "event" : "events"}, as chunks`,
    await stream(eventsPerRead, false),
  ]);
  rows.push([
    `a read of ${eventsPerRead} ${eventsPerRead === 1 ? "event" : "events"}, as text`,
    await stream(eventsPerRead, true),
  ]);
}
const lines = rows.map(([what, { in: into, out }]) => `| ${what} | ${into} | ${out} |`);
const table = ["| | calls of the core | calls of JavaScript |", "| --- | ---: | ---: |", ...lines].join("\n");

const [begin, end] = ["<!-- boundary -->", "<!-- /boundary -->"];
const document = await readFile(FILE, "utf8");
const [before, rest] = document.split(begin);
const written = `${before}${begin}\n${table}\n${end}${rest.split(end)[1]}`;
console.log(table);
if (!check) await writeFile(FILE, written);
else if (written !== document) {
  console.error("ARCHITECTURE.md says something else: run this without --check");
  process.exitCode = 1;
}
