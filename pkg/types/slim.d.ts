/**
 * The same as `auriko-wasm`, for those who ship the wasm themselves.
 * @module auriko-wasm/slim
 */

export * from "./index.js";

/** `WebAssembly.Module`, where it is declared: @types/node does not know it. */
type WasmModule = typeof globalThis extends { WebAssembly: { Module: { prototype: infer Module } } } ? Module : object;

/**
 * Starts the core, which everything else in this entry needs. Called again it does nothing; after a failure it can
 * be called again. The bytes are those of `auriko-wasm/auriko_wasm_bg.wasm`; a module is one compiled from them.
 *
 * @throws {AurikoAPIError} with code `wasm_unavailable` where they cannot be compiled or started, `cause` says why.
 */
export declare function init(module: ArrayBuffer | ArrayBufferView | WasmModule): void;

// biome-ignore lint/complexity/noUselessEmptyExport: in a declaration file it keeps the rest private
export {};
