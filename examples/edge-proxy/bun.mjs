// Bun: bun bun.mjs
import { handle } from "./proxy.mjs";

const { PORT = "8788", HOST: hostname = "127.0.0.1" } = process.env;
const server = Bun.serve({
  port: Number(PORT),
  hostname,
  // By default Bun closes a connection after ten silent seconds, which a model may need to think.
  idleTimeout: 0,
  fetch: (request) => handle(request, process.env),
});
console.log(`http://${hostname}:${server.port}/v1`);
