import { AsyncLocalStorage } from "node:async_hooks";
import * as auriko from "auriko-wasm";
import * as entry from "auriko-wasm/openai";
import { OpenAI } from "openai";
import { contract } from "./contract.mjs";

const [gateway] = Deno.args;
const results = await contract({
  auriko,
  openai: { ...entry, OpenAI },
  gateway,
  runtime: { name: "deno", AsyncLocalStorage },
});
console.log(JSON.stringify({ version: Deno.version.deno, entry: import.meta.resolve("auriko-wasm"), results }));
