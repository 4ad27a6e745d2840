//! Scans of payloads that follow each other. Most chunks of a stream differ from the one before in
//! nothing but the text that they carry, so most need not be read as JSON again.

use super::{Notes, scan};
use crate::sse::json::Cursor;

/// The scans of one stream. Gives just what [`scan`] gives.
#[derive(Debug, Default)]
pub struct Series {
    /// The last payload that carried text, without that text.
    frame: Vec<u8>,
    /// Where in the frame the text was.
    gap: usize,
    notes: Notes,
}

impl Series {
    /// The notes on the next payload, or `None` when it is not exactly one object.
    pub fn scan(&mut self, payload: &[u8]) -> Option<Notes> {
        if let Some(notes) = self.alike(payload) {
            return Some(notes);
        }
        let notes = scan(payload)?;
        if let Some((from, to)) = notes.content {
            self.frame.clear();
            self.frame.extend_from_slice(payload.get(..from)?);
            self.frame.extend_from_slice(payload.get(to..)?);
            (self.gap, self.notes) = (from, notes);
        }
        Some(notes)
    }

    /// The notes on a payload that has the frame of the one before: with another string in the same
    /// place it is as valid as that was, and says the same.
    fn alike(&self, payload: &[u8]) -> Option<Notes> {
        let (before, after) = self.frame.split_at_checked(self.gap)?;
        let end = payload.len().checked_sub(after.len())?;
        if !payload.starts_with(before) || !payload.ends_with(after) {
            return None;
        }
        let text = Cursor { text: payload, at: self.gap.checked_sub(1)? }.string()?;
        (text.end == end).then_some(Notes { content: Some((self.gap, end)), ..self.notes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(text: &str, rest: &str) -> String {
        format!(r#"{{"id":"x","choices":[{{"index":0,"delta":{{"content":"{text}"}}{rest}}}]}}"#)
    }

    #[test]
    fn gives_what_a_scan_of_each_gives_in_any_order() {
        let finished = r#","finish_reason":"stop""#;
        let mut payloads = vec![
            r#"{"error":{"code":"x"}}"#.to_owned(),
            r#"{"usage":{},"routing_metadata":{}}"#.to_owned(),
            r#"{"choices":[]}"#.to_owned(),
            "{".to_owned(),
            "[]".to_owned(),
        ];
        for text in ["", "a", "bc", "é東🙂", r#"\"\\\u00e9"#, r"\x", "\n", r#"a"},{"b":"c"#, "\"", "\\"] {
            payloads.extend([chunk(text, ""), chunk(text, finished), chunk(text, "").replace('x', "y")]);
            // Cut off, and with more behind it.
            payloads.extend([chunk(text, "").split_at(30).0.to_owned(), chunk(text, "") + ","]);
        }
        for first in &payloads {
            for second in &payloads {
                let mut series = Series::default();
                for payload in [first, second, first] {
                    assert_eq!(series.scan(payload.as_bytes()), scan(payload.as_bytes()), "{first} {second}");
                }
            }
        }
    }

    #[test]
    fn a_text_that_ends_its_string_early_is_no_text() {
        let mut series = Series::default();
        series.scan(chunk("a", "").as_bytes()).unwrap();
        assert_eq!(series.alike(chunk("b", "").as_bytes()), scan(chunk("b", "").as_bytes()));
        for text in [r#"a","content":"b"#, "\"", "\\", "\u{1}"] {
            assert_eq!(series.alike(chunk(text, "").as_bytes()), None, "{text}");
        }
    }
}
