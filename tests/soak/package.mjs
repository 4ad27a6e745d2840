// @ts-check
// The package, loaded once the gauges watch for its core.
import "./gauges.mjs";

export const { AurikoClient } = await import("auriko-wasm");
