//! The API key. It has a type of its own so that it cannot be printed by accident.

use crate::error::Error;
use std::fmt;

/// A key that can be sent in a header. `Debug` and `Display` show `ak_***`.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// Takes `text` without the whitespace around it: a key read from a file ends with a line break.
    ///
    /// # Errors
    /// `missing_api_key` if nothing is left, `invalid_api_key` if a character is not visible ASCII.
    /// Neither shows the key.
    pub fn new(text: &str) -> Result<Self, Error> {
        let key = bare(text);
        if key.is_empty() {
            return Err(Error::missing_api_key());
        }
        // A line break would be a second header, and `fetch` would show the whole value in its TypeError.
        if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Error::unusable_api_key());
        }
        Ok(Self(key.to_owned()))
    }

    /// The value of the `Authorization` header.
    pub fn bearer(&self) -> String {
        ["Bearer ", &self.0].concat()
    }

    /// The secret itself: for the `Authorization` header and for [`Error::masked`], nothing else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(crate::error::MASK)
    }
}

/// The key of a client: the option, else the environment variable `AURIKO_API_KEY`. Blank ones count
/// as not given. (`apiKey: null` means no key; then this is not called.)
///
/// # Errors
/// Those of [`ApiKey::new`].
pub fn resolve_key(explicit: Option<&str>, env: Option<&str>) -> Result<ApiKey, Error> {
    let given = [explicit, env].into_iter().flatten().find(|key| !bare(key).is_empty());
    ApiKey::new(given.unwrap_or_default())
}

/// Without whitespace and byte order marks around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_option_before_the_environment_and_blank_for_missing() {
        let cases = [
            (Some("ak_a"), Some("ak_b"), Some("ak_a")),
            (None, Some("ak_b"), Some("ak_b")),
            (Some(""), Some("ak_b"), Some("ak_b")),
            (Some(" \t"), Some("ak_b"), Some("ak_b")),
            (Some(" ak_a\r\n"), None, Some("ak_a")),
            (Some("\u{feff}ak_a\u{a0}"), None, Some("ak_a")),
            (None, Some("\n"), None),
            (None, None, None),
        ];
        for (explicit, env, expected) in cases {
            match (resolve_key(explicit, env), expected) {
                (Ok(key), Some(expected)) => assert_eq!(key.reveal(), expected),
                (Err(error), None) => assert_eq!(error.code, "missing_api_key"),
                (result, _) => panic!("{explicit:?} {env:?} {result:?}"),
            }
        }
    }

    #[test]
    fn refuses_what_a_header_cannot_carry_without_showing_it() {
        for inside in [" ", "\r\n", "\n", "\t", "\0", "\u{7f}", "\u{1b}", "é", "\u{200b}", "\u{a0}"] {
            let error = ApiKey::new(&format!("ak_secret{inside}secret")).unwrap_err();
            assert_eq!(error.code, "invalid_api_key", "{inside:?}");
            assert!(!format!("{error:?}").contains("secret"), "{error:?}");
        }
    }

    #[test]
    fn shows_the_key_to_no_formatter() {
        let key = ApiKey::new("ak_secret").unwrap();
        assert_eq!(format!("{key} {key:?} {key:#?} {:?}", Some(&key)), "ak_*** ak_*** ak_*** Some(ak_***)");
    }
}
