//! The one vocabulary of failures. [`Error`] is a plain value; `src/js/error.rs` makes the
//! JavaScript error of its [`Kind`] from it.
//!
//! What the server reports is read by `envelope` and `stream_event`; what goes wrong on this side is
//! made by `options` (before a request) and `transport` (during one).

pub mod codes;
mod envelope;
mod kind;
mod mask;
mod options;
mod retryable;
mod stream_event;
mod transport;

pub use kind::{ErrorType, Kind};
pub(crate) use mask::{MASK, shows};

use crate::headers::Head;
use crate::value::Value;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::{Deref, DerefMut};

/// A failure of a call, told in full.
///
/// Boxed, so that a `Result` is small: moving the fields about was a good part of the compiled code.
#[derive(Debug, Clone, PartialEq)]
pub struct Error(Box<Fields>);

/// What an [`Error`] tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Fields {
    /// The class.
    pub kind: Kind,
    /// What happened, for people.
    pub message: String,
    /// The HTTP status; 0 where no answer came.
    pub status_code: u16,
    /// The `type` of the envelope.
    pub error_type: ErrorType,
    /// The machine-readable code: Auriko's, or one of this crate's own.
    pub code: String,
    /// The parameter at fault.
    pub param: Option<String>,
    /// The `x-request-id` of the answer.
    pub request_id: Option<String>,
    /// How long the server asked to wait, in seconds.
    pub retry_after_seconds: Option<f64>,
    /// Documentation of the code.
    pub doc_url: Option<String>,
    /// The provider at fault.
    pub provider: Option<String>,
    /// What the server suggests to do.
    pub suggestion: Option<String>,
    /// How many requests were sent; 0 where none was.
    pub attempts: u32,
}

impl Error {
    /// An error without details; `message` is given in pieces.
    fn new(kind: Kind, status_code: u16, error_type: ErrorType, code: &str, message: &[&str]) -> Self {
        Self(Box::new(Fields {
            kind,
            message: message.concat(),
            status_code,
            error_type,
            code: code.to_owned(),
            param: None,
            request_id: None,
            retry_after_seconds: None,
            doc_url: codes::doc_url(code),
            provider: None,
            suggestion: None,
            attempts: 0,
        }))
    }

    /// The fields that the JavaScript error classes have, by their camelCase names.
    pub fn fields(&self) -> Value {
        let text = |text: &str| Value::String(text.to_owned());
        let maybe = |given: &Option<String>| given.as_deref().map_or(Value::Null, text);
        let fields = [
            ("kind", text(self.kind.name())),
            ("message", text(&self.message)),
            ("statusCode", Value::Number(self.status_code.into())),
            ("type", text(self.error_type.name())),
            ("code", text(&self.code)),
            ("param", maybe(&self.param)),
            ("requestId", maybe(&self.request_id)),
            ("retryAfterSeconds", self.retry_after_seconds.map_or(Value::Null, Value::Number)),
            ("docUrl", maybe(&self.doc_url)),
            ("provider", maybe(&self.provider)),
            ("suggestion", maybe(&self.suggestion)),
            ("attempts", Value::Number(self.attempts.into())),
        ];
        Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Notes which answer the error is about.
    fn about(mut self, head: &Head) -> Self {
        self.request_id = head.request_id().map(str::to_owned);
        self
    }
}

/// As the camelCase fields that the JavaScript error classes have.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.fields().serialize(serializer)
    }
}

impl Deref for Error {
    type Target = Fields;

    fn deref(&self) -> &Fields {
        &self.0
    }
}

impl DerefMut for Error {
    fn deref_mut(&mut self) -> &mut Fields {
        &mut self.0
    }
}

/// The message, after the provider at fault if it is known: `[openai] Overloaded`.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(provider) = &self.provider {
            write!(f, "[{provider}] ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
