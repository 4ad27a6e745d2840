// @ts-check
// Node.js, each version that is maintained, with import and with require().
import { outcomeOf } from "../support/command.mjs";
import { consumer } from "../support/consumer.mjs";
import { inRuntime } from "../support/runtime.mjs";
import { nodeOf } from "../support/tools.mjs";

const folder = await consumer({
  "import.mjs": new URL("import.mjs", import.meta.url),
  "require.cjs": new URL("require.cjs", import.meta.url),
});

for (const major of [20, 22, 24]) {
  for (const [how, main, entry] of [
    ["import", "import.mjs", "index.js"],
    ["require()", "require.cjs", "index.cjs"],
  ]) {
    inRuntime({ runtime: "Node.js", how, where: `${major}`, entry }, (gateway) =>
      outcomeOf(folder, nodeOf(major), [main, gateway]),
    );
  }
}
