// @ts-check
// Cloudflare Workers and Vercel's edge runtime compile no code at run time: the wasm is a module of theirs.
import module from "../wasm/auriko_wasm_bg.wasm?module";
import { instantiate } from "./instantiate.js";

// In Vercel's runtime the module comes from another realm, is no instance of this one's class, and would be
// taken for bytes to compile.
if (!(module instanceof WebAssembly.Module)) Object.setPrototypeOf(module, WebAssembly.Module.prototype);
instantiate(module);

export * from "./api.js";
