//! Reads the grammar of JSON from bytes, token by token, without building anything.
//!
//! Bytes above U+007F are taken inside of strings and nowhere else; whether they are UTF-8 is not
//! looked at, since decoders put U+FFFD where they are not.

use std::ops::Range;

/// A place in a text of JSON. Each reader stands before its token and leaves the cursor behind it, or
/// gives `None` where something else stands.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// A string, from quote to quote; returns where its inside lies.
    pub(super) fn string(&mut self) -> Option<Range<usize>> {
        if self.peek()? != b'"' {
            return None;
        }
        self.at += 1;
        let begin = self.at;
        loop {
            self.skip_plain();
            match self.peek()? {
                b'"' => break,
                b'\\' => self.escape()?,
                0..b' ' => return None,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(begin..self.at - 1)
    }

    /// A number, `true`, `false` or `null`.
    pub(super) fn scalar(&mut self) -> Option<()> {
        match self.peek()? {
            b'n' => self.word(b"null"),
            b't' => self.word(b"true"),
            b'f' => self.word(b"false"),
            _ => self.number(),
        }
    }

    /// Goes to a quote, a backslash or a control character, eight bytes at a time. Near the end of the
    /// text it stays behind.
    fn skip_plain(&mut self) {
        while let Some(bytes) = self.rest().first_chunk() {
            let found = special(u64::from_le_bytes(*bytes));
            if found != 0 {
                self.at += found.trailing_zeros() as usize / 8;
                return;
            }
            self.at += 8;
        }
    }

    fn escape(&mut self) -> Option<()> {
        self.at += match self.text.get(self.at + 1)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
            b'u' if self.text.get(self.at + 2..self.at + 6)?.iter().all(u8::is_ascii_hexdigit) => 6,
            _ => return None,
        };
        Some(())
    }

    fn word(&mut self, word: &[u8]) -> Option<()> {
        self.at += word.len();
        (self.text.get(self.at - word.len()..self.at)? == word).then_some(())
    }

    fn number(&mut self) -> Option<()> {
        self.at += usize::from(self.peek()? == b'-');
        if self.peek()? == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Some(())
    }

    /// At least one.
    fn digits(&mut self) -> Option<()> {
        let begin = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > begin).then_some(())
    }
}

/// The high bit of each byte that ends a run of plain text in a string. Above the lowest one that is set,
/// others may be set by a carry.
fn special(bytes: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let below = |bytes: u64, limit: u8| bytes.wrapping_sub(ONES * u64::from(limit)) & !bytes;
    let equal = |byte: u8| below(bytes ^ (ONES * u64::from(byte)), 1);
    (below(bytes, b' ') | equal(b'"') | equal(b'\\')) & HIGH
}

/// Which of the brackets that are open are those of objects.
#[derive(Default)]
pub(super) struct Nesting {
    pub(super) depth: u32,
    /// A bit for each of the innermost levels, 64 at the most. The last bit is the innermost.
    objects: u64,
    /// The levels around them, 64 in each.
    outer: Vec<u64>,
}

impl Nesting {
    pub(super) fn open(&mut self, object: bool) {
        if self.depth > 0 && self.depth.is_multiple_of(u64::BITS) {
            self.outer.push(self.objects);
        }
        self.objects = self.objects << 1 | u64::from(object);
        self.depth += 1;
    }

    pub(super) fn close(&mut self) {
        self.objects >>= 1;
        self.depth -= 1;
        if self.depth > 0 && self.depth.is_multiple_of(u64::BITS) {
            self.objects = self.outer.pop().unwrap_or_default();
        }
    }

    pub(super) fn in_object(&self) -> bool {
        self.objects & 1 == 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_scalar(text: &str) -> bool {
        let mut cursor = Cursor { text: text.as_bytes(), at: 0 };
        cursor.scalar().is_some() && cursor.at == text.len()
    }

    fn is_string(text: &str) -> bool {
        let mut cursor = Cursor { text: text.as_bytes(), at: 0 };
        cursor.string() == Some(1..text.len() - 1)
    }

    #[test]
    fn scalars_are_those_of_json() {
        let scalars = ["0", "-0", "10", "1.5", "-0.25e+10", "1E-7", "0e0", "true", "false", "null"];
        let others = ["", "-", "01", "+1", ".5", "1.", "1.e1", "1e", "1e+", "--1", "0x1", "nul", "True", "NaN", "é"];
        for (texts, expected) in [(&scalars[..], true), (&others[..], false)] {
            for text in texts {
                assert_eq!(is_scalar(text), expected, "{text}");
                assert_eq!(serde_json::from_str::<serde_json::Value>(text).is_ok(), expected, "{text}");
            }
        }
    }

    #[test]
    fn strings_are_those_of_json_wherever_their_end_lies() {
        for inside in ["", r"\n", r#"\"\\\/\b\f\n\r\t"#, r"\u00e9\uD83D", "é🙂", "\u{7f}", r"\\"] {
            for padding in 0..20 {
                let string = format!("\"{}{inside}{}\"", "é".repeat(padding), "x".repeat(padding));
                assert!(is_string(&string), "{string}");
            }
        }
        for inside in ["\n", "\0", "\u{1f}", r"\x", r"\u12", r"\u12g4", "\\", "\"x"] {
            for padding in 0..20 {
                let string = format!("\"{}{inside}{0}\"", "x".repeat(padding));
                assert!(!is_string(&string), "{string}");
            }
        }
    }

    #[test]
    fn nesting_is_remembered_at_every_depth() {
        let kinds: Vec<bool> = (0..200).map(|level: u32| level.is_multiple_of(3)).collect();
        let mut nesting = Nesting::default();
        for kind in &kinds {
            nesting.open(*kind);
        }
        for kind in kinds.iter().rev() {
            assert_eq!(nesting.in_object(), *kind);
            nesting.close();
        }
        assert_eq!(nesting.depth, 0);
    }
}
