//! Errors that the server reports, read strictly: a body that is not exactly Auriko's envelope comes
//! from somewhere else (a proxy, a wrong base URL), and guessing at its meaning would mislead.

use super::{Error, ErrorType, Kind};
use crate::headers::Head;
use crate::value::Value;

/// The code of an answer that reports a failure in a form that is not Auriko's.
pub(super) const MALFORMED: &str = "malformed_response";
/// How Auriko reports a failure, for messages.
const EXPECTED: &str = r#"Auriko's error object {"error":{"type","code","message"}}"#;

impl Error {
    /// The error in an answer whose status is no success. `body` is the parsed JSON, or
    /// [`Value::Null`] where there was none; `now_ms` (since 1970) dates a `Retry-After`.
    ///
    /// Expected is `{"error":{"type","code","message","param"?,"doc_url"?,"provider"?,"suggestion"?}}`
    /// with one of six types and non-empty `code` and `message`. Everything else becomes
    /// [`Kind::ApiStatus`] with code `malformed_response` and the real status.
    pub fn from_response(head: &Head, body: &Value, now_ms: f64) -> Self {
        let enveloped = body.get("error").and_then(|inner| {
            let error_type = ErrorType::from_wire(text(inner, "type")?)?;
            Some(Self::reported(head.status, error_type, text(inner, "code")?, text(inner, "message")?))
        });
        let mut error = enveloped.unwrap_or_else(|| not_an_envelope(head)).detailed(body).about(head);
        error.retry_after_seconds = head.retry_after(now_ms).map(|ms| ms / 1000.0);
        error
    }

    /// The same for the error of a library that takes the envelope off: a body without `error` counts as
    /// what stands inside of it. The Python client reads OpenAI's errors so.
    pub fn from_unwrapped(head: &Head, body: &Value, now_ms: f64) -> Self {
        if body.get("error").is_some() || body.as_object().is_none() {
            return Self::from_response(head, body, now_ms);
        }
        Self::from_response(head, &Value::Object(vec![("error".to_owned(), body.clone())]), now_ms)
    }

    /// An error in the server's words.
    pub(super) fn reported(status: u16, error_type: ErrorType, code: &str, message: &str) -> Self {
        Self::new(Kind::of(error_type, status), status, error_type, code, &[message])
    }

    /// An error report whose form is wrong; `message` begins with what was received.
    pub(super) fn malformed(status: u16, received: &[&str], hint: &str) -> Self {
        let message = [&received.concat(), " that is not ", EXPECTED, ".", hint];
        Self::new(Kind::ApiStatus, status, ErrorType::ApiError, MALFORMED, &message)
    }

    /// Adds the optional fields, which sit inside `error`, or beside the code where that is flat.
    pub(super) fn detailed(mut self, body: &Value) -> Self {
        let field = |key| body.get("error").and_then(|inner| text(inner, key)).or_else(|| text(body, key));
        let owned = |key| field(key).map(str::to_owned);
        self.doc_url = owned("doc_url").or_else(|| self.doc_url.take());
        self.provider = owned("provider");
        self.suggestion = owned("suggestion");
        self.param = owned("param");
        self
    }
}

fn not_an_envelope(head: &Head) -> Error {
    let hint = if head.status == 404 || head.is_type("text/html") {
        " Check `baseUrl`: it has to lead to the Auriko API, as https://api.auriko.ai/v1 does."
    } else {
        ""
    };
    Error::malformed(head.status, &["The server answered with status ", &head.status.to_string(), " and a body"], hint)
}

