// @ts-check
// What must not grow. Import this before the package: it watches the core being started.
import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

/** What the core exports. @type {any} */
let core;
const { Instance } = WebAssembly;
WebAssembly.Instance = /** @type {any} */ (
  class extends Instance {
    /** @param {WebAssembly.Module} module @param {WebAssembly.Imports} imports */
    constructor(module, imports) {
      super(module, imports);
      core = this.exports;
    }
  }
);

/** How many JavaScript values the core holds. */
function handles() {
  const table = core.__wbindgen_externrefs;
  let held = 0;
  for (let at = 0; at < table.length; at += 1) held += Number(table.get(at) != null);
  return held;
}

/** How many connections are open, those included that are kept for later calls, which keeps no process alive. */
const sockets = () => /** @type {any} */ (process.report.getReport()).libuv.filter(isTcp).length;
const isTcp = (/** @type {{ type: string }} */ { type }) => type === "tcp";

/** @typedef {Awaited<ReturnType<typeof measure>>} Figures */

/** Once garbage is collected, and its finalizers have run. @param {AbortSignal} shared what every call was given */
export async function measure(shared) {
  for (let turn = 0; turn < 4; turn += 1) {
    await sleep(5);
    collect();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    heap: heapUsed,
    external,
    rss,
    core: core.memory.buffer.byteLength,
    handles: handles(),
    listeners: getEventListeners(shared, "abort").length,
    sockets: sockets(),
  };
}
