//! One request's life as a state machine. Facts go in: answered, refused, unreachable, timed out, no
//! key, no response, rested, aborted. Actions come out: send, follow, read the refusal, rest, accept, fail, abandon.
//! `src/js/driver.rs` performs them. The body of an accepted stream has a life of its own
//! (`stream::Life`).

mod body;

pub use body::{Body, Limits, main_member};

use crate::config::ApiKey;
use crate::error::{Error, shows};
use crate::headers::Head;
use crate::retry::{Policy, next_delay};
use crate::stream::Flaw;
use crate::value::Value;

/// How many redirects within the origin of the base URL an attempt follows.
const MAX_REDIRECTS: u32 = 5;

/// What has happened.
#[derive(Debug, Clone)]
pub enum Fact {
    /// The headers of an answer came. The target is where a redirect leads, if it stays within the
    /// origin.
    Answered(Head, Option<String>),
    /// The body of a refusal was read: its JSON, or null when there was none to read.
    Refused(Value),
    /// No answer came.
    Unreachable,
    /// No answer came in time.
    TimedOut,
    /// There is no key to send: why. This attempt was not sent.
    NoKey(Error),
    /// What the caller's `fetch` gave is no answer.
    NoResponse,
    /// The wait is over.
    Rested,
    /// The caller has aborted. Whatever happens later changes nothing.
    Aborted,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Send the request, with the same bytes each time.
    Send,
    /// Send the same request to this URL, which has the origin of the one before.
    Follow(String),
    /// Read the body, then report it as [`Fact::Refused`].
    ReadRefusal,
    /// Wait so many milliseconds, then report [`Fact::Rested`].
    Rest(f64),
    /// The answer is a success; its body is next.
    Accept,
    /// The call has failed.
    Fail(Error),
    /// Close what is open; the caller gets the reason of the abort.
    Abandon,
}

/// The time and chance that a decision may need.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub now_ms: f64,
    /// In `0.0..1.0`.
    pub random: f64,
}

/// One request's life.
#[derive(Debug)]
pub struct Call {
    policy: Policy,
    timeout_ms: u32,
    key: Option<ApiKey>,
    sent: u32,
    /// How many redirects the last attempt has followed.
    redirects: u32,
    /// That of the last answer; empty while there is none.
    head: Head,
    aborted: bool,
}

impl Call {
    /// A call that has not been sent. The key is masked in what a server says.
    pub fn new(policy: Policy, timeout_ms: u32, key: Option<ApiKey>) -> Self {
        Self { policy, timeout_ms, key, sent: 0, redirects: 0, head: Head::default(), aborted: false }
    }

    /// The key that goes out now: from here on this one is masked.
    pub fn uses(&mut self, key: ApiKey) {
        self.key = Some(key);
    }

    /// Whether a text shows the key.
    pub fn is_betrayed_by(&self, text: &str) -> bool {
        self.key.as_ref().is_some_and(|key| shows(text, key.reveal()))
    }

    /// How many requests were sent for it, retries among them.
    pub fn attempts(&self) -> u32 {
        self.sent
    }

    /// The `x-request-id` of the last answer.
    pub fn request_id(&self) -> Option<&str> {
        self.head.get("x-request-id")
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

    /// What a fact calls for. A moment tells the time and brings chance to the decision.
    pub fn next(&mut self, fact: Fact, moment: Moment) -> Action {
        if self.aborted {
            return Action::Abandon;
        }
        match fact {
            Fact::Answered(head, target) => self.answered(head, target),
            Fact::Refused(body) => {
                let error = Error::from_response(&self.head, &body, moment.now_ms);
                self.again_or_fail(error, moment)
            }
            Fact::Unreachable => self.unanswered(Error::connection(), moment),
            Fact::TimedOut => self.unanswered(Error::request_timeout(self.timeout_ms), moment),
            Fact::NoKey(error) => {
                self.sent -= u32::from(self.redirects == 0);
                self.fail(error)
            }
            Fact::NoResponse => self.fail(Error::no_response()),
            Fact::Rested => {
                self.sent += 1;
                self.redirects = 0;
                Action::Send
            }
            Fact::Aborted => {
                self.aborted = true;
                Action::Abandon
            }
        }
    }

    /// Whether the body that was accepted can be an event stream. One without a content type is taken for
    /// one; JSON or a page is not.
    pub fn brings_events(&self) -> bool {
        // 204 and 205 have no body, though some browsers give them an empty one.
        !matches!(self.head.status, 204 | 205)
            && !["application/json", "text/html"].iter().any(|other| self.head.is_type(other))
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

    fn answered(&mut self, head: Head, target: Option<String>) -> Action {
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

    fn unanswered(&mut self, error: Error, moment: Moment) -> Action {
        self.head = Head::default();
        self.again_or_fail(error, moment)
    }

    fn again_or_fail(&self, error: Error, moment: Moment) -> Action {
        let retries = self.sent.saturating_sub(1);
        let head = (self.head.status != 0).then_some(&self.head);
        match next_delay(self.policy, retries, &error, head, moment.now_ms, moment.random) {
            Some(ms) => Action::Rest(ms),
            None => self.fail(error),
        }
    }

    fn fail(&self, error: Error) -> Action {
        Action::Fail(self.told(error))
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
mod tests;
