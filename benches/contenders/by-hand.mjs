// @ts-check
// What somebody writes who wants no client: the fastest form of it, without a stream around the parser.
import { createParser } from "eventsource-parser";
import { look } from "../streams/seen.mjs";
import { CHAT, URL } from "./request.mjs";

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
        name: "by hand",
        sees: ["events", "content", "reasoning", "tools"],
        async read(/** @type {import("../streams/seen.mjs").Seen} */ seen) {
          const response = await post({ ...CHAT, stream: true });
          const decoder = new TextDecoder();
          const parser = createParser({
            onEvent({ data }) {
              if (data !== "[DONE]") look(seen, JSON.parse(data));
            },
          });
          const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
          for (;;) {
            const { value, done } = await reader.read();
            if (done) return;
            parser.feed(decoder.decode(value, { stream: true }));
          }
        },
      },
    ],
  };
}
