//! Between JavaScript values and Rust's.

use super::memory::Place;
use crate::error::Error;
use crate::value::Value;
use js_sys::{Array, JsString, Object, Reflect, Uint8Array};
use serde::Serialize;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/pkg/src/values.js")]
extern "C" {
    #[wasm_bindgen(js_name = get)]
    fn get_member(object: &JsValue, name: &JsString) -> JsValue;
    #[wasm_bindgen(js_name = set)]
    fn set_member(object: &Object, name: &JsString, value: &JsValue);
    fn hide(object: &Object, name: &JsString, value: &JsValue);
    #[wasm_bindgen(js_name = header)]
    fn get_header(headers: &JsValue, name: &JsString) -> JsValue;

    /// What the members of these names are, a letter for each: that of their `typeof`, `-` where there is nothing.
    #[wasm_bindgen(js_name = kindsOf)]
    pub(super) fn kinds_of(object: &JsValue, names: &Array) -> String;

    /// Headers as callers write them, as names and values in turn. `None` of what are no headers.
    #[wasm_bindgen(js_name = headerPairs)]
    pub(super) fn header_pairs(given: &JsValue, most: u32) -> Option<Array>;

    #[wasm_bindgen(js_name = isAsync)]
    pub(super) fn is_async(callback: &JsValue) -> bool;
}

