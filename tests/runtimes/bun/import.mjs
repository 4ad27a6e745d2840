import { AsyncLocalStorage } from "node:async_hooks";
import * as auriko from "auriko-wasm";
import * as entry from "auriko-wasm/openai";
import { OpenAI } from "openai";
import { contract } from "./contract.mjs";

const [gateway] = process.argv.slice(2);
const results = await contract({
  auriko,
  openai: { ...entry, OpenAI },
  gateway,
  runtime: { name: "bun", AsyncLocalStorage },
});
console.log(JSON.stringify({ version: Bun.version, entry: import.meta.resolve("auriko-wasm"), results }));
