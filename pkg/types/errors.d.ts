import type { ResponseHeaders } from "./headers.js";

// Every failure of a call is one of these classes, or the reason of the signal that aborted it.

/** The six types of errors of the API. */
export type ErrorType =
  | "invalid_request_error"
  | "authentication_error"
  | "permission_error"
  | "not_found_error"
  | "rate_limit_error"
  | "api_error";

/** The codes of the API, and those that the client makes itself. The list is open. */
export type ErrorCode =
  // authentication_error
  | "invalid_api_key"
  | "expired_api_key"
  | "invalid_recovery_code"
  | "mfa_verification_failed"
  // permission_error
  | "insufficient_permissions"
  | "feature_disabled"
  | "mfa_required"
  // invalid_request_error
  | "invalid_request"
  | "missing_required_parameter"
  | "invalid_parameter_value"
  | "unknown_field"
  | "payload_too_large"
  | "context_length_exceeded"
  | "content_filtered"
  | "field_immutable"
  | "operation_not_allowed"
  | "method_not_allowed"
  | "payment_declined"
  | "payment_method_invalid"
  | "idempotency_conflict"
  | "idempotency_replay_unavailable"
  | "state_precondition_failed"
  | "duplicate_resource"
  | "tools_not_supported"
  | "json_mode_not_supported"
  | "structured_output_not_supported"
  | "tools_with_structured_output_not_supported"
  | "vision_not_supported"
  | "reasoning_not_supported"
  | "thinking_disable_not_supported"
  | "streaming_not_supported"
  | "non_streaming_not_supported"
  | "batch_only"
  | "tier_opt_in_required"
  | "tool_choice_required_not_supported"
  | "cost_constraint_exceeded"
  | "latency_constraint_exceeded"
  | "throughput_constraint_not_met"
  | "provider_not_in_allowlist"
  | "provider_blocked"
  | "required_params_not_supported"
  | "byok_keys_required"
  | "platform_keys_unavailable"
  | "unsupported_modalities"
  | "no_compatible_endpoint"
  | "no_responses_endpoint"
  | "input_requires_responses_endpoint"
  | "response_api_only"
  | "hosted_tool_not_supported"
  | "no_tools_on_endpoint"
  // not_found_error
  | "model_not_found"
  | "resource_not_found"
  // rate_limit_error
  | "rate_limit_exceeded"
  | "budget_exhausted"
  | "insufficient_quota"
  // api_error
  | "no_provider_available"
  | "model_unavailable"
  | "service_unavailable"
  | "upstream_error"
  | "upstream_timeout"
  | "internal_error"
  | "client_disconnected"
  | "stream_duration_exceeded"
  // of the client itself
  | "wasm_unavailable"
  | "not_initialized"
  | "core_stopped"
  | "api_key_function"
  | "missing_api_key"
  | "browser_api_key"
  | "api_connection_error"
  | "request_timeout"
  | "idle_timeout"
  | "stream_truncated"
  | "no_completion"
  | "stream_consumed"
  | "not_a_stream"
  | "invalid_chunk"
  | "invalid_response"
  | "malformed_response"
  | "redirect_refused"
  | "response_taken"
  | (string & {});

/** What an error can be constructed with. */
export interface ErrorFields {
  /** Default: 0. */
  statusCode?: number | null | undefined;
  /** Default: `api_error`. */
  type?: ErrorType | null | undefined;
  /** Default: null. */
  code?: ErrorCode | null | undefined;
  /** Default: null. */
  param?: string | null | undefined;
  /** Default: null. */
  requestId?: string | null | undefined;
  /** In seconds. Default: null. */
  retryAfterSeconds?: number | null | undefined;
  /** Default: null. */
  docUrl?: string | null | undefined;
  /** Default: null. */
  provider?: string | null | undefined;
  /** Default: null. */
  suggestion?: string | null | undefined;
  /** Default: 0. */
  attempts?: number | null | undefined;
  /** Default: null. */
  headers?: Headers | null | undefined;
  /** Default: null. */
  body?: unknown;
  /** What was thrown by whatever failed. */
  cause?: unknown;
}

/**
 * The base of all errors of this package. `instanceof` also holds between two copies of the package in one
 * process. What is enumerable is safe to log: body and headers are not.
 */
export declare class AurikoAPIError extends Error {
  constructor(message: string, fields?: ErrorFields);
  /** The HTTP status; 0 where no answer came or nothing was sent. */
  readonly statusCode: number;
  /** The same as `statusCode`. */
  readonly status: number;
  /** The type of the error. With `statusCode` it decides the class. */
  readonly type: ErrorType;
  /** The machine-readable code: the thing to branch on within a class. */
  readonly code: ErrorCode | null;
  /** The parameter at fault, such as `gateway.routing.max_ttft_ms`. */
  readonly param: string | null;
  /** The `x-request-id` of the answer; quote it to Auriko's support. */
  readonly requestId: string | null;
  /** How long the server asked to wait, in seconds. */
  readonly retryAfterSeconds: number | null;
  /** Documentation of the code. */
  readonly docUrl: string | null;
  /** The id of the provider at fault. */
  readonly provider: string | null;
  /** What the server suggests to do. */
  readonly suggestion: string | null;
  /** How many requests were sent, retries included; 0 where none was. */
  readonly attempts: number;
  /** The headers of the answer; null where none came. Not enumerable. */
  readonly headers: Headers | null;
  /** The same headers, with the documented ones read. */
  readonly responseHeaders: ResponseHeaders | null;
  /** The body of the answer: parsed JSON, else the beginning of its text, else null. Not enumerable. */
  readonly body: unknown;
  /** Name, message and the enumerable fields. */
  toJSON(): Record<string, unknown>;
}

/** The API refused the request, or answered something that cannot be used; the base of the classes by type. */
export declare class APIStatusError extends AurikoAPIError {}

/** `invalid_request_error`: the request is at fault. Also for options and parameters that are refused unsent. */
export declare class BadRequestError extends APIStatusError {}

/** `authentication_error`: the API key is missing, wrong or expired. */
export declare class AuthenticationError extends APIStatusError {}

/** `permission_error`: the API key may not do this. */
export declare class PermissionDeniedError extends APIStatusError {}

/** `not_found_error`: there is no such model or resource. */
export declare class NotFoundError extends APIStatusError {}

/** `invalid_request_error` with status 409: the state of the resource does not allow it. */
export declare class ConflictError extends APIStatusError {}

/** `rate_limit_error`: a rate, a budget or a quota is used up; see `code` and `retryAfterSeconds`. */
export declare class RateLimitError extends APIStatusError {}

/** `api_error` with status 500. */
export declare class InternalServerError extends APIStatusError {}

/** The request did not get through, or its answer broke off; `cause` is what was thrown. */
export declare class APIConnectionError extends AurikoAPIError {}

/** Headers, or the next bytes of a body, did not come within `timeout`. */
export declare class APIConnectionTimeoutError extends APIConnectionError {}
