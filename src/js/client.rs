//! The client, as JavaScript constructs it.

use super::capture::MetadataListener;
use super::context::promise_of;
use super::convert::{as_record, is_absent, names, text, value_of};
use super::error::Circumstances;
use super::exchange::{Asked, Exchange, Wanted};
use super::host::have_same_origin;
use super::key::KeySource;
use super::params::body;
use super::settings::Settings;
use crate::call::main_member;
use crate::config::escape_segment;
use crate::error::Error;
use crate::stream::Protocol;
use js_sys::{Array, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

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
            Some(asked) => promise_of(|task| {
                Box::pin(async move {
                    let given = KeySource::read(task.wait_for(&asked).await);
                    let key = given
                        .map_err(|(error, cause)| error.into_js_with(&Circumstances::default().with_cause(cause)))?;
                    Ok(settings.authorization(Some(&key)).into())
                })
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
    pub fn create_chat_completion(&self, params: &JsValue, options: JsValue, mode: JsValue) -> Promise {
        self.generate(&["chat", "completions"], Protocol::ChatCompletions, params, options, mode)
    }

    /// `POST /responses`.
    #[wasm_bindgen(js_name = createResponse)]
    pub fn create_response(&self, params: &JsValue, options: JsValue, mode: JsValue) -> Promise {
        self.generate(&["responses"], Protocol::Responses, params, options, mode)
    }

    /// `GET` of a path below the base URL, its segments and the `endpoint` of the filter escaped here.
    #[wasm_bindgen(js_name = getResource)]
    pub fn get_resource(&self, segments: &Array, filter: &JsValue, options: JsValue, mode: JsValue) -> Promise {
        self.call(resource(segments, filter).map_err(JsValue::from), options, mode)
    }

    fn generate(
        &self,
        path: &'static [&'static str],
        protocol: Protocol,
        params: &JsValue,
        options: JsValue,
        mode: JsValue,
    ) -> Promise {
        let required = if protocol == Protocol::Responses { "input" } else { "messages" };
        let asked = body(params, required).map(|(json, stream)| Asked {
            path: ["/", &path.join("/")].concat(),
            body: Some(json),
            wanted: if stream { Wanted::Events(protocol) } else { Wanted::Object(main_member(path)) },
        });
        self.call(asked, options, mode)
    }

    fn call(&self, asked: Result<Asked, JsValue>, options: JsValue, mode: JsValue) -> Promise {
        let settings = Rc::clone(&self.settings);
        promise_of(|task| Box::pin(async move { Exchange::new(settings, asked?, &options, mode, task)?.run().await }))
    }
}

fn resource(segments: &Array, filter: &JsValue) -> Result<Asked, Error> {
    let mut path = String::new();
    let mut names = Vec::new();
    for segment in segments.iter() {
        let name = segment.as_string().ok_or_else(|| Error::invalid_value("id", "a string", &value_of(&segment)))?;
        path = [&path, "/", &escape_segment("id", &name)?].concat();
        names.push(name);
    }
    let main_member = main_member(&names.iter().map(String::as_str).collect::<Vec<_>>());
    if let Some(endpoint) = endpoint_of(filter)? {
        path = [&path, "?endpoint=", &escape_segment("endpoint", &endpoint)?].concat();
    }
    Ok(Asked { path, body: None, wanted: Wanted::Object(main_member) })
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
