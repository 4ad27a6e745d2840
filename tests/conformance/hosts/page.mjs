// @ts-check
// In a page, and in the workers that it starts.
import { failureOf } from "./inside.mjs";

Object.assign(globalThis, {
  runCase: (/** @type {string} */ name, /** @type {string} */ gateway) => failureOf("chromium", name, gateway),
});
