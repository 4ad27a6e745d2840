//! What is sent: URL, headers and body, built once and the same on every attempt.

use super::convert::{get, is_absent, value_of};
use super::headers::headers_of;
use super::settings::Settings;
use crate::config::{ApiKey, HeaderList, check_header};
use crate::error::Error;
use js_sys::{JsString, Promise};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::AbortSignal;

#[wasm_bindgen(module = "/pkg/src/values.js")]
extern "C" {
    /// What `fetch` is called with.
    #[wasm_bindgen(js_name = requestInit)]
    fn request_init(body: Option<&JsString>, headers: &JsValue, signal: &AbortSignal, is_browser: bool) -> JsValue;
}

/// A request that can be sent any number of times.
pub(super) struct Request {
    url: String,
    body: Option<JsString>,
    headers: HeaderList,
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
        let key = get(options, "idempotencyKey");
        if !is_absent(&key) {
            let Some(key) = key.as_string().filter(|key| !key.is_empty()) else {
                return Err(Error::invalid_value("idempotencyKey", "a string that is not empty", &value_of(&key)));
            };
            check_header("idempotencyKey", "idempotency-key", &key)?;
            headers.set("idempotency-key", Some(key));
        }
        headers.merge(&settings.headers);
        headers.merge(&headers_of(&get(options, "headers"), "headers")?);
        Ok(Self { url: [&settings.base_url, path].concat(), body, headers, settings: Rc::clone(settings) })
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
        let authorization = self.headers.value_or("authorization", key.map(ApiKey::bearer));
        self.settings.sent.made_of(&self.headers, authorization.as_deref())
    }

    /// Sends it. What `fetch` throws at once becomes a rejection.
    pub(super) fn fetch(&self, url: &str, headers: &JsValue, signal: &AbortSignal) -> Promise {
        // gloo-net's own `send` panics when fetch rejects with something that is no Error, and its
        // Request would reach a caller's `fetch` in a shape that such functions do not expect.
        let init = request_init(self.body.as_ref(), headers, signal, self.settings.is_browser);
        let answer = self.settings.fetch(&url.into(), &init);
        answer.map_or_else(|thrown| Promise::reject(&thrown), |answer| Promise::resolve(&answer))
    }
}
