//! Looks at a JSON object without building it: is it one, and does it carry something that the client
//! must act on?
//!
//! What is scanned is what `JSON.parse` takes: payloads can be joined by commas into one array, and text
//! can be taken out of a payload that nobody parses. Of several members of one name the last holds.

use super::Text;
use super::json::{Cursor, Nesting};
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
        cursor: Cursor { text: payload, at: 0 },
        nesting: Nesting::default(),
        in_choices: false,
        in_delta: false,
        at_content: false,
        choices: 0,
        choice: Choice::default(),
        notes: Notes::default(),
    };
    scanner.cursor.skip_space();
    if scanner.cursor.peek() != Some(b'{') {
        return None;
    }
    scanner.object()?;
    scanner.cursor.skip_space();
    scanner.cursor.peek().is_none().then_some(scanner.notes)
}

struct Scanner<'a> {
    cursor: Cursor<'a>,
    nesting: Nesting,
    /// The member of the payload that is read is an array of choices.
    in_choices: bool,
    /// The member of the choice that is read is a delta.
    in_delta: bool,
    /// The value that is read is the text of a choice.
    at_content: bool,
    /// How many choices have begun.
    choices: u32,
    choice: Choice,
    notes: Notes,
}

/// What the choice that is read has, until it is whole.
#[derive(Default)]
struct Choice {
    finished: bool,
    /// It names an index, and not the first one.
    other: bool,
    content: Option<(usize, usize)>,
}

/// The depth of the members of the payload itself.
const TOP: u32 = 1;
/// The depth of the members of a choice: object, array, object.
const CHOICE: u32 = 3;
/// The depth of the members of a delta.
const DELTA: u32 = 4;

impl<'a> Scanner<'a> {
    /// From an opening brace to its closing one.
    fn object(&mut self) -> Option<()> {
        loop {
            match self.cursor.peek()? {
                b'"' => {
                    let string = self.cursor.string()?;
                    if std::mem::take(&mut self.at_content) {
                        self.choice.content = Some((string.start, string.end));
                    }
                }
                opening @ (b'{' | b'[') => {
                    if self.open(opening == b'{')? {
                        continue;
                    }
                }
                _ => self.cursor.scalar()?,
            }
            if self.after_value()? {
                return Some(());
            }
        }
    }

    /// Opens a bracket. Whether a value of it follows: not if it closes at once.
    fn open(&mut self, object: bool) -> Option<bool> {
        self.nesting.open(object);
        self.cursor.at += 1;
        if self.nesting.depth == CHOICE && self.in_choices {
            self.choices += 1;
            self.in_delta = false;
        }
        self.cursor.skip_space();
        if matches!(self.cursor.peek()?, b'}' | b']') {
            return Some(false);
        }
        if object {
            self.name()?;
        }
        Some(true)
    }

    /// Goes to the next value, through the brackets that close before it. Whether there is none.
    fn after_value(&mut self) -> Option<bool> {
        loop {
            self.cursor.skip_space();
            let in_object = self.nesting.in_object();
            match (self.cursor.peek()?, in_object) {
                (b',', _) => {
                    self.cursor.at += 1;
                    self.cursor.skip_space();
                    if in_object {
                        self.name()?;
                    }
                    return Some(false);
                }
                (b'}', true) | (b']', false) => {
                    self.close();
                    if self.nesting.depth == 0 {
                        return Some(true);
                    }
                }
                _ => return None,
            }
        }
    }

    fn close(&mut self) {
        if self.nesting.depth == CHOICE && self.in_choices {
            let Choice { finished, other, content } = std::mem::take(&mut self.choice);
            self.notes.finish_reason |= finished;
            if self.choices == 1 && !other {
                self.notes.content = content;
            }
        }
        self.nesting.close();
        self.cursor.at += 1;
    }

    /// The name of a member, to its value; and if it matters, a look at that.
    fn name(&mut self) -> Option<()> {
        let name = self.cursor.string()?;
        self.cursor.skip_space();
        if self.cursor.peek()? != b':' {
            return None;
        }
        self.cursor.at += 1;
        self.cursor.skip_space();
        match self.nesting.depth {
            TOP => self.member(name),
            CHOICE if self.in_choices => self.member_of_choice(name),
            DELTA if self.in_choices && self.in_delta => self.member_of_delta(name),
            _ => {}
        }
        Some(())
    }

    fn member(&mut self, name: Range<usize>) {
        let name = self.text(name);
        let value = self.cursor.rest();
        let given = !value.starts_with(b"null");
        self.in_choices = false;
        match &*name {
            b"choices" => {
                self.in_choices = value.starts_with(b"[");
                (self.choices, self.notes.finish_reason, self.notes.content) = (0, false, None);
            }
            b"routing_metadata" => self.notes.routing_metadata = given,
            b"usage" => self.notes.usage = given,
            b"error" => self.notes.error = given && !value.starts_with(b"\"\"") && !value.starts_with(b"false"),
            b"type" => self.notes.event = self.event_kind(),
            _ => {}
        }
    }

    fn member_of_choice(&mut self, name: Range<usize>) {
        let value = self.cursor.rest();
        self.in_delta = false;
        match &*self.text(name) {
            b"delta" => {
                self.in_delta = value.starts_with(b"{");
                self.choice.content = None;
            }
            // Some providers send "" until the reason is known.
            b"finish_reason" => self.choice.finished = !value.starts_with(b"null") && !value.starts_with(b"\"\""),
            // The first in this chunk need not be the first choice.
            b"index" => self.choice.other = !value.starts_with(b"0"),
            _ => {}
        }
    }

    fn member_of_delta(&mut self, name: Range<usize>) {
        if *self.text(name) == *b"content" {
            self.choice.content = None;
            self.at_content = self.cursor.peek() == Some(b'"');
        }
    }

    fn event_kind(&self) -> EventKind {
        let Some(value) = Cursor { ..self.cursor }.string() else { return EventKind::Ordinary };
        match &*self.text(value) {
            b"error" => EventKind::Error,
            b"response.completed" | b"response.incomplete" | b"response.failed" => EventKind::Terminal,
            _ => EventKind::Ordinary,
        }
    }

    /// What the inside of a string means: it may be written with escapes.
    fn text(&self, string: Range<usize>) -> Cow<'a, [u8]> {
        let written = self.cursor.text.get(string).unwrap_or_default();
        if memchr::memchr(b'\\', written).is_none() {
            return Cow::Borrowed(written);
        }
        let (mut text, mut meant) = (Text::default(), Vec::new());
        // It was read before, so it is one.
        let _ = text.append(written, &mut meant);
        text.finish(&mut meant);
        Cow::Owned(meant)
    }
}

#[cfg(test)]
mod tests;
