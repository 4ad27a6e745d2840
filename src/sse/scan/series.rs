//! Scans of payloads that follow each other. Most chunks of a stream differ from the one before in
//! nothing but the text that they carry, so most need not be read as JSON again.
#![expect(
    clippy::inline_always,
    reason = "this runs for every event, and little is inlined by itself (scripts/build.sh)"
)]

use super::{Gap, Notes, scan};
use crate::sse::json::Cursor;
use std::ops::Range;

/// What stands around a payload in an event of one line.
const BEFORE: &[u8] = b"data: ";
const AFTER: &[u8] = b"\n\n";

/// The scans of one stream. Gives what [`scan`] gives, but for which of several empty strings is the gap.
#[derive(Debug, Default)]
pub struct Series {
    /// The last payload with a gap, without what was in its gaps, as an event of one line.
    frame: Vec<u8>,
    /// Where in the frame its gaps are: the text, and the padding if there is any, in the order of the payload.
    gaps: Vec<usize>,
    /// What a payload with this frame has, but for the places.
    notes: Notes,
    /// The padding comes before the text.
    padding_first: bool,
    /// The payload came in one line.
    is_one_line: bool,
}

/// What is known of a payload of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scanned {
    /// What [`scan`] notes.
    pub notes: Notes,
    /// Whether it differs from the last payload that was [`First`](Likeness::First) in its text and its
    /// padding alone.
    pub likeness: Likeness,
}

/// An event that was found before its end was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventAhead {
    /// Where its payload lies.
    pub data: Range<usize>,
    /// How long it is, with the empty line at its end.
    pub length: usize,
    /// What [`scan`] notes of the payload.
    pub notes: Notes,
}

/// Where the strings in the gaps of a frame lie, and where the frame ends.
struct Fit {
    one: (usize, usize),
    other: Option<(usize, usize)>,
    end: usize,
}

/// How a payload relates to others of its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Likeness {
    /// Like no other.
    None,
    /// Others can be like it.
    First,
    /// Like the last that was first.
    Like,
}

impl Series {
    /// What is known of the next payload; `None` when it is not exactly one object.
    pub fn scan(&mut self, payload: &[u8]) -> Option<Scanned> {
        if let Some(notes) = self.alike(payload) {
            return Some(Scanned { notes, likeness: Likeness::Like });
        }
        let notes = scan(payload)?;
        // What the client acts on is read from the chunk itself.
        let Some(gap) = notes.gap.filter(|_| !notes.usage && !notes.routing_metadata) else {
            return Some(Scanned { notes, likeness: Likeness::None });
        };
        let likeness = if self.remember(payload, notes, gap).is_some() { Likeness::First } else { Likeness::None };
        Some(Scanned { notes, likeness })
    }

    /// The event that `bytes` begin with, if it is whole, written as nearly all servers write theirs, and like the
    /// last payload that was [`First`](Likeness::First). Nothing is said of other events.
    ///
    /// So the bytes of most events are looked at once: their ends need not be searched for.
    pub fn event_ahead(&self, bytes: &[u8]) -> Option<EventAhead> {
        let fit = self.fit(bytes, 0..self.frame.len()).filter(|_| self.is_one_line)?;
        let data = BEFORE.len()..fit.end.checked_sub(AFTER.len())?;
        let within = |(from, to)| (from - data.start, to - data.start);
        let notes = self.noted(within(fit.one), fit.other.map(within));
        Some(EventAhead { data, length: fit.end, notes })
    }

