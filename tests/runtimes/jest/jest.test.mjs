// @ts-check
// Jest without any configuration: CommonJS, in a context of its own.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { consumer, entryAt } from "../support/consumer.mjs";
import { run } from "../support/processes.mjs";
import { inRuntime } from "../support/runtime.mjs";
import { scriptOf, versionOf } from "../support/tools.mjs";

const folder = await consumer({ "contract.test.cjs": new URL("main.cjs", import.meta.url) });
await build({
  absWorkingDir: folder,
  entryPoints: ["contract.mjs"],
  outfile: "contract.cjs",
  bundle: true,
  format: "cjs",
});

inRuntime({ runtime: "Jest", how: "require()", entry: "index.cjs" }, async (gateway) => {
  const OUTCOME = join(folder, "outcome.json");
  await run(process.execPath, [scriptOf("jest"), "--ci"], { cwd: folder, env: { OUTCOME, GATEWAY: gateway } });
  const { entry, results } = JSON.parse(await readFile(OUTCOME, "utf8"));
  return { version: versionOf("jest"), entry: entryAt(folder, entry), results };
});
