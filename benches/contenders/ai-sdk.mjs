// @ts-check
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";
import { MODEL, URL } from "./request.mjs";

/** @typedef {import("../streams/seen.mjs").Seen} Seen */

const CONTENT = "Tell me a long story.";

/** @param {typeof fetch} fetch */
export function aiSdk(fetch) {
  const provider = createOpenAICompatible({ name: "bench", baseURL: URL, apiKey: "sk-bench", fetch });
  const model = provider.chatModel(MODEL);
  return {
    streams: [
      {
        name: "@ai-sdk/openai-compatible",
        sees: ["content", "reasoning", "tools"],
        async read(/** @type {Seen} */ seen) {
          const { stream } = await model.doStream({
            prompt: [{ role: "user", content: [{ type: "text", text: CONTENT }] }],
          });
          const reader = stream.getReader();
          for (;;) {
            const { value, done } = await reader.read();
            if (done) return;
            if (value.type === "text-delta") seen.content += value.delta.length;
            else if (value.type === "reasoning-delta") seen.reasoning += value.delta.length;
            else if (value.type === "tool-input-delta") seen.tools += value.delta.length;
          }
        },
      },
      {
        name: "ai, streamText",
        sees: ["content", "reasoning", "tools"],
        async read(/** @type {Seen} */ seen) {
          for await (const part of streamText({ model, prompt: CONTENT }).fullStream) {
            if (part.type === "text-delta") seen.content += part.text.length;
            else if (part.type === "reasoning-delta") seen.reasoning += part.text.length;
            else if (part.type === "tool-input-delta") seen.tools += part.delta.length;
          }
        },
      },
    ],
  };
}
