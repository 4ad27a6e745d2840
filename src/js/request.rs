//! What is sent: URL, headers and body, built once and the same on every attempt.

use super::convert::{get, is_absent, js_name, value_of};
use super::headers::headers_of;
use super::settings::Settings;
use crate::config::{ApiKey, HeaderList, check_header};
use crate::error::Error;
use gloo_net::http::Headers;
use js_sys::{Array, JsString, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen(module = "/pkg/src/values.js")]
extern "C" {
    /// What `fetch` is called with.
    #[wasm_bindgen(js_name = requestInit)]
    fn request_init(
        method: &JsString,
        headers: &JsValue,
        body: Option<&JsString>,
        signal: &AbortSignal,
        is_browser: bool,
    ) -> JsValue;
}

/// A request that can be sent any number of times.
pub(super) struct Request {
    url: String,
    body: Option<JsString>,
    headers: HeaderList,
    has_own_headers: bool,
    settings: Rc<Settings>,
}

impl Request {
    /// # Errors
    /// If the caller's headers cannot be sent.
    pub(super) fn new(
        settings: &Rc<Settings>,
        path: &str,
        body: Option<JsString>,
        options: &JsValue,
    ) -> Result<Self, Error> {
        let mut headers = HeaderList::default();
        if body.is_some() {
            headers.set("content-type", Some("application/json".to_owned()));
        }
        if !settings.is_browser {
            // Pages may not set it, and each header that they set costs a preflight.
            headers.set("user-agent", Some(concat!("auriko-wasm/", env!("CARGO_PKG_VERSION")).to_owned()));
        }
        let mut has_own_headers = false;
        let key = get(options, "idempotencyKey");
        if !is_absent(&key) {
            let Some(key) = key.as_string().filter(|key| !key.is_empty()) else {
                return Err(Error::invalid_value("idempotencyKey", "a string that is not empty", &value_of(&key)));
            };
            check_header("idempotencyKey", "idempotency-key", &key)?;
            headers.set("idempotency-key", Some(key));
            has_own_headers = true;
        }
        headers.merge(&settings.headers);
        let own = headers_of(&get(options, "headers"), "headers")?;
        headers.merge(&own);
        has_own_headers |= own != HeaderList::default();
        Ok(Self {
            has_own_headers,
            url: [&settings.base_url, path].concat(),
            body,
            headers,
            settings: Rc::clone(settings),
        })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    pub(super) fn method(&self) -> &'static str {
        if self.body.is_some() { "POST" } else { "GET" }
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The headers of an attempt with this key; the caller's own Authorization goes before it.
    pub(super) fn headers(&self, key: Option<&ApiKey>) -> JsValue {
        let made = || {
            let headers = Headers::new();
            if let Some(authorization) = self.headers.value_or("authorization", key.map(ApiKey::bearer)) {
                headers.set("authorization", &authorization);
            }
            for (name, value) in self.headers.present() {
                headers.set(name, value);
            }
            headers.into_raw()
        };
        // What a function or the call has given is not kept.
        if self.has_own_headers || self.settings.key.fixed().is_some() != key.is_some() {
            return made().into();
        }
        // To decode each anew takes longer than to make them of what was decoded before.
        let (get, post) = &self.settings.usual_headers;
        let usual = if self.body.is_some() { post } else { get };
        let pairs = usual.get_or_init(|| Array::from(&made()));
        web_sys::Headers::new_with_str_sequence_sequence(pairs).unwrap_or_else(|_| made()).into()
    }

    /// Sends it. What `fetch` throws at once becomes a rejection.
    pub(super) fn fetch(&self, url: &str, headers: &JsValue, signal: &AbortSignal) -> Promise {
        // gloo-net's own `send` panics when fetch rejects with something that is no Error, and its
        // Request would reach a caller's `fetch` in a shape that such functions do not expect.
        let init = request_init(js_name(self.method()), headers, self.body.as_ref(), signal, self.settings.is_browser);
        let answer = self.settings.fetch(&url.into(), &init);
        answer.map_or_else(|thrown| Promise::reject(&thrown), |answer| Promise::resolve(&answer))
    }
}
