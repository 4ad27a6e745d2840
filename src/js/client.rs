//! The client, as JavaScript constructs it.

use super::abort::Link;
use super::body::{Unread, read_all};
use super::capture::MetadataListener;
use super::context::promise_of;
use super::convert::{as_record, excerpt, get, is_absent, names, parse_body, set, set_hidden, text, value_of};
use super::driver::{Accepted, send};
use super::error::Circumstances;
use super::host::have_same_origin;
use super::key::KeySource;
use super::params::body;
use super::request::Request;
use super::settings::{Settings, read_options};
use super::stream::{StreamSource, open};
use crate::call::{Body, Call, Limits, main_member};
use crate::config::{self, escape_segment};
use crate::error::Error;
use crate::retry::Policy;
use crate::stream::Protocol;
use crate::value::Value;
use js_sys::{Array, JsString, Object, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// A client of the Auriko API.
///
/// Every method that sends returns a promise of an *answer*: `{ data, response, requestId }`, where
/// `data` is the plain object that was received, or a stream. The npm package wraps these methods as
/// `client.chat.completions.create` and so on.
#[wasm_bindgen]
pub struct AurikoClient {
    settings: Rc<Settings>,
}

#[wasm_bindgen]
impl AurikoClient {
    /// Takes `{ apiKey, baseUrl, timeout, maxRetries, fetch, defaultHeaders, onResponse,
    /// dangerouslyAllowBrowser, logger, logLevel }`, all optional; `baseURL` is another word for `baseUrl`. The
    /// key comes from `AURIKO_API_KEY` if it is not given; `apiKey: null` sends none.
    ///
    /// # Errors
    /// `AuthenticationError` without a key, or with one in a browser; `BadRequestError` for an option
    /// that cannot be; `TypeError` for an async `onResponse`.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &JsValue) -> Result<Self, JsValue> {
        #[cfg(not(feature = "package"))]
        super::files::keep();
        Ok(Self { settings: Rc::new(Settings::from_options(options)?) })
    }

    /// Where requests go, without a slash at the end.
    #[wasm_bindgen(getter, js_name = baseUrl)]
    pub fn base_url(&self) -> String {
        self.settings.base_url.clone()
    }

    /// How long to wait for headers, and for each next piece of a body, in milliseconds.
    #[wasm_bindgen(getter)]
    pub fn timeout(&self) -> u32 {
        self.settings.timeout_ms
    }

    /// How many requests may follow a failed first one.
    #[wasm_bindgen(getter, js_name = maxRetries)]
    pub fn max_retries(&self) -> u32 {
        self.settings.policy.max_retries
    }

    /// The routing metadata that arrived last, over all calls; null while a request is on its way.
    #[wasm_bindgen(getter, js_name = lastRoutingMetadata)]
    pub fn last_routing_metadata(&self) -> JsValue {
        self.settings.listener.last()
    }

    /// The one who hears of its metadata, for bodies that other libraries read.
    pub fn listener(&self) -> MetadataListener {
        MetadataListener::of(&self.settings.listener)
    }

    /// The `Authorization` of a request to this URL, if it has the origin of the base URL: the key is for
    /// nobody else. A promise of it where a function gives the key.
    pub fn authorization(&self, url: &str) -> JsValue {
        if !have_same_origin(url, &self.settings.base_url) {
            return JsValue::UNDEFINED;
        }
        let settings = Rc::clone(&self.settings);
        match settings.key.ask() {
            None => settings.authorization(settings.key.fixed()).into(),
            Some(asked) => promise_of(async move {
                let given = KeySource::read(JsFuture::from(asked).await);
                let key =
                    given.map_err(|(error, cause)| error.into_js_with(&Circumstances::default().with_cause(cause)))?;
                Ok(settings.authorization(Some(&key)).into())
            })
            .into(),
        }
    }

    /// The `fetch` that this client uses, with what it is given.
    ///
    /// # Errors
    /// What it throws at once.
    pub fn fetch(&self, input: &JsValue, init: &JsValue) -> Result<JsValue, JsValue> {
        self.settings.fetch(input, init)
    }

    /// `POST /chat/completions`.
    #[wasm_bindgen(js_name = createChatCompletion)]
    pub fn create_chat_completion(&self, params: JsValue, options: JsValue, mode: JsValue) -> Promise {
        self.generate(&["chat", "completions"], Protocol::ChatCompletions, params, options, mode)
    }

    /// `POST /responses`.
    #[wasm_bindgen(js_name = createResponse)]
    pub fn create_response(&self, params: JsValue, options: JsValue, mode: JsValue) -> Promise {
        self.generate(&["responses"], Protocol::Responses, params, options, mode)
    }

    /// `GET` of a path below the base URL, its segments and the `endpoint` of the filter escaped here.
    #[wasm_bindgen(js_name = getResource)]
    pub fn get_resource(&self, segments: Array, filter: JsValue, options: JsValue, mode: JsValue) -> Promise {
        let settings = Rc::clone(&self.settings);
        promise_of(async move {
            let mut path = String::new();
            let mut names = Vec::new();
            for segment in segments.iter() {
                let name =
                    segment.as_string().ok_or_else(|| Error::invalid_value("id", "a string", &value_of(&segment)))?;
                path = [&path, "/", &escape_segment("id", &name)?].concat();
                names.push(name);
            }
            let main_member = main_member(&names.iter().map(String::as_str).collect::<Vec<_>>());
            if let Some(endpoint) = endpoint_of(&filter)? {
                path = [&path, "?endpoint=", &escape_segment("endpoint", &endpoint)?].concat();
            }
            let exchange = Exchange::new(settings, &path, None, &options, mode)?;
            exchange.run(Wanted::Object(main_member)).await
        })
    }

    fn generate(
        &self,
        path: &'static [&'static str],
        protocol: Protocol,
        params: JsValue,
        options: JsValue,
        mode: JsValue,
    ) -> Promise {
        let settings = Rc::clone(&self.settings);
        promise_of(async move {
            let required = if protocol == Protocol::Responses { "input" } else { "messages" };
            let (json, stream) = body(&params, required)?;
            let url = ["/", &path.join("/")].concat();
            let exchange = Exchange::new(settings, &url, Some(json), &options, mode)?;
            exchange.run(if stream { Wanted::Events(protocol) } else { Wanted::Object(main_member(path)) }).await
        })
    }
}

