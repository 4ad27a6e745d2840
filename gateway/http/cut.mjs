// @ts-check
// How the bytes of a stream are cut into network writes. A client must not notice.

/**
 * One write: its bytes, and how many events are complete once it was sent.
 * @typedef {{ bytes: Uint8Array, ended: number }} Write
 * @typedef {(events: Iterable<Uint8Array>) => Iterable<Write>} Cutter
 */

/** Endless streams exist, so "as few writes as possible" needs an upper bound. */
const LARGEST_WRITE = 1024 * 1024;

export const CUT_FORMS = "event, all, split, events:N, or a number of bytes";

/**
 * @param {string | number} spec
 * @returns {Cutter}
 */
export function cutterFor(spec) {
  const text = String(spec);
  if (text === "event") return grouped(1);
  if (text === "all") return grouped(Infinity);
  if (text === "split") return inTheMiddle;
  const [, unit, digits] = /^(events:)?([1-9]\d{0,8})$/.exec(text) ?? [];
  if (digits === undefined) throw new RangeError(`cut must be ${CUT_FORMS}; got '${text}'`);
  return unit === undefined ? everyBytes(Number(digits)) : grouped(Number(digits));
}

/**
 * @param {number} count events in a write
 * @returns {Cutter}
 */
function grouped(count) {
  return function* (events) {
    let group = [];
    let size = 0;
    for (const event of events) {
      group.push(event);
      size += event.length;
      if (group.length < count && size < LARGEST_WRITE) continue;
      yield { bytes: Buffer.concat(group), ended: group.length };
      group = [];
      size = 0;
    }
    if (group.length > 0) yield { bytes: Buffer.concat(group), ended: group.length };
  };
}

/**
 * Cuts the stream as a whole, so that a write may hold the end of one event and the start of the next.
 * @param {number} size
 * @returns {Cutter}
 */
function everyBytes(size) {
  return function* (events) {
    let rest = Buffer.alloc(0);
    let ended = 0;
    for (const event of events) {
      rest = rest.length === 0 ? Buffer.from(event) : Buffer.concat([rest, event]);
      let at = 0;
      for (; rest.length - at > size; at += size) {
        yield { bytes: rest.subarray(at, at + size), ended };
        ended = 0;
      }
      rest = rest.subarray(at);
      ended += 1;
    }
    if (rest.length > 0) yield { bytes: rest, ended };
  };
}

/**
 * Two writes for each event.
 * @type {Cutter}
 */
function* inTheMiddle(events) {
  for (const event of events) {
    const at = middleOf(event);
    if (at > 0) yield { bytes: event.subarray(0, at), ended: 0 };
    yield { bytes: event.subarray(at), ended: 1 };
  }
}

/**
 * The cut nearest to the middle that falls inside a multi-byte character, else the middle.
 * @param {Uint8Array} bytes
 */
function middleOf(bytes) {
  const middle = bytes.length >> 1;
  for (let distance = 0; distance <= middle; distance += 1) {
    if (isContinuation(bytes[middle - distance])) return middle - distance;
    if (isContinuation(bytes[middle + distance])) return middle + distance;
  }
  return middle;
}

/** @param {number | undefined} byte */
function isContinuation(byte) {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
