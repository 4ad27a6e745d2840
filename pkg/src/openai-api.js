// @ts-check
export {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIStatusError,
  AurikoAPIError,
  AuthenticationError,
  aurikoMetadataExtractor,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  toAurikoError,
} from "./internal.js";
export { AurikoOpenAI } from "./openai-client.js";