/// What a filter of models asks for.
fn endpoint_of(filter: &JsValue) -> Result<Option<String>, Error> {
    if is_absent(filter) {
        return Ok(None);
    }
    let filter = as_record(filter).ok_or_else(|| Error::invalid_value("filter", "an object", &value_of(filter)))?;
    if let Some(name) = names(filter).find(|name| name != "endpoint") {
        let problem = "is no filter of models, only `endpoint` is; the options of a call come second";
        return Err(Error::invalid_option(&name, problem));
    }
    text(filter, "endpoint")
}

/// What a call asks for.
enum Wanted {
    Events(Protocol),
    /// An object, with the member that makes it an answer.
    Object(Option<&'static str>),
}

/// One call, from its parameters to its answer.
struct Exchange {
    settings: Rc<Settings>,
    request: Request,
    call: Call,
    link: Link,
    mode: JsValue,
}

impl Exchange {
    fn new(
        settings: Rc<Settings>,
        path: &str,
        body: Option<JsString>,
        options: &JsValue,
        mode: JsValue,
    ) -> Result<Self, JsValue> {
        let options = &read_options(options, &config::CALL_OPTIONS)?;
        let timeout_ms = config::timeout_ms(&value_of(&get(options, "timeout")))?.unwrap_or(settings.timeout_ms);
        let policy = config::max_retries(&value_of(&get(options, "maxRetries")))?
            .map_or(settings.policy, |max_retries| Policy { max_retries });
        let request = Request::new(&settings, path, body, options)?;
        let link = Link::to(&get(options, "signal"))?;
        let call = Call::new(policy, timeout_ms, settings.key.fixed().cloned());
        Ok(Self { settings, request, call, link, mode })
    }

    async fn run(mut self, wanted: Wanted) -> Result<JsValue, JsValue> {
        if let Some(reason) = self.link.reason() {
            return Err(reason);
        }
        self.settings.listener.begin();
        let accepted = send(&mut self.call, &self.request, &self.link).await?;
        let answer = Object::new();
        set(&answer, "response", &accepted.response);
        let request_id = self.call.request_id().map_or(JsValue::NULL, JsValue::from);
        set(&answer, "requestId", &request_id);
        // Somebody asked for the response itself while it was on its way: its body stays unread.
        if get(&self.mode, "raw").is_truthy() {
            self.link.follow(&accepted.response, &accepted.controller);
            return Ok(answer.into());
        }
        if let Some(mode) = as_record(&self.mode) {
            // From now on it is too late to ask.
            set(mode, "begun", &JsValue::TRUE);
        }
        let data = match wanted {
            Wanted::Events(protocol) if self.call.brings_events() && !get(&accepted.response, "body").is_null() => {
                let lost = self.call.lost();
                let source = StreamSource::new(self.call, protocol, self.settings, self.link, &accepted);
                open(protocol == Protocol::Responses, source, &accepted).map_err(|cause| {
                    accepted.controller.abort();
                    lost.into_js_with(&Circumstances::of(&accepted.response).with_cause(cause))
                })?
            }
            Wanted::Events(_) => return Err(self.no_stream(&accepted).await),
            Wanted::Object(main_member) => self.object(main_member, &accepted).await?,
        };
        set(&answer, "data", &data);
        Ok(answer.into())
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
        set_hidden(data.unchecked_ref(), "_request_id", &self.call.request_id().map_or(JsValue::NULL, JsValue::from));
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
        let bytes = match read_all(&accepted.response, limits, &self.link).await {
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
