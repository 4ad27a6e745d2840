//! Headers as callers write them.

use super::convert::{array_from, as_record, entries, get, is_absent, is_array, is_function, items, value_of};
use crate::config::{HeaderList, check_header};
use crate::error::Error;
use js_sys::Function;
use wasm_bindgen::prelude::*;

/// No server takes so many.
const MAX_HEADERS: u32 = 1000;

/// Reads a `Headers` object, an array of pairs, or a plain object; null values take headers away.
///
/// # Errors
/// If it is none of these, or holds what a header cannot be.
pub(super) fn headers_of(given: &JsValue, param: &str) -> Result<HeaderList, Error> {
    let mut list = HeaderList::default();
    if is_absent(given) {
        return Ok(list);
    }
    let wrong = || Error::invalid_value(param, "a Headers object, an array of pairs, or an object", &value_of(given));
    let pairs: Vec<(JsValue, JsValue)> = if is_array(given) {
        pairs_of(items(given, MAX_HEADERS + 1).map_err(|_| wrong())?)
    } else if is_function(&get(given, "entries")) {
        let iterator = get(given, "entries").unchecked_into::<Function>().call0(given).map_err(|_| wrong())?;
        pairs_of(array_from(&iterator).map_err(|_| wrong())?)
    } else {
        entries(as_record(given).ok_or_else(wrong)?).map_err(|_| wrong())?.collect()
    };
    if pairs.len() > MAX_HEADERS as usize {
        return Err(Error::invalid_option(param, "has too many headers"));
    }
    for (name, value) in pairs {
        if is_array(given) && value.is_undefined() {
            // A name alone, which would take the header away.
            return Err(wrong());
        }
        let name = name.as_string().ok_or_else(wrong)?.to_ascii_lowercase();
        let value = match value.as_string() {
            Some(value) => Some(value),
            None if is_absent(&value) => None,
            None => {
                return Err(Error::invalid_value(&[param, ".", &name].concat(), "a string or null", &value_of(&value)));
            }
        };
        check_header(param, &name, value.as_deref().unwrap_or_default())?;
        list.set(&name, value);
    }
    Ok(list)
}

fn pairs_of(list: impl IntoIterator<Item = JsValue>) -> Vec<(JsValue, JsValue)> {
    list.into_iter().map(|pair| (get(&pair, "0"), get(&pair, "1"))).collect()
}
