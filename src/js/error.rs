//! From [`Error`] to the JavaScript error of its class.

use super::convert::{get, set, to_js};
use crate::error::Error;
use js_sys::Object;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/src/errors.js")]
extern "C" {
    #[wasm_bindgen(js_name = createError)]
    fn create_error(fields: &Object) -> JsValue;
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
        let fields = to_js(&self.fields()).unchecked_into::<Object>();
        set(&fields, "body", &circumstances.body);
        set(&fields, "headers", &get(&circumstances.response, "headers"));
        if !circumstances.cause.is_undefined() {
            set(&fields, "cause", &circumstances.cause);
        }
        create_error(&fields)
    }
}

impl From<Error> for JsValue {
    fn from(error: Error) -> Self {
        error.into_js()
    }
}
