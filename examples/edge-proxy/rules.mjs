// @ts-check
// What visitors may ask for.
import { APIStatusError } from "auriko-wasm";

/**
 * @typedef {object} Env lists are separated by commas
 * @property {string} [AURIKO_API_KEY]
 * @property {string} [AURIKO_BASE_URL] default: the service
 * @property {string} [ALLOWED_MODELS] default: none
 * @property {string} [ALLOWED_ORIGINS] of the pages that may call, such as https://example.com; default: none
 * @property {string} [MAX_TOKENS] of one answer; default: 1024
 * @property {string} [MAX_BODY_BYTES] of one request; default: 1000000
 * @property {string} [FORWARD_HEADERS] of the request, to be sent on, such as traceparent; default: none
 */

/** The names under which an endpoint limits the tokens of an answer. */
export const CHAT_LIMITS = ["max_completion_tokens", "max_tokens"];
export const RESPONSE_LIMITS = ["max_output_tokens"];

/** @param {string} [text] */
export const list = (text = "") => text.split(/[\s,]+/).filter(Boolean);

/**
 * Browsers tell which page is calling. Other programs say what they like, so this is no password.
 * @param {string | null} origin
 * @param {Env} env
 */
export function checkOrigin(origin, env) {
  if (origin === null || list(env.ALLOWED_ORIGINS).includes(origin)) return;
  throw refusal(403, "insufficient_permissions", "This page may not use the proxy.");
}

/** The model may name a strategy, as in `gpt-5.4:cost`. @param {unknown} model @param {Env} env */
export function isAllowed(model, env) {
  const models = list(env.ALLOWED_MODELS);
  return models.includes(String(model)) || models.includes(String(model).replace(/:[a-z-]+$/, ""));
}

/**
 * The parameters in the body of a request, with no models but the listed ones, and not too many tokens.
 * @param {Request} request
 * @param {Env} env
 * @param {string[]} limits of the endpoint; if none is given, the first one is
 */
export async function paramsOf(request, env, limits) {
  // The client would merge `extra_body` over what is checked here.
  const { extra_body: _, ...params } = await objectIn(request, Number(env.MAX_BODY_BYTES) || 1_000_000);
  const models = [params.model ?? [], params.gateway?.models ?? []].flat();
  if (!models.every((model) => isAllowed(model, env))) {
    throw refusal(403, "insufficient_permissions", "The proxy does not serve this model.", "model");
  }
  const most = Number(env.MAX_TOKENS) || 1024;
  if (limits.every((name) => (params[name] ?? null) === null)) params[limits[0]] = most;
  for (const name of limits) if (params[name] > most) params[name] = most;
  // Each choice may have as many tokens.
  if (params.n > 1) params.n = 1;
  return params;
}

/** @param {Request} request @param {number} limit in bytes @returns {Promise<any>} */
async function objectIn(request, limit) {
  const parts = [];
  let size = 0;
  // A body that is too large is not cancelled: that would close the connection before the refusal is read.
  for await (const part of request.body?.values({ preventCancel: true }) ?? []) {
    size += part.byteLength;
    if (size > limit) throw refusal(413, "payload_too_large", "The request is too large.");
    parts.push(part);
  }
  const body = await new Response(new Blob(parts)).json().catch(() => null);
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return body;
  throw refusal(400, "invalid_request", "The body is not a JSON object.");
}

/**
 * An error like those of Auriko, which clients read in the same way.
 * @param {number} statusCode
 * @param {string} code
 * @param {string} message
 * @param {string} [param]
 */
export function refusal(statusCode, code, message, param) {
  const type = TYPES.get(statusCode) ?? "invalid_request_error";
  const docUrl = `https://docs.auriko.ai/errors/${code}`;
  return new APIStatusError(message, { statusCode, type, code, param, docUrl });
}

/** @type {Map<number, import("auriko-wasm").ErrorType>} */
const TYPES = new Map([
  [403, "permission_error"],
  [404, "not_found_error"],
  [500, "api_error"],
]);
