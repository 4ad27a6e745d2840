//! The 63 error codes that Auriko documents, and which of all codes are worth another try.
//! Source: `errors/_registry.py` and `errors/mapping.py` of the Python package auriko 1.2.0.

use super::ErrorType;

/// Rows of type, HTTP status and codes, parted by a space: as text they are a third of the size of
/// a table with one row per code.
const CODES: [(ErrorType, u16, &str); 13] = [
    (
        ErrorType::AuthenticationError,
        401,
        "invalid_api_key expired_api_key invalid_recovery_code mfa_verification_failed",
    ),
    (ErrorType::PermissionError, 403, "insufficient_permissions feature_disabled mfa_required"),
    (
        ErrorType::InvalidRequestError,
        400,
        "invalid_request missing_required_parameter invalid_parameter_value unknown_field context_length_exceeded \
         content_filtered field_immutable operation_not_allowed payment_declined payment_method_invalid \
         tools_not_supported json_mode_not_supported structured_output_not_supported \
         tools_with_structured_output_not_supported vision_not_supported reasoning_not_supported \
         thinking_disable_not_supported streaming_not_supported non_streaming_not_supported batch_only \
         tier_opt_in_required tool_choice_required_not_supported cost_constraint_exceeded \
         latency_constraint_exceeded throughput_constraint_not_met provider_not_in_allowlist provider_blocked \
         required_params_not_supported byok_keys_required platform_keys_unavailable unsupported_modalities \
         no_compatible_endpoint no_responses_endpoint input_requires_responses_endpoint response_api_only \
         hosted_tool_not_supported no_tools_on_endpoint",
    ),
    (ErrorType::InvalidRequestError, 405, "method_not_allowed"),
    (
        ErrorType::InvalidRequestError,
        409,
        "idempotency_conflict idempotency_replay_unavailable state_precondition_failed duplicate_resource",
    ),
    (ErrorType::InvalidRequestError, 413, "payload_too_large"),
    (ErrorType::NotFoundError, 404, "model_not_found resource_not_found"),
    (ErrorType::RateLimitError, 429, "rate_limit_exceeded budget_exhausted insufficient_quota"),
    (ErrorType::ApiError, 500, "internal_error"),
    (ErrorType::ApiError, 502, "upstream_error"),
    (ErrorType::ApiError, 503, "no_provider_available model_unavailable service_unavailable"),
    (ErrorType::ApiError, 504, "upstream_timeout"),
    // Only ever sent inside a stream, where there is no status any more.
    (ErrorType::ApiError, 0, "client_disconnected stream_duration_exceeded"),
];

/// Never retried, whatever the type says. First Auriko's list of eight; then this crate's own codes
/// for an answer that came and was of no use: it may have been paid for, and asking again costs again.
const FINAL: &str = "budget_exhausted duplicate_resource field_immutable insufficient_quota internal_error \
    method_not_allowed operation_not_allowed state_precondition_failed \
    invalid_response not_a_stream invalid_chunk redirect_refused stream_truncated idle_timeout";

/// The type and the HTTP status that Auriko documents for `code`. `None` for a code of this crate's
/// own and for one that Auriko added later.
pub fn lookup(code: &str) -> Option<(ErrorType, u16)> {
    CODES.iter().find(|(.., codes)| lists(codes, code)).map(|&(error_type, status, _)| (error_type, status))
}

/// The documentation of `code`, if it is one of the 63.
pub fn doc_url(code: &str) -> Option<String> {
    lookup(code).map(|_| ["https://docs.auriko.ai/errors/", code].concat())
}

/// Whether an error of this type and code may be gone at the next try.
pub fn is_retryable(error_type: ErrorType, code: &str) -> bool {
    let transient = match error_type {
        ErrorType::RateLimitError | ErrorType::ApiError => true,
        ErrorType::InvalidRequestError
        | ErrorType::AuthenticationError
        | ErrorType::PermissionError
        | ErrorType::NotFoundError => false,
    };
    transient && !lists(FINAL, code)
}

