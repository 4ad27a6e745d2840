// @ts-check
// The local gateway in a process of its own, so that what it keeps is not measured.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** How long a request may take to be seen as left, in milliseconds. */
const PATIENCE = 5000;

/** @typedef {Awaited<ReturnType<typeof gatewayApart>>} Gateway */

export async function gatewayApart() {
  const program = fileURLToPath(new URL("../../gateway/main.mjs", import.meta.url));
  const child = spawn(process.execPath, [program, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  const url = line.trim();
  return {
    url,
    /** @param {string} run @returns {Promise<any[]>} */
    log: async (run) => (await fetch(`${url}/_log?run=${run}`)).json(),
    /** The scenarios of requests that it still answers, although nobody can want them any more. */
    async open() {
      const deadline = performance.now() + PATIENCE;
      for (;;) {
        const records = /** @type {any[]} */ (await (await fetch(`${url}/_log`)).json());
        const open = records.filter(({ endedAt }) => endedAt === null).map(({ scenario }) => String(scenario));
        if (open.length === 0 || performance.now() > deadline) return open;
        await sleep(50);
      }
    },
    async forget() {
      await (await fetch(`${url}/_log`, { method: "DELETE" })).arrayBuffer();
    },
    close: () => void child.kill(),
  };
}
