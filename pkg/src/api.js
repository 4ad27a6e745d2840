// @ts-check
// What every entry exports.
export { AurikoClient } from "./client.js";
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
export { aurikoMetadataExtractor, toAurikoError } from "./foreign.js";
export { ResponseHeaders } from "./headers.js";
export {
  DataPolicy,
  GatewayOptions,
  MetricPercentile,
  Mode,
  mergeGateway,
  Optimize,
  RoutingOptions,
} from "./options.js";
export { ChatCompletionStream, ResponseStream } from "./stream.js";
