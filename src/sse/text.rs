//! Text out of JSON strings, without building the objects around it.

/// Unescapes the contents of JSON strings that follow each other.
///
/// A character beyond U+FFFF may be escaped as two halves, and a server may put them into two chunks;
/// the first half waits for the second.
#[derive(Debug, Default)]
pub struct Text {
    high: Option<u32>,
}

impl Text {
    /// Appends the text of the string whose inside is `escaped`, as UTF-8. `None` at an escape that JSON
    /// does not have. Control characters are not looked for again: the scan takes none.
    pub fn append(&mut self, escaped: &[u8], text: &mut Vec<u8>) -> Option<()> {
        let mut rest = escaped;
        while let Some(backslash) = memchr::memchr(b'\\', rest) {
            self.plain(rest.get(..backslash)?, text);
            let escape = *rest.get(backslash + 1)?;
            rest = rest.get(backslash + 2..)?;
            let character = match escape {
                b'"' | b'\\' | b'/' => escape,
                b'b' => 0x08,
                b'f' => 0x0C,
                b'n' => b'\n',
                b'r' => b'\r',
                b't' => b'\t',
                b'u' => {
                    self.unit(hex(rest.get(..4)?)?, text);
                    rest = rest.get(4..)?;
                    continue;
                }
                _ => return None,
            };
            self.plain(&[character], text);
        }
        self.plain(rest, text);
        Some(())
    }

    /// What is left at the end of the last string.
    pub fn finish(&mut self, text: &mut Vec<u8>) {
        if self.high.take().is_some() {
            put(char::REPLACEMENT_CHARACTER, text);
        }
    }

    fn plain(&mut self, mut bytes: &[u8], text: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        self.finish(text);
        // What begins inside of a character must not become one with what was cut off before.
        while let Some((0x80..=0xBF, rest)) = bytes.split_first() {
            put(char::REPLACEMENT_CHARACTER, text);
            bytes = rest;
        }
        text.extend_from_slice(bytes);
    }

    /// One unit of UTF-16.
    fn unit(&mut self, unit: u32, text: &mut Vec<u8>) {
        let character = match (self.high.take(), unit) {
            (Some(high), 0xDC00..=0xDFFF) => char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (unit - 0xDC00)),
            (pending, _) => {
                if pending.is_some() {
                    put(char::REPLACEMENT_CHARACTER, text);
                }
                if (0xD800..=0xDBFF).contains(&unit) {
                    self.high = Some(unit);
                    return;
                }
                char::from_u32(unit)
            }
        };
        put(character.unwrap_or(char::REPLACEMENT_CHARACTER), text);
    }
}

fn put(character: char, text: &mut Vec<u8>) {
    text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

fn hex(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |value, &digit| Some(value * 16 + char::from(digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(strings: &[&str]) -> Option<String> {
        let (mut text, mut out) = (Text::default(), Vec::new());
        for string in strings {
            text.append(string.as_bytes(), &mut out)?;
        }
        text.finish(&mut out);
        Some(String::from_utf8(out).unwrap())
    }

    #[test]
    fn is_what_json_parse_would_have_read() {
        for json in
            [r#""""#, r#""plain é🙂""#, r#""\"\\\/\b\f\n\r\t""#, r#""\u00e9\u0000\ud83d\uDE42x""#, r#""a\nb\nc""#]
        {
            let inside = json.get(1..json.len() - 1).unwrap();
            assert_eq!(text(&[inside]), Some(serde_json::from_str(json).unwrap()), "{json}");
        }
    }

    #[test]
    fn halves_of_a_character_meet_across_strings() {
        assert_eq!(text(&[r"a\ud83d", r"\ude42b"]).as_deref(), Some("a🙂b"));
        assert_eq!(text(&[r"a\ud83d", "", r"\ude42b"]).as_deref(), Some("a🙂b"));
    }

    #[test]
    fn half_a_character_alone_becomes_the_replacement_character() {
        for alone in [&[r"a\ud83d"][..], &[r"a\ude42"], &[r"a\ud83d", ""]] {
            assert_eq!(text(alone).as_deref(), Some("a\u{FFFD}"), "{alone:?}");
        }
        assert_eq!(text(&[r"\ud83d", "b"]).as_deref(), Some("\u{FFFD}b"));
        assert_eq!(text(&[r"\ud83d\ud83d\ude42"]).as_deref(), Some("\u{FFFD}🙂"));
    }

    #[test]
    fn bytes_that_are_no_character_do_not_become_one_across_strings() {
        let (mut text, mut out) = (Text::default(), Vec::new());
        for inside in [&b"\xE2\x82"[..], b"\xAC", b"\xE2", br"\u0041", b"\x82\xAC"] {
            text.append(inside, &mut out).unwrap();
        }
        assert_eq!(String::from_utf8_lossy(&out), "\u{FFFD}\u{FFFD}\u{FFFD}A\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn refuses_escapes_that_json_does_not_know() {
        for wrong in [r"\x", r"\", r"\u12", r"\u12g4"] {
            assert_eq!(text(&[wrong]), None, "{wrong}");
        }
    }
}
