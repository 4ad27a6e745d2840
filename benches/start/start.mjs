// @ts-check
// How long it takes from the import of a client to its first request, each time in a fresh process of Node.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { medians } from "../measures/rounds.mjs";

const run = promisify(execFile);

/** @param {boolean} quick @returns {Promise<Record<string, number>>} in milliseconds */
export function starts(quick) {
  const contenders = ["auriko", "openai"].map((file) => ({
    name: file === "auriko" ? "auriko-wasm" : file,
    async run() {
      const script = fileURLToPath(new URL(`${file}.mjs`, import.meta.url));
      return Number((await run(process.execPath, [script])).stdout);
    },
  }));
  return medians(contenders, quick ? { rounds: 3, warmUp: 1 } : { rounds: 21, warmUp: 2 });
}
