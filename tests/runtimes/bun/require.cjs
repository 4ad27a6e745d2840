const { AsyncLocalStorage } = require("node:async_hooks");
const auriko = require("auriko-wasm");
const entry = require("auriko-wasm/openai");
const { OpenAI } = require("openai");

const [gateway] = process.argv.slice(2);
import("./contract.mjs")
  .then(({ contract }) => contract({ auriko, openai: { ...entry, OpenAI }, gateway, runtime: { name: "bun", AsyncLocalStorage } }))
  .then((results) => {
    console.log(JSON.stringify({ version: Bun.version, entry: require.resolve("auriko-wasm"), results }));
  });
