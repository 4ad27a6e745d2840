// @ts-check
// A proxy that holds the Auriko key, for pages and apps that must not. It uses nothing but the web platform; the
// files beside it start it in each runtime, and rules.mjs says what visitors may ask for.
import { AurikoAPIError, AurikoClient } from "auriko-wasm";
import { CHAT_LIMITS, checkOrigin, isAllowed, list, paramsOf, RESPONSE_LIMITS, refusal } from "./rules.mjs";

/** @typedef {import("./rules.mjs").Env} Env */

// Not those about credits and budgets, which are no business of the visitor's.
const PASSED_ON = /^(content-type|cache-control|x-request-id|retry-after|x-rate-?limit-.*|x-error-.*)$/;

/**
 * Answers /v1/chat/completions, /v1/responses and /v1/models, whatever the path before /v1.
 * @param {Request} request
 * @param {Env} env
 */
export async function handle(request, env) {
  const origin = request.headers.get("origin");
  const headers = new Headers({ vary: "origin" });
  try {
    checkOrigin(origin, env);
    if (origin !== null) headers.set("access-control-allow-origin", origin);
    if (request.method === "OPTIONS") return preflight(request, headers);
    const answer = await forward(request, env);
    passOn(answer.headers, headers);
    return new Response(answer.body, { status: answer.status, headers });
  } catch (error) {
    if (!(error instanceof AurikoAPIError || request.signal.aborted)) console.error(error);
    return told(error, headers);
  }
}

/** @param {Request} request @param {Env} env @returns {Promise<Response>} */
async function forward(request, env) {
  const client = clientOf(env);
  const path = new URL(request.url).pathname.replace(/^.*?\/v1\//, "/");
  const headers = list(env.FORWARD_HEADERS).map((name) => /** @type {const} */ ([name, request.headers.get(name)]));
  // Nothing more is produced for a visitor who has left.
  const options = { headers, signal: request.signal };
  switch (`${request.method} ${path}`) {
    // As a Response: what is in it passes by, and costs the proxy nothing.
    case "POST /chat/completions":
      return client.chat.completions.create(await paramsOf(request, env, CHAT_LIMITS), options).asResponse();
    case "POST /responses":
      return client.responses.create(await paramsOf(request, env, RESPONSE_LIMITS), options).asResponse();
    case "GET /models": {
      const { data, ...rest } = await client.models.list({}, options);
      return Response.json({ ...rest, data: data.filter(({ id }) => isAllowed(id, env)) });
    }
    default:
      throw refusal(404, "resource_not_found", "The proxy has no such endpoint.");
  }
}

/** Any header may come this far; it goes no further if it is not listed. @param {Request} request @param {Headers} headers */
function preflight(request, headers) {
  headers.set("access-control-allow-headers", request.headers.get("access-control-request-headers") ?? "");
  headers.set("access-control-max-age", "86400");
  return new Response(null, { status: 204, headers });
}

/** @param {Headers | null} received @param {Headers} headers */
function passOn(received, headers) {
  const names = [...(received?.keys() ?? [])].filter((name) => PASSED_ON.test(name));
  for (const name of names) headers.set(name, received?.get(name) ?? "");
  headers.set("access-control-expose-headers", names.join());
}

/** An error in Auriko's form, whoever made it. Keys have been masked in it. @param {unknown} error @param {Headers} headers */
function told(error, headers) {
  const known = error instanceof AurikoAPIError ? error : refusal(500, "internal_error", "The proxy has failed.");
  const { statusCode, message, type, code, param, docUrl, provider, suggestion } = known;
  passOn(known.headers, headers);
  headers.delete("content-type");
  const body = { error: { message, type, code, param, doc_url: docUrl, provider, suggestion } };
  // Where there was no answer there is no status.
  return Response.json(body, { status: statusCode >= 400 ? statusCode : 502, headers });
}

/** @type {WeakMap<Env, AurikoClient>} */
const clients = new WeakMap();

/** One client for all requests. It leaves retries to the visitor's. @param {Env} env */
function clientOf(env) {
  const { AURIKO_API_KEY: apiKey, AURIKO_BASE_URL: baseUrl } = env;
  const client = clients.get(env) ?? new AurikoClient({ apiKey, baseUrl, maxRetries: 0 });
  clients.set(env, client);
  return client;
}
