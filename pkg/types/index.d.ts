/**
 * The client, its options and streams, and the classes of its errors.
 * @module auriko-wasm
 */

// The public surface of auriko-wasm: the values that pkg/src/api.js exports, and all types but those of core.d.ts.
// Hand-written; tests/types/ holds it against the package.

export type * from "./chat.js";
export type * from "./client.js";
export { AurikoClient } from "./client.js";
export type * from "./completion.js";
export type * from "./errors.js";
export {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIStatusError,
  AurikoAPIError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
} from "./errors.js";
export type * from "./foreign.js";
export { aurikoMetadataExtractor, toAurikoError } from "./foreign.js";
export { ResponseHeaders } from "./headers.js";
export type * from "./messages.js";
export type * from "./models.js";
export type * from "./response-events.js";
export type * from "./response-items.js";
export type * from "./response-object.js";
export type * from "./responses.js";
export type * from "./routing.js";
export {
  DataPolicy,
  GatewayOptions,
  MetricPercentile,
  Mode,
  mergeGateway,
  Optimize,
  RoutingOptions,
} from "./routing.js";
export type * from "./stream.js";
export { ChatCompletionStream, ResponseStream } from "./stream.js";
