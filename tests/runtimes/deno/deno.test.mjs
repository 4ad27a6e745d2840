// @ts-check
// Deno, allowed to use the network and nothing else: no file is read at run time, no variable looked up.
import { outcomeOf } from "../support/command.mjs";
import { consumer } from "../support/consumer.mjs";
import { inRuntime } from "../support/runtime.mjs";
import { binaryOf } from "../support/tools.mjs";

const folder = await consumer({ "main.mjs": new URL("main.mjs", import.meta.url) }, { openai: true });
const deno = binaryOf("deno", "deno");

inRuntime({ runtime: "Deno", how: "only --allow-net", entry: "index.js", openai: true }, (gateway) =>
  outcomeOf(folder, deno, ["run", "--no-prompt", "--allow-net=127.0.0.1", "main.mjs", gateway]),
);