/// A member that is a string and not empty.
#[inline(never)]
pub(super) fn text<'a>(object: &'a Value, key: &str) -> Option<&'a str> {
    object.get(key)?.as_str().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::codes::tests::facts;
    use serde_json::{Value as Json, json};

    fn answer(status: u16, headers: &[(&str, &str)], body: Json) -> Error {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Error::from_response(&Head::new(status, headers), &body.into(), 0.0)
    }

    #[test]
    fn gives_every_documented_code_its_class_type_status_and_page() {
        for fact in facts() {
            let inner = json!({"type": fact.wire_type, "code": fact.code, "message": "No."});
            let error = json!(answer(fact.status, &[], json!({"error": inner})).fields());
            let page = format!("https://docs.auriko.ai/errors/{}", fact.code);
            assert_eq!(error["kind"], fact.class, "{}", fact.code);
            assert_eq!((&error["type"], &error["code"]), (&json!(fact.wire_type), &json!(fact.code)));
            assert_eq!((&error["statusCode"], &error["docUrl"]), (&json!(f64::from(fact.status)), &json!(page)));
        }
    }

    #[test]
    fn chooses_the_class_by_type_before_status() {
        let cases = [
            (402, "rate_limit_error", Kind::RateLimit),
            (422, "invalid_request_error", Kind::BadRequest),
            (409, "invalid_request_error", Kind::Conflict),
            (409, "api_error", Kind::ApiStatus),
            (500, "authentication_error", Kind::Authentication),
            (500, "api_error", Kind::InternalServer),
            (404, "permission_error", Kind::PermissionDenied),
            (403, "not_found_error", Kind::NotFound),
        ];
        for (status, error_type, kind) in cases {
            let error = answer(status, &[], json!({"error": {"type": error_type, "code": "new", "message": "m"}}));
            assert_eq!(
                (error.kind, error.status_code, error.doc_url.as_ref()),
                (kind, status, None),
                "{status} {error_type}"
            );
        }
    }

    #[test]
    fn keeps_every_field_of_the_envelope_and_of_the_headers() {
        let inner = json!({"type": "rate_limit_error", "code": "rate_limit_exceeded", "message": "Slow down.",
            "param": "model", "doc_url": "https://x/doc", "provider": "openai", "suggestion": "Wait."});
        let headers = [("x-request-id", "req_1"), ("retry-after", "1.5")];
        assert_eq!(
            json!(answer(429, &headers, json!({"error": inner})).fields()),
            json!({"kind": "RateLimitError", "message": "Slow down.", "statusCode": 429.0, "type": "rate_limit_error",
                "code": "rate_limit_exceeded", "param": "model", "requestId": "req_1", "retryAfterSeconds": 1.5,
                "docUrl": "https://x/doc", "provider": "openai", "suggestion": "Wait.", "attempts": 0.0})
        );
    }

    #[test]
    fn reads_what_another_library_took_out_of_its_envelope() {
        let inner = json!({"type": "rate_limit_error", "code": "budget_exhausted", "message": "m", "provider": "xai"});
        let read = |body: Json| Error::from_unwrapped(&Head::new(429, []), &body.into(), 0.0);
        for body in [inner.clone(), json!({"error": inner})] {
            let error = read(body);
            assert_eq!((error.kind, error.code.as_str()), (Kind::RateLimit, "budget_exhausted"));
            assert_eq!(error.provider.as_deref(), Some("xai"));
        }
        for malformed in [json!(null), json!("text"), json!({}), json!({"error": null}), json!({"message": "m"})] {
            assert_eq!(read(malformed.clone()).code, MALFORMED, "{malformed}");
        }
    }

    #[test]
    fn ignores_details_of_a_wrong_shape_and_shows_the_provider_first() {
        let inner = json!({"type": "api_error", "code": "upstream_error", "message": "m", "param": 1,
            "doc_url": "", "provider": null, "suggestion": ["x"]});
        let error = answer(502, &[], json!({"error": inner, "provider": "xai"}));
        assert_eq!((error.param.as_ref(), error.suggestion.as_ref()), (None, None));
        assert_eq!(error.doc_url.as_deref(), Some("https://docs.auriko.ai/errors/upstream_error"));
        assert_eq!(error.to_string(), "[xai] m");
    }

    #[test]
    fn calls_every_other_body_malformed_and_keeps_the_status() {
        let bodies = [
            json!(null),
            json!("error"),
            json!([]),
            json!({}),
            json!({"error": null}),
            json!({"error": "text"}),
            json!({"error": ["text"]}),
            json!({"error": 7}),
            json!({"error": {"type": "api_error", "code": "c", "message": {"text": "m"}}}),
            json!({"error": {"type": "api_error", "code": "c", "message": ""}}),
            json!({"error": {"type": "api_error", "code": null, "message": "m"}}),
            json!({"error": {"type": "__proto__", "code": "c", "message": "m"}}),
            json!({"type": "api_error", "code": "c", "message": "m"}),
        ];
        for body in bodies {
            let error = answer(400, &[("x-request-id", "req_1")], body.clone());
            assert_eq!((error.kind, error.error_type), (Kind::ApiStatus, ErrorType::ApiError), "{body}");
            assert_eq!((error.code.as_str(), error.status_code), ("malformed_response", 400), "{body}");
            assert_eq!(error.request_id.as_deref(), Some("req_1"));
            assert!(error.message.contains("status 400") && error.message.contains(EXPECTED), "{}", error.message);
        }
    }

    #[test]
    fn points_to_the_base_url_where_something_else_must_have_answered() {
        let html = [("content-type", "text/html; charset=utf-8")];
        for (status, headers, pointed) in [(404, &[][..], true), (200, &html, true), (503, &[], false)] {
            assert_eq!(answer(status, headers, Json::Null).message.contains("baseUrl"), pointed, "{status}");
        }
    }
}
