// @ts-check
// The errors and the metadata of other libraries that talk to the Auriko API.
import { statusError, streamError } from "../wasm/auriko_wasm.js";
import { AurikoAPIError } from "./errors.js";
import { assertReady } from "./instantiate.js";

/** The types of Auriko's errors. Errors of other services have the same members. */
const TYPES = [
  "api_error",
  "authentication_error",
  "invalid_request_error",
  "not_found_error",
  "permission_error",
  "rate_limit_error",
];

/** How many errors may be wrapped in each other; a cycle must end. */
const DEPTH = 8;

/**
 * @param {unknown} error
 * @returns {unknown}
 */
export function toAurikoError(error) {
  assertReady();
  try {
    return find(error) ?? error;
  } catch {
    // To look at it throws. What was caught must not be lost for that.
    return error;
  }
}

/** @param {any} error */
function find(error) {
  let inner = error;
  for (let depth = 0; depth < DEPTH && typeof inner === "object" && inner !== null; depth++) {
    if (inner instanceof AurikoAPIError) return inner;
    const read = fromOpenAI(inner) ?? fromAiSdk(inner) ?? fromAiSdkStream(inner);
    if (read) return read;
    // The AI SDK wraps what its retries ended with; LangChain the refusal of a prompt that is too long.
    inner = inner.lastError ?? (inner.name === "ContextOverflowError" ? inner.cause : undefined);
  }
  return undefined;
}

/**
 * An error of OpenAI's client, of any version and copy: what was in the envelope is in `error`.
 * @param {any} failure
 */
function fromOpenAI(failure) {
  const { status, headers, error } = failure;
  if (!("error" in failure) || typeof headers?.get !== "function") return undefined;
  if (isStatus(status)) return caused(failure, statusError({ status, headers }, error ?? null, 1));
  // An error in the middle of a stream has no status of its own.
  if (status !== undefined || !error) return undefined;
  // The Responses API has its fields in the event itself.
  return caused(failure, streamError({ status: 200, headers }, error.type === "error" ? error : { error }, 1));
}

/**
 * An error of the AI SDK: its body is text, and its headers are a plain object.
 * @param {any} failure
 */
function fromAiSdk(failure) {
  const { statusCode: status, responseBody, responseHeaders } = failure;
  // It is the same error when the body of a success cannot be read.
  if (!isStatus(status) || status < 300 || !("responseBody" in failure)) return undefined;
  const body = json(responseBody) ?? responseBody ?? null;
  return caused(failure, statusError({ status, headers: headersOf(responseHeaders) }, body, 1));
}

/**
 * An error in the middle of a stream of the AI SDK: version 6 hands out what the event held, version 7 has it in an
 * error of its own.
 * @param {any} failure
 */
function fromAiSdkStream(failure) {
  const error = failure.name === "AI_StreamProviderError" ? failure.data : failure;
  if (error instanceof Error || typeof error?.message !== "string" || !("code" in error)) return;
  if (!TYPES.includes(error.type)) return;
  return caused(failure, streamError({ status: 200, headers: new Headers() }, { error }, 1));
}

/** @param {unknown} cause @param {object} error */
function caused(cause, error) {
  return Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
}

/** @param {unknown} status */
function isStatus(status) {
  return Number.isInteger(status) && Number(status) >= 100 && Number(status) <= 599;
}

/**
 * What of it can be headers: to read an error must not fail for what it holds.
 * @param {unknown} given
 */
function headersOf(given) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given ?? {})) {
    try {
      headers.append(name, value);
    } catch {}
  }
  return headers;
}

/** @param {unknown} text */
function json(text) {
  try {
    return JSON.parse(/** @type {string} */ (text));
  } catch {
    return undefined;
  }
}

// For the AI SDK, which asks for an object by the provider's name in everything that it gives.

/** @param {any} body */
const named = (body) => {
  const routingMetadata = body?.routing_metadata;
  // What cannot be metadata is no metadata, as everywhere.
  const isRecord = typeof routingMetadata === "object" && routingMetadata !== null && !Array.isArray(routingMetadata);
  return isRecord ? { auriko: { routingMetadata } } : undefined;
};

export const aurikoMetadataExtractor = /* @__PURE__ */ Object.freeze({
  /** @param {{ parsedBody: unknown }} answer */
  extractMetadata: async ({ parsedBody }) => named(parsedBody),
  createStreamExtractor: () => {
    /** @type {ReturnType<typeof named>} */
    let last;
    return {
      /** @param {unknown} chunk */
      processChunk(chunk) {
        last = named(chunk) ?? last;
      },
      buildMetadata: () => last,
    };
  },
});