thread_local! {
    /// The names that this code uses, by where they lie in memory.
    static NAMES: RefCell<Vec<((usize, usize), &'static JsString)>> = const { RefCell::new(Vec::new()) };
}

/// A name as JavaScript's string, made once: to decode it each time would cost more than what it is used for.
pub(super) fn js_name(name: &'static str) -> &'static JsString {
    let place = (name.as_ptr() as usize, name.len());
    NAMES.with_borrow_mut(|names| match names.binary_search_by_key(&place, |known| known.0) {
        Ok(at) if let Some(&(_, made)) = names.get(at) => made,
        Ok(at) | Err(at) => {
            let made: &JsString = Box::leak(Box::new(name.into()));
            names.insert(at, (place, made));
            made
        }
    })
}

/// A property; `undefined` also where reading it throws, or where `object` has no properties.
pub(super) fn get(object: &JsValue, name: &'static str) -> JsValue {
    get_member(object, js_name(name))
}

/// A property.
///
/// # Errors
/// What reading it throws.
pub(super) fn get_or_throw(object: &JsValue, name: &'static str) -> Result<JsValue, JsValue> {
    Reflect::get(object, js_name(name))
}

/// A header of an answer. Not gloo-net's `Headers`, whose `get` panics where a caller's own throws.
pub(super) fn header(headers: &JsValue, name: &'static str) -> Option<String> {
    get_header(headers, js_name(name)).as_string()
}

/// An option that is text, if it is given.
///
/// # Errors
/// If it is something else.
pub(super) fn text(options: &JsValue, name: &'static str) -> Result<Option<String>, Error> {
    let value = get(options, name);
    match value.as_string() {
        Some(text) => Ok(Some(text)),
        None if is_absent(&value) => Ok(None),
        None => Err(Error::invalid_value(name, "a string", &value_of(&value))),
    }
}

/// Sets a property of an object that was made here.
pub(super) fn set(object: &Object, name: &'static str, value: &JsValue) {
    set_member(object, js_name(name), value);
}

/// The same, of a name that is not known beforehand.
pub(super) fn set_any(object: &Object, name: &str, value: &JsValue) {
    set_member(object, &name.into(), value);
}

/// Sets a property that spreading, cloning and serialising pass over.
pub(super) fn set_hidden(object: &Object, name: &'static str, value: &JsValue) {
    hide(object, js_name(name), value);
}

pub(super) fn is_absent(value: &JsValue) -> bool {
    value.is_undefined() || value.is_null()
}

pub(super) fn is_function(value: &JsValue) -> bool {
    value.is_function()
}

/// An object with members of its own: no array, no function.
pub(super) fn as_record(value: &JsValue) -> Option<&Object> {
    (value.is_object() && !is_array(value)).then(|| value.unchecked_ref())
}

/// Whether it is an array; a proxy that was revoked is not.
pub(super) fn is_array(value: &JsValue) -> bool {
    try_is_array(value).unwrap_or(false)
}

/// How deep a value is read. What lies deeper becomes [`Value::Null`]: nothing this crate looks at is
/// nested further, and a hostile body must not exhaust the stack.
const MAX_DEPTH: u8 = 8;

/// How many values are read of one: with cycles in it, even eight levels may have no end. What comes
/// later is refused where it is an option.
const MAX_VALUES: u32 = 1 << 14;

const TOO_LARGE: Value = Value::Other("part of something too large");
const UNREADABLE: Value = Value::Other("an object that cannot be read");

#[wasm_bindgen]
extern "C" {
    /// Getters and proxies can throw.
    #[wasm_bindgen(catch, js_namespace = Object, js_name = entries)]
    fn object_entries(object: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn try_is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// The own enumerable members of an object.
///
/// # Errors
/// What reading one throws.
pub(super) fn entries(object: &JsValue) -> Result<impl Iterator<Item = (JsValue, JsValue)> + use<>, JsValue> {
    Ok(object_entries(object)?.into_iter().map(|pair| {
        let pair: Array = pair.unchecked_into();
        (pair.get(0), pair.get(1))
    }))
}

/// The names of an object's own members; none of a proxy that does not tell.
pub(super) fn names(object: &JsValue) -> impl Iterator<Item = String> + use<> {
    Reflect::own_keys(object).unwrap_or_default().into_iter().filter_map(|name| name.as_string())
}

/// The items of an array, up to a limit. Some arrays are proxies, whose length can be anything.
///
/// # Errors
/// What reading one throws.
pub(super) fn items(array: &JsValue, limit: u32) -> Result<Vec<JsValue>, JsValue> {
    let length = Reflect::get(array, &"length".into())?.as_f64().unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what is no length becomes 0")]
    let length = limit.min(length as u32);
    (0..length).map(|index| Reflect::get_u32(array, index)).collect()
}

/// Reads a value of any shape. What JSON has no word for becomes [`Value::Other`].
pub(super) fn value_of(value: &JsValue) -> Value {
    let mut left = MAX_VALUES;
    read(value, MAX_DEPTH, &mut left)
}

// By hand and not by serde-wasm-bindgen, which refuses an object as a whole when one member is a function.
fn read(value: &JsValue, depth: u8, left: &mut u32) -> Value {
    let Some(fewer) = left.checked_sub(1) else { return TOO_LARGE };
    *left = fewer;
    // Most options are not given.
    if is_absent(value) {
        return Value::Null;
    }
    if let Some(number) = value.as_f64() {
        return Value::Number(number);
    }
    if let Some(flag) = value.as_bool() {
        return Value::Bool(flag);
    }
    if let Some(text) = value.as_string() {
        return Value::String(text);
    }
    let Some(deeper) = depth.checked_sub(1) else { return Value::Null };
    if is_array(value) {
        // One more than can be read, so that what is missing shows.
        let Ok(items) = items(value, *left + 1) else { return UNREADABLE };
        return Value::Array(items.iter().map(|item| read(item, deeper, left)).collect());
    }
    match value.js_typeof().as_string().as_deref() {
        Some("function") => Value::Other("a function"),
        Some("bigint") => Value::Other("a bigint"),
        Some("symbol") => Value::Other("a symbol"),
        _ if value.is_instance_of::<js_sys::Map>() => Value::Other("a Map"),
        _ => match entries(value) {
            Ok(members) => Value::Object(
                members
                    .map(|(name, member)| (name.as_string().unwrap_or_default(), read(&member, deeper, left)))
                    .collect(),
            ),
            Err(_) => UNREADABLE,
        },
    }
}

/// A plain object, as `JSON.parse` would have made it.
pub(super) fn to_js(value: &Value) -> JsValue {
    // There is nothing to fail at: keys are strings, and what JSON does not know becomes null.
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

/// The beginning of what should have been JSON, for the one who has to find out what it is; null where there is
/// nothing.
pub(super) fn excerpt(bytes: &Uint8Array) -> JsValue {
    if bytes.length() == 0 { JsValue::NULL } else { excerpt_of(bytes) }
}

/// The JSON of a whole body.
pub(super) fn parse_body(bytes: &Uint8Array) -> Option<JsValue> {
    Some(parse_whole(bytes)).filter(|value| !value.is_undefined())
}

pub(super) fn parse_json(bytes: &[u8]) -> Option<JsValue> {
    Some(parse(bytes)).filter(|value| !value.is_undefined())
}

#[wasm_bindgen(module = "/pkg/src/text.js")]
extern "C" {
    /// Undefined where it is no JSON. Not by way of a `String`, which would check the bytes once more.
    fn parse(bytes: &[u8]) -> JsValue;

    /// The same, of a body.
    #[wasm_bindgen(js_name = parseBody)]
    fn parse_whole(bytes: &Uint8Array) -> JsValue;

    /// The beginning of a text, or of bytes that should be one.
    #[wasm_bindgen(js_name = excerpt)]
    pub(super) fn excerpt_of(body: &JsValue) -> JsValue;

    #[wasm_bindgen(js_name = excerpt)]
    pub(super) fn excerpt_of_bytes(bytes: &[u8]) -> JsValue;

    /// The bytes in a place as JavaScript's text.
    pub(super) fn decode(place: Place, length: usize) -> JsValue;
}
