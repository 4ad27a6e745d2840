//! The JavaScript boundary, in Node and in headless browsers: `scripts/test.sh` runs this file in each.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is a failed test")]

use auriko_wasm::js::{AurikoClient, GatewayOptions, RoutingOptions};
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;

/// `scripts/test.sh` starts the local gateway here.
const GATEWAY: &str = match option_env!("AURIKO_TEST_GATEWAY") {
    Some(url) => url,
    None => "http://127.0.0.1:18787",
};

fn json(text: &str) -> JsValue {
    js_sys::JSON::parse(text).expect("the test's own JSON")
}

fn get(object: &JsValue, path: &str) -> JsValue {
    path.split('.').fold(object.clone(), |object, key| Reflect::get(&object, &key.into()).unwrap_or(JsValue::UNDEFINED))
}

fn text(object: &JsValue, path: &str) -> String {
    get(object, path).as_string().unwrap_or_else(|| panic!("no text at {path}"))
}

fn client_with(options: &str) -> Result<AurikoClient, JsValue> {
    AurikoClient::new(&json(options))
}

fn client() -> AurikoClient {
    let options = json(r#"{"apiKey":"ak_test_local","dangerouslyAllowBrowser":true,"maxRetries":0}"#);
    Reflect::set(&options, &"baseUrl".into(), &GATEWAY.into()).unwrap();
    AurikoClient::new(&options).unwrap_or_else(|error| panic!("{error:?}"))
}

fn params(extra: &str) -> JsValue {
    let params = json(r#"{"model":"gpt-5.4","messages":[{"role":"user","content":"echo: naïve 東京 ☕"}]}"#);
    Object::assign(params.unchecked_ref::<Object>(), json(extra).unchecked_ref()).into()
}

async fn settle(promise: Promise) -> Result<JsValue, JsValue> {
    JsFuture::from(promise).await
}

async fn complete(client: &AurikoClient, extra: &str) -> Result<JsValue, JsValue> {
    client.chat_completion(&params(extra)).await
}

/// All chunks, read through the `ReadableStream` that the stream is.
async fn read_to_end(stream: &JsValue) -> Array {
    let stream: &web_sys::ReadableStream = stream.dyn_ref().expect("a ReadableStream");
    let reader: web_sys::ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let chunks = Array::new();
    loop {
        let read = settle(reader.read()).await.expect("a chunk");
        if get(&read, "done").is_truthy() {
            return chunks;
        }
        chunks.push(&get(&read, "value"));
    }
}

#[wasm_bindgen_test]
async fn a_completion_is_the_plain_object_that_was_received() {
    let client = client();
    let completion = complete(&client, "{}").await.unwrap();
    assert_eq!(text(&get(&completion, "choices.0.message"), "content"), "naïve 東京 ☕");
    assert_eq!(text(&completion, "routing_metadata.provider"), text(&client.last_routing_metadata(), "provider"));
    assert_eq!(Object::get_prototype_of(&completion), Object::get_prototype_of(&Object::new()));
    assert!(get(&completion, "_request_id").is_string());
    assert!(!Object::keys(completion.unchecked_ref::<Object>()).includes(&"_request_id".into(), 0));
}

#[wasm_bindgen_test]
async fn a_response_is_the_plain_object_that_was_received() {
    let response = client().response(&json(r#"{"model":"gpt-5.4","input":"echo: naïve 東京 ☕"}"#)).await.unwrap();
    assert_eq!(text(&get(&response, "output.0.content.0"), "text"), "naïve 東京 ☕");
}

#[wasm_bindgen_test]
async fn a_stream_is_a_readable_stream_of_chunks_with_metadata_and_usage() {
    let client = client();
    let stream = complete(&client, r#"{"stream":true,"gateway":{"routing":{"optimize":"cost"}}}"#).await.unwrap();
    assert!(get(&stream, "routingMetadata").is_null());
    let chunks = read_to_end(&stream).await;
    let content: String =
        chunks.iter().filter_map(|chunk| get(&chunk, "choices.0.delta.content").as_string()).collect();
    assert_eq!(content, "naïve 東京 ☕");
    assert_eq!(text(&stream, "routingMetadata.routing_strategy"), "cost");
    assert!(get(&stream, "usage.total_tokens").as_f64().unwrap() > 0.0);
    assert!(get(&stream, "completed").is_truthy());
}

#[wasm_bindgen_test]
async fn a_refusal_rejects_with_the_error_of_its_class() {
    let error = complete(&client(), r#"{"model":"no-such-model"}"#).await.unwrap_err();
    assert!(error.is_instance_of::<js_sys::Error>());
    assert_eq!(text(&error, "name"), "NotFoundError");
    assert_eq!((text(&error, "code"), get(&error, "status").as_f64()), ("model_not_found".to_owned(), Some(404.0)));
}

#[wasm_bindgen_test]
async fn a_server_out_of_reach_rejects_with_a_connection_error_and_its_cause() {
    let client = client_with(
        r#"{"apiKey":"ak_x","dangerouslyAllowBrowser":true,"maxRetries":0,"baseUrl":"http://127.0.0.1:9"}"#,
    );
    let error = complete(&client.ok().unwrap(), "{}").await.unwrap_err();
    assert_eq!((text(&error, "name"), text(&error, "cause.name")), ("APIConnectionError".into(), "TypeError".into()));
}

#[wasm_bindgen_test]
async fn an_abort_rejects_with_the_reason_of_the_signal_itself() {
    let controller = web_sys::AbortController::new().unwrap();
    let options = Object::new();
    Reflect::set(&options, &"signal".into(), &controller.signal()).unwrap();
    let pending = client().create_chat_completion(&params("{}"), options.into(), JsValue::UNDEFINED);
    // Not an Error: gloo-net's own send() panics at such a reason.
    let reason = JsValue::from("enough");
    controller.abort_with_reason(&reason);
    assert_eq!(settle(pending).await.unwrap_err(), reason);
}

#[wasm_bindgen_test]
fn routing_options_are_checked_and_become_an_extra_body() {
    let options = RoutingOptions::new(&json(r#"{"max_ttft_ms":500,"optimize":"ttft"}"#)).ok().unwrap();
    let body = js_sys::JSON::stringify(&options.to_extra_body()).unwrap();
    assert_eq!(body, r#"{"gateway":{"routing":{"optimize":"ttft","max_ttft_ms":500}}}"#);
    let error = RoutingOptions::new(&json(r#"{"maxTtftMs":500}"#)).err().unwrap();
    assert_eq!((text(&error, "name"), text(&error, "code")), ("BadRequestError".into(), "unknown_field".into()));
    assert!(text(&error, "message").contains("max_ttft_ms"));
    assert!(GatewayOptions::new(&json(r#"{"models":["a"]}"#)).is_ok());
}

#[wasm_bindgen_test]
fn a_client_that_cannot_work_is_not_constructed() {
    let refused = |options: &str| text(&client_with(options).err().unwrap(), "code");
    assert_eq!(refused(r#"{"apiKey":" "}"#), "missing_api_key");
    assert_eq!(
        refused(r#"{"apiKey":"ak_x","dangerouslyAllowBrowser":true,"baseUrl":"nowhere"}"#),
        "invalid_parameter_value"
    );
    assert_eq!(refused("[]"), "invalid_parameter_value");
    let keyless = client_with(r#"{"apiKey":null,"baseUrl":"https://proxy.example/api"}"#).ok().unwrap();
    assert_eq!(keyless.base_url(), "https://proxy.example/api/v1");
}

#[wasm_bindgen_test]
fn a_key_in_a_browser_takes_an_explicit_word() {
    let in_browser = get(&js_sys::global(), "document").is_object();
    let client = client_with(r#"{"apiKey":"ak_x"}"#);
    assert_eq!(client.is_err(), in_browser);
    if let Err(error) = client {
        assert_eq!(text(&error, "code"), "browser_api_key");
    }
}
