//! One request's life as a state machine. Facts go in: answered, refused, unreachable, timed out,
//! rested. Actions come out: send, follow, read the refusal, rest, accept, fail. `src/js/driver.rs`
//! performs them.

use crate::config::ApiKey;
use crate::error::Error;
use crate::headers::Head;
use crate::retry::{Policy, next_delay};
use crate::stream::Flaw;
use crate::value::Value;

/// How often one call follows redirects within the origin of the base URL.
const MAX_REDIRECTS: u32 = 5;

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Send the request, with the same bytes each time.
    Send,
    /// Send the same request to this URL, which has the origin of the one before.
    Follow(String),
    /// Read the body, then report it to [`Call::refused`].
    ReadRefusal,
    /// Wait, then report [`Call::rested`].
    Rest {
        /// How long, in milliseconds.
        ms: f64,
    },
    /// The answer is a success; its body is next.
    Accept,
    /// The call has failed.
    Fail(Box<Error>),
}

/// The time and chance that a decision may need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub now_ms: f64,
    /// In `0.0..1.0`.
    pub random: f64,
}

/// What the body of a success is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// One JSON object.
    Object,
    /// A stream of events.
    Events,
}

/// One request's life.
#[derive(Debug)]
pub struct Call {
    policy: Policy,
    timeout_ms: u32,
    key: Option<ApiKey>,
    sent: u32,
    redirects: u32,
    head: Head,
}

impl Call {
    /// A call that has not been sent. The key is masked in what a server says.
    pub fn new(policy: Policy, timeout_ms: u32, key: Option<ApiKey>) -> Self {
        Self { policy, timeout_ms, key, sent: 0, redirects: 0, head: Head::new(0, []) }
    }

    /// How long to wait for headers, and for each next piece of a body, in milliseconds.
    pub fn timeout_ms(&self) -> u32 {
        self.timeout_ms
    }

    /// The first action.
    pub fn start(&mut self) -> Action {
        self.sent = 1;
        Action::Send
    }

    /// The headers of an answer came. `target` is where a redirect leads, if it stays within the
    /// origin.
    pub fn answered(&mut self, head: Head, target: Option<String>) -> Action {
        self.head = head;
        match (self.head.status, target) {
            (200..=299, _) => Action::Accept,
            (307 | 308, Some(target)) if self.redirects < MAX_REDIRECTS => {
                self.redirects += 1;
                Action::Follow(target)
            }
            // 0 is what a browser shows of a redirect that it was told not to follow.
            (0 | 300..=399, _) => self.fail(Error::redirect_refused(&self.head)),
            _ => Action::ReadRefusal,
        }
    }

    /// The body of a refusal was read: its JSON, or null when there was none to read.
    pub fn refused(&mut self, body: &Value, moment: Moment) -> Action {
        let error = Error::from_response(&self.head, body, moment.now_ms);
        let head = std::mem::replace(&mut self.head, Head::new(0, []));
        let action = self.again_or_fail(error, Some(&head), moment);
        self.head = head;
        action
    }

    /// No answer came.
    pub fn unreachable(&mut self, moment: Moment) -> Action {
        self.again_or_fail(Error::connection(), None, moment)
    }

    /// No answer came in time.
    pub fn timed_out(&mut self, moment: Moment) -> Action {
        self.again_or_fail(Error::request_timeout(self.timeout_ms), None, moment)
    }

    /// The wait is over.
    pub fn rested(&mut self) -> Action {
        self.sent += 1;
        Action::Send
    }

    /// Whether the body that was accepted can be what was expected. An event stream without a content
    /// type is taken for one; JSON or a page is not.
    pub fn suits(&self, expected: Expected) -> bool {
        match expected {
            Expected::Object => true,
            // 204 and 205 have no body, though some browsers give them an empty one.
            Expected::Events => {
                !matches!(self.head.status, 204 | 205)
                    && !["application/json", "text/html"].iter().any(|other| self.head.is_type(other))
            }
        }
    }

    /// A success that is no event stream. Its body may hold an error after all.
    pub fn no_stream(&self, body: &Value) -> Error {
        if body.get("error").and_then(Value::as_object).is_some() {
            return self.told(Error::from_stream_event(body, &self.head));
        }
        self.told(Error::not_a_stream(&self.head))
    }

    /// A success whose body is not one JSON object.
    pub fn no_object(&self) -> Error {
        self.told(Error::invalid_response(&self.head))
    }

    /// The connection broke while the body was read.
    pub fn lost(&self) -> Error {
        self.told(Error::connection_lost(&self.head))
    }

    /// Nothing came of the body for too long.
    pub fn idle(&self) -> Error {
        self.told(Error::idle_timeout(self.timeout_ms, &self.head))
    }

    /// A stream broke. `payload` is the error event, where it was one.
    pub fn broken(&self, flaw: &Flaw, payload: &Value) -> Error {
        self.told(match flaw {
            Flaw::ErrorEvent(_) => Error::from_stream_event(payload, &self.head),
            Flaw::InvalidChunk => Error::invalid_chunk(&self.head, "no JSON object"),
            Flaw::Truncated => Error::stream_truncated(&self.head),
        })
    }

    fn again_or_fail(&mut self, error: Error, head: Option<&Head>, moment: Moment) -> Action {
        match next_delay(self.policy, self.sent.saturating_sub(1), &error, head, moment.now_ms, moment.random) {
            Some(ms) => Action::Rest { ms },
            None => self.fail(error),
        }
    }

