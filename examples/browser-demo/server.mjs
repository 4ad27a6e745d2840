// @ts-check
// The demo: the page, the package that it imports, and the edge proxy that it calls, at one address. With
// AURIKO_API_KEY set, the proxy asks the real service, else the local gateway.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { startGateway } from "../../gateway/server.mjs";
import { listener } from "../edge-proxy/node-http.mjs";
import { handle } from "../edge-proxy/proxy.mjs";

const { PORT = "8080", HOST = "127.0.0.1", AURIKO_API_KEY } = process.env;
const LOCAL_KEY = "ak_test_local";

/** What the page may load, by the first part of the path. */
const FOLDERS = new Map([
  ["page", new URL("page/", import.meta.url)],
  ["auriko-wasm", new URL(".", import.meta.resolve("auriko-wasm"))],
]);
/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };

/** @type {import("../edge-proxy/rules.mjs").Env} */
const env = { ALLOWED_MODELS: "gpt-5.4,gpt-5.4-mini,claude-sonnet-4.6,deepseek-v3.2,gemini-3-flash", ...process.env };
const gateway = AURIKO_API_KEY ? null : await startGateway({ key: LOCAL_KEY, pace: 40 });
if (gateway) {
  // By the header the page asks the gateway to fail. The service does not know it.
  Object.assign(env, {
    AURIKO_API_KEY: LOCAL_KEY,
    AURIKO_BASE_URL: gateway.url,
    FORWARD_HEADERS: "x-gateway-scenario",
  });
}

/** @param {Request} request */
async function answer(request) {
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/api/")) return handle(request, env);
  if (pathname === "/service.json") return Response.json({ isLocal: gateway !== null });
  const [, folder, name] = /^\/([\w-]+)\/([\w-]+\.\w+)$/.exec(pathname === "/" ? "/page/index.html" : pathname) ?? [];
  try {
    const body = await readFile(new URL(name, FOLDERS.get(folder)));
    return new Response(body, { headers: { "content-type": TYPES[extname(name)] ?? "application/octet-stream" } });
  } catch {
    return new Response("There is nothing here.", { status: 404 });
  }
}

const server = createServer(listener(answer));
server.once("error", ({ message }) => {
  console.error(`${message}: set PORT to another one.`);
  process.exit(1);
});
server.listen(Number(PORT), HOST, () => {
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  env.ALLOWED_ORIGINS = `http://${HOST}:${port},http://localhost:${port}`;
  console.log(`The demo is at http://${HOST}:${port}`);
  console.log(
    gateway ? `It calls a local gateway, ${gateway.url} (set AURIKO_API_KEY for Auriko).` : "It calls Auriko.",
  );
});
