// @ts-check
// CommonJS has no shared chunks: this is the one file that its entries share.
import "./index.js";

export * from "./internal.js";
