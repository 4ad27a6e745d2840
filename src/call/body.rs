//! The body of an answer that is no stream: how much of it is read, and whether it is an answer.

use super::Call;
use crate::error::Error;
use crate::value::Value;

/// The largest body of an answer, in bytes. A string of JavaScript could not hold much more.
const MAX_ANSWER: u32 = 1 << 29;
/// How much is read of a body that can only be an error, in bytes. An error is much smaller.
const MAX_ERROR: u32 = 1 << 20;

/// How much of a body is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// So many bytes.
    pub bytes: u32,
    /// So many milliseconds for each piece.
    pub idle_ms: u32,
    /// So many milliseconds from the first piece to the last, if there is a limit: what can only be an error is
    /// not worth a longer wait, and need not be whole.
    pub total_ms: Option<u32>,
}

/// What became of the body of a success.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// It is one JSON object.
    Object {
        /// Its member `error`.
        error: Value,
        /// Whether the member is there without which it is no answer: see [`main_member`].
        answers: bool,
    },
    /// It is something else.
    Other,
    /// It goes on beyond a limit.
    TooLarge,
    /// The connection broke.
    Lost,
    /// Nothing came for too long.
    Idle,
}

/// The member without which an answer of this path says nothing: `choices`, `output` or a list. Of `/me` and of
/// paths that are not known, none.
pub fn main_member(path: &[&str]) -> Option<&'static str> {
    match path {
        ["chat", "completions"] => Some("choices"),
        ["responses"] => Some("output"),
        ["models"] => Some("data"),
        ["models", _] => Some("id"),
        ["directory" | "registry", "models"] => Some("models"),
        ["registry", "providers"] => Some("providers"),
        _ => None,
    }
}

impl Call {
    /// How much to read of the body of a success. `None` where it is an event stream: there is no object in it, and
    /// it may go on for long.
    pub fn answer_limits(&self) -> Option<Limits> {
        let limits = Limits { bytes: MAX_ANSWER, idle_ms: self.timeout_ms, total_ms: None };
        (!self.head.is_type("text/event-stream")).then_some(limits)
    }

    /// How much to read of a body that can only be an error: of a refusal, and of a success that is no stream where
    /// one was asked for.
    pub fn error_limits(&self) -> Limits {
        Limits { bytes: MAX_ERROR, idle_ms: self.timeout_ms, total_ms: Some(self.timeout_ms) }
    }

    /// The error in a success that should be an object with this main member, if there is one.
    pub fn object_error(&self, main_member: Option<&str>, body: &Body) -> Option<Error> {
        let error = match body {
            Body::Object { answers: true, .. } => return None,
            Body::Object { error, .. } if says_something(error) => self.reported(error),
            Body::Object { .. } => Error::missing_member(&self.head, main_member?),
            Body::Other | Body::TooLarge => Error::invalid_response(&self.head),
            Body::Lost => Error::connection_lost(&self.head),
            Body::Idle => Error::idle_timeout(self.timeout_ms, &self.head),
        };
        Some(self.told(error))
    }

    /// The error of a success that should be an event stream and is this.
    pub fn stream_error(&self, body: &Body) -> Error {
        self.told(match body {
            Body::Object { error: error @ Value::Object(_), .. } => self.reported(error),
            Body::Object { .. } | Body::Other | Body::TooLarge => Error::not_a_stream(&self.head),
            Body::Lost => Error::connection_lost(&self.head),
            Body::Idle => Error::idle_timeout(self.timeout_ms, &self.head),
        })
    }

    /// A refusal under a status that says otherwise.
    fn reported(&self, error: &Value) -> Error {
        Error::from_stream_event(&Value::Object(vec![("error".to_owned(), error.clone())]), &self.head)
    }
}

