import { AsyncLocalStorage } from "node:async_hooks";
import * as auriko from "auriko-wasm";
import { contract } from "./contract.mjs";

const [gateway] = Deno.args;
const results = await contract({ auriko, gateway, runtime: { name: "deno", AsyncLocalStorage } });
console.log(JSON.stringify({ version: Deno.version.deno, entry: import.meta.resolve("auriko-wasm"), results }));
