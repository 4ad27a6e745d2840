// @ts-check
// The proxy under load, in Cloudflare's runtime on this machine.
//   node --test tests/examples/edge-proxy/load.test.mjs             a little, to see that it holds
//   LOAD=full node --test tests/examples/edge-proxy/load.test.mjs   half a minute, and the figures go into the README
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { start } from "../../runtimes/support/processes.mjs";
import { versionOf } from "../../runtimes/support/tools.mjs";
import { project } from "./hosts.mjs";
import { cpuOf, measure, memoryOf } from "./load/measure.mjs";
import { startWorkerd } from "./workerd.mjs";

const isFull = process.env.LOAD === "full";
const SIZE = isFull
  ? { rounds: 15, count: 200, concurrency: 32, streams: 400 }
  : { rounds: 1, count: 50, concurrency: 10, streams: 50 };
const README = new URL("../../../examples/edge-proxy/README.md", import.meta.url);
const [BEGIN, END] = ["<!-- load -->", "<!-- /load -->"];

// A process of its own: what it takes to answer is not to be the proxy's.
const main = fileURLToPath(new URL("../../../gateway/main.mjs", import.meta.url));
const [gateway] = await start(process.execPath, [main, "--port", "0"]).prints(/^http:\S+/m);
const env = {
  AURIKO_API_KEY: "ak_test_local",
  AURIKO_BASE_URL: gateway,
  ALLOWED_MODELS: "gpt-5.4",
  FORWARD_HEADERS: "x-gateway-pace",
};
const { url, pid } = await startWorkerd(await project(), env);

test("no answer is lost under load, and open streams are cheap", { timeout: 300_000 }, async (t) => {
  const rows = await measure({ direct: gateway, proxied: url }, SIZE);
  const answer = await cpuOf(url, pid, { stream: false }, SIZE);
  const stream = await cpuOf(url, pid, { stream: true }, SIZE);
  const { idle, open } = await memoryOf(url, pid, SIZE.streams);
  const perStream = (1024 * (open - idle)) / SIZE.streams;
  const table = [
    "| | direct | through the proxy | ratio |",
    "| --- | --- | --- | --- |",
    ...rows.map(({ what, unit, direct, proxied }) => {
      const [a, b] = [direct, proxied].map((value) =>
        `${value < 100 ? value.toPrecision(2) : Math.round(value)} ${unit}`.trim(),
      );
      return `| ${what} | ${a} | ${b} | ${(proxied / direct).toFixed(2)} |`;
    }),
    "",
    `workerd ${versionOf("workerd")} took ${answer.toFixed(1)} ms of a processor for an answer and ${stream.toFixed(1)} ms for a stream. After that it`,
    `held ${idle.toFixed(0)} MB in memory, and ${perStream.toFixed(0)} kB more for each of ${SIZE.streams} streams that were open at once.`,
  ].join("\n");
  t.diagnostic(`\n${table}`);
  assert.ok(perStream < 500);
  if (!isFull) return;
  const readme = await readFile(README, "utf8");
  const [before, rest = ""] = readme.split(BEGIN);
  const [, after] = rest.split(END);
  await writeFile(README, `${before}${BEGIN}\n${table}\n${END}${after}`);
});