fn lists(codes: &str, code: &str) -> bool {
    codes.as_bytes().split(|byte| *byte == b' ').any(|known| known == code.as_bytes())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The table of the fact sheet (section 6.4), row by row: code, type, status, class, retryable.
    const FACTS: &str = "
        invalid_api_key authentication_error 401 AuthenticationError no
        expired_api_key authentication_error 401 AuthenticationError no
        invalid_recovery_code authentication_error 401 AuthenticationError no
        mfa_verification_failed authentication_error 401 AuthenticationError no
        insufficient_permissions permission_error 403 PermissionDeniedError no
        feature_disabled permission_error 403 PermissionDeniedError no
        mfa_required permission_error 403 PermissionDeniedError no
        invalid_request invalid_request_error 400 BadRequestError no
        missing_required_parameter invalid_request_error 400 BadRequestError no
        invalid_parameter_value invalid_request_error 400 BadRequestError no
        unknown_field invalid_request_error 400 BadRequestError no
        payload_too_large invalid_request_error 413 BadRequestError no
        context_length_exceeded invalid_request_error 400 BadRequestError no
        content_filtered invalid_request_error 400 BadRequestError no
        field_immutable invalid_request_error 400 BadRequestError no
        operation_not_allowed invalid_request_error 400 BadRequestError no
        method_not_allowed invalid_request_error 405 BadRequestError no
        payment_declined invalid_request_error 400 BadRequestError no
        payment_method_invalid invalid_request_error 400 BadRequestError no
        idempotency_conflict invalid_request_error 409 ConflictError no
        idempotency_replay_unavailable invalid_request_error 409 ConflictError no
        state_precondition_failed invalid_request_error 409 ConflictError no
        duplicate_resource invalid_request_error 409 ConflictError no
        tools_not_supported invalid_request_error 400 BadRequestError no
        json_mode_not_supported invalid_request_error 400 BadRequestError no
        structured_output_not_supported invalid_request_error 400 BadRequestError no
        tools_with_structured_output_not_supported invalid_request_error 400 BadRequestError no
        vision_not_supported invalid_request_error 400 BadRequestError no
        reasoning_not_supported invalid_request_error 400 BadRequestError no
        thinking_disable_not_supported invalid_request_error 400 BadRequestError no
        streaming_not_supported invalid_request_error 400 BadRequestError no
        non_streaming_not_supported invalid_request_error 400 BadRequestError no
        batch_only invalid_request_error 400 BadRequestError no
        tier_opt_in_required invalid_request_error 400 BadRequestError no
        tool_choice_required_not_supported invalid_request_error 400 BadRequestError no
        cost_constraint_exceeded invalid_request_error 400 BadRequestError no
        latency_constraint_exceeded invalid_request_error 400 BadRequestError no
        throughput_constraint_not_met invalid_request_error 400 BadRequestError no
        provider_not_in_allowlist invalid_request_error 400 BadRequestError no
        provider_blocked invalid_request_error 400 BadRequestError no
        required_params_not_supported invalid_request_error 400 BadRequestError no
        byok_keys_required invalid_request_error 400 BadRequestError no
        platform_keys_unavailable invalid_request_error 400 BadRequestError no
        unsupported_modalities invalid_request_error 400 BadRequestError no
        no_compatible_endpoint invalid_request_error 400 BadRequestError no
        no_responses_endpoint invalid_request_error 400 BadRequestError no
        input_requires_responses_endpoint invalid_request_error 400 BadRequestError no
        response_api_only invalid_request_error 400 BadRequestError no
        hosted_tool_not_supported invalid_request_error 400 BadRequestError no
        no_tools_on_endpoint invalid_request_error 400 BadRequestError no
        model_not_found not_found_error 404 NotFoundError no
        resource_not_found not_found_error 404 NotFoundError no
        rate_limit_exceeded rate_limit_error 429 RateLimitError yes
        budget_exhausted rate_limit_error 429 RateLimitError no
        insufficient_quota rate_limit_error 429 RateLimitError no
        no_provider_available api_error 503 APIStatusError yes
        model_unavailable api_error 503 APIStatusError yes
        service_unavailable api_error 503 APIStatusError yes
        upstream_error api_error 502 APIStatusError yes
        upstream_timeout api_error 504 APIStatusError yes
        internal_error api_error 500 InternalServerError no
        client_disconnected api_error 0 APIStatusError yes
        stream_duration_exceeded api_error 0 APIStatusError yes
    ";

    /// One row of [`FACTS`].
    pub(in crate::error) struct Fact {
        pub(in crate::error) code: &'static str,
        pub(in crate::error) wire_type: &'static str,
        pub(in crate::error) status: u16,
        pub(in crate::error) class: &'static str,
        pub(in crate::error) retryable: bool,
    }

    pub(in crate::error) fn facts() -> impl Iterator<Item = Fact> {
        FACTS.trim().lines().map(|line| {
            let [code, wire_type, status, class, retry] = line.split_whitespace().collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            Fact { code, wire_type, status: status.parse().unwrap(), class, retryable: retry == "yes" }
        })
    }

    #[test]
    fn knows_the_63_documented_codes_and_no_other() {
        for fact in facts() {
            let (code, error_type) = (fact.code, ErrorType::from_wire(fact.wire_type).unwrap());
            assert_eq!(lookup(code), Some((error_type, fact.status)), "{code}");
            assert_eq!(is_retryable(error_type, code), fact.retryable, "{code}");
            assert_eq!(doc_url(code), Some(format!("https://docs.auriko.ai/errors/{code}")));
        }
        assert_eq!((facts().count(), CODES.iter().map(|(.., codes)| codes.split(' ').count()).sum()), (63, 63));
    }

    #[test]
    fn takes_everything_else_for_unknown() {
        for code in ["", " ", "__proto__", "malformed_response", "batch_only tier_opt_in_required", "INTERNAL_ERROR"] {
            assert_eq!((lookup(code), doc_url(code)), (None, None), "{code}");
        }
    }

    #[test]
    fn never_retries_the_eight_even_where_the_type_would_allow_it() {
        let eight = "budget_exhausted duplicate_resource field_immutable insufficient_quota internal_error \
            method_not_allowed operation_not_allowed state_precondition_failed";
        for error_type in [ErrorType::RateLimitError, ErrorType::ApiError] {
            assert!(eight.split(' ').all(|code| !is_retryable(error_type, code)));
            assert!(is_retryable(error_type, "added_later"));
        }
    }
}
