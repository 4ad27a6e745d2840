//! Which failures another try may mend.

use super::envelope::MALFORMED;
use super::{Error, Kind, codes};
use crate::headers::Head;

impl Error {
    /// Whether sending the same request again may help. `head` is the answer that the error is
    /// about; `None` where none came.
    ///
    /// - No connection, and no headers in time: yes. Once an answer has begun: no, the work is done
    ///   and would be paid for twice.
    /// - `x-should-retry` of an answer with a status of 400 or more is obeyed either way, and `false`
    ///   always.
    /// - Auriko's errors: by type and code ([`codes::is_retryable`]), never by status; so a 500
    ///   `internal_error`, a 409 and a used-up budget are final.
    /// - Error bodies that are not Auriko's: by status, 408, 429 and from 500 on; so an HTML 404 is
    ///   final.
    pub fn is_retryable(&self, head: Option<&Head>) -> bool {
        let by_code = codes::is_retryable(self.error_type, &self.code);
        match self.kind {
            Kind::Connection | Kind::Timeout => by_code && head.is_none(),
            Kind::ApiStatus
            | Kind::BadRequest
            | Kind::Authentication
            | Kind::PermissionDenied
            | Kind::NotFound
            | Kind::Conflict
            | Kind::RateLimit
            | Kind::InternalServer => match head.and_then(|head| Some((head.should_retry()?, head.status))) {
                Some((false, _)) => false,
                Some((true, 400..)) => true,
                _ if self.code == MALFORMED => matches!(self.status_code, 408 | 429 | 500..),
                _ => by_code,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::codes::tests::facts;
    use crate::value::Value;
    use serde_json::json;

    fn head(status: u16, should_retry: Option<&str>) -> Head {
        Head::new(status, should_retry.map(|value| ("x-should-retry".to_owned(), value.to_owned())))
    }

    fn retries(status: u16, should_retry: Option<&str>, body: &Value) -> bool {
        let head = head(status, should_retry);
        Error::from_response(&head, body, 0.0).is_retryable(Some(&head))
    }

    fn envelope(wire_type: &str, code: &str) -> Value {
        json!({"error": {"type": wire_type, "code": code, "message": "m"}}).into()
    }

    #[test]
    fn follows_the_table_for_every_documented_code_whatever_the_status() {
        for fact in facts() {
            for status in [fact.status, 400, 503] {
                let retried = retries(status, None, &envelope(fact.wire_type, fact.code));
                assert_eq!(retried, fact.retryable, "{status} {}", fact.code);
            }
        }
        assert!(retries(500, None, &envelope("api_error", "added_later")));
    }

    #[test]
    fn goes_by_status_where_the_body_is_not_aurikos() {
        for status in [408, 429, 500, 502, 503, 504, 529, 599] {
            assert!(retries(status, None, &Value::Null), "{status}");
        }
        for status in [200, 302, 400, 401, 403, 404, 409, 413, 422, 425] {
            assert!(!retries(status, None, &Value::Null), "{status}");
        }
    }

    #[test]
    fn obeys_x_should_retry_over_both_rules() {
        for body in [Value::Null, envelope("api_error", "service_unavailable")] {
            assert!(!retries(503, Some("false"), &body));
            assert!(retries(503, Some("perhaps"), &body));
        }
        assert!(retries(400, Some("true"), &envelope("invalid_request_error", "invalid_request")));
        assert!(retries(404, Some("true"), &Value::Null));
    }

    #[test]
    fn repeats_nothing_that_was_answered() {
        let ok = head(200, Some("true"));
        let answered = [
            Error::invalid_response(&ok),
            Error::not_a_stream(&ok),
            Error::invalid_chunk(&ok, "not JSON"),
            Error::stream_truncated(&ok),
            Error::connection_lost(&ok),
            Error::idle_timeout(1, &ok),
            Error::redirect_refused(&head(307, Some("true"))),
        ];
        for error in answered {
            assert!(!error.is_retryable(Some(&ok)), "{}", error.code);
        }
    }

    #[test]
    fn repeats_what_got_no_answer_but_never_the_callers_mistakes() {
        assert!(Error::connection().is_retryable(None));
        assert!(Error::request_timeout(1).is_retryable(None));
        assert!(!Error::missing_api_key().is_retryable(None));
        assert!(!Error::missing_parameter("model", "").is_retryable(None));
    }
}
