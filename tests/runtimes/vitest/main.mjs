import { AsyncLocalStorage } from "node:async_hooks";
import { writeFileSync } from "node:fs";
import * as auriko from "auriko-wasm";
import { contract } from "./contract.mjs";

test("the contract holds", { timeout: 60_000 }, async () => {
  // It fails for an unhandled rejection by itself.
  const runtime = { name: "vitest", AsyncLocalStorage, reportsRejections: false };
  const results = await contract({ auriko, gateway: process.env.GATEWAY, runtime });
  writeFileSync(process.env.OUTCOME, JSON.stringify({ entry: import.meta.resolve("auriko-wasm"), results }));
});
