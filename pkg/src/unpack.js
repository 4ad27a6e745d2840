// @ts-check

/**
 * The bytes that scripts/pack.mjs has written as text. The first two characters of the alphabet announce another;
 * the rest are the most frequent bytes.
 * @param {{ alphabet: string, order: number[], length: number, text: string }} packed
 */
export function unpack({ alphabet, order, length, text }) {
  const places = new Uint8Array(128);
  for (let place = 0; place < alphabet.length; place++) places[alphabet.charCodeAt(place)] = place;
  const singles = alphabet.length - 2;
  const bytes = new Uint8Array(length);
  for (let at = 0, end = 0; end < length; end++) {
    let place = places[text.charCodeAt(at++)] - 2;
    if (place < 0) place = singles + (place + 2) * alphabet.length + places[text.charCodeAt(at++)];
    bytes[end] = order[place];
  }
  return bytes;
}
