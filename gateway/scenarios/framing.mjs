// @ts-check
// The same events in other spellings, all of which the event-stream format allows.
import { altering, payloadOf } from "./answer.mjs";

const CR = 0x0d;

/**
 * @param {(event: string) => string} respell
 * @param {import('../http/cut.mjs').Cutter} [cut]
 */
const respelled = (respell, cut) =>
  altering(
    (events) => events.map(respell),
    () => (cut === undefined ? {} : { cut }),
  );

/**
 * Writes that begin wherever the test says so.
 * @param {(bytes: Uint8Array, at: number) => boolean} begins
 * @returns {import('../http/cut.mjs').Cutter}
 */
function cutWhere(begins) {
  return function* (events) {
    for (const event of events) {
      let start = 0;
      for (let at = 1; at < event.length; at += 1) {
        if (!begins(event, at)) continue;
        yield { bytes: event.subarray(start, at), ended: 0 };
        start = at;
      }
      yield { bytes: event.subarray(start), ended: 1 };
    }
  };
}

/** @param {string} event */
const withCrlf = (event) => event.replaceAll("\n", "\r\n");

/** @param {string} event */
function overManyLines(event) {
  const payload = payloadOf(event);
  if (payload === null) return event;
  const lines = JSON.stringify(payload, null, 2).split("\n");
  return `${lines.map((line) => `data: ${line}\n`).join("")}\n`;
}

/** Comments of every form: before, inside, after, and as a block of their own. @param {string} event */
const amongComments = (event) =>
  `:\n: a comment\nid: 7\n:data: {"not":"data"}\n${event.trimEnd()}\n:after\n\n: alone\n\n:\n\n`;

export const crlf = respelled(withCrlf);

export const cr = respelled((event) => event.replaceAll("\n", "\r"));

/** A CR ends one write and its LF begins the next, and that inside of events too: their JSON has many lines. */
export const crlfSplit = respelled(
  (event) => withCrlf(overManyLines(event)),
  cutWhere((bytes, at) => bytes[at - 1] === CR),
);

/** Each byte of a multi-byte character in another write than the byte before it. */
export const splitUtf8 = respelled(
  (event) => event,
  cutWhere((bytes, at) => (bytes[at] & 0xc0) === 0x80),
);

export const noSpace = respelled((event) => event.replace(/^data: /, "data:"));

export const comments = respelled(amongComments);

export const multilineJson = respelled(overManyLines);