    /// `None` where there is no memory for it.
    fn remember(&mut self, payload: &[u8], notes: Notes, gap: Gap) -> Option<()> {
        self.frame.clear();
        self.gaps.clear();
        self.frame.try_reserve(BEFORE.len() + payload.len() + AFTER.len()).ok()?;
        let text = (gap.from, gap.to);
        self.padding_first = notes.padding.is_some_and(|padding| padding < text);
        let places = match notes.padding {
            None => [Some(text), None],
            Some(padding) => [Some(padding.min(text)), Some(padding.max(text))],
        };
        self.frame.extend_from_slice(BEFORE);
        let mut from = 0;
        for (begin, end) in places.into_iter().flatten() {
            self.frame.extend_from_slice(payload.get(from..begin)?);
            self.gaps.push(self.frame.len());
            from = end;
        }
        self.frame.extend_from_slice(payload.get(from..)?);
        self.frame.extend_from_slice(AFTER);
        self.is_one_line = memchr::memchr(b'\n', payload).is_none();
        self.notes = notes;
        Some(())
    }

    /// The notes on a payload that has the frame of the one before: with other strings in the same
    /// places it is as valid as that was, and says the same.
    fn alike(&self, payload: &[u8]) -> Option<Notes> {
        let inside = BEFORE.len()..self.frame.len().checked_sub(AFTER.len())?;
        let fit = self.fit(payload, inside).filter(|fit| fit.end == payload.len())?;
        Some(self.noted(fit.one, fit.other))
    }

    /// Whether `bytes` begin with this part of the frame, all gaps in it filled with strings.
    #[inline(always)]
    fn fit(&self, bytes: &[u8], part: Range<usize>) -> Option<Fit> {
        let first = *self.gaps.first()?;
        let mut cursor = Cursor { text: bytes, at: 0 };
        let one = self.filled(&mut cursor, part.start..first)?;
        let (other, last) = match self.gaps.get(1) {
            None => (None, first),
            Some(&second) => (Some(self.filled(&mut cursor, first..second)?), second),
        };
        let rest = self.frame.get(last..part.end)?;
        let end = cursor.at + rest.len();
        same(bytes.get(cursor.at..end)?, rest).then_some(Fit { one, other, end })
    }

    /// Goes over a part of the frame and what fills the gap behind it; returns where that lies.
    #[inline(always)]
    fn filled(&self, cursor: &mut Cursor<'_>, part: Range<usize>) -> Option<(usize, usize)> {
        let part = self.frame.get(part)?;
        // The quotes belong to the frame, and the string is read from the first of them to behind the second.
        let begin = cursor.at + part.len();
        if !same(cursor.text.get(cursor.at..begin)?, part) {
            return None;
        }
        cursor.at = begin.checked_sub(1)?;
        let string = cursor.string()?;
        cursor.at = string.end;
        Some((string.start, string.end))
    }

    /// With what lies in the gaps, in their order.
    #[inline(always)]
    fn noted(&self, one: (usize, usize), other: Option<(usize, usize)>) -> Notes {
        let ((from, to), padding) = match other {
            Some(other) if self.padding_first => (other, Some(one)),
            _ => (one, other),
        };
        let content = self.notes.content.map(|_| (from, to));
        Notes { content, gap: self.notes.gap.map(|gap| Gap { from, to, ..gap }), padding, ..self.notes }
    }
}

