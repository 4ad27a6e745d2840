const { AsyncLocalStorage } = require("node:async_hooks");
const auriko = require("auriko-wasm");

const [gateway] = process.argv.slice(2);
import("./contract.mjs")
  .then(({ contract }) => contract({ auriko, gateway, runtime: { name: "node", AsyncLocalStorage } }))
  .then((results) => {
    const entry = Object.keys(require.cache).find((path) => path.includes("auriko-wasm"));
    console.log(JSON.stringify({ version: process.versions.node, entry, results }));
  });
