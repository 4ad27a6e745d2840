// @ts-check
// Large streams, many streams, slow readers. Fails when one of them does not hold what is promised.
//   --short   a tenth of the work, and nothing is written into docs/performance.md
import { parseArgs } from "node:util";
import { machine, write } from "../report/document.mjs";
import { ofScale } from "../report/tables.mjs";
import { crowd } from "./crowd.mjs";
import { gigabyte } from "./gigabyte.mjs";
import { idleReader } from "./idle-reader.mjs";
import { largeEvent, tinyReads } from "./linear.mjs";
import { startService } from "./service.mjs";

const { short } = parseArgs({ options: { short: { type: "boolean", default: false } } }).values;
const service = await startService();
const found = [];
// The large event last: WebAssembly's memory does not shrink.
for (const measure of [gigabyte, crowd, idleReader]) found.push(...(await measure(service, short)));
service.close();
for (const measure of [tinyReads, largeEvent]) found.push(...(await measure(short)));
const text = ofScale(found);
console.log(text);
if (!short) await write("scale", `${machine()}\n\n${text}`);
if (found.some(({ value, limit }) => value > limit)) process.exitCode = 1;
