// @ts-check
// A server in a process of its own, so that its memory is not the client's. Says its port on the first line.
//   POST /?bytes=N            events as fast as they are taken; GET /sent tells how many bytes the socket took
//   POST /?crowd             one of many: `GET /round` sends an event to each of them, `GET /over` the end
import { once } from "node:events";
import { createServer } from "node:http";
import { event } from "./event.mjs";

const BATCH = event.repeat(64);
const END = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`;

let sent = 0;
/** @type {import("node:http").ServerResponse[]} */
const crowd = [];

const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const number = (/** @type {string} */ name) => Number(searchParams.get(name));
  if (pathname === "/sent") return response.end(String(sent));
  if (pathname === "/round") {
    for (const one of crowd) one.write(event);
    return response.end();
  }
  if (pathname === "/over") {
    for (const one of crowd.splice(0)) one.end(END);
    return response.end();
  }
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
  if (searchParams.has("crowd")) {
    crowd.push(response);
    return;
  }
  sent = 0;
  const left = once(response, "close");
  while (sent < number("bytes") && !response.destroyed) {
    sent += BATCH.length;
    if (!response.write(BATCH)) await Promise.race([once(response, "drain"), left]);
  }
  response.end(END);
});
server.listen(0, "127.0.0.1", () => {
  console.log(/** @type {import("node:net").AddressInfo} */ (server.address()).port);
});
process.on("disconnect", () => process.exit());
