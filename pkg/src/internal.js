// @ts-check
// What the entries for other libraries are made of: all that they may import, so that a CommonJS entry can take it
// from the one file in which the core is.
export { connection, MetadataListener, statusError } from "../wasm/auriko_wasm.js";
export * from "./api.js";
export { capture } from "./capture.js";
export { brand } from "./errors.js";
