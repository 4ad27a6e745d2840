//! Looks at a JSON object without building it: is it whole, and does it carry something that the
//! client must act on?
//!
//! What it promises is lexical: brackets are balanced outside strings, one object and nothing else.
//! Payloads of which that holds can be joined by commas into one array, and `JSON.parse` then reads
//! each of them just as it would have read it alone, or refuses the array as a whole.

use super::Text;
use std::borrow::Cow;
use std::ops::Range;

/// What was noticed in a payload. A mark says that a closer look is due, not that the value is valid.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a mark of its own; any may be set with any")]
pub struct Notes {
    /// There is a member `routing_metadata`, not null.
    pub routing_metadata: bool,
    /// There is a member `usage`, not null.
    pub usage: bool,
    /// There is a member `error`, and it is not empty: not null, not false, not "".
    pub error: bool,
    /// A choice has a `finish_reason`.
    pub finish_reason: bool,
    /// The `type` of an event of the Responses API, where it matters.
    pub event: EventKind,
    /// Where the text of the first choice lies, `choices[0].delta.content`, still escaped.
    pub content: Option<(usize, usize)>,
}

/// What the `type` of an event says about the stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EventKind {
    /// The stream goes on.
    #[default]
    Ordinary,
    /// `response.completed`, `response.incomplete` or `response.failed`: the last event.
    Terminal,
    /// `error`.
    Error,
}

/// The notes on `payload`, or `None` when it is not exactly one object.
pub fn scan(payload: &[u8]) -> Option<Notes> {
    let mut scanner = Scanner {
        payload,
        at: 0,
        depth: 0,
        in_choices: false,
        in_delta: false,
        choices: 0,
        choice_finished: false,
        notes: Notes::default(),
    };
    scanner.skip_space();
    if scanner.peek() != Some(b'{') {
        return None;
    }
    scanner.object()?;
    scanner.skip_space();
    scanner.peek().is_none().then_some(scanner.notes)
}

struct Scanner<'a> {
    payload: &'a [u8],
    at: usize,
    depth: u32,
    in_choices: bool,
    in_delta: bool,
    /// How many choices have begun.
    choices: u32,
    /// The choice has a finish reason. Of two members of one name the last holds.
    choice_finished: bool,
    notes: Notes,
}

