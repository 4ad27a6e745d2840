// @ts-check
// Node.js: node node.mjs
import { createServer } from "node:http";
import { listener } from "./node-http.mjs";
import { handle } from "./proxy.mjs";

const { PORT = "8788", HOST = "127.0.0.1" } = process.env;
const server = createServer(listener((request) => handle(request, process.env)));
server.listen(Number(PORT), HOST, () => console.log(`http://${HOST}:${/** @type {any} */ (server.address()).port}/v1`));
