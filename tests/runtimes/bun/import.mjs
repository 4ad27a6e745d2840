import { AsyncLocalStorage } from "node:async_hooks";
import * as auriko from "auriko-wasm";
import { contract } from "./contract.mjs";

const [gateway] = process.argv.slice(2);
const results = await contract({ auriko, gateway, runtime: { name: "bun", AsyncLocalStorage } });
console.log(JSON.stringify({ version: Bun.version, entry: import.meta.resolve("auriko-wasm"), results }));
