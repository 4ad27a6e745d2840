// @ts-check
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { consumer, entryAt } from "../support/consumer.mjs";
import { run } from "../support/processes.mjs";
import { inRuntime } from "../support/runtime.mjs";
import { scriptOf, versionOf } from "../support/tools.mjs";

const folder = await consumer({ "contract.test.mjs": new URL("main.mjs", import.meta.url) });

inRuntime({ runtime: "Vitest", how: "import", entry: "index.js" }, async (gateway) => {
  const OUTCOME = join(folder, "outcome.json");
  const options = ["run", "--globals", "--no-cache", "--root", folder];
  await run(process.execPath, [scriptOf("vitest"), ...options], { cwd: folder, env: { OUTCOME, GATEWAY: gateway } });
  const { entry, results } = JSON.parse(await readFile(OUTCOME, "utf8"));
  return { version: versionOf("vitest"), entry: entryAt(folder, entry), results };
});
