//! The one vocabulary of failures. [`Error`] is a plain value; `src/js/error.rs` makes the
//! JavaScript error of its [`Kind`] from it.

use serde::Serialize;

/// Which error class a failure is. Every variant is the name of a JavaScript class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Kind {
    /// A status that has no class of its own.
    #[serde(rename = "APIStatusError")]
    ApiStatus,
    /// `invalid_request_error`.
    #[serde(rename = "BadRequestError")]
    BadRequest,
    /// `authentication_error`.
    #[serde(rename = "AuthenticationError")]
    Authentication,
    /// `permission_error`.
    #[serde(rename = "PermissionDeniedError")]
    PermissionDenied,
    /// `not_found_error`.
    #[serde(rename = "NotFoundError")]
    NotFound,
    /// `invalid_request_error` with status 409.
    #[serde(rename = "ConflictError")]
    Conflict,
    /// `rate_limit_error`.
    #[serde(rename = "RateLimitError")]
    RateLimit,
    /// `api_error` with status 500.
    #[serde(rename = "InternalServerError")]
    InternalServer,
    /// The request or the body of the answer did not get through.
    #[serde(rename = "APIConnectionError")]
    Connection,
    /// A time limit passed.
    #[serde(rename = "APIConnectionTimeoutError")]
    Timeout,
}

/// The `type` of an error envelope. One of six.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorType {
    /// The request is at fault.
    InvalidRequestError,
    /// The API key is missing, wrong or expired.
    AuthenticationError,
    /// The API key may not do this.
    PermissionError,
    /// There is no such model or resource.
    NotFoundError,
    /// A rate, a budget or a quota is used up.
    RateLimitError,
    /// Auriko, a provider or the network is at fault.
    ApiError,
}

/// A failure of a call, told in full. Serialises to the camelCase fields that the JavaScript error
/// classes have.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Error {
    /// The class.
    pub kind: Kind,
    /// What happened, for people.
    pub message: String,
    /// The HTTP status; 0 where no answer came.
    pub status_code: u16,
    /// The `type` of the envelope.
    #[serde(rename = "type")]
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
