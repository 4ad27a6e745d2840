// @ts-check
// Called by the core: its bytes as JavaScript's text, and as what the text says.

// What is no UTF-8 becomes U+FFFD. A byte order mark stays: it is not for this to say that it means nothing.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** @param {Uint8Array} bytes */
export function decode(bytes) {
  return decoder.decode(bytes);
}

/** Undefined where it is no JSON. @param {Uint8Array} bytes @returns {unknown} */
export function parse(bytes) {
  return parsed(decoder, bytes);
}

const ofBodies = new TextDecoder();

/**
 * The JSON of a whole body, undefined where it is none. A byte order mark is no JSON, but some servers send one.
 * @param {Uint8Array} bytes
 */
export function parseBody(bytes) {
  return parsed(ofBodies, bytes);
}

/** @param {TextDecoder} decoder @param {Uint8Array} bytes @returns {unknown} */
function parsed(decoder, bytes) {
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch {
    return undefined;
  }
}
