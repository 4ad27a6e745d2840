// Vercel's runtime around the bundled route in the current folder, behind Node's HTTP server. Nothing is compiled in
// it: what is imported as `.wasm?module` was compiled outside.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { listener } from "../../../examples/edge-proxy/node-http.mjs";

// It is installed with the other runtimes.
const { EdgeVM } = createRequire(new URL("../../runtimes/package.json", import.meta.url))("@edge-runtime/vm");

const wasm = await WebAssembly.compile(await readFile("node_modules/auriko-wasm/dist/auriko_wasm_bg.wasm"));
const env = { ...process.env };
const runtime = new EdgeVM({
  codeGeneration: { strings: false, wasm: false },
  extend: (context) => Object.assign(context, { wasm, process: { env } }),
});
runtime.evaluate(await readFile("vercel.js", "utf8"));
runtime.evaluate(`addEventListener("fetch", (event) => {
  const handler = route[event.request.method];
  event.respondWith(handler ? handler(event.request) : new Response(null, { status: 405 }));
})`);
const server = createServer(listener((request) => runtime.dispatchFetch(request.url, request)));
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/v1`));
