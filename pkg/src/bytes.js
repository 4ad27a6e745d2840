// @ts-check
// The bytes of a body, from whatever a caller's own fetch brings. A subclass can say anything of its length, and the
// core trusts what it is told: so the view itself is asked, by the getters that all views inherit.

const ofArrays = getters(Object.getPrototypeOf(Uint8Array.prototype));
const ofDataViews = getters(DataView.prototype);

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
  const getter = (/** @type {string} */ name) =>
    /** @type {() => any} */ (Object.getOwnPropertyDescriptor(prototype, name)?.get);
  return { buffer: getter("buffer"), byteOffset: getter("byteOffset"), byteLength: getter("byteLength") };
}