    fn fail(&self, error: Error) -> Action {
        Action::Fail(Box::new(self.told(error)))
    }

    fn told(&self, mut error: Error) -> Error {
        error.attempts = self.sent;
        match &self.key {
            Some(key) => error.masked(key.reveal()),
            None => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;
    use serde_json::json;

    const MOMENT: Moment = Moment { now_ms: 0.0, random: 0.5 };

    fn call(max_retries: u32) -> Call {
        let mut call = Call::new(Policy { max_retries }, 60_000, ApiKey::new("ak_secret_1234567890").ok());
        assert_eq!(call.start(), Action::Send);
        call
    }

    fn head(status: u16, headers: &[(&str, &str)]) -> Head {
        Head::new(status, headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    fn refusal(error_type: &str, code: &str) -> Value {
        json!({"error": {"type": error_type, "code": code, "message": "no ak_secret_1234567890"}}).into()
    }

    fn failure(action: Action) -> Error {
        let Action::Fail(error) = action else { panic!("{action:?}") };
        *error
    }

    #[test]
    fn a_success_is_accepted_at_once() {
        assert_eq!(call(2).answered(head(200, &[]), None), Action::Accept);
    }

    #[test]
    fn what_may_pass_is_sent_again_until_the_retries_are_used_up() {
        let mut call = call(2);
        let body = refusal("rate_limit_error", "rate_limit_exceeded");
        for expected_ms in [500.0, 750.0] {
            assert_eq!(call.answered(head(429, &[]), None), Action::ReadRefusal);
            assert_eq!(call.refused(&body, MOMENT), Action::Rest { ms: expected_ms });
            assert_eq!(call.rested(), Action::Send);
        }
        call.answered(head(429, &[("x-request-id", "req_1")]), None);
        let error = failure(call.refused(&body, MOMENT));
        assert_eq!((error.kind, error.attempts, error.request_id.as_deref()), (Kind::RateLimit, 3, Some("req_1")));
        assert!(!error.message.contains("secret"), "{}", error.message);
    }

    #[test]
    fn retries_mix_refusals_lost_connections_and_timeouts() {
        let mut call = call(3);
        assert_eq!(call.unreachable(MOMENT), Action::Rest { ms: 500.0 });
        call.rested();
        assert_eq!(call.timed_out(MOMENT), Action::Rest { ms: 750.0 });
        call.rested();
        call.answered(head(503, &[("retry-after", "7")]), None);
        assert!(matches!(call.refused(&Value::Null, MOMENT), Action::Rest { ms } if ms >= 7000.0));
        call.rested();
        let error = failure(call.timed_out(MOMENT));
        assert_eq!((error.kind, error.attempts), (Kind::Timeout, 4));
    }

    #[test]
    fn without_retries_the_first_failure_is_the_last() {
        assert_eq!(failure(call(0).unreachable(MOMENT)).kind, Kind::Connection);
        assert_eq!(failure(call(0).timed_out(MOMENT)).attempts, 1);
    }

    #[test]
    fn what_will_not_pass_is_sent_once() {
        let mut call = call(2);
        call.answered(head(400, &[]), None);
        let error = failure(call.refused(&refusal("invalid_request_error", "invalid_request"), MOMENT));
        assert_eq!((error.kind, error.attempts), (Kind::BadRequest, 1));
    }

    #[test]
    fn redirects_are_followed_within_the_origin_and_not_for_ever() {
        let mut call = call(2);
        for _ in 0..MAX_REDIRECTS {
            assert_eq!(call.answered(head(307, &[]), Some("/b".into())), Action::Follow("/b".into()));
        }
        assert_eq!(failure(call.answered(head(307, &[]), Some("/b".into()))).code, "redirect_refused");
        for (status, target) in [(307, None), (302, Some("/b".to_owned())), (303, None), (0, None)] {
            assert_eq!(failure(self::call(2).answered(head(status, &[]), target)).attempts, 1);
        }
    }

    #[test]
    fn a_success_that_is_no_stream_is_told_from_one() {
        for (content_type, suits) in
            [("text/event-stream", true), ("", true), ("application/json; charset=utf-8", false), ("text/html", false)]
        {
            let mut call = call(2);
            call.answered(head(200, &[("content-type", content_type)]), None);
            assert_eq!(call.suits(Expected::Events), suits, "{content_type}");
            assert!(call.suits(Expected::Object));
        }
        let mut call = call(2);
        call.answered(head(200, &[]), None);
        assert_eq!(call.no_stream(&Value::Null).code, "not_a_stream");
        assert_eq!(call.no_stream(&refusal("rate_limit_error", "budget_exhausted")).kind, Kind::RateLimit);
    }

    #[test]
    fn errors_of_a_body_know_their_answer() {
        let mut call = call(2);
        call.answered(head(200, &[("x-request-id", "req_2")]), None);
        let flaws =
            [Flaw::ErrorEvent(0..0), Flaw::InvalidChunk, Flaw::Truncated].map(|f| call.broken(&f, &Value::Null));
        for error in flaws.iter().chain([&call.lost(), &call.idle(), &call.no_object()]) {
            assert_eq!((error.request_id.as_deref(), error.attempts), (Some("req_2"), 1), "{error:?}");
        }
    }
}
