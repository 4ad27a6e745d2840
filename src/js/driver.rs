//! Performs the actions of [`Call`] until an answer is accepted or the call has failed.

use super::abort::Link;
use super::body::{Unread, read_all, rest, within};
use super::context::Task;
use super::convert::{excerpt, get, header, is_function, parse_body, set, value_of};
use super::error::Circumstances;
use super::host::{moment, within_origin};
use super::key::KeySource;
use super::log::shown;
use super::request::Request;
use crate::call::{Action, Call, Fact};
use crate::config::ApiKey;
use crate::error::Error;
use crate::headers::Head;
use crate::value::Value;
use js_sys::Object;
use wasm_bindgen::prelude::*;
use web_sys::AbortController;

/// An answer that was accepted. Its body is not read yet.
pub(super) struct Accepted {
    /// A `Response`, perhaps of another realm.
    pub(super) response: JsValue,
    pub(super) controller: AbortController,
}

/// Sends a request, again where that may help.
///
/// # Errors
/// An error of the package, or the reason of the caller's signal.
pub(super) async fn send(task: Task, call: &mut Call, request: &Request, link: &Link) -> Result<Accepted, JsValue> {
    let action = call.start();
    Driver { task, call, request, link, answer: None, told: String::new(), about: Circumstances::default() }
        .run(action)
        .await
}

struct Driver<'a> {
    task: Task,
    call: &'a mut Call,
    request: &'a Request,
    link: &'a Link,
    /// The last answer, until its body is taken.
    answer: Option<Accepted>,
    /// What a log says of the last answer.
    told: String,
    /// What belongs to the error if the call fails now.
    about: Circumstances,
}

