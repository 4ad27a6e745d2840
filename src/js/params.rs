//! The parameters of a call that generates, as the body of its request (`pkg/src/params.js`).

use super::convert::{get, js_name, value_of};
use super::error::Circumstances;
use crate::config;
use crate::error::Error;
use js_sys::{Array, JsString, Object};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/src/params.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = bodyOf)]
    fn body_of(params: &JsValue, required: &JsString, misplaced: &Array) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = mergeBodies)]
    fn merged(a: &JsValue, b: &JsValue) -> Result<Object, JsValue>;

    /// An object of the members of two, the last of equal names.
    ///
    /// # Errors
    /// What reading one throws.
    #[wasm_bindgen(catch)]
    pub(super) fn joined(base: &Object, overlay: &Object) -> Result<Object, JsValue>;

    /// What an error is to be made of.
    type Refusal;
}

/// The body of a call that generates: the caller's parameters, and `stream` as it was asked for.
///
/// # Errors
/// If the parameters cannot be sent, or name no model or two; and what a getter of them throws.
pub(super) fn body(params: &JsValue, required: &'static str) -> Result<(JsString, bool), JsValue> {
    let made = body_of(params, js_name(required), &misplaced()).map_err(refused)?;
    Ok((get(&made, "json").unchecked_into(), get(&made, "stream").is_truthy()))
}

/// Merges two bodies: `b` wins, and two `gateway` objects are merged one level deep. Neither is changed. Options
/// stand for what their `toExtraBody()` gives.
///
/// # Errors
/// `BadRequestError` if one of them is no object.
#[wasm_bindgen(js_name = mergeBodies)]
pub fn merge_bodies(a: &JsValue, b: &JsValue) -> Result<Object, JsValue> {
    merged(a, b).map_err(refused)
}

thread_local! {
    static MISPLACED: Array = config::MISPLACED.iter().map(|(name, _)| JsValue::from(*name)).collect();
}

/// The names of [`config::MISPLACED`].
fn misplaced() -> Array {
    MISPLACED.with(Array::clone)
}

/// The error of a refusal; everything else stays what it is.
fn refused(thrown: JsValue) -> JsValue {
    if !thrown.is_instance_of::<Refusal>() {
        return thrown;
    }
    let text = |name| get(&thrown, name).as_string().unwrap_or_default();
    let (param, words) = (text("param"), text("words"));
    let error = match text("kind").as_str() {
        "value" => Error::invalid_value(&param, &words, &value_of(&get(&thrown, "value"))),
        "missing" => Error::missing_parameter(&param, &words),
        _ => {
            let misplaced = config::MISPLACED.iter().find(|(name, _)| *name == param);
            Error::invalid_option(&param, misplaced.map_or(words.as_str(), |(_, advice)| advice))
        }
    };
    error.into_js_with(&Circumstances::default().with_cause(get(&thrown, "cause")))
}
