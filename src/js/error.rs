//! From [`Error`] to the JavaScript error of its class.

use super::convert::get;
use crate::error::Error;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/src/errors.js")]
extern "C" {
    #[wasm_bindgen(js_name = createError)]
    fn create_error(
        kind: &str,
        message: &str,
        cause: &JsValue,
        status_code: u16,
        error_type: &str,
        code: &str,
        param: Option<&str>,
        request_id: Option<&str>,
        retry_after_seconds: Option<f64>,
        doc_url: Option<&str>,
        provider: Option<&str>,
        suggestion: Option<&str>,
        attempts: u32,
        body: &JsValue,
        headers: &JsValue,
    ) -> JsValue;
}

/// What an error has beside its fields.
#[derive(Default)]
pub(super) struct Circumstances {
    /// The body of the answer.
    pub(super) body: JsValue,
    /// The `Response` that it came with.
    pub(super) response: JsValue,
    /// What was thrown, where something was.
    pub(super) cause: JsValue,
}

impl Circumstances {
    /// An error that came with an answer.
    pub(super) fn of(response: &JsValue) -> Self {
        Self { response: response.clone(), ..Self::default() }
    }

    pub(super) fn with_body(self, body: JsValue) -> Self {
        Self { body, ..self }
    }

    pub(super) fn with_cause(self, cause: JsValue) -> Self {
        Self { cause, ..self }
    }
}

impl Error {
    pub(super) fn into_js(self) -> JsValue {
        self.into_js_with(&Circumstances::default())
    }

    pub(super) fn into_js_with(self, circumstances: &Circumstances) -> JsValue {
        create_error(
            self.kind.name(),
            &self.message,
            &circumstances.cause,
            self.status_code,
            self.error_type.name(),
            &self.code,
            self.param.as_deref(),
            self.request_id.as_deref(),
            self.retry_after_seconds,
            self.doc_url.as_deref(),
            self.provider.as_deref(),
            self.suggestion.as_deref(),
            self.attempts,
            &circumstances.body,
            &get(&circumstances.response, "headers"),
        )
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        error.into_js()
    }
}
