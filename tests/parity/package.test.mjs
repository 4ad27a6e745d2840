// @ts-check
// The cases in Node.
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { cases } from "./cases.mjs";
import { startServer } from "./server.mjs";

const server = await startServer();
const host = { server: `${server.url}/v1`, nowhere: "", environment: process.env };

before(async () => {
  // A port that was somebody's and is nobody's.
  const closed = createServer();
  await new Promise((resolve) => closed.listen(0, "127.0.0.1", () => resolve(undefined)));
  const { port } = /** @type {import("node:net").AddressInfo} */ (closed.address());
  await new Promise((resolve) => closed.close(resolve));
  host.nowhere = `http://127.0.0.1:${port}`;
});
after(() => server.close());

for (const { title, run } of cases) test(title, () => run(host));
