// @ts-check
// The error vocabulary of the API: 63 codes, each with one type and one HTTP status,
// and the one envelope in which every error leaves.

/** type -> HTTP status -> codes. Status 0 marks codes that occur only inside a stream. */
const TABLE = {
  authentication_error: {
    401: "invalid_api_key expired_api_key invalid_recovery_code mfa_verification_failed",
  },
  permission_error: { 403: "insufficient_permissions feature_disabled mfa_required" },
  not_found_error: { 404: "model_not_found resource_not_found" },
  rate_limit_error: { 429: "rate_limit_exceeded budget_exhausted insufficient_quota" },
  api_error: {
    0: "client_disconnected stream_duration_exceeded",
    500: "internal_error",
    502: "upstream_error",
    503: "no_provider_available model_unavailable service_unavailable",
    504: "upstream_timeout",
  },
  invalid_request_error: {
    400: `invalid_request missing_required_parameter invalid_parameter_value unknown_field
      context_length_exceeded content_filtered field_immutable operation_not_allowed
      payment_declined payment_method_invalid
      tools_not_supported json_mode_not_supported structured_output_not_supported
      tools_with_structured_output_not_supported vision_not_supported reasoning_not_supported
      thinking_disable_not_supported streaming_not_supported non_streaming_not_supported
      batch_only tier_opt_in_required tool_choice_required_not_supported
      cost_constraint_exceeded latency_constraint_exceeded throughput_constraint_not_met
      provider_not_in_allowlist provider_blocked required_params_not_supported
      byok_keys_required platform_keys_unavailable unsupported_modalities
      no_compatible_endpoint no_responses_endpoint input_requires_responses_endpoint
      response_api_only hosted_tool_not_supported no_tools_on_endpoint`,
    405: "method_not_allowed",
    409: `idempotency_conflict idempotency_replay_unavailable state_precondition_failed
      duplicate_resource`,
    413: "payload_too_large",
  },
};

/**
 * A Map, not an object: a code such as `__proto__` must be an unknown code and nothing else.
 * @type {Map<string, { type: string, status: number }>}
 */
export const CODES = new Map(
  Object.entries(TABLE).flatMap(([type, byStatus]) =>
    Object.entries(byStatus).flatMap(([status, codes]) =>
      codes.split(/\s+/).map((code) => /** @type {const} */ ([code, { type, status: Number(status) }])),
    ),
  ),
);

/**
 * @typedef {object} ErrorDetails
 * @property {string | null} [param] the field that is wrong, in dotted form
 * @property {string} [provider]
 * @property {string} [suggestion]
 * @property {string} [type] only for codes outside the table
 * @property {number} [status] only for codes outside the table, or to overrule it
 * @property {import('node:http').OutgoingHttpHeaders} [headers] extra response headers
 */

export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {ErrorDetails} [details]
   */
  constructor(code, message, details = {}) {
    super(message);
    const known = CODES.get(code);
    this.name = "ApiError";
    this.code = code;
    this.type = details.type ?? known?.type ?? "api_error";
    this.status = details.status ?? known?.status ?? 500;
    this.details = details;
  }

  /** The body of the answer. `param` is always there, null when no field is to blame. */
  get envelope() {
    const { param = null, provider, suggestion } = this.details;
    return {
      error: {
        message: this.message,
        type: this.type,
        code: this.code,
        param,
        ...(CODES.has(this.code) && { doc_url: `https://docs.auriko.ai/errors/${this.code}` }),
        ...(provider !== undefined && { provider }),
        ...(suggestion !== undefined && { suggestion }),
      },
    };
  }

  /** The documented diagnostic headers of an error answer. @returns {import('node:http').OutgoingHttpHeaders} */
  get headers() {
    const retryable = this.type === "rate_limit_error" || this.type === "api_error";
    return {
      "X-Error-Type": this.type,
      "X-Error-Retryable": String(retryable),
      ...(this.details.provider !== undefined && { "X-Error-Provider": this.details.provider }),
      ...this.details.headers,
    };
  }
}
