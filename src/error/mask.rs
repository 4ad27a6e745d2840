//! Servers and proxies repeat the API key in their messages, and messages end up in logs and issues.

use super::Error;

/// What stands in the place of a key.
pub(crate) const MASK: &str = "ak_***";

/// A shorter key is a stand-in such as `test`, and masking it would garble the codes that programs
/// branch on.
const SHORTEST_SECRET: usize = 6;

impl Error {
    /// The same error with `key` replaced by `ak_***` in all of its texts. A key of fewer than 6
    /// characters is no secret and stays.
    #[must_use]
    pub fn masked(mut self, key: &str) -> Self {
        let own = &mut *self.0;
        let texts = [&mut own.param, &mut own.request_id, &mut own.doc_url, &mut own.provider, &mut own.suggestion];
        for text in texts.into_iter().flatten().chain([&mut own.message, &mut own.code]) {
            if let Some(clean) = mask(text, key) {
                *text = clean;
            }
        }
        self
    }
}

/// Whether `key` is in `text`, and a secret.
pub(crate) fn shows(text: &str, key: &str) -> bool {
    key.len() >= SHORTEST_SECRET && find(text, key).is_some()
}

/// By hand: `str::find` brings a string searcher along.
fn find(text: &str, key: &str) -> Option<usize> {
    text.as_bytes().windows(key.len()).position(|part| part == key.as_bytes())
}

/// `text` without `key`, if it is in there.
fn mask(text: &str, key: &str) -> Option<String> {
    if !shows(text, key) {
        return None;
    }
    let (mut clean, mut rest) = (String::new(), text);
    while let Some((before, tail)) = find(rest, key).and_then(|at| rest.split_at_checked(at)) {
        clean.push_str(before);
        clean.push_str(MASK);
        rest = tail.strip_prefix(key).unwrap_or_default();
    }
    clean.push_str(rest);
    // The mask and what stands beside it can make the key anew. Such a text is not worth keeping.
    Some(if shows(&clean, key) { MASK.to_owned() } else { clean })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{ErrorType, Kind};

    const KEY: &str = "sk-secret-KEY-1234567890";

    #[test]
    fn leaves_the_key_in_no_field() {
        let leak = || Some(format!("<{KEY}>"));
        let mut error = Error::new(Kind::Authentication, 401, ErrorType::AuthenticationError, KEY, &["Bad key ", KEY]);
        (error.param, error.request_id, error.doc_url) = (leak(), leak(), leak());
        (error.provider, error.suggestion) = (leak(), leak());
        let error = error.masked(KEY);
        let shown = format!("{error:?} {error} {}", serde_json::to_string(&error.fields()).unwrap());
        assert!(!shown.contains("secret"), "{shown}");
        assert_eq!((error.message.as_str(), error.param.as_deref()), ("Bad key ak_***", Some("<ak_***>")));
    }

    #[test]
    fn replaces_every_occurrence_and_only_whole_ones() {
        let cases = [
            ("abcdefabcdef", "ak_***ak_***"),
            ("é abcdef é", "é ak_*** é"),
            ("abcdeabcdef", "abcdeak_***"),
            ("abcde", "abcde"),
            ("", ""),
        ];
        assert_eq!(mask("secret-keysecret-keya", "secret-keya").as_deref(), Some(MASK));
        for (text, clean) in cases {
            assert_eq!(mask(text, "abcdef").as_deref().unwrap_or(text), clean);
        }
    }

    #[test]
    fn leaves_the_text_alone_where_the_key_is_no_secret() {
        assert_eq!((mask("invalid key", "key"), mask("text", ""), mask("", "")), (None, None, None));
    }
}
