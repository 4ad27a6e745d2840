// @ts-check
// The cases in Node.
import { after, describe, test } from "node:test";
import { startGateway } from "../../gateway/server.mjs";
import "./cases/index.mjs";
import { Context, casesFor } from "./harness.mjs";

const auriko = await import("auriko-wasm");
const gateway = await startGateway();
after(() => gateway.close());

const { together, alone } = casesFor("node");
for (const [name, some, concurrency] of /** @type {const} */ ([
  ["side by side", together, 8],
  ["alone", alone, 1],
])) {
  describe(`Node, ${name}`, { concurrency }, () => {
    for (const { id, title, run } of some)
      test(`${id}: ${title}`, { timeout: 120_000 }, () => run(new Context(auriko, gateway.url, "node")));
  });
}
