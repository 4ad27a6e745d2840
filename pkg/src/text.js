// @ts-check
// Called by the core: its bytes as JavaScript's text, and as what the text says.

import { bytesOfCore } from "./memory.js";

// What is no UTF-8 becomes U+FFFD. A byte order mark stays: it is not for this to say that it means nothing.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Longer texts are left to the platform, in bytes. */
const SHORT = 24;

/**
 * The text of bytes in the memory of the core.
 * @param {number} place
 * @param {number} length
 */
export function decode(place, length) {
  const bytes = bytesOfCore();
  const short = length > SHORT ? undefined : decodeShort(bytes, place, place + length);
  return short ?? decoder.decode(bytes.subarray(place, place + length));
}

/**
 * What most chunks bring: a word or two in characters of up to three bytes. Of everything else, nothing.
 * @param {Uint8Array} bytes
 * @param {number} begin
 * @param {number} end
 */
function decodeShort(bytes, begin, end) {
  let text = "";
  for (let at = begin; at < end; at++) {
    const first = bytes[at];
    if (first < 0x80) {
      text += String.fromCharCode(first);
      continue;
    }
    const isPair = first >= 0xc2 && first < 0xe0;
    const isTriple = first >= 0xe0 && first < 0xf0;
    const last = at + (isPair ? 1 : 2);
    if (!(isPair || isTriple) || last >= end) return undefined;
    let unit = first & (isPair ? 0x1f : 0x0f);
    while (at < last) {
      const next = bytes[++at];
      if ((next & 0xc0) !== 0x80) return undefined;
      unit = (unit << 6) | (next & 0x3f);
    }
    // Written too long, and halves of characters: no UTF-8.
    if (isTriple && (unit < 0x800 || (unit & 0xf800) === 0xd800)) return undefined;
    text += String.fromCharCode(unit);
  }
  return text;
}

/**
 * The JSON in the memory of the core. Undefined where it is none.
 * @param {number} place
 * @param {number} length
 */
export function parseAt(place, length) {
  return parsed(decoder, bytesOfCore().subarray(place, place + length));
}

/** Undefined where it is no JSON. @param {Uint8Array} bytes @returns {unknown} */
export function parse(bytes) {
  return parsed(decoder, bytes);
}

/** How much is kept of a body that is not the JSON that it should be, in characters. */
const EXCERPT = 4096;

/**
 * The beginning of what should have been JSON, for the one who has to find out what it is.
 * @param {string | Uint8Array} body
 */
export function excerpt(body) {
  // No character has more than four bytes, or two units of a string.
  const text = typeof body === "string" ? body : decoder.decode(body.subarray(0, 4 * EXCERPT));
  return Array.from(text.slice(0, 2 * EXCERPT))
    .slice(0, EXCERPT)
    .join("");
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
