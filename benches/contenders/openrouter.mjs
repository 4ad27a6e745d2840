// @ts-check
import { HTTPClient, OpenRouter } from "@openrouter/sdk";
import { CHAT, URL } from "./request.mjs";

/** @param {typeof fetch} fetch */
export function openrouter(fetch) {
  const httpClient = new HTTPClient({ fetcher: (input, init) => fetch(input, init) });
  const client = new OpenRouter({ apiKey: "sk-bench", serverURL: URL, httpClient });
  return {
    ask: () => client.chat.send({ chatRequest: CHAT }),
    streams: [
      {
        name: "@openrouter/sdk",
        // Its schema drops reasoning_content.
        sees: ["events", "content", "tools"],
        async read(/** @type {import("../streams/seen.mjs").Seen} */ seen) {
          for await (const chunk of await client.chat.send({ chatRequest: { ...CHAT, stream: true } })) {
            seen.events += 1;
            const delta = chunk.choices[0]?.delta;
            if (delta?.content) seen.content += delta.content.length;
            if (delta?.toolCalls) seen.tools += (delta.toolCalls[0]?.function?.arguments ?? "").length;
          }
        },
      },
    ],
  };
}
