//! Errors that arrive inside a stream, after the status 200 has long been sent.

use super::envelope::text;
use super::{Error, ErrorType, codes};
use crate::headers::Head;
use crate::value::Value;

impl Error {
    /// The error in an event of a stream that reports one. Two forms exist:
    ///
    /// - `{"error":{"type","code","message",…}}`, of chat completions: the type is the event's, the
    ///   status the one documented for the code, else that of the answer (200);
    /// - `{"type":"error","code","message",…}`, of the Responses API: type and status are those
    ///   documented for the code, else `api_error` and 500. Providers send the same with code and
    ///   message inside `error`.
    ///
    /// Every other payload that this is called with, such as `{"error":"text"}`, becomes
    /// [`Kind::ApiStatus`](super::Kind::ApiStatus) with code `malformed_response` and the status of
    /// the answer. The status can be 0: that is what `client_disconnected` is documented with.
    pub fn from_stream_event(payload: &Value, head: &Head) -> Self {
        let inner = payload.get("error").filter(|inner| **inner != Value::Null);
        let is_event = text(payload, "type") == Some("error");
        let read = match inner {
            Some(inner) => enveloped(inner, head.status).or_else(|| by_code(inner).filter(|_| is_event)),
            None => by_code(payload).filter(|_| is_event),
        };
        let malformed = || Self::malformed(head.status, &["The server reported an error in a form"], "");
        read.unwrap_or_else(malformed).detailed(payload).about(head)
    }
}

fn enveloped(inner: &Value, status: u16) -> Option<Error> {
    let (error_type, code) = (ErrorType::from_wire(text(inner, "type")?)?, text(inner, "code")?);
    let status = codes::lookup(code).map_or(status, |(_, documented)| documented);
    Some(Error::reported(status, error_type, code, text(inner, "message")?))
}

fn by_code(report: &Value) -> Option<Error> {
    let code = text(report, "code")?;
    let (error_type, status) = codes::lookup(code).unwrap_or((ErrorType::ApiError, 500));
    Some(Error::reported(status, error_type, code, text(report, "message")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind::{ApiStatus, InternalServer, RateLimit};
    use serde_json::json;

    fn event(payload: serde_json::Value) -> Error {
        let id = ("x-request-id".to_owned(), "req_1".to_owned());
        Error::from_stream_event(&payload.into(), &Head::new(200, [id]))
    }

    #[test]
    fn takes_the_status_from_the_code_and_else_the_one_of_its_form() {
        let cases = [
            (json!({"error": {"type": "rate_limit_error", "code": "rate_limit_exceeded"}}), RateLimit, 429),
            (json!({"error": {"type": "api_error", "code": "internal_error"}}), InternalServer, 500),
            (json!({"error": {"type": "api_error", "code": "client_disconnected"}}), ApiStatus, 0),
            (json!({"error": {"type": "api_error", "code": "new_code"}}), ApiStatus, 200),
            (json!({"type": "error", "code": "budget_exhausted"}), RateLimit, 429),
            (json!({"type": "error", "code": "upstream_timeout", "error": null}), ApiStatus, 504),
            (json!({"type": "error", "code": "new_code"}), InternalServer, 500),
            (
                json!({"type": "error", "error": {"type": "insufficient_quota", "code": "insufficient_quota"}}),
                RateLimit,
                429,
            ),
        ];
        for (mut payload, kind, status) in cases {
            let place = if payload["error"].is_object() { &mut payload["error"] } else { &mut payload };
            place["message"] = json!("No.");
            place["provider"] = json!("openai");
            let error = event(payload.clone());
            assert_eq!((error.kind, error.status_code, error.message.as_str()), (kind, status, "No."), "{payload}");
            assert_eq!((error.provider.as_deref(), error.request_id.as_deref()), (Some("openai"), Some("req_1")));
        }
    }

    #[test]
    fn calls_every_other_report_malformed() {
        let cases = [
            json!({"error": "text"}),
            json!({"error": [1]}),
            json!({"error": {}}),
            json!({"error": {"type": "api_error", "code": "internal_error"}}),
            json!({"type": "error", "error": {"type": "overloaded_error", "message": "Anthropic's form"}}),
            json!({"type": "error", "code": "internal_error"}),
            json!({"type": "error", "message": "m"}),
            json!({"type": "response.failed", "code": "c", "message": "m"}),
            json!("text"),
        ];
        for payload in cases {
            let error = event(payload.clone());
            assert_eq!((error.kind, error.status_code), (ApiStatus, 200), "{payload}");
            assert_eq!(error.code, "malformed_response", "{payload}");
        }
    }
}
