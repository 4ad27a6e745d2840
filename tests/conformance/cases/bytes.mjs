// @ts-check
// Streams whose bytes a case writes itself, cut in every way.

/** @typedef {import("../harness.mjs").Context} Context */

/** One chunk that says `content`. @param {string} content @param {string | null} [finish_reason] */
export const chunk = (content, finish_reason = null) =>
  JSON.stringify({ choices: [{ delta: { content }, ...(finish_reason && { finish_reason }) }] });

/** One event. @param {string} content */
export const says = (content) => `data: ${chunk(content)}\n\n`;

export const DONE = "data: [DONE]\n\n";

/**
 * A client that is answered with a stream of these pieces. `end` is what happens after the last one: a
 * clean end, nothing ever, or a break.
 * @param {Context} t
 * @param {(string | Uint8Array)[]} pieces
 * @param {{ end?: "clean" | "open" | Error, onCancel?: () => void, onFetch?: () => void }} [how]
 */
export function clientOf(t, pieces, { end = "clean", onCancel, onFetch } = {}) {
  const encoder = new TextEncoder();
  const answer = () => {
    let at = 0;
    return new ReadableStream({
      pull(queue) {
        if (at < pieces.length) {
          const piece = pieces[at++];
          queue.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
        } else if (end === "clean") queue.close();
        else if (end instanceof Error) queue.error(end);
      },
      cancel: onCancel,
    });
  };
  return new t.auriko.AurikoClient({
    apiKey: "ak_test_local",
    baseUrl: t.gateway,
    dangerouslyAllowBrowser: true,
    fetch: async () => {
      onFetch?.();
      return new Response(answer(), { headers: { "content-type": "text/event-stream" } });
    },
  });
}

/**
 * The stream of a client of such pieces.
 * @param {Context} t
 * @param {(string | Uint8Array)[]} pieces
 * @param {Parameters<typeof clientOf>[2]} [how]
 * @returns {Promise<any>}
 */
export const streamOf = (t, pieces, how) =>
  clientOf(t, pieces, how).chat.completions.create(t.params({ stream: true }));

/** What ends lines, names and JSON, and what a stream may begin with. */
const MARKS = new Set(Array.from(" \r\n:]}\\", (mark) => mark.charCodeAt(0)));

/** Whether a cut before this place may matter: beside what ends lines and names, and inside characters. @param {Uint8Array} bytes @param {number} at */
const telling = (bytes, at) => [bytes[at - 1], bytes[at]].some((byte) => byte >= 0x80 || MARKS.has(byte));

/**
 * The same bytes: whole, byte by byte, with empty reads in between, and cut in two: wherever that may matter,
 * and at every fourth place besides.
 * @param {string | Uint8Array} body
 * @returns {Generator<Uint8Array[]>}
 */
export function* cuttings(body) {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const each = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
  yield [bytes];
  yield each;
  yield [new Uint8Array(), ...each.flatMap((byte) => [byte, new Uint8Array()])];
  for (let at = 1; at < bytes.length; at += 1) {
    if (at % 4 === 0 || telling(bytes, at)) yield [bytes.subarray(0, at), bytes.subarray(at)];
  }
}

/** Whole, byte by byte, and with empty reads: the first ones of `cuttings`. */
const WAYS_FOR_TEXT = 3;

/**
 * Asserts that at every cutting the stream says these texts, one a chunk, and ends so: complete, or with an
 * error of this code. The text alone has to say the same, whole and byte by byte.
 * @param {Context} t
 * @param {string | Uint8Array} body
 * @param {string[]} texts
 * @param {string} [code] none for a complete stream
 */
export async function atEveryCutting(t, body, texts, code) {
  let cutting = 0;
  for (const pieces of cuttings(body)) {
    cutting += 1;
    const about = `in ${pieces.length} pieces, the first of ${pieces[0].length} bytes`;
    const stream = await streamOf(t, pieces);
    const { chunks, error } = await t.drain(stream);
    t.expect(chunks.map((each) => each.choices[0].delta.content)).to.deep.equal(texts, about);
    t.expect(error?.code).to.equal(code, about);
    t.expect(stream.completed).to.equal(code === undefined, about);

    if (cutting > WAYS_FOR_TEXT) continue;
    const { textStream } = await streamOf(t, pieces);
    const text = await t.drain(textStream);
    t.expect([text.chunks.join(""), text.error?.code]).to.deep.equal([texts.join(""), code], `text ${about}`);
    if (code === undefined && texts.length > 0) {
      const completion = await (await streamOf(t, pieces)).finalCompletion();
      t.expect(completion.choices[0].message.content).to.equal(texts.join(""), about);
    }
  }
}