/// As `==`, which for WebAssembly compares byte by byte.
#[inline(always)]
fn same(one: &[u8], other: &[u8]) -> bool {
    let ((ones, one_rest), (others, other_rest)) = (one.as_chunks::<16>(), other.as_chunks::<16>());
    one.len() == other.len()
        && ones.iter().zip(others).all(|(one, other)| u128::from_ne_bytes(*one) == u128::from_ne_bytes(*other))
        && one_rest == other_rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(text: &str, rest: &str) -> String {
        format!(r#"{{"id":"x","choices":[{{"index":0,"delta":{{"content":"{text}"}}{rest}}}]}}"#)
    }

    /// A text in each field that can have one, with padding before it, behind it and without.
    fn chunks_with(text: &str) -> Vec<String> {
        let deltas = [
            format!(r#""content":"{text}""#),
            format!(r#""content":"","reasoning_content":"{text}""#),
            format!(r#""reasoning":"{text}","content":"""#),
            format!(r#""content":null,"tool_calls":[{{"index":0,"function":{{"arguments":"{text}"}}}}]"#),
        ];
        let padding = "p".repeat(text.len() % 7);
        let around = [("", String::new()), ("", format!(r#","obfuscation":"{padding}""#))];
        let mut all = Vec::new();
        for delta in &deltas {
            for (before, behind) in &around {
                all.push(format!(r#"{{{before}"choices":[{{"index":0,"delta":{{{delta}}}}}]{behind}}}"#));
            }
            all.push(format!(r#"{{"obfuscation":"{padding}","choices":[{{"delta":{{{delta}}}}}]}}"#));
        }
        all
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
            payloads.extend(chunks_with(text));
            payloads.push(format!(r#"{{"choices":[{{"delta":{{"reasoning":"{text}","content":"beside"}}}}]}}"#));
        }
        // Which of two empty strings is the gap says nothing.
        let told = |notes: Notes| Notes {
            content: notes.content.filter(|(from, to)| from < to),
            gap: notes.gap.filter(|gap| gap.from < gap.to),
            ..notes
        };
        for first in &payloads {
            for second in &payloads {
                let mut series = Series::default();
                for payload in [first, second, first] {
                    let scanned = series.scan(payload.as_bytes()).map(|scanned| told(scanned.notes));
                    assert_eq!(scanned, scan(payload.as_bytes()).map(told), "{first} {second}");
                }
            }
        }
    }

    #[test]
    fn chunks_that_differ_in_their_text_and_padding_are_alike() {
        let ends = chunks_with("another text\u{1F642}").into_iter();
        for (first, second) in chunks_with("a").into_iter().zip(ends) {
            let mut series = Series::default();
            let likeness = |scanned: Option<Scanned>| scanned.unwrap().likeness;
            assert_eq!(likeness(series.scan(first.as_bytes())), Likeness::First, "{first}");
            assert_eq!(likeness(series.scan(second.as_bytes())), Likeness::Like, "{second}");
        }
    }

    #[test]
    fn an_event_ahead_is_found_when_it_is_whole_and_written_alike() {
        for (first, second) in chunks_with("a").into_iter().zip(chunks_with("\\u00e9 東\u{1F642}")) {
            let mut series = Series::default();
            series.scan(first.as_bytes()).unwrap();
            let event = format!("data: {second}\n\n");
            let ahead = series.event_ahead(format!("{event}data: {{").as_bytes()).unwrap();
            assert_eq!(event.get(ahead.data.clone()), Some(second.as_str()));
            assert_eq!(ahead.length, event.len());
            assert_eq!(Some(ahead.notes), series.scan(second.as_bytes()).map(|scanned| scanned.notes));
            for cut in 0..event.len() {
                assert_eq!(series.event_ahead(event.as_bytes().get(..cut).unwrap()), None, "{cut} of {event}");
            }
            for other in [
                event.replace("data: ", "data:"),
                event.replace('\n', "\r\n"),
                format!("id: 1\n{event}"),
                event.replacen("}\n", "}\ndata: \n", 1),
                event.replace("choices", "voices"),
            ] {
                assert_eq!(series.event_ahead(other.as_bytes()), None, "{other}");
            }
        }
        // In several lines it came, and in one line it would be another event.
        let mut series = Series::default();
        series.scan(chunk("a", "").replace(":[", ":\n[").as_bytes()).unwrap();
        let lines = format!("data: {}\n\n", chunk("a", "").replace(":[", ":\n["));
        assert_eq!(series.event_ahead(lines.as_bytes()), None);
    }

    #[test]
    fn what_the_client_acts_on_is_like_no_other() {
        let mut series = Series::default();
        for rest in [r#"}],"usage":{"x":1}}"#, r#"}],"routing_metadata":{}}"#] {
            let payload = format!(r#"{{"choices":[{{"delta":{{"content":"a"}}{rest}"#);
            for _ in 0..2 {
                assert_eq!(series.scan(payload.as_bytes()).unwrap().likeness, Likeness::None, "{payload}");
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
