//! What the runtime gives: `fetch`, time and chance, the environment.

use crate::call::Moment;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // Looked up at each call: others may have replaced it since, to trace or to cache.
    #[wasm_bindgen(catch, js_name = fetch)]
    pub(super) fn global_fetch(input: &JsValue, init: &JsValue) -> Result<JsValue, JsValue>;
}

#[wasm_bindgen(module = "/pkg/src/host.js")]
extern "C" {
    #[wasm_bindgen(js_name = env)]
    fn variable(name: &str) -> JsValue;

    /// Whether this runs where everyone who opens a page can read what the code holds.
    #[wasm_bindgen(js_name = isBrowser)]
    pub(super) fn is_browser() -> bool;

    /// Whether both are whole URLs, and of the same origin.
    #[wasm_bindgen(js_name = haveSameOrigin)]
    pub(super) fn have_same_origin(a: &str, b: &str) -> bool;

    #[wasm_bindgen(js_name = withinOrigin)]
    fn within(location: &str, base: &str) -> JsValue;

    /// Writes to a logger, else to the console.
    pub(super) fn write(logger: &JsValue, level: &str, message: &str, details: &JsValue);
}

/// An environment variable, where there is an environment and this code may read it.
pub(super) fn env(name: &str) -> Option<String> {
    variable(name).as_string()
}

/// A location as a whole URL, if it has the origin of the URL that it is relative to.
pub(super) fn within_origin(location: &str, base: &str) -> Option<String> {
    within(location, base).as_string()
}

pub(super) fn moment() -> Moment {
    Moment { now_ms: js_sys::Date::now(), random: js_sys::Math::random() }
}