/// As of a chunk: see `sse::scan::Notes::error`.
fn says_something(error: &Value) -> bool {
    match error {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::Array(_) | Value::Object(_) | Value::Other(_) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Fact, Moment};
    use super::*;
    use crate::error::Kind;
    use crate::headers::Head;
    use crate::retry::Policy;
    use serde_json::json;

    const MOMENT: Moment = Moment { now_ms: 0.0, random: 0.5 };

    fn accepted(content_type: &str) -> Call {
        let mut call = Call::new(Policy { max_retries: 2 }, 700, None);
        call.start();
        let headers = [("content-type", content_type), ("x-request-id", "req_1")];
        let head = Head::new(200, headers.map(|(name, value)| (name.to_owned(), value.to_owned())));
        call.next(Fact::Answered(head, None), MOMENT);
        call
    }

    fn object(error: serde_json::Value, answers: bool) -> Body {
        Body::Object { error: error.into(), answers }
    }

    fn codes(body: &Body) -> [Option<String>; 2] {
        let call = accepted("application/json");
        let error = call.object_error(Some("choices"), body);
        for error in error.iter().chain([&call.stream_error(body)]) {
            assert_eq!((error.request_id.as_deref(), error.attempts), (Some("req_1"), 1), "{error:?}");
        }
        [error.map(|error| error.code.clone()), Some(call.stream_error(body).code.clone())]
    }

    #[test]
    fn an_object_with_its_main_member_is_an_answer_and_no_stream() {
        for error in [json!(null), json!({"code": "x"})] {
            let [as_object, _] = codes(&object(error, true));
            assert_eq!(as_object, None);
        }
        assert_eq!(codes(&object(json!(null), true))[1].as_deref(), Some("not_a_stream"));
    }

    #[test]
    fn an_object_without_its_main_member_is_no_answer() {
        for error in [json!(null), json!(false), json!("")] {
            let codes = codes(&object(error, false));
            assert_eq!(codes, [Some("invalid_response".to_owned()), Some("not_a_stream".to_owned())]);
        }
        let error = accepted("application/json").object_error(Some("choices"), &object(json!(null), false)).unwrap();
        assert!(error.message.contains("without `choices`"), "{}", error.message);
        assert_eq!(accepted("application/json").object_error(None, &object(json!(null), false)), None);
    }

    #[test]
    fn an_error_under_the_status_of_a_success_is_an_error() {
        let envelope = json!({"type": "rate_limit_error", "code": "budget_exhausted", "message": "All spent"});
        let [as_object, as_stream] = codes(&object(envelope.clone(), false));
        assert_eq!([as_object.as_deref(), as_stream.as_deref()], [Some("budget_exhausted"); 2]);
        assert_eq!(accepted("").object_error(None, &object(envelope, false)).unwrap().kind, Kind::RateLimit);
        for malformed in [json!("it broke"), json!(["x"]), json!({}), json!(1), json!(true)] {
            assert_eq!(codes(&object(malformed, false))[0].as_deref(), Some("malformed_response"));
        }
    }

    #[test]
    fn a_body_that_is_no_object_or_not_all_there_is_an_error() {
        for (body, as_object, as_stream) in [
            (Body::Other, "invalid_response", "not_a_stream"),
            (Body::TooLarge, "invalid_response", "not_a_stream"),
            (Body::Lost, "api_connection_error", "api_connection_error"),
            (Body::Idle, "idle_timeout", "idle_timeout"),
        ] {
            assert_eq!(codes(&body), [Some(as_object.to_owned()), Some(as_stream.to_owned())], "{body:?}");
        }
    }

    #[test]
    fn a_body_that_can_only_be_an_error_is_not_waited_for_longer_than_for_an_answer() {
        let call = accepted("application/json");
        assert_eq!(call.error_limits(), Limits { bytes: MAX_ERROR, idle_ms: 700, total_ms: Some(700) });
        assert_eq!(call.answer_limits(), Some(Limits { bytes: MAX_ANSWER, idle_ms: 700, total_ms: None }));
        assert_eq!(accepted("text/event-stream; charset=utf-8").answer_limits(), None);
    }

    #[test]
    fn knows_what_makes_an_answer_of_each_endpoint() {
        for (path, member) in [
            ("chat/completions", Some("choices")),
            ("responses", Some("output")),
            ("models", Some("data")),
            ("models/gpt-5.4", Some("id")),
            ("directory/models", Some("models")),
            ("registry/models", Some("models")),
            ("registry/providers", Some("providers")),
            ("me", None),
        ] {
            assert_eq!(main_member(&path.split('/').collect::<Vec<_>>()), member, "{path}");
        }
    }
}
