//! Headers that the caller adds.

use crate::error::Error;

/// Checks what `fetch` would refuse with a `TypeError` that shows the value, which may be a secret.
/// `param` is the option that the header came in.
///
/// # Errors
/// `invalid_parameter_value` for a name that is no token (RFC 9110, section 5.6.2) and for a value
/// with a control character or one above U+00FF. The message repeats neither.
pub fn check_header(param: &str, name: &str, value: &str) -> Result<(), Error> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || !name.bytes().all(is_token) {
        return Err(Error::invalid_option(param, "has a header name with characters that a name cannot have"));
    }
    // A tab is the one control character that a value may have; U+0080 to U+00FF are single bytes.
    if !value.chars().all(|c| c == '\t' || (' '..='\u{ff}').contains(&c) && c != '\u{7f}') {
        let problem = ["has a value of the header `", name, "` with a line break or another character it cannot have"];
        return Err(Error::invalid_option(param, &problem.concat()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn admits_what_a_header_can_carry() {
        let names = ["x-trace", "X_Trace.1", "!#$%&'*+-.^_`|~", "0"];
        let values = ["", "a b", "\ta", "~", "caf\u{e9}", "\u{ff}", "\u{80}"];
        for (name, value) in names.iter().flat_map(|name| values.map(|value| (name, value))) {
            assert_eq!(check_header("headers", name, value), Ok(()), "{name} {value:?}");
        }
    }

    #[test]
    fn refuses_everything_else_without_repeating_it() {
        for name in ["", "se cret", "secret:", "secret\r\n", "s\u{e9}cret", "secret\0", "\"secret\""] {
            let error = check_header("headers", name, "x").unwrap_err();
            assert!(!error.message.contains("cret"), "{error}");
        }
        for value in
            ["secret\r\nx: y", "secret\n", "secret\r", "secret\0", "secret\u{7f}", "secret\u{100}", "secret\u{1f}"]
        {
            let error = check_header("defaultHeaders", "x-a", value).unwrap_err();
            assert_eq!(
                (error.code.as_str(), error.param.as_deref()),
                ("invalid_parameter_value", Some("defaultHeaders"))
            );
            assert!(error.message.contains("`x-a`") && !error.message.contains("secret"), "{error}");
        }
    }
}
