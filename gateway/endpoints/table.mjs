// @ts-check
// Every path, its methods, and who may call it.
import { ApiError } from "../http/errors.mjs";
import { chatCompletions } from "./chat.mjs";
import { clearLog, letGo, readLog } from "./control.mjs";
import { directoryModels, listModels, me, registryModels, registryProviders, retrieveModel } from "./discovery.mjs";
import { registerReplay } from "./replay.mjs";
import { responses } from "./responses.mjs";

/**
 * @typedef {import('../http/exchange.mjs').Exchange} Exchange
 * @typedef {(exchange: Exchange, rest: string) => void | Promise<void>} Handler
 *
 * @typedef {object} Endpoint
 * @property {string} path with `/*` at the end, the rest of the path is the handler's
 * @property {boolean} needsKey
 * @property {boolean} [control] about the stand-in itself, and so not in its log
 * @property {Record<string, Handler>} methods
 */

/** @type {Endpoint[]} */
const ENDPOINTS = [
  { path: "/v1/chat/completions", needsKey: true, methods: { POST: chatCompletions } },
  { path: "/v1/responses", needsKey: true, methods: { POST: responses } },
  { path: "/v1/models", needsKey: true, methods: { GET: listModels } },
  { path: "/v1/models/*", needsKey: true, methods: { GET: retrieveModel } },
  { path: "/v1/me", needsKey: true, methods: { GET: me } },
  { path: "/v1/registry/models", needsKey: false, methods: { GET: registryModels } },
  { path: "/v1/registry/providers", needsKey: false, methods: { GET: registryProviders } },
  { path: "/v1/directory/models", needsKey: false, methods: { GET: directoryModels } },
  { path: "/_log", needsKey: false, control: true, methods: { GET: readLog, DELETE: clearLog } },
  { path: "/_go", needsKey: false, control: true, methods: { POST: letGo } },
  { path: "/_replay", needsKey: false, control: true, methods: { POST: registerReplay } },
];

/** @param {string} path */
export const isControl = (path) => ENDPOINTS.some((endpoint) => endpoint.control && endpoint.path === path);

/** @param {Exchange} exchange */
export async function dispatch(exchange) {
  const { path, req, gateway } = exchange;
  const found = ENDPOINTS.find((endpoint) => matches(endpoint, path));
  if (found === undefined) throw new ApiError("resource_not_found", `There is nothing at ${path.slice(0, 200)}.`);

  const method = req.method ?? "";
  if (!Object.hasOwn(found.methods, method)) {
    const allowed = Object.keys(found.methods).join(", ");
    throw new ApiError("method_not_allowed", `${method} is not allowed here; use ${allowed}.`, {
      headers: { Allow: allowed },
    });
  }
  if (found.needsKey) {
    checkKey(exchange);
    // Documented for some of these endpoints only; a client must not rely on either.
    Object.assign(exchange.headers, gateway.account.headersFor(Date.now()));
  }
  await found.methods[method](exchange, path.slice(found.path.length - 1));
}

/** @param {Endpoint} endpoint @param {string} path */
function matches({ path: pattern }, path) {
  if (!pattern.endsWith("*")) return path === pattern;
  return path.startsWith(pattern.slice(0, -1)) && path.length >= pattern.length;
}

/** @param {Exchange} exchange */
function checkKey(exchange) {
  const given = exchange.header("authorization");
  if (given === `Bearer ${exchange.gateway.settings.key}`) return;
  // The key itself is not repeated: an answer ends up in messages and logs.
  const message = given === undefined ? "No API key was sent." : "The API key is not valid.";
  throw new ApiError("invalid_api_key", message, { suggestion: "Send it as Authorization: Bearer ak_…" });
}
