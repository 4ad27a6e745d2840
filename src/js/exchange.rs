//! One call, from what it asks for to its answer.

use super::abort::Link;
use super::body::{Unread, read_all};
use super::context::Task;
use super::convert::{as_record, excerpt, get, is_absent, parse_body, set_hidden, value_of};
use super::driver::{Accepted, send};
use super::error::Circumstances;
use super::request::Request;
use super::settings::{Settings, read_options};
use super::stream::{StreamSource, open};
use crate::call::{Body, Call, Limits};
use crate::config;
use crate::error::Error;
use crate::retry::Policy;
use crate::stream::Protocol;
use crate::value::Value;
use js_sys::JsString;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/src/values.js")]
extern "C" {
    /// From now on it is too late to ask for the response itself; false if somebody has asked while it was on its way.
    #[wasm_bindgen(js_name = beginsToRead)]
    fn begins_to_read(mode: &JsValue) -> bool;

    /// What a call gives.
    fn answer(response: &JsValue, request_id: &JsValue, data: &JsValue) -> JsValue;
}

/// What a call sends, and what it wants.
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) body: Option<JsString>,
    pub(super) wanted: Wanted,
}

/// What a call asks for.
pub(super) enum Wanted {
    Events(Protocol),
    /// An object, with the member that makes it an answer.
    Object(Option<&'static str>),
}

/// One call, from its parameters to its answer.
pub(super) struct Exchange {
    settings: Rc<Settings>,
    request: Request,
    wanted: Wanted,
    call: Call,
    link: Link,
    mode: JsValue,
    task: Task,
}

impl Exchange {
    /// # Errors
    /// If the options of the call, or its headers, cannot be.
    pub(super) fn new(
        settings: Rc<Settings>,
        asked: Asked,
        options: &JsValue,
        mode: JsValue,
        task: Task,
    ) -> Result<Self, JsValue> {
        let options = &read_options(options, &config::CALL_OPTIONS)?;
        let timeout_ms = config::timeout_ms(&value_of(&get(options, "timeout")))?.unwrap_or(settings.timeout_ms);
        let policy = config::max_retries(&value_of(&get(options, "maxRetries")))?
            .map_or(settings.policy, |max_retries| Policy { max_retries });
        let request = Request::new(&settings, &asked.path, asked.body, options)?;
        let link = Link::to(&get(options, "signal"))?;
        let call = Call::new(policy, timeout_ms, settings.key.fixed().cloned());
        Ok(Self { settings, request, wanted: asked.wanted, call, link, mode, task })
    }

    /// # Errors
    /// Whatever the call fails with.
    pub(super) async fn run(mut self) -> Result<JsValue, JsValue> {
        if let Some(reason) = self.link.reason() {
            return Err(reason);
        }
        self.settings.listener.begin();
        let accepted = send(self.task, &mut self.call, &self.request, &self.link).await?;
        let request_id = self.call.request_id().map_or(JsValue::NULL, JsValue::from);
        if !begins_to_read(&self.mode) {
            self.link.follow(&accepted.response, &accepted.controller);
            return Ok(answer(&accepted.response, &request_id, &JsValue::UNDEFINED));
        }
        let data = match self.wanted {
            Wanted::Events(protocol) if self.call.brings_events() && !get(&accepted.response, "body").is_null() => {
                let lost = self.call.lost();
                let source = StreamSource::new(self.call, protocol, self.settings, self.link, &accepted);
                open(protocol == Protocol::Responses, source, &accepted).map_err(|cause| {
                    accepted.controller.abort();
                    lost.into_js_with(&Circumstances::of(&accepted.response).with_cause(cause))
                })?
            }
            Wanted::Events(_) => return Err(self.no_stream(&accepted).await),
            Wanted::Object(main_member) => {
                let data = self.object(main_member, &accepted).await?;
                set_hidden(data.unchecked_ref(), "_request_id", &request_id);
                data
            }
        };
        Ok(answer(&accepted.response, &request_id, &data))
    }

    /// The object that the answer is to be.
    async fn object(&self, main_member: Option<&'static str>, accepted: &Accepted) -> Result<JsValue, JsValue> {
        let (body, about) = match self.call.answer_limits() {
            Some(limits) => self.read(accepted, limits, main_member).await?,
            None => (Body::Other, Circumstances::of(&accepted.response)),
        };
        if let Some(error) = self.call.object_error(main_member, &body) {
            return Err(fail(error, &about, accepted));
        }
        let data = about.body;
        let metadata = get(&data, "routing_metadata");
        if !is_absent(&metadata) {
            self.settings.listener.deliver(&metadata);
        }
        Ok(data)
    }

    /// The error for a success that is no event stream.
    async fn no_stream(&self, accepted: &Accepted) -> JsValue {
        match self.read(accepted, self.call.error_limits(), None).await {
            Ok((body, about)) => fail(self.call.stream_error(&body), &about, accepted),
            Err(reason) => reason,
        }
    }

    /// What became of a body, and its JSON.
    ///
    /// # Errors
    /// The reason of an abort.
    async fn read(
        &self,
        accepted: &Accepted,
        limits: Limits,
        main_member: Option<&'static str>,
    ) -> Result<(Body, Circumstances), JsValue> {
        let about = Circumstances::of(&accepted.response);
        let bytes = match read_all(self.task, &accepted.response, limits, &self.link).await {
            Ok(bytes) => bytes,
            Err(Unread::Aborted(reason)) => return Err(reason),
            Err(Unread::Lost(cause)) => return Ok((Body::Lost, about.with_cause(cause))),
            Err(Unread::Idle) => return Ok((Body::Idle, about)),
            // What can only be an error need not be at its end.
            Err(Unread::TooLarge(bytes)) if limits.total_ms.is_some() => bytes,
            Err(Unread::TooLarge(bytes)) => return Ok((Body::TooLarge, about.with_body(excerpt(&bytes)))),
        };
        let Some(json) = parse_body(&bytes) else { return Ok((Body::Other, about.with_body(excerpt(&bytes)))) };
        let Some(object) = as_record(&json) else { return Ok((Body::Other, about.with_body(json))) };
        let answers = main_member.is_some_and(|name| !is_absent(&get(object, name)));
        // Nobody asks what an answer has as its error.
        let error = if answers { Value::Null } else { value_of(&get(object, "error")) };
        Ok((Body::Object { error, answers }, about.with_body(json)))
    }
}

/// Ends the request, and gives the error that it has failed with.
fn fail(error: Error, about: &Circumstances, accepted: &Accepted) -> JsValue {
    accepted.controller.abort();
    error.into_js_with(about)
}
