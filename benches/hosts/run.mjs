// @ts-check
// Runs the bundled suite in each host, one after the other, and gives what it measured.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { binaryOf } from "../../tests/runtimes/support/tools.mjs";
import { bundled } from "./bundle.mjs";
import { inChromium } from "./chromium.mjs";

const run = promisify(execFile);

/** @type {Record<string, () => string[]>} */
const COMMANDS = {
  "Node.js": () => [process.execPath],
  Deno: () => [binaryOf("deno", "deno"), "run", "--no-prompt", "--allow-env"],
  Bun: () => [binaryOf("bun", "bin/bun"), "run"],
};

export const HOSTS = [...Object.keys(COMMANDS), "Chromium"];

/**
 * @param {string[]} names
 * @param {boolean} quick
 * @returns {Promise<{ host: string, version: string, [measure: string]: any }[]>}
 */
export async function results(names, quick) {
  const folder = await mkdtemp(join(tmpdir(), "auriko-bench-"));
  try {
    const script = await bundled();
    const main = join(folder, "main.mjs");
    await writeFile(join(folder, "suite.mjs"), script);
    await writeFile(
      main,
      `import { measure } from "./suite.mjs";\nconsole.log(JSON.stringify(await measure(${quick})));\n`,
    );
    const all = [];
    for (const host of names) {
      console.error(`▸ ${host}`);
      const measured = host === "Chromium" ? await inChromium(script, quick) : await inProcess(COMMANDS[host](), main);
      all.push({ host, ...measured });
    }
    return all;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** @param {string[]} command @param {string} main */
async function inProcess([file, ...args], main) {
  const { stdout } = await run(file, [...args, main], { maxBuffer: 1 << 26 });
  const version = (await run(file, ["--version"])).stdout.match(/\d[\d.]*/)?.[0] ?? "";
  return { version, ...JSON.parse(stdout) };
}
