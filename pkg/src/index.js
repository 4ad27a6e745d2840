// @ts-check
// Node, Deno, Bun, browsers and bundlers: the wasm is inside, and instantiated at import.
import wasm from "../wasm/auriko_wasm_bg.wasm";
import { instantiate } from "./instantiate.js";

instantiate(wasm);

export * from "./api.js";
