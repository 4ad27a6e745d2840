// @ts-check
// Node, Deno, Bun, browsers and bundlers: the wasm is inside, and instantiated at import.

import { initSync } from "../wasm/auriko_wasm.js";
import wasm from "../wasm/auriko_wasm_bg.wasm";

initSync({ module: wasm });

export * from "./api.js";
