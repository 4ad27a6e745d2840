// @ts-check
import { ApiError, CODES } from "../http/errors.mjs";

/**
 * `status;code=rate_limit_exceeded;after=1`: the error envelope of that code.
 * `status=`, `type=`, `message=`, `param=`, `provider=` and `suggestion=` overrule the table; with
 * `status=` alone the first code of that status is used.
 * @type {import('./table.mjs').Scenario}
 */
export function status({ params }) {
  const asked = params.has("status") ? Number(params.get("status")) : undefined;
  const sameStatus = [...CODES].find(([, known]) => known.status === asked);
  const code =
    params.get("code") ??
    sameStatus?.[0] ??
    (asked !== undefined && asked < 500 ? "invalid_request" : "service_unavailable");
  const text = (/** @type {string} */ name) => params.get(name) ?? undefined;
  const error = new ApiError(code, params.get("message") ?? `The scenario asked for ${code}.`, {
    param: params.get("param"),
    status: asked,
    type: text("type") ?? CODES.get(code)?.type ?? sameStatus?.[1].type,
    provider: text("provider"),
    suggestion: text("suggestion"),
    headers: {
      ...(params.has("after") && { "Retry-After": params.get("after") ?? "" }),
      ...(asked === 429 || CODES.get(code)?.status === 429 ? { "X-Rate-Limit-Source": "auriko" } : {}),
    },
  });
  // Codes that occur only inside a stream have no status of their own.
  if (error.status < 200) error.status = 500;
  throw error;
}
