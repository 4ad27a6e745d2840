// @ts-check
// The server that the cases talk to, and a client for each path of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { AurikoClient } from "auriko-wasm";

/** @typedef {Awaited<ReturnType<typeof startService>>} Service */

export async function startService() {
  const child = spawn(process.execPath, [fileURLToPath(new URL("server.mjs", import.meta.url))], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const [line] = await once(/** @type {import("node:stream").Readable} */ (child.stdout), "data");
  const url = `http://127.0.0.1:${Number(line)}`;
  return {
    /** A client whose requests get this query. @param {string} query @param {(response: Response) => Response} [wrap] */
    client: (query, wrap = (response) => response) =>
      new AurikoClient({
        apiKey: null,
        baseUrl: url,
        maxRetries: 0,
        fetch: async (_url, init) => wrap(await fetch(`${url}/v1/chat/completions?${query}`, init)),
      }),
    /** @param {string} path */
    get: async (path) => (await fetch(url + path)).text(),
    close: () => child.disconnect(),
  };
}

/** @param {import("auriko-wasm").AurikoClient} client */
export const open = (client) =>
  client.chat.completions.create({ model: "gpt-5.4", messages: [{ role: "user", content: "Hi" }], stream: true });
