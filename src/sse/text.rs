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
    /// does not have, and where there is no memory for it. Control characters are not looked for again: the scan takes none.
    pub fn append(&mut self, escaped: &[u8], text: &mut Vec<u8>) -> Option<()> {
        // No text is longer than what is written for it.
        text.try_reserve(escaped.len()).ok()?;
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

/// Appends the text of the string whose inside is `escaped`; returns its length in units of UTF-16. `None`, and
/// nothing sure about `text`, where UTF-8 cannot say exactly what `JSON.parse` makes of it: halves of characters,
/// and bytes that are no character. The same where there is no memory for it.
pub fn unescape(escaped: &[u8], text: &mut Vec<u8>) -> Option<u32> {
    let begin = text.len();
    text.try_reserve(escaped.len()).ok()?;
    if memchr::memchr(b'\\', escaped).is_none() {
        text.extend_from_slice(escaped);
    } else {
        let mut reader = Text::default();
        reader.append(escaped, text)?;
        let mut triples = text.get(begin..)?.windows(3);
        if reader.high.is_some() || triples.any(|bytes| bytes == "\u{FFFD}".as_bytes()) {
            return None;
        }
    }
    let text = text.get(begin..)?;
    if text.is_ascii() {
        return u32::try_from(text.len()).ok();
    }
    u32::try_from(std::str::from_utf8(text).ok()?.encode_utf16().count()).ok()
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
    fn unescapes_what_both_encodings_can_say_and_counts_it_in_utf_16() {
        for json in [r#""""#, r#""plain""#, r#""é東🙂\n\u00e9\ud83d\uDE42""#, "\"\u{FFFD}\""] {
            let (mut text, expected) = (Vec::new(), serde_json::from_str::<String>(json).unwrap());
            let units = unescape(json.get(1..json.len() - 1).unwrap().as_bytes(), &mut text);
            assert_eq!(units, Some(u32::try_from(expected.encode_utf16().count()).unwrap()), "{json}");
            assert_eq!(String::from_utf8(text).unwrap(), expected);
        }
        for inside in [&br"\ud83d"[..], br"a\ude42", br"\x", b"\xFF", b"a\xE2\x82", br"\n\uFFFD"] {
            assert_eq!(unescape(inside, &mut Vec::new()), None, "{inside:?}");
        }
    }

    #[test]
    fn refuses_escapes_that_json_does_not_know() {
        for wrong in [r"\x", r"\", r"\u12", r"\u12g4"] {
            assert_eq!(text(&[wrong]), None, "{wrong}");
        }
    }
}
