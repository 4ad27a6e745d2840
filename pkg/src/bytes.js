// @ts-check
// The bytes of a body, from whatever a caller's own fetch brings. A subclass can say anything of its length, and the
// core trusts what it is told: so the view itself is asked, by the getters that all views inherit.

import { bytesOfCore } from "./memory.js";

const arrays = Object.getPrototypeOf(Uint8Array.prototype);
const ofArrays = getters(arrays);
const ofDataViews = getters(DataView.prototype);
/** The name of a kind of array, whatever it calls itself; undefined of everything else. */
const kindOf = getter(arrays, Symbol.toStringTag);
const { set } = Uint8Array.prototype;

/**
 * How many bytes a view shows, none if its memory was given away; -1 if it is no view.
 * @param {any} view
 * @returns {number}
 */
export function lengthOf(view) {
  if (kindOf.call(view) !== undefined) return ofArrays.byteLength.call(view);
  return bytesOf(view)?.length ?? -1;
}

/**
 * Called by the core. Copies the bytes that a view shows into its memory.
 * @param {number} place with space for all of them
 * @param {any} view
 */
export function fill(place, view) {
  // What it copies from is taken as what it is, whatever it says of itself.
  const bytes = kindOf.call(view) === "Uint8Array" ? view : /** @type {Uint8Array} */ (bytesOf(view));
  set.call(bytesOfCore(), bytes, place);
}

/**
 * Called by the core. The bytes that a view shows, none if its memory was given away; nothing if it is no view.
 * @param {unknown} view
 * @returns {Uint8Array | undefined}
 */
export function bytesOf(view) {
  // A proxy of a view is none.
  if (!ArrayBuffer.isView(view)) return undefined;
  return shown(view, ofArrays) ?? shown(view, ofDataViews) ?? new Uint8Array();
}

/** @param {ArrayBufferView} view @param {ReturnType<typeof getters>} getters */
function shown(view, { buffer, byteOffset, byteLength }) {
  try {
    return new Uint8Array(buffer.call(view), byteOffset.call(view), byteLength.call(view));
  } catch {
    return undefined;
  }
}

/** @param {object} prototype */
function getters(prototype) {
  const of = (/** @type {string} */ name) => getter(prototype, name);
  return { buffer: of("buffer"), byteOffset: of("byteOffset"), byteLength: of("byteLength") };
}

/** @param {object} prototype @param {string | symbol} name */
function getter(prototype, name) {
  return /** @type {() => any} */ (Object.getOwnPropertyDescriptor(prototype, name)?.get);
}
