//! What a client was constructed with, and what one call changes of it.

use super::convert::{as_record, get, get_or_throw, is_absent, is_function, names, set, text, value_of};
use super::headers::headers_of;
use super::host::{global_fetch, have_same_origin, is_browser};
use super::key::KeySource;
use super::listener::Listener;
use super::log::Log;
use crate::config::{self, ApiKey, HeaderList};
use crate::error::Error;
use crate::retry::Policy;
use js_sys::{Array, Function, Object};
use std::cell::OnceCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The state that all calls of one client share.
pub(super) struct Settings {
    pub(super) base_url: String,
    pub(super) key: KeySource,
    pub(super) timeout_ms: u32,
    pub(super) policy: Policy,
    fetch: Option<Function>,
    pub(super) headers: HeaderList,
    /// What requests send that have no headers of their own, as pairs: those without a body, and those with one.
    pub(super) usual_headers: (OnceCell<Array>, OnceCell<Array>),
    pub(super) listener: Rc<Listener>,
    pub(super) log: Log,
    /// This is a page, where requests may not have every header.
    pub(super) is_browser: bool,
}

impl Settings {
    /// # Errors
    /// An error of the package, or the `TypeError` of an async `onResponse`.
    pub(super) fn from_options(options: &JsValue) -> Result<Self, JsValue> {
        let options = &read_options(options, &CLIENT_OPTIONS)?;
        let log = Log::from_options(options)?;
        let key = KeySource::from_options(options)?;
        Ok(Self {
            base_url: base_url(options, key.is_proxy(), &log)?,
            key,
            log,
            is_browser: is_browser(),
            timeout_ms: config::timeout_ms(&value_of(&get(options, "timeout")))?.unwrap_or(config::DEFAULT_TIMEOUT_MS),
            policy: config::max_retries(&value_of(&get(options, "maxRetries")))?
                .map_or_else(Policy::default, |max_retries| Policy { max_retries }),
            fetch: function(options, "fetch")?,
            headers: headers_of(&get(options, "defaultHeaders"), "defaultHeaders")?,
            usual_headers: Default::default(),
            listener: Rc::new(Listener::new(function(options, "onResponse")?)?),
        })
    }

    /// The `Authorization` of a request that is not made here: the caller's own default, or the key.
    pub(super) fn authorization(&self, key: Option<&ApiKey>) -> Option<String> {
        self.headers.value_or("authorization", key.map(ApiKey::bearer))
    }

    /// Calls the caller's `fetch`, else the global one.
    ///
    /// # Errors
    /// What it throws at once.
    pub(super) fn fetch(&self, input: &JsValue, init: &JsValue) -> Result<JsValue, JsValue> {
        match &self.fetch {
            Some(fetch) => fetch.call2(&JsValue::UNDEFINED, input, init),
            None => global_fetch(input, init),
        }
    }
}

/// What a client is constructed with.
pub(super) const CLIENT_OPTIONS: [&str; 11] = [
    "apiKey",
    "baseUrl",
    "baseURL",
    "timeout",
    "maxRetries",
    "fetch",
    "defaultHeaders",
    "onResponse",
    "dangerouslyAllowBrowser",
    "logger",
    "logLevel",
];

/// What `AurikoOpenAI` is constructed with beside what only OpenAI's client knows.
pub(super) const OPENAI_OPTIONS: [&str; 8] = [
    "apiKey",
    "adminAPIKey",
    "baseURL",
    "maxRetries",
    "defaultHeaders",
    "onResponse",
    "dangerouslyAllowBrowser",
    "logLevel",
];

/// The options of these names, each read once.
///
/// # Errors
/// If they are no object, or one of them is a known name in another spelling: it would have no effect. What reading
/// one throws: a default in its place could send a key elsewhere.
pub(super) fn read_options(options: &JsValue, known: &[&'static str]) -> Result<JsValue, JsValue> {
    if is_absent(options) {
        return Ok(JsValue::UNDEFINED);
    }
    let Some(options) = as_record(options) else {
        return Err(Error::invalid_value("options", "an object", &value_of(options)).into());
    };
    for name in names(options) {
        if let Some(meant) = config::misspelt(&name, known) {
            return Err(Error::invalid_option(&name, &["is not an option; write `", meant, "`"].concat()).into());
        }
    }
    let read = Object::new();
    for name in known {
        set(&read, name, &get_or_throw(options, name)?);
    }
    Ok(read.into())
}

/// Where the options lead; a path is a base URL only where no key is sent.
pub(super) fn base_url(options: &JsValue, keyless: bool, log: &Log) -> Result<String, Error> {
    let given = [text(options, "baseUrl")?, text(options, "baseURL")?];
    let base_url = match given.into_iter().flatten().find(|url| !url.trim().is_empty()) {
        Some(url) => normalised(&url, keyless)?,
        None => config::DEFAULT_BASE_URL.to_owned(),
    };
    if !keyless && config::cleartext_key_risk(&base_url) {
        log.warn("`baseUrl` is http:, so everyone on the way can read the API key. Use https:.");
    }
    Ok(base_url)
}

/// The rules of the package first, then the runtime's own idea of a URL.
fn normalised(url: &str, may_be_relative: bool) -> Result<String, Error> {
    let url = config::normalise(url, may_be_relative && is_browser())?;
    if url.starts_with('/') || have_same_origin(&url, &url) {
        return Ok(url);
    }
    Err(Error::invalid_option("baseUrl", "must be a URL such as https://api.auriko.ai/v1"))
}

pub(super) fn function(options: &JsValue, name: &'static str) -> Result<Option<Function>, Error> {
    let value = get(options, name);
    if is_absent(&value) {
        return Ok(None);
    }
    if !is_function(&value) {
        return Err(Error::invalid_value(name, "a function", &value_of(&value)));
    }
    Ok(Some(value.unchecked_into()))
}
