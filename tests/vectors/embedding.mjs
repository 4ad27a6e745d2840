// @ts-check
// The vectors say `hello` where a stream of completions has JSON, which is an error to whoever reads completions.
// Embedded, each becomes a stream of JSON whose chunks tell what the vector told: what stands after `data:` becomes
// a string in an array of lines, `data: {"lines":["hello"]}`. All else stays as it is, byte for byte: line ends,
// comments, other fields, cut characters, bytes that are no UTF-8.

/** @typedef {{ body: string, place: (at: number) => number }} Embedded the bytes, and where a place of the original is */

const BYTE_ORDER_MARK = "\xef\xbb\xbf";

/** A line and its end, if it has one. */
const LINE = /([^\r\n]*)(\r\n|\r|\n|$)/y;

/** @param {string} byte what it is within a string of JSON */
function quoted(byte) {
  if (byte === '"' || byte === "\\") return `\\${byte}`;
  return byte < " " ? `\\u${byte.charCodeAt(0).toString(16).padStart(4, "0")}` : byte;
}

/** Where the values of `data` lines begin and end, for each event. @param {string} body */
function valuesOf(body) {
  /** @type {[from: number, to: number][][]} */
  const events = [[]];
  LINE.lastIndex = body.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  while (LINE.lastIndex < body.length) {
    const from = LINE.lastIndex;
    const [, line] = /** @type {RegExpExecArray} */ (LINE.exec(body));
    const [field] = /^data: ?/.exec(line) ?? [];
    if (field) events[0].unshift([from + field.length, from + line.length]);
    if (line === "") events.unshift([]);
  }
  return events;
}

/**
 * @param {string} body a character for each byte
 * @returns {Embedded}
 */
export function embedded(body) {
  const bytes = Array.from(body);
  // What comes before each byte, and at the end.
  const before = Array.from({ length: bytes.length + 1 }, () => "");
  for (const values of valuesOf(body)) {
    for (const [index, [from, to]] of values.entries()) {
      const [isLast, isFirst] = [index === 0, index === values.length - 1];
      for (let at = from; at < to; at += 1) bytes[at] = quoted(bytes[at]);
      before[from] = `${isFirst ? '{"lines":[' : ","}"`;
      before[to] += `"${isLast ? "]}" : ""}`;
    }
  }
  /** @type {number[]} */
  const places = [];
  let length = 0;
  for (const [at, more] of before.entries()) {
    length += more.length;
    places.push(length);
    length += bytes[at]?.length ?? 0;
  }
  return { body: before.map((more, at) => more + (bytes[at] ?? "")).join(""), place: (at) => places[at] };
}

/** Whether JSON fits into all of its `data` lines: not into one that has no colon. @param {string} body */
export const isEmbeddable = (body) => !/(^|[\r\n])data($|[\r\n])/.test(body);
