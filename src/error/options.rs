//! Mistakes of the caller, found before anything is sent.

use super::{Error, ErrorType, Kind};
use crate::value::Value;

impl Error {
    /// Neither the option nor the environment gave a key. Code `missing_api_key`, status 0.
    pub fn missing_api_key() -> Self {
        Self::key(
            "missing_api_key",
            "There is no API key. Pass `apiKey` or set the environment variable AURIKO_API_KEY; pass \
             `apiKey: null` where a proxy behind `baseUrl` adds the key.",
        )
    }

    /// The key cannot be sent in a header. Never shows it. Code `invalid_api_key`, status 0.
    pub fn unusable_api_key() -> Self {
        Self::key(
            "invalid_api_key",
            "The API key has a space, a line break or another character inside that a key cannot have. Copy it \
             again, without `Bearer` before it.",
        )
    }

    /// The caller's function has given no key in time. Code `api_key_function`, status 0.
    pub fn api_key_timeout(limit_ms: u32) -> Self {
        let limit = limit_ms.to_string();
        let message =
            ["The `apiKey` function gave no key within ", &limit, " ms, so the request was not sent."].concat();
        Self::key("api_key_function", &message)
    }

    /// The caller's function that gives the key has thrown. Code `api_key_function`, status 0.
    pub fn api_key_function() -> Self {
        Self::key(
            "api_key_function",
            "The `apiKey` function has thrown, so the request was not sent. The `cause` tells more.",
        )
    }

    /// A key would be shipped to everyone who opens the page. Code `browser_api_key`, status 0.
    pub fn browser_api_key() -> Self {
        Self::key(
            "browser_api_key",
            "In a browser, everyone who opens the page can read the API key. Keep the key in an edge function or \
             a server that forwards the requests, and pass `apiKey: null` with its address as `baseUrl`; or pass \
             `dangerouslyAllowBrowser: true` if the key belongs to the person at the browser.",
        )
    }

    /// An option has a value that it cannot have. `rule` continues "`param` must be". Says which
    /// kind of value came, and of small whole numbers which; never a text, which may be a secret.
    /// Code `invalid_parameter_value`, status 400.
    pub fn invalid_value(param: &str, rule: &str, got: &Value) -> Self {
        Self::invalid(param, &["must be ", rule, ", not ", &name(got)])
    }

    /// As [`Error::invalid_value`], where the kind of the value says nothing. `problem` continues
    /// "`param`".
    pub fn invalid_option(param: &str, problem: &str) -> Self {
        Self::invalid(param, &[problem])
    }

    /// Something that has to be there is not. `what_to_do` is the whole advice. Code
    /// `missing_required_parameter`, status 400.
    pub fn missing_parameter(param: &str, what_to_do: &str) -> Self {
        Self::refused("missing_required_parameter", param, &["`", param, "` is missing. ", what_to_do])
    }

    /// An option that was refused for any reason, `code` saying which (`unknown_field`, say) and
    /// `message` all the rest. Status 400.
    pub fn refused(code: &str, param: &str, message: &[&str]) -> Self {
        let mut error = Self::new(Kind::BadRequest, 400, ErrorType::InvalidRequestError, code, message);
        error.param = Some(param.to_owned());
        error
    }

    fn key(code: &str, message: &str) -> Self {
        Self::new(Kind::Authentication, 0, ErrorType::AuthenticationError, code, &[message])
    }

    fn invalid(param: &str, problem: &[&str]) -> Self {
        Self::refused("invalid_parameter_value", param, &["`", param, "` ", &problem.concat(), "."])
    }
}

/// A value as a message names it.
fn name(value: &Value) -> String {
    match value {
        #[expect(clippy::cast_possible_truncation, reason = "the guard admits what an i32 holds")]
        Value::Number(n) if n.fract() == 0.0 && n.abs() < f64::from(i32::MAX) => (*n as i32).to_string(),
        Value::Number(n) if n.is_nan() => "NaN".to_owned(),
        Value::Number(n) if n.is_infinite() => "Infinity".to_owned(),
        Value::Number(n) if n.fract() != 0.0 => "a fraction".to_owned(),
        Value::Number(_) => "so large a number".to_owned(),
        Value::String(text) if text.is_empty() => "an empty string".to_owned(),
        // Both are what is not given.
        Value::Null => "null or undefined".to_owned(),
        Value::Bool(_) | Value::String(_) | Value::Array(_) | Value::Object(_) | Value::Other(_) => {
            value.kind().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_which_option_is_wrong_and_what_it_may_be() {
        let got = |value: Value| Error::invalid_value("timeout", "above 0", &value).message.clone();
        assert_eq!(got(Value::Number(-1.0)), "`timeout` must be above 0, not -1.");
        assert_eq!(got(Value::Number(0.5)), "`timeout` must be above 0, not a fraction.");
        assert_eq!(got(Value::Number(f64::from(i32::MAX))), "`timeout` must be above 0, not so large a number.");
        assert_eq!(got(Value::Number(f64::INFINITY)), "`timeout` must be above 0, not Infinity.");
        assert_eq!(got(Value::String(String::new())), "`timeout` must be above 0, not an empty string.");
        assert_eq!(got(Value::Null), "`timeout` must be above 0, not null or undefined.");
        assert_eq!(got(Value::Number(f64::NAN)), "`timeout` must be above 0, not NaN.");
        assert_eq!(got(Value::String("5s".to_owned())), "`timeout` must be above 0, not a string.");
        assert_eq!(got(Value::Other("a function")), "`timeout` must be above 0, not a function.");
    }

    #[test]
    fn has_the_codes_and_classes_that_programs_branch_on() {
        let cases = [
            (Error::missing_api_key(), Kind::Authentication, 0, "missing_api_key", None),
            (Error::unusable_api_key(), Kind::Authentication, 0, "invalid_api_key", None),
            (Error::browser_api_key(), Kind::Authentication, 0, "browser_api_key", None),
            (Error::invalid_value("p", "", &Value::Null), Kind::BadRequest, 400, "invalid_parameter_value", Some("p")),
            (Error::invalid_option("p", ""), Kind::BadRequest, 400, "invalid_parameter_value", Some("p")),
            (Error::missing_parameter("p", ""), Kind::BadRequest, 400, "missing_required_parameter", Some("p")),
            (Error::refused("unknown_field", "p", &[]), Kind::BadRequest, 400, "unknown_field", Some("p")),
        ];
        for (error, kind, status, code, param) in cases {
            assert_eq!((error.kind, error.status_code, error.code.as_str()), (kind, status, code));
            assert_eq!(error.param.as_deref(), param);
            assert_eq!(kind, Kind::of(error.error_type, status));
        }
    }

    #[test]
    fn names_the_way_out() {
        for word in ["apiKey", "AURIKO_API_KEY", "null"] {
            assert!(Error::missing_api_key().message.contains(word), "{word}");
        }
        for word in ["edge", "apiKey: null", "baseUrl", "dangerouslyAllowBrowser: true"] {
            assert!(Error::browser_api_key().message.contains(word), "{word}");
        }
        assert_eq!(Error::missing_parameter("model", "Name one.").message, "`model` is missing. Name one.");
    }
}
