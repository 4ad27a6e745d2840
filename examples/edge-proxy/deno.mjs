// Deno: deno run --allow-net --allow-env deno.mjs
import { handle } from "./proxy.mjs";

const env = Deno.env.toObject();
const { PORT = "8788", HOST: hostname = "127.0.0.1" } = env;
const onListen = ({ port }) => console.log(`http://${hostname}:${port}/v1`);
Deno.serve({ port: Number(PORT), hostname, onListen }, (request) => handle(request, env));
