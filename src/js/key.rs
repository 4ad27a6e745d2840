//! Where the key of a request comes from.

use super::convert::{get, is_function, text, value_of};
use super::host::{env, is_browser};
use crate::config::{self, ApiKey};
use crate::error::Error;
use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;

/// The key of a client.
pub(super) enum KeySource {
    /// A proxy holds it.
    Proxy,
    /// The same for every request.
    Fixed(ApiKey),
    /// A function of the caller's, asked before every attempt.
    Function(Function),
}

impl KeySource {
    /// `apiKey: null` means that a proxy holds the key.
    ///
    /// # Errors
    /// Those of [`resolve_key`].
    pub(super) fn from_options(options: &JsValue) -> Result<Self, Error> {
        let given = get(options, "apiKey");
        if !is_function(&given) {
            return Ok(resolve_key(options)?.map_or(Self::Proxy, Self::Fixed));
        }
        guard(options)?;
        Ok(Self::Function(given.unchecked_into()))
    }

    pub(super) fn is_proxy(&self) -> bool {
        matches!(self, Self::Proxy)
    }

    /// The key where it is known without asking.
    pub(super) fn fixed(&self) -> Option<&ApiKey> {
        match self {
            Self::Fixed(key) => Some(key),
            Self::Proxy | Self::Function(_) => None,
        }
    }

    /// The promise of a key, where a function gives it. To be read by [`KeySource::read`].
    pub(super) fn ask(&self) -> Option<Promise> {
        let Self::Function(function) = self else { return None };
        let given = function.call0(&JsValue::UNDEFINED);
        Some(given.map_or_else(|thrown| Promise::reject(&thrown), |given| Promise::resolve(&given)))
    }

    /// What the function gave.
    ///
    /// # Errors
    /// If that cannot be a key, or it has thrown: then what it has thrown as well.
    pub(super) fn read(given: Result<JsValue, JsValue>) -> Result<ApiKey, (Error, JsValue)> {
        let given = given.map_err(|cause| (Error::api_key_function(), cause))?;
        let key = given
            .as_string()
            .ok_or_else(|| Error::invalid_value("apiKey", "a string, or a function that gives one", &value_of(&given)));
        key.and_then(|key| ApiKey::new(&key)).map_err(|error| (error, JsValue::UNDEFINED))
    }
}

/// The key of the options or the environment; none where a proxy holds it.
///
/// # Errors
/// Without a key, with one that cannot be sent, and with one in a browser.
pub(super) fn resolve_key(options: &JsValue) -> Result<Option<ApiKey>, Error> {
    if get(options, "apiKey").is_null() {
        return Ok(None);
    }
    let key = config::resolve_key(text(options, "apiKey")?.as_deref(), env("AURIKO_API_KEY").as_deref())?;
    guard(options)?;
    Ok(Some(key))
}

fn guard(options: &JsValue) -> Result<(), Error> {
    if is_browser() && !get(options, "dangerouslyAllowBrowser").is_truthy() {
        return Err(Error::browser_api_key());
    }
    Ok(())
}
