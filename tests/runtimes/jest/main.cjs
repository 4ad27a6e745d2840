const { AsyncLocalStorage } = require("node:async_hooks");
const { writeFileSync } = require("node:fs");
const auriko = require("auriko-wasm");
const { contract } = require("./contract.cjs");

test("the contract holds", async () => {
  // It fails for an unhandled rejection by itself.
  const runtime = { name: "jest", AsyncLocalStorage, reportsRejections: false };
  const results = await contract({ auriko, gateway: process.env.GATEWAY, runtime });
  writeFileSync(process.env.OUTCOME, JSON.stringify({ entry: require.resolve("auriko-wasm"), results }));
}, 60_000);
