// @ts-check
// A. The event-stream vectors, through the client: as they are, and embedded in JSON, where every event can be seen.
import { embedded, isEmbeddable } from "../../vectors/embedding.mjs";
import file from "../../vectors/sse.json" with { type: "json" };
import { conformance } from "../harness.mjs";
import { chat, responses } from "./apis.mjs";
import { clientOf } from "./bytes.mjs";

/** @typedef {{ event: string, data: string }} Event */
/** @typedef {{ chunks: unknown[], code: string | undefined }} Outcome what was delivered, and why it is not complete */

/** The numbers of the list that a group of vectors is about. @type {Record<string, string>} */
const NUMBERS = {
  lines: "1 2 4",
  eof: "4 19",
  fields: "10 11 14 16",
  id: "17 18",
  comments: "13",
  bom: "8",
  utf8: "5 24",
  llm: "12 26 35 46",
  size: "20",
};

/** What the client has to make of these events. @param {Event[]} events @param {Event[]} unfinished the one that the end cut off */
function outcomeOf(events, unfinished) {
  /** @type {any[]} */
  const chunks = [];
  for (const [at, { event, data }] of [...events, ...unfinished].entries()) {
    // Nothing, or nothing but line ends.
    if (data.trim() === "") continue;
    if (data === "[DONE]") return { chunks, code: undefined };
    const json = parsed(data);
    if (json && event !== "error" && !json.error) chunks.push(json);
    else if (json) return { chunks, code: json.error?.code ?? json.code ?? "malformed_response" };
    // What is cut off and makes no sense was never an event.
    else if (at < events.length) return { chunks, code: "invalid_chunk" };
  }
  const isOver = chunks.some(({ type, choices }) => choices?.[0]?.finish_reason || type === "response.completed");
  return { chunks, code: isOver ? undefined : "stream_truncated" };
}

/** The object that it is, or nothing. @param {string} data */
function parsed(data) {
  try {
    const json = JSON.parse(data);
    return json !== null && typeof json === "object" && !Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Above this, in bytes, cutting in two everywhere takes quadratic time and adds nothing. */
const LONG = 2000;

/**
 * As given, byte by byte, and in two at every place.
 * @param {string} body
 * @param {number[][]} given
 */
function* cuttings(body, given) {
  yield* given;
  yield Array.from(body.slice(1), (_, at) => at + 1);
  if (body.length <= LONG) for (let at = 0; at <= body.length; at += 1) yield [at];
}

/**
 * @param {import("../harness.mjs").Context} t
 * @param {string} body
 * @param {number[][]} given
 * @param {Outcome} outcome
 */
async function atEveryCutting(t, body, given, outcome) {
  const bytes = Uint8Array.from(body, (byte) => byte.charCodeAt(0));
  const api = body.includes("response.completed") ? responses : chat;
  for (const cuts of cuttings(body, given)) {
    const pieces = [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index]));
    const stream = await api.stream(t, clientOf(t, pieces));
    const { chunks, error } = await t.drain(stream);
    const about = `cut at ${cuts.slice(0, 20)}`;
    t.expect({ chunks, code: error?.code }).to.deep.equal(outcome, about);
    t.expect(stream.completed).to.equal(!outcome.code, about);
  }
}

/** They leave no time to anything that waits for a connection. */
const BUSY = { alone: true };

for (const { name, group, input_base64, chunk_splits, expected_events, ...more } of /** @type {any[]} */ (
  file.vectors
)) {
  const unfinished = /** @type {Event[]} */ (more.eof_flush_extra ?? []);
  const body = atob(input_base64);

  conformance(
    NUMBERS[group],
    `vector ${name}: as it is, at every cutting`,
    (t) => atEveryCutting(t, body, chunk_splits, outcomeOf(expected_events, unfinished)),
    BUSY,
  );

  if (!isEmbeddable(body)) continue;
  conformance(
    NUMBERS[group],
    `vector ${name}: each line of its data told, at every cutting`,
    async (t) => {
      const { body: json, place } = embedded(body);
      const given = chunk_splits.map((/** @type {number[]} */ cuts) => cuts.map(place));
      const told = (/** @type {Event} */ { event, data }) => ({
        event,
        data: JSON.stringify({ lines: data.split("\n") }),
      });
      await atEveryCutting(t, json, given, outcomeOf(expected_events.map(told), unfinished.map(told)));
    },
    BUSY,
  );
}
