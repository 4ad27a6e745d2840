//! Answers as futures, for callers in Rust.

use super::client::AurikoClient;
use super::convert::get;
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

impl AurikoClient {
    /// `POST /chat/completions`: the completion, or a `ReadableStream` of its chunks where the parameters ask for
    /// one.
    ///
    /// # Errors
    /// What [`Self::create_chat_completion`] rejects with.
    pub async fn chat_completion(&self, params: &JsValue) -> Result<JsValue, JsValue> {
        data_of(self.create_chat_completion(params, JsValue::UNDEFINED, JsValue::UNDEFINED)).await
    }

    /// `POST /responses`: the response, or a `ReadableStream` of its events.
    ///
    /// # Errors
    /// What [`Self::create_response`] rejects with.
    pub async fn response(&self, params: &JsValue) -> Result<JsValue, JsValue> {
        data_of(self.create_response(params, JsValue::UNDEFINED, JsValue::UNDEFINED)).await
    }
}

async fn data_of(answer: Promise) -> Result<JsValue, JsValue> {
    Ok(get(&JsFuture::from(answer).await?, "data"))
}
