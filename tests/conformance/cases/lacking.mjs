// @ts-check
// L: older runtimes. The cases about streams again, in a worker that has lost what not every runtime has.
import { cases, conformance, nameOf } from "../harness.mjs";
import { failuresInWorker } from "./workers.mjs";

/** Streams read, left, aborted, closed, and read in every form. */
const NUMBERS = ["25", "74", "76", "82", "98", "101", "103", "105"];

/** Run before anything is loaded. */
const LOSE = `
  for (const name of ["FinalizationRegistry", "WeakRef"]) delete globalThis[name];
  for (const name of ["any", "timeout"]) delete AbortSignal[name];
  for (const name of [Symbol.asyncIterator, "values"]) delete ReadableStream.prototype[name];
  delete ReadableStream.from;
  delete Promise.withResolvers;`;

conformance(
  "166",
  "what a runtime may lack is not needed: weak references, new functions of AbortSignal, iteration of streams",
  async (t) => {
    const names = cases
      .filter(({ ids, hosts }) => hosts.includes(t.host) && ids.some((id) => NUMBERS.includes(id)))
      .map(nameOf);
    t.expect(names.length).to.be.above(30);
    t.expect(await failuresInWorker(import.meta.url, names, t.gateway, LOSE)).to.deep.equal([]);
  },
  {
    alone: true,
    hosts: ["chromium"],
    why: "the fetch of Node needs them itself, and workerd loads all modules at once",
  },
);
