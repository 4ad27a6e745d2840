//! What a developer who asks for it is told of the requests: never a key, a prompt or a completion.

use super::convert::{get, header_pairs, is_absent, is_function, set_any, text};
use super::headers::MAX_HEADERS;
use super::host::{self, env};
use crate::config::{LogLevel, is_secret_header};
use crate::error::Error;
use js_sys::Object;
use wasm_bindgen::prelude::*;

/// Where a client tells what it does.
pub(super) struct Log {
    /// Undefined for the console.
    logger: JsValue,
    level: LogLevel,
}

impl Log {
    /// Reads `logger` (default: the console) and `logLevel` (default: `AURIKO_LOG`, else `warn`).
    ///
    /// # Errors
    /// If one of them cannot be.
    pub(super) fn from_options(options: &JsValue) -> Result<Self, Error> {
        let given = text(options, "logLevel")?;
        let level = match &given {
            Some(name) => LogLevel::from_name(name)
                .ok_or_else(|| Error::invalid_option("logLevel", &["must be ", LogLevel::NAMES].concat()))?,
            // A variable that means nothing must not stop a program.
            None => env("AURIKO_LOG").and_then(|name| LogLevel::from_name(&name)).unwrap_or(LogLevel::Warn),
        };
        let given = get(options, "logger");
        if is_absent(&given) {
            return Ok(Self { logger: JsValue::UNDEFINED, level });
        }
        if !["error", "warn", "info", "debug"].iter().all(|name| is_function(&get(&given, name))) {
            let problem = "must be an object with the functions `error`, `warn`, `info` and `debug`";
            return Err(Error::invalid_option("logger", problem));
        }
        Ok(Self { logger: given, level })
    }

    pub(super) fn warn(&self, message: &str) {
        self.write(LogLevel::Warn, "warn", message, &JsValue::UNDEFINED);
    }

    /// Whether somebody wants to know what becomes of requests.
    pub(super) fn is_info(&self) -> bool {
        self.level >= LogLevel::Info
    }

    /// The message is made only if somebody wants it.
    pub(super) fn info(&self, message: impl FnOnce() -> String) {
        if self.is_info() {
            self.write(LogLevel::Info, "info", &message(), &JsValue::UNDEFINED);
        }
    }

    /// With details, made only if somebody wants them.
    pub(super) fn debug(&self, message: &str, details: impl FnOnce(&Object)) {
        if self.level >= LogLevel::Debug {
            let object = Object::new();
            details(&object);
            self.write(LogLevel::Debug, "debug", message, &object);
        }
    }

    fn write(&self, level: LogLevel, name: &str, message: &str, details: &JsValue) {
        if self.level >= level {
            host::write(&self.logger, name, message, details);
        }
    }
}

/// A copy of headers that may be shown. `betrays` tells which values hold the key, as some servers echo it.
pub(super) fn shown(headers: &JsValue, betrays: impl Fn(&str) -> bool) -> Object {
    let object = Object::new();
    // Of anything else it is not known what is in it.
    let pairs = is_function(&get(headers, "entries")).then(|| header_pairs(headers, MAX_HEADERS)).flatten();
    let pairs = pairs.unwrap_or_default();
    for at in (0..pairs.length()).step_by(2) {
        let name = pairs.get(at).as_string().unwrap_or_default().to_ascii_lowercase();
        let Some(value) = pairs.get(at + 1).as_string() else { continue };
        let value = if is_secret_header(&name) || betrays(&value) { "***" } else { &value };
        set_any(&object, &name, &value.into());
    }
    object
}
