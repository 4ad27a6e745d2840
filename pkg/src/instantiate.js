// @ts-check
import { initSync } from "../wasm/auriko_wasm.js";
import { AurikoAPIError } from "./errors.js";
import { reserveStack } from "./guard.js";

let ready = false;

/**
 * Starts the core, once. Called again it does nothing; after a failure it can be called again.
 * @param {BufferSource | WebAssembly.Module} module
 */
export function instantiate(module) {
  if (ready) return;
  try {
    initSync({ module });
  } catch (cause) {
    throw new AurikoAPIError(
      "The WebAssembly core could not be started; the cause says why. In a page with a Content-Security-Policy, " +
        "script-src has to allow 'wasm-unsafe-eval'.",
      { code: "wasm_unavailable", cause },
    );
  }
  ready = true;
}

/** Says what to do where the core would fail with a TypeError. */
export function assertReady() {
  if (ready) return reserveStack();
  throw new AurikoAPIError('"auriko-wasm/slim" has to be started: call init() with the bytes or the module first.', {
    code: "not_initialized",
  });
}