impl Driver<'_> {
    async fn run(mut self, mut action: Action) -> Result<Accepted, JsValue> {
        loop {
            let fact = match action {
                Action::Send => self.attempt(self.request.url()).await?,
                Action::Follow(target) => {
                    self.leave_answer();
                    self.attempt(&target).await?
                }
                Action::ReadRefusal => {
                    let body = self.refusal().await;
                    self.unless_aborted(Fact::Refused(body))
                }
                Action::Rest(ms) => {
                    rest(self.task, ms, self.link).await;
                    self.unless_aborted(Fact::Rested)
                }
                Action::Accept => match self.answer.take() {
                    Some(answer) => return Ok(answer),
                    None => Fact::Unreachable,
                },
                Action::Fail(error) => {
                    self.leave_answer();
                    return Err(error.into_js_with(&self.about));
                }
                Action::Abandon => {
                    self.leave_answer();
                    return Err(self.link.reason().unwrap_or_default());
                }
            };
            action = self.call.next(fact, moment());
            self.note(&action);
        }
    }

    async fn attempt(&mut self, url: &str) -> Result<Fact, JsValue> {
        self.about = Circumstances::default();
        self.told.clear();
        let key = match self.key().await {
            Ok(key) => key,
            Err(fact) => return Ok(fact),
        };
        let controller = self.link.controller()?;
        let headers = self.request.headers(key.as_ref());
        self.tell("sends", url, &headers, |_| {});
        // The logger may have aborted; what was sent now could not be.
        if self.link.reason().is_some() {
            return Ok(Fact::Aborted);
        }
        let begin_ms = moment().now_ms;
        let fetched = self.request.fetch(url, &headers, &controller.signal());
        let answer = match within(self.task, self.call.timeout_ms(), &fetched, self.link).await {
            // It was first: an abort is told before it can break the request.
            Some(Err(cause)) => {
                self.about.cause = cause;
                return Ok(Fact::Unreachable);
            }
            None => {
                controller.abort();
                return Ok(self.unless_aborted(Fact::TimedOut));
            }
            Some(Ok(answer)) => answer,
        };
        let Some((head, target)) = read_head(&answer, url) else {
            self.about.cause = js_sys::TypeError::new("`fetch` did not return a Response").into();
            return Ok(self.unless_aborted(Fact::NoResponse));
        };
        if get(&answer, "type") == "error" {
            // `Response.error()`: what a service worker says instead of throwing.
            return Ok(Fact::Unreachable);
        }
        if self.request.settings().log.is_info() {
            let took_ms = moment().now_ms - begin_ms;
            self.tell("has an answer", url, &get(&answer, "headers"), |details| {
                set(details, "status", &head.status.into());
                set(details, "ms", &took_ms.into());
            });
            let id = head.request_id().filter(|id| !self.call.is_betrayed_by(id));
            let id = id.map_or_else(String::new, |id| [", ", id].concat());
            self.told = [" (", &head.status.to_string(), " in ", &whole(took_ms).to_string(), " ms", &id, ")"].concat();
        }
        self.about.response.clone_from(&answer);
        self.answer = Some(Accepted { response: answer, controller });
        Ok(self.unless_aborted(Fact::Answered(head, target)))
    }

    /// The key for one attempt, or what happened instead of it.
    async fn key(&mut self) -> Result<Option<ApiKey>, Fact> {
        let source = &self.request.settings().key;
        let Some(asked) = source.ask() else { return Ok(source.fixed().cloned()) };
        let given = within(self.task, self.call.timeout_ms(), &asked, self.link).await;
        if self.link.reason().is_some() {
            return Err(Fact::Aborted);
        }
        let Some(given) = given else { return Err(Fact::NoKey(Error::api_key_timeout(self.call.timeout_ms()))) };
        match KeySource::read(given) {
            Ok(key) => {
                self.call.uses(key.clone());
                Ok(Some(key))
            }
            Err((error, cause)) => {
                self.about.cause = cause;
                Err(Fact::NoKey(error))
            }
        }
    }

    fn tell(&self, event: &str, url: &str, headers: &JsValue, more: impl FnOnce(&Object)) {
        self.request.settings().log.debug(event, |details| {
            set(details, "attempt", &self.call.attempts().into());
            set(details, "method", &self.request.method().into());
            set(details, "url", &url.into());
            set(details, "headers", &shown(headers, |value| self.call.is_betrayed_by(value)));
            more(details);
        });
    }

    /// One line on what has been decided.
    fn note(&self, action: &Action) {
        self.request.settings().log.info(|| {
            let outcome = match action {
                Action::Accept => ["answered", &self.told].concat(),
                Action::Rest(ms) => ["failed, tries again in ", &whole(*ms).to_string(), " ms"].concat(),
                Action::Fail(error) => ["failed: ", &error.code].concat(),
                Action::Abandon => "aborted".to_owned(),
                Action::Follow(_) => ["redirected", &self.told].concat(),
                Action::ReadRefusal => ["refused", &self.told].concat(),
                Action::Send => "sends again".to_owned(),
            };
            [self.request.method(), " ", self.request.url(), ": ", &outcome].concat()
        });
    }

    fn unless_aborted(&self, fact: Fact) -> Fact {
        if self.link.reason().is_some() { Fact::Aborted } else { fact }
    }

    /// Closes the connection of an answer whose body nobody reads.
    fn leave_answer(&mut self) {
        if let Some(answer) = self.answer.take() {
            answer.controller.abort();
        }
    }

    /// The body of a refusal as a value; what it was goes into `about`. A body that cannot be read says
    /// nothing, which is what null means to the call.
    async fn refusal(&mut self) -> Value {
        let Some(answer) = self.answer.take() else { return Value::Null };
        let bytes = read_all(self.task, &answer.response, self.call.error_limits(), self.link).await;
        let (Ok(bytes) | Err(Unread::TooLarge(bytes))) = bytes else { return Value::Null };
        let Some(json) = parse_body(&bytes) else {
            self.about.body = excerpt(&bytes);
            return Value::Null;
        };
        let value = value_of(&json);
        self.about.body = json;
        value
    }
}

/// What the call needs to know of an answer, and where it redirects to within the same origin.
/// Nothing if it is no answer: a caller's own `fetch` can return anything.
pub(super) fn read_head(answer: &JsValue, url: &str) -> Option<(Head, Option<String>)> {
    const OF_ALL: [&str; 2] = ["content-type", "x-request-id"];
    const OF_FAILURES: [&str; 4] = ["location", "retry-after", "retry-after-ms", "x-should-retry"];
    let status = get(answer, "status").as_f64()?;
    let headers = get(answer, "headers");
    if !is_function(&get(&headers, "get")) {
        return None;
    }
    let of_failures = if (200.0..300.0).contains(&status) { &[] } else { &OF_FAILURES[..] };
    let known = OF_ALL.iter().chain(of_failures).filter_map(|name| Some(((*name).to_owned(), header(&headers, name)?)));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is no status becomes 0")]
    let head = Head::new(status as u16, known);
    let target = head.get("location").and_then(|location| within_origin(location, url));
    Some((head, target))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a wait is at most a minute")]
fn whole(ms: f64) -> u32 {
    ms as u32
}
