// @ts-check
// What somebody writes who wants no client.
import { createParser } from "eventsource-parser";
import { look } from "../streams/seen.mjs";
import { CHAT, URL } from "./request.mjs";

/** @typedef {import("../streams/seen.mjs").Seen} Seen */

const EVERYTHING = ["events", "content", "reasoning", "tools"];

/** @param {typeof fetch} fetch */
export function byHand(fetch) {
  const post = (/** @type {object} */ body) =>
    fetch(`${URL}/chat/completions`, {
      method: "POST",
      headers: { authorization: "Bearer sk-bench", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    ask: async () => (await post(CHAT)).json(),
    streams: [
      {
        name: "by hand, for await",
        sees: EVERYTHING,
        async read(/** @type {Seen} */ seen) {
          for await (const chunk of chunksOf(await post({ ...CHAT, stream: true }))) look(seen, chunk);
        },
      },
      {
        name: "by hand, callback",
        sees: EVERYTHING,
        async read(/** @type {Seen} */ seen) {
          const response = await post({ ...CHAT, stream: true });
          await feed(
            response,
            parser((chunk) => look(seen, chunk)),
          );
        },
      },
    ],
  };
}

/** @param {(chunk: any) => void} take */
function parser(take) {
  return createParser({
    onEvent({ data }) {
      if (data !== "[DONE]") take(JSON.parse(data));
    },
  });
}

/** @param {Response} response @param {{ feed: (text: string) => void }} parser */
async function feed(response, parser) {
  const decoder = new TextDecoder();
  for await (const bytes of body(response)) parser.feed(decoder.decode(bytes, { stream: true }));
}

/** The chunks as a client hands them out, to one who awaits each. @param {Response} response */
async function* chunksOf(response) {
  /** @type {any[]} */
  let batch = [];
  const decoder = new TextDecoder();
  const sse = parser((chunk) => batch.push(chunk));
  for await (const bytes of body(response)) {
    sse.feed(decoder.decode(bytes, { stream: true }));
    yield* batch;
    batch = [];
  }
}

/** @param {Response} response @returns {any} The types of browsers do not know that a body can be iterated. */
const body = (response) => response.body;
