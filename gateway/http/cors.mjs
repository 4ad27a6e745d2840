// @ts-check
// Any page may call the stand-in: it listens on the loopback interface and its key is no secret.

/** The response headers that the documentation calls publicly stable. */
const DOCUMENTED_HEADERS = [
  "X-Request-ID",
  "Retry-After",
  "X-Rate-Limit-Source",
  "X-RateLimit-Limit-Requests",
  "X-RateLimit-Remaining-Requests",
  "X-RateLimit-Reset-Requests",
  "X-Credits-Balance-Microdollars",
  "X-Token-Count-Model",
  ...["Daily", "Weekly", "Monthly"].flatMap((p) => [`X-Budget-${p}-Limit`, `X-Budget-${p}-Spend`]),
  "X-Budget-Exceeded",
  "X-Budget-Exceeded-Period",
  "X-Budget-Exceeded-Scope",
  "X-Error-Provider",
  "X-Error-Retryable",
  "X-Error-Type",
];

/** On every answer. `*` is enough because the client sends no cookies. */
export const CORS_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": DOCUMENTED_HEADERS.join(", "),
};

/**
 * Replaces what a page may read by the documented headers and these.
 * @param {string[]} names
 */
export const exposing = (...names) => ({
  "Access-Control-Expose-Headers": [...DOCUMENTED_HEADERS, ...names].join(", "),
});

/**
 * On the answer to a preflight. The requested headers are repeated by name: a `*` in
 * Access-Control-Allow-Headers would not cover Authorization.
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
export function preflightHeaders(headers) {
  const requested = headers["access-control-request-headers"];
  return {
    "Access-Control-Allow-Methods": "GET, POST, DELETE, OPTIONS",
    "Access-Control-Max-Age": "600",
    Vary: "Access-Control-Request-Headers, Access-Control-Request-Private-Network",
    ...(requested !== undefined && { "Access-Control-Allow-Headers": requested }),
    ...(headers["access-control-request-private-network"] === "true" && {
      "Access-Control-Allow-Private-Network": "true",
    }),
  };
}
