//! Which class an error has, and which type the server gave it.

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

impl ErrorType {
    /// The type that an envelope names; `None` for a name that is none of the six.
    pub fn from_wire(name: &str) -> Option<Self> {
        Some(match name {
            "invalid_request_error" => Self::InvalidRequestError,
            "authentication_error" => Self::AuthenticationError,
            "permission_error" => Self::PermissionError,
            "not_found_error" => Self::NotFoundError,
            "rate_limit_error" => Self::RateLimitError,
            "api_error" => Self::ApiError,
            _ => return None,
        })
    }
}

impl Kind {
    /// The class of an error that the server reported. The type decides; the status parts two cases.
    pub fn of(error_type: ErrorType, status: u16) -> Self {
        match error_type {
            ErrorType::InvalidRequestError if status == 409 => Self::Conflict,
            ErrorType::InvalidRequestError => Self::BadRequest,
            ErrorType::AuthenticationError => Self::Authentication,
            ErrorType::PermissionError => Self::PermissionDenied,
            ErrorType::NotFoundError => Self::NotFound,
            ErrorType::RateLimitError => Self::RateLimit,
            ErrorType::ApiError if status == 500 => Self::InternalServer,
            ErrorType::ApiError => Self::ApiStatus,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Error, codes};
    use crate::headers::Head;

    /// The place of a class in the enum: a new one does not compile before it is named here.
    fn place(kind: Kind) -> usize {
        match kind {
            Kind::ApiStatus => 0,
            Kind::BadRequest => 1,
            Kind::Authentication => 2,
            Kind::PermissionDenied => 3,
            Kind::NotFound => 4,
            Kind::Conflict => 5,
            Kind::RateLimit => 6,
            Kind::InternalServer => 7,
            Kind::Connection => 8,
            Kind::Timeout => 9,
        }
    }

    #[test]
    fn has_no_class_that_nothing_produces() {
        let head = Head::default();
        let reported = codes::tests::facts()
            .map(|fact| Error::reported(fact.status, ErrorType::from_wire(fact.wire_type).unwrap(), fact.code, "m"));
        let own = [Error::connection(), Error::idle_timeout(1, &head), Error::not_a_stream(&head)];
        let mut seen = [false; 10];
        reported.chain(own).for_each(|error| seen[place(error.kind)] = true);
        assert_eq!(seen, [true; 10]);
    }
}
