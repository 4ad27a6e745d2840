// @ts-check
// Refusals that say, or do not say, when to come again. How many attempts are refused is `n` of the table.
import { exposing } from "../http/cors.mjs";
import { ApiError, CODES } from "../http/errors.mjs";

/**
 * @typedef {import('./table.mjs').Call} Call
 * @typedef {import('./table.mjs').Scenario} Scenario
 */

/** @param {import('node:http').OutgoingHttpHeaders} headers */
function rateLimit(headers) {
  return new ApiError("rate_limit_exceeded", "The scenario asked for rate_limit_exceeded.", {
    headers: { "X-Rate-Limit-Source": "auriko", ...headers },
  });
}

/** @param {Call} call @param {string} usual */
function retryAfter({ params }, usual) {
  const after = params.text("after", usual);
  return after === "none" ? {} : { "Retry-After": after };
}

/** `after` is sent as it is; `after=none` sends no header. @type {Scenario} */
export function limited(call) {
  throw rateLimit(retryAfter(call, "0"));
}

/** A date has no fractions of a second, so it is rounded up: never earlier than asked. @type {Scenario} */
export function retryAfterDate({ params }) {
  const at = Math.ceil((Date.now() + params.whole("s", 2) * 1000) / 1000) * 1000;
  throw rateLimit({ "Retry-After": new Date(at).toUTCString() });
}

/** @type {Scenario} */
export function retryAfterMs({ params }) {
  throw rateLimit({
    "Retry-After-Ms": params.text("ms", "50"),
    "Retry-After": params.text("after", "30"),
    ...exposing("Retry-After-Ms"),
  });
}

/** @type {Scenario} */
export function retryAfterPast() {
  throw rateLimit({ "Retry-After": new Date(Date.now() - 86_400_000).toUTCString() });
}

/** @type {Scenario} */
export function retryAfterBad({ params }) {
  throw rateLimit({ "Retry-After": params.text("v", "soon") });
}

/** Two header lines, which fetch joins to `0, 0`: a careless parser reads that as "at once". @type {Scenario} */
export function retryAfterDup({ params }) {
  throw rateLimit({ "Retry-After": params.text("v", "0,0").split(",") });
}

/**
 * Statuses that the API documents have its envelope; the others come from something in between and have
 * a plain text. `body` overrules that.
 * @type {Scenario}
 */
export function refused(call) {
  const { exchange, params } = call;
  const status = params.whole("status", 503);
  const documented = [...CODES].find(([, known]) => known.status === status);
  const code = params.text("code", documented?.[0] ?? (status < 500 ? "invalid_request" : "service_unavailable"));
  const should = params.get("v");
  const headers = {
    ...retryAfter(call, "none"),
    ...(should !== null && { "X-Should-Retry": should, ...exposing("X-Should-Retry") }),
  };
  const body = params.has("body")
    ? params.oneOf("body", ["envelope", "text", "empty"])
    : documented || params.has("code")
      ? "envelope"
      : "text";
  if (body === "envelope") throw new ApiError(code, `The scenario asked for ${status}.`, { status, headers });
  exchange.send(body === "empty" ? "" : `Status ${status}`, status, { ...headers, "Content-Type": "text/plain" });
}

/** @type {Scenario} */
export function shouldRetry(call) {
  if (!call.params.has("v")) call.params.set("v", "true");
  return refused(call);
}