/// The depth of the members of the payload itself.
const TOP: u32 = 1;
/// The depth of the members of a choice: object, array, object.
const CHOICE: u32 = 3;
/// The depth of the members of a delta.
const DELTA: u32 = 4;

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<u8> {
        self.payload.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.payload.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
    }

    /// From the opening brace to its closing one.
    fn object(&mut self) -> Option<()> {
        loop {
            match self.peek()? {
                b'"' => self.string()?,
                b'{' | b'[' => {
                    self.depth += 1;
                    self.at += 1;
                    self.choices += u32::from(self.depth == CHOICE && self.in_choices);
                }
                b'}' | b']' => {
                    if self.depth == CHOICE && self.in_choices {
                        self.notes.finish_reason |= std::mem::take(&mut self.choice_finished);
                    }
                    self.depth -= 1;
                    self.at += 1;
                    if self.depth == 0 {
                        return Some(());
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    /// A string, and if it names a member that matters, a look at what follows.
    fn string(&mut self) -> Option<()> {
        let begin = self.at + 1;
        self.end_of_string()?;
        if self.depth != TOP && !(self.in_choices && (self.depth == CHOICE || (self.depth == DELTA && self.in_delta))) {
            return Some(());
        }
        let name = begin..self.at - 1;
        self.skip_space();
        if self.peek() == Some(b':') {
            self.at += 1;
            self.skip_space();
            match self.depth {
                TOP => self.member(name),
                CHOICE => self.member_of_choice(name),
                _ => self.member_of_delta(name)?,
            }
        }
        Some(())
    }

    fn end_of_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            self.at += memchr::memchr2(b'"', b'\\', self.rest())?;
            if self.peek()? == b'"' {
                self.at += 1;
                return Some(());
            }
            self.at += 2;
        }
    }

    fn member(&mut self, name: Range<usize>) {
        let name = self.name(name);
        let value = self.rest();
        let given = !value.starts_with(b"null");
        self.in_choices = *name == *b"choices";
        if self.in_choices {
            (self.choices, self.notes.finish_reason, self.notes.content) = (0, false, None);
        }
        match &*name {
            b"routing_metadata" => self.notes.routing_metadata = given,
            b"usage" => self.notes.usage = given,
            b"error" => self.notes.error = given && !value.starts_with(b"\"\"") && !value.starts_with(b"false"),
            b"type" => self.notes.event = event_kind(value),
            _ => {}
        }
    }
}

impl<'a> Scanner<'a> {
    /// A name as it is meant: it may be written with escapes.
    fn name(&self, range: Range<usize>) -> Cow<'a, [u8]> {
        let written = self.payload.get(range).unwrap_or_default();
        if memchr::memchr(b'\\', written).is_none() {
            return Cow::Borrowed(written);
        }
        let mut name = Vec::new();
        // What is no string of JSON has no name that matters.
        let _ = Text::default().append(written, &mut name);
        Cow::Owned(name)
    }

    fn member_of_choice(&mut self, name: Range<usize>) {
        let name = self.name(name);
        let value = self.rest();
        self.in_delta = *name == *b"delta" && self.choices == 1;
        if *name == *b"finish_reason" {
            // Some providers send "" until the reason is known.
            self.choice_finished = !value.starts_with(b"null") && !value.starts_with(b"\"\"");
        }
        if *name == *b"index" && self.choices == 1 && !value.starts_with(b"0") {
            // The first in this chunk, but not the first choice. Its text comes before or after this.
            self.choices += 1;
            self.notes.content = None;
        }
    }

    fn member_of_delta(&mut self, name: Range<usize>) -> Option<()> {
        if self.peek() == Some(b'"') && self.choices == 1 && *self.name(name) == *b"content" {
            let begin = self.at + 1;
            self.end_of_string()?;
            self.notes.content = Some((begin, self.at - 1));
        }
        Some(())
    }
}

fn event_kind(value: &[u8]) -> EventKind {
    const TERMINAL: [&[u8]; 3] = [b"\"response.completed\"", b"\"response.incomplete\"", b"\"response.failed\""];
    if value.starts_with(b"\"error\"") {
        EventKind::Error
    } else if TERMINAL.iter().any(|name| value.starts_with(name)) {
        EventKind::Terminal
    } else {
        EventKind::Ordinary
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notes(json: &str) -> Notes {
        scan(json.as_bytes()).unwrap_or_else(|| panic!("refused: {json}"))
    }

    #[test]
    fn one_whole_object_and_nothing_else() {
        for whole in ["{}", " {\"a\":[{}]}\n", r#"{"a":"}\"]\\"}"#, "{\"\":\"\"}"] {
            assert!(scan(whole.as_bytes()).is_some(), "{whole}");
        }
        for other in
            ["", " ", "[]", "1", "\"x\"", "{", "{}}", "{},{}", "{}1", "}", "{\"a\":\"}", "{\"a\":\"\\\"}", "{\"\\"]
        {
            assert_eq!(scan(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn notices_members_of_the_top_level_only() {
        let all = notes(r#"{"routing_metadata":{},"usage" : {"usage":1},"error":"x"}"#);
        assert!(all.routing_metadata && all.usage && all.error);
        assert_eq!(notes(r#"{"x":{"routing_metadata":1,"usage":1,"error":1}}"#), Notes::default());
        assert_eq!(notes(r#"{"a":"routing_metadata","b":"\"usage\":1","usage":null,"error": null}"#), Notes::default());
    }

    #[test]
    fn notices_the_finish_reason_of_any_choice() {
        assert!(notes(r#"{"choices":[{"finish_reason":null},{"delta":{},"finish_reason":"stop"}]}"#).finish_reason);
        for none in [
            r#"{"choices":[{"finish_reason":null}]}"#,
            r#"{"choices":[{"finish_reason":""}]}"#,
            r#"{"choices":[{"finish_reason":"stop","finish_reason":null}]}"#,
            r#"{"choices":[{"finish_reason":"stop"}],"choices":[]}"#,
            r#"{"choices":[{"delta":{"finish_reason":"stop"}}]}"#,
            r#"{"choices":[],"x":[{"finish_reason":"stop"}]}"#,
            r#"{"choices":[{"delta":{"content":"\"finish_reason\":\"stop\""}}]}"#,
        ] {
            assert!(!notes(none).finish_reason, "{none}");
        }
    }

    #[test]
    fn finds_the_text_of_the_first_choice() {
        let text = |json: &str| notes(json).content.map(|(from, to)| json.get(from..to).unwrap().to_owned());
        assert_eq!(
            text(r#"{"choices":[{"index":0,"delta":{"role":"a","content":"x\"}"}}]}"#).as_deref(),
            Some(r#"x\"}"#)
        );
        assert_eq!(text(r#"{"\u0063hoices":[{"d\u0065lta":{"conten\u0074":"x"}}]}"#).as_deref(), Some("x"));
        assert_eq!(text(r#"{"choices":[{"delta":{"content":""}},{"delta":{"content":"b"}}]}"#).as_deref(), Some(""));
        for none in [
            r#"{"choices":[{"delta":{"content":null}}]}"#,
            r#"{"choices":[{"delta":{"content":["x"],"x":{"content":"x"}}}]}"#,
            r#"{"choices":[{"logprobs":{"content":"x"}}],"delta":{"content":"x"}}"#,
            r#"{"choices":[{"index":1,"delta":{"content":"x"}}]}"#,
            r#"{"choices":[{"delta":{"content":"x"},"index":1}]}"#,
            r#"{"choices":[{"delta":{}},{"delta":{"content":"x"}}]}"#,
        ] {
            assert_eq!(text(none), None, "{none}");
        }
    }

    #[test]
    fn tells_terminal_and_error_events() {
        assert_eq!(notes(r#"{"type":"response.completed"}"#).event, EventKind::Terminal);
        assert_eq!(notes(r#"{"sequence_number":1,"type": "error"}"#).event, EventKind::Error);
        assert_eq!(notes(r#"{"type":"response.output_text.delta","x":{"type":"error"}}"#).event, EventKind::Ordinary);
        assert_eq!(notes(r#"{"type":"response.completed.later"}"#).event, EventKind::Ordinary);
    }
}
