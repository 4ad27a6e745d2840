// @ts-check
// Cutting a text into the small pieces in which a model says it. A piece counts as a token.

const MOST_PIECES = 2000;

/**
 * Words of at most twelve characters, each with the space before it; never half a character.
 * A long text gets longer pieces instead of more of them.
 * @param {string} text
 */
export function piecesOf(text) {
  const words = text.match(/\s{0,12}\S{1,12}|\s{1,12}/gu) ?? [];
  const size = Math.ceil(words.length / MOST_PIECES);
  if (size <= 1) return words;
  const pieces = [];
  for (let at = 0; at < words.length; at += size) pieces.push(words.slice(at, at + size).join(""));
  return pieces;
}

/**
 * Fragments of the arguments of a tool call: cut anywhere, because that is how they arrive.
 * @param {string} json
 */
export function fragmentsOf(json) {
  return json.match(/.{1,7}/gsu) ?? [];
}

/** About four characters a token, as a rule of thumb. @param {unknown} value */
export function tokensIn(value) {
  return Math.ceil(JSON.stringify(value).length / 4);
}

/**
 * One item of each in turn until all are empty: choices, or tool calls, that arrive together.
 * @template T
 * @param {Iterable<T>[]} sources
 */
export function* interleaved(sources) {
  let open = sources.map((source) => source[Symbol.iterator]());
  while (open.length > 0) {
    const still = [];
    for (const iterator of open) {
      const { done, value } = iterator.next();
      if (done) continue;
      yield value;
      still.push(iterator);
    }
    open = still;
  }
}
