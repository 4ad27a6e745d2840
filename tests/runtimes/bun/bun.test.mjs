// @ts-check
import { outcomeOf } from "../support/command.mjs";
import { consumer } from "../support/consumer.mjs";
import { inRuntime } from "../support/runtime.mjs";
import { binaryOf } from "../support/tools.mjs";

const folder = await consumer(
  {
    "import.mjs": new URL("import.mjs", import.meta.url),
    "require.cjs": new URL("require.cjs", import.meta.url),
  },
  { openai: true },
);
const bun = binaryOf("bun", "bin/bun");

for (const [how, main, entry] of [
  ["import", "import.mjs", "index.js"],
  ["require()", "require.cjs", "index.cjs"],
]) {
  inRuntime({ runtime: "Bun", how, entry, openai: true }, (gateway) => outcomeOf(folder, bun, [main, gateway]));
}
