//! Which class an error has, and which type the server gave it.

/// Which error class a failure is. Every variant is the name of a JavaScript class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A status that has no class of its own.
    ApiStatus,
    /// `invalid_request_error`.
    BadRequest,
    /// `authentication_error`.
    Authentication,
    /// `permission_error`.
    PermissionDenied,
    /// `not_found_error`.
    NotFound,
    /// `invalid_request_error` with status 409.
    Conflict,
    /// `rate_limit_error`.
    RateLimit,
    /// `api_error` with status 500.
    InternalServer,
    /// The request or the body of the answer did not get through.
    Connection,
    /// A time limit passed.
    Timeout,
}

/// The `type` of an error envelope. One of six.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    const NAMES: [(Self, &str); 6] = [
        (Self::InvalidRequestError, "invalid_request_error"),
        (Self::AuthenticationError, "authentication_error"),
        (Self::PermissionError, "permission_error"),
        (Self::NotFoundError, "not_found_error"),
        (Self::RateLimitError, "rate_limit_error"),
        (Self::ApiError, "api_error"),
    ];

    /// The type that an envelope names; `None` for a name that is none of the six.
    pub fn from_wire(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(error_type, _)| *error_type)
    }

    /// The name that an envelope has for it.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(known, _)| *known == self).map_or("api_error", |(_, name)| name)
    }
}

impl Kind {
    /// The name of the JavaScript class.
    pub fn name(self) -> &'static str {
        match self {
            Self::ApiStatus => "APIStatusError",
            Self::BadRequest => "BadRequestError",
            Self::Authentication => "AuthenticationError",
            Self::PermissionDenied => "PermissionDeniedError",
            Self::NotFound => "NotFoundError",
            Self::Conflict => "ConflictError",
            Self::RateLimit => "RateLimitError",
            Self::InternalServer => "InternalServerError",
            Self::Connection => "APIConnectionError",
            Self::Timeout => "APIConnectionTimeoutError",
        }
    }

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
