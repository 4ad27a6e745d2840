//! What a client was constructed with, and what one call changes of it.

use super::convert::{as_record, get, is_absent, is_function, value_of};
use super::host::{env, is_browser, warn};
use super::request::{HeaderList, joined};
use crate::config::{self, ApiKey};
use crate::error::Error;
use crate::metadata::{Reading, check};
use crate::retry::Policy;
use js_sys::{Function, Object, Reflect, Symbol};
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

/// The state that all calls of one client share.
pub(super) struct Settings {
    pub(super) base_url: String,
    pub(super) key: Option<ApiKey>,
    pub(super) timeout_ms: u32,
    pub(super) policy: Policy,
    pub(super) fetch: Option<Function>,
    pub(super) headers: HeaderList,
    on_response: Option<Function>,
    pub(super) last_routing_metadata: RefCell<JsValue>,
}

impl Settings {
    /// # Errors
    /// An error of the package, or the `TypeError` of an async `onResponse`.
    pub(super) fn from_options(options: &JsValue) -> Result<Self, JsValue> {
        if !is_absent(options) && as_record(options).is_none() {
            return Err(Error::invalid_value("options", "an object", &value_of(options)).into());
        }
        let key = resolve_key(options)?;
        let base_url = match text(options, "baseUrl")?.or(text(options, "baseURL")?) {
            Some(url) if !url.trim().is_empty() => normalised(&url, key.is_none())?,
            Some(_) | None => config::DEFAULT_BASE_URL.to_owned(),
        };
        if key.is_some() && config::cleartext_key_risk(&base_url) {
            warn("auriko-wasm: `baseUrl` is http:, so everyone on the way can read the API key. Use https:.");
        }
        Ok(Self {
            base_url,
            key,
            timeout_ms: config::timeout_ms(&value_of(&get(options, "timeout")))?.unwrap_or(config::DEFAULT_TIMEOUT_MS),
            policy: config::max_retries(&value_of(&get(options, "maxRetries")))?
                .map_or_else(Policy::default, |max_retries| Policy { max_retries }),
            fetch: function(options, "fetch")?,
            headers: HeaderList::read(&get(options, "defaultHeaders"), "defaultHeaders")?,
            on_response: synchronous(function(options, "onResponse")?)?,
            last_routing_metadata: RefCell::new(JsValue::NULL),
        })
    }

    /// What an answer says about its routing, if it can be believed. It is the last there was.
    pub(super) fn accept(&self, metadata: &JsValue) -> Option<JsValue> {
        let metadata = match check(&value_of(metadata)) {
            Reading::Valid => metadata.clone(),
            Reading::Degraded(faulty) => {
                let copy = joined(&Object::new(), metadata.unchecked_ref()).ok()?;
                for name in faulty {
                    let _ = Reflect::delete_property(&copy, &name.into());
                }
                copy.into()
            }
            Reading::Invalid => return None,
        };
        self.last_routing_metadata.replace(metadata.clone());
        Some(metadata)
    }

    /// Tells the callback. It may come back to this client, so nothing may be borrowed meanwhile.
    pub(super) fn tell(&self, metadata: &JsValue) {
        // Who listens must not break the call: what it throws or rejects is dropped.
        if let Some(callback) = &self.on_response
            && let Ok(returned) = callback.call1(&JsValue::UNDEFINED, metadata)
            && is_function(&get(&returned, "then"))
        {
            super::abort::swallow(&returned);
        }
    }
}

/// `apiKey: null` means that a proxy holds the key.
fn resolve_key(options: &JsValue) -> Result<Option<ApiKey>, JsValue> {
    if get(options, "apiKey").is_null() {
        return Ok(None);
    }
    let key = config::resolve_key(text(options, "apiKey")?.as_deref(), env("AURIKO_API_KEY").as_deref())?;
    if is_browser() && !get(options, "dangerouslyAllowBrowser").is_truthy() {
        return Err(Error::browser_api_key().into());
    }
    Ok(Some(key))
}

/// The rules of the package first, then the runtime's own idea of a URL.
fn normalised(url: &str, may_be_relative: bool) -> Result<String, Error> {
    let url = config::normalise(url, may_be_relative && is_browser())?;
    if url.starts_with('/') || web_sys::Url::new(&url).is_ok() {
        return Ok(url);
    }
    Err(Error::invalid_option("baseUrl", "must be a URL such as https://api.auriko.ai/v1"))
}

fn text(options: &JsValue, name: &str) -> Result<Option<String>, Error> {
    let value = get(options, name);
    match value.as_string() {
        Some(text) => Ok(Some(text)),
        None if is_absent(&value) => Ok(None),
        None => Err(Error::invalid_value(name, "a string", &value_of(&value))),
    }
}

fn function(options: &JsValue, name: &str) -> Result<Option<Function>, Error> {
    let value = get(options, name);
    if is_absent(&value) {
        return Ok(None);
    }
    if !is_function(&value) {
        return Err(Error::invalid_value(name, "a function", &value_of(&value)));
    }
    Ok(Some(value.unchecked_into()))
}

/// Nobody would wait for an async callback, and what it rejects with would end the process.
fn synchronous(callback: Option<Function>) -> Result<Option<Function>, JsValue> {
    if let Some(callback) = &callback {
        let tag = Reflect::get(callback, &Symbol::to_string_tag()).ok().and_then(|tag| tag.as_string());
        if tag.is_some_and(|tag| tag.starts_with("Async")) {
            let message = "`onResponse` must be a synchronous function: it is not awaited. Start the work inside it \
                           and handle its errors there.";
            return Err(js_sys::TypeError::new(message).into());
        }
    }
    Ok(callback)
}
