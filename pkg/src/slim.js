// @ts-check
// For those who ship the wasm themselves: nothing is instantiated until init() is called.
export * from "./api.js";
export { instantiate as init } from "./instantiate.js";
