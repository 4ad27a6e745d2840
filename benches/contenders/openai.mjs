// @ts-check
import OpenAI from "openai";
import { look } from "../streams/seen.mjs";
import { CHAT, URL } from "./request.mjs";

/** @param {typeof fetch} fetch */
export function openai(fetch) {
  const client = new OpenAI({ apiKey: "sk-bench", baseURL: URL, fetch, dangerouslyAllowBrowser: true });
  return {
    ask: () => client.chat.completions.create(CHAT),
    streams: [
      {
        name: "openai",
        sees: ["events", "content", "reasoning", "tools"],
        async read(/** @type {import("../streams/seen.mjs").Seen} */ seen) {
          for await (const chunk of await client.chat.completions.create({ ...CHAT, stream: true })) look(seen, chunk);
        },
      },
    ],
  };
}
