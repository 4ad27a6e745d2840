// @ts-check
// Real HTTP for the cases: each request says in its parameters what it wants as its answer.
import { createServer } from "node:http";

/** @typedef {{ status: number, headers: Record<string, string>, text: string } | "silence" | "break"} Answer */

export async function startServer() {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const piece of request.setEncoding("utf8")) body += piece;
    /** @type {Answer} */
    const answer = JSON.parse(body).answer;
    if (answer === "silence") return;
    if (answer === "break") return request.socket.destroy();
    response.writeHead(answer.status, answer.headers);
    response.end(answer.text);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
