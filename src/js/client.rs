//! The client, as JavaScript constructs it.

use super::abort::Link;
use super::body::{Unread, read_all};
use super::capture::MetadataListener;
use super::context::promise_of;
use super::convert::{as_record, get, is_absent, names, parse_body, set, set_hidden, value_of};
use super::driver::{Accepted, send};
use super::error::Circumstances;
use super::key::KeySource;
use super::params::body;
use super::request::Request;
use super::settings::{Settings, check_options};
use super::stream::{StreamSource, open};
use crate::call::Call;
use crate::config::{self, escape_segment};
use crate::error::Error;
use crate::retry::Policy;
use crate::stream::Protocol;
use js_sys::{Array, JsString, Object, Promise, Uint8Array};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// The largest body that is read, in bytes. A string of JavaScript could not hold much more.
const MAX_BODY: u32 = 1 << 29;

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
        if !super::files::are_there() {
            return Err(JsValue::from_str("the package is incomplete"));
        }
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
        let origin_of = |url: &str| web_sys::Url::new(url).ok().map(|url| url.origin());
        let own = origin_of(&self.settings.base_url);
        if own.is_none() || origin_of(url) != own {
            return JsValue::UNDEFINED;
        }
        let settings = Rc::clone(&self.settings);
        match settings.key.ask() {
            None => settings.authorization(settings.key.fixed()).into(),
            Some(asked) => promise_of(async move {
                let key = KeySource::read(JsFuture::from(asked).await)?;
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
        self.generate("/chat/completions", Protocol::ChatCompletions, params, options, mode)
    }

    /// `POST /responses`.
    #[wasm_bindgen(js_name = createResponse)]
    pub fn create_response(&self, params: JsValue, options: JsValue, mode: JsValue) -> Promise {
        self.generate("/responses", Protocol::Responses, params, options, mode)
    }

    /// `GET` of a path below the base URL, its segments and the `endpoint` of the filter escaped here.
    #[wasm_bindgen(js_name = getResource)]
    pub fn get_resource(&self, segments: Array, filter: JsValue, options: JsValue, mode: JsValue) -> Promise {
        let settings = Rc::clone(&self.settings);
        promise_of(async move {
            let mut path = String::new();
            for segment in segments.iter() {
                let Some(segment) = segment.as_string() else {
                    return Err(Error::invalid_value("id", "a string", &value_of(&segment)).into());
                };
                path.push('/');
                path.push_str(&escape_segment("id", &segment)?);
            }
            if let Some(endpoint) = endpoint_of(&filter)? {
                path.push_str("?endpoint=");
                path.push_str(&escape_segment("endpoint", &endpoint)?);
            }
            let exchange = Exchange::new(settings, &path, None, &options, mode)?;
            exchange.run(None).await
        })
    }

    fn generate(
        &self,
        path: &'static str,
        protocol: Protocol,
        params: JsValue,
        options: JsValue,
        mode: JsValue,
    ) -> Promise {
        let settings = Rc::clone(&self.settings);
        promise_of(async move {
            let required = if protocol == Protocol::Responses { "input" } else { "messages" };
            let (json, stream) = body(&params, required)?;
            let exchange = Exchange::new(settings, path, Some(json), &options, mode)?;
            exchange.run(stream.then_some(protocol)).await
        })
    }
}

/// What a filter of models asks for.
fn endpoint_of(filter: &JsValue) -> Result<Option<String>, Error> {
    if is_absent(filter) {
        return Ok(None);
    }
    let Some(filter) = as_record(filter) else {
        return Err(Error::invalid_value("filter", "an object", &value_of(filter)));
    };
    if let Some(name) = names(filter).find(|name| name != "endpoint") {
        let problem = "is no filter of models, only `endpoint` is; the options of a call come second";
        return Err(Error::invalid_option(&name, problem));
    }
    let endpoint = get(filter, "endpoint");
    if is_absent(&endpoint) {
        return Ok(None);
    }
    endpoint.as_string().map_or_else(
        || Err(Error::invalid_value("endpoint", "a string", &value_of(&endpoint))),
        |endpoint| Ok(Some(endpoint)),
    )
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
    ) -> Result<Self, Error> {
        check_options(options, &["signal", "timeout", "maxRetries", "headers", "idempotencyKey"])?;
        let timeout_ms = config::timeout_ms(&value_of(&get(options, "timeout")))?.unwrap_or(settings.timeout_ms);
        let policy = config::max_retries(&value_of(&get(options, "maxRetries")))?
            .map_or(settings.policy, |max_retries| Policy { max_retries });
        let request = Request::new(&settings, path, body, options)?;
        let link = Link::to(&get(options, "signal"))?;
        let call = Call::new(policy, timeout_ms, settings.key.fixed().cloned());
        Ok(Self { settings, request, call, link, mode })
    }

    async fn run(mut self, stream: Option<Protocol>) -> Result<JsValue, JsValue> {
        if let Some(reason) = self.link.reason() {
            return Err(reason);
        }
        self.settings.listener.begin();
        let accepted = send(&mut self.call, &self.request, &self.link).await?;
        let answer = Object::new();
        set(&answer, "response", &accepted.response);
        set(&answer, "requestId", &accepted.request_id());
        // Somebody asked for the response itself while it was on its way: its body stays unread.
        if get(&self.mode, "raw").is_truthy() {
            self.link.follow(&accepted.response, &accepted.controller);
            return Ok(answer.into());
        }
        let data = match stream {
            Some(protocol) if self.call.brings_events() && !get(&accepted.response, "body").is_null() => {
                let lost = self.call.lost();
                let source = StreamSource::new(self.call, protocol, self.settings, self.link, &accepted);
                open(protocol == Protocol::Responses, source, &accepted).map_err(|cause| {
                    accepted.controller.abort();
                    lost.into_js_with(&Circumstances::of(&accepted.response).with_cause(cause))
                })?
            }
            Some(_) => return Err(self.no_stream(&accepted).await?),
            None => self.object(&accepted).await?,
        };
        set(&answer, "data", &data);
        Ok(answer.into())
    }

    async fn bytes(&self, accepted: &Accepted) -> Result<Uint8Array, JsValue> {
        let read = read_all(&accepted.response, MAX_BODY, self.call.timeout_ms(), &self.link).await;
        let (error, cause) = match read {
            Ok(bytes) => return Ok(bytes),
            Err(Unread::Aborted(reason)) => return Err(reason),
            Err(Unread::Idle) => (self.call.idle(), JsValue::UNDEFINED),
            Err(Unread::Lost(cause)) => (self.call.lost(), cause),
            Err(Unread::TooLarge(_)) => (self.call.no_object(), JsValue::UNDEFINED),
        };
        accepted.controller.abort();
        Err(error.into_js_with(&Circumstances::of(&accepted.response).with_cause(cause)))
    }

    async fn object(&self, accepted: &Accepted) -> Result<JsValue, JsValue> {
        let bytes = self.bytes(accepted).await?;
        let json = parse_body(&bytes);
        let Some(data) = json.as_ref().and_then(as_record) else {
            return Err(self.call.no_object().into_js_with(&Circumstances::of(&accepted.response)));
        };
        set_hidden(data, "_request_id", &accepted.request_id());
        if get(data, "error").is_object()
            && ["id", "choices", "data", "object"].iter().all(|name| is_absent(&get(data, name)))
        {
            // A refusal under a status that says otherwise.
            let about = Circumstances::of(&accepted.response).with_body(data.into());
            return Err(self.call.no_stream(&value_of(data)).into_js_with(&about));
        }
        let metadata = get(data, "routing_metadata");
        if !is_absent(&metadata) {
            self.settings.listener.deliver(&metadata);
        }
        Ok(data.into())
    }

    /// The error for a success that is no event stream; itself an error if not even that can be read.
    async fn no_stream(&self, accepted: &Accepted) -> Result<JsValue, JsValue> {
        let bytes = self.bytes(accepted).await?;
        let body = parse_body(&bytes).unwrap_or(JsValue::NULL);
        let error = self.call.no_stream(&value_of(&body));
        Ok(error.into_js_with(&Circumstances::of(&accepted.response).with_body(body)))
    }
}
