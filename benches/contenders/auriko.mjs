// @ts-check
import { AurikoClient } from "auriko-wasm";
import { look } from "../streams/seen.mjs";
import { CHAT, URL } from "./request.mjs";

/** @param {typeof fetch} fetch */
export function auriko(fetch) {
  const client = new AurikoClient({ apiKey: "ak_bench", baseUrl: URL, fetch, dangerouslyAllowBrowser: true });
  const open = () => client.chat.completions.create({ ...CHAT, stream: true });
  return {
    ask: () => client.chat.completions.create(CHAT),
    streams: [
      {
        name: "auriko-wasm, for await",
        sees: ["events", "content", "reasoning", "tools"],
        async read(/** @type {import("../streams/seen.mjs").Seen} */ seen) {
          for await (const chunk of await open()) look(seen, chunk);
        },
      },
      {
        name: "auriko-wasm, reader",
        sees: ["events", "content", "reasoning", "tools"],
        async read(/** @type {import("../streams/seen.mjs").Seen} */ seen) {
          const reader = (await open()).getReader();
          for (;;) {
            const { value, done } = await reader.read();
            if (done) return;
            look(seen, value);
          }
        },
      },
      {
        name: "auriko-wasm, textStream",
        sees: ["content"],
        async read(/** @type {import("../streams/seen.mjs").Seen} */ seen) {
          for await (const text of (await open()).textStream) seen.content += text.length;
        },
      },
    ],
  };
}
