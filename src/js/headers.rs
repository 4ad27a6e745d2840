//! Headers as callers write them.

use super::convert::{header_pairs, is_absent, is_array, value_of};
use crate::config::{HeaderList, check_header};
use crate::error::Error;
use wasm_bindgen::prelude::*;

/// No server takes so many.
pub(super) const MAX_HEADERS: u32 = 1000;

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
    let pairs = header_pairs(given, MAX_HEADERS + 1).ok_or_else(wrong)?;
    if pairs.length() > 2 * MAX_HEADERS {
        return Err(Error::invalid_option(param, "has too many headers"));
    }
    for at in (0..pairs.length()).step_by(2) {
        let (name, value) = (pairs.get(at), pairs.get(at + 1));
        if value.is_undefined() && is_array(given) {
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
