// @ts-check
// If the core ever stops, which no test has made it do by the API: calls that wait reject, later ones fail, and both
// say why. Here it is made to stop by changing its WebAssembly.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { gatewayForThisFile, KEY } from "../../gateway/harness.mjs";
import { slim } from "./installed.mjs";
import { trapping, withPages } from "./stopped/wasm.mjs";

const gateway = gatewayForThisFile();
const wasm = await readFile(fileURLToPath(new URL("../../pkg/dist/auriko_wasm_bg.wasm", import.meta.url)));
const STOPPED = "AurikoAPIError core_stopped RuntimeError";

/** @param {string} scenario of stopped/worker.mjs @param {Uint8Array} changed */
async function run(scenario, changed) {
  const worker = new Worker(new URL("./stopped/worker.mjs", import.meta.url), {
    workerData: { slim, wasm: changed, apiKey: KEY, url: gateway.running.url, scenario },
  });
  const [{ result, uncaught }] = await once(worker, "message");
  await worker.terminate();
  assert.deepEqual(uncaught, []);
  return result;
}

/** @param {{ now: string[], later: string[] }} result */
function assertStopped({ now, later }) {
  for (const each of [...now, ...later]) assert.equal(each, STOPPED);
}

test("a call in which the core stops rejects, as do those that wait, and later ones say so", {
  timeout: 30_000,
}, async () => {
  assertStopped(await run("call", trapping(wasm, /^__closure_/)));
});

test("the same where it stops at a later step of the call", { timeout: 60_000 }, async () => {
  // One of these begins a call, and another takes its steps. The third is for signals.
  const ends = [];
  for (const closure of [/^__closure_0$/, /^__closure_1$/, /^__closure_2$/])
    ends.push(await run("call", trapping(wasm, closure)));
  const stopped = ends.filter(({ later }) => later.includes(STOPPED));
  assert.equal(stopped.length, 2);
  stopped.forEach(assertStopped);
});

test("a call that waits rejects when the core stops elsewhere", { timeout: 30_000 }, async () => {
  assertStopped(await run("options", trapping(wasm, /^routingoptions_new$/)));
});

test("streams fail when the core stops, and can be closed", { timeout: 30_000 }, async () => {
  const result = await run("stream", trapping(wasm, /^streamsource_read$/));
  assertStopped(result);
  assert.equal(result.completed, false);
});

test("a stream that cannot even say how it has failed is no stream that hangs", { timeout: 30_000 }, async () => {
  const { now, later } = await run("failing", trapping(wasm, /^streamsource_takeError$/));
  assertStopped({ now, later });
});

test("text for which there is no memory makes a typed error or a whole chunk, and the core goes on", {
  timeout: 30_000,
}, async () => {
  const { now, later } = await run("text", withPages(wasm, 24));
  assert.deepEqual([now.filter((end) => /core_stopped/.test(end)), later], [[], ["no error"]]);
});

test("an event for which there is no memory makes a typed error, and the core goes on; an object needs none", {
  timeout: 30_000,
}, async () => {
  const { now, later } = await run("memory", withPages(wasm, 16));
  assert.deepEqual([now, later], [["APIStatusError invalid_chunk undefined", "no error"], ["no error"]]);
});

test("what events of rising size have needed serves the next: memory is joined again", {
  timeout: 30_000,
}, async () => {
  const { now, later } = await run("rising", withPages(wasm, 80));
  assert.deepStrictEqual([new Set(now), later], [new Set(["no error"]), ["no error"]]);
});
