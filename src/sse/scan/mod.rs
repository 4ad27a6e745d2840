//! Looks at a JSON object without building it: is it one, and does it carry something that the client
//! must act on?
//!
//! What is scanned is what `JSON.parse` takes: payloads can be joined by commas into one array, and text
//! can be taken out of a payload that nobody parses. Of several members of one name the last holds.

mod series;

pub use series::{EventAhead, Likeness, Scanned, Series};

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
    /// Where the text of the first choice lies, `choices[0].delta.content`, still escaped. None where
    /// another text is the gap, and this is empty.
    pub content: Option<(usize, usize)>,
    /// The string of the only choice that the next chunk is likely to have another of, if the payload holds
    /// no objects and arrays but those around it.
    pub gap: Option<Gap>,
    /// Where `obfuscation` lies: padding of random length, with which some servers hide that of the text.
    pub padding: Option<(usize, usize)>,
}

/// A string that changes from chunk to chunk, and where it lies, still escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Which string.
    pub field: Field,
    /// Where its inside begins.
    pub from: usize,
    /// Where its inside ends.
    pub to: usize,
}

/// The strings of `choices[0].delta` that models write piece by piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// `content`
    Content = 1,
    /// `reasoning_content`
    ReasoningContent = 2,
    /// `reasoning`
    Reasoning = 3,
    /// `tool_calls[0].function.arguments`
    Arguments = 4,
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
        path: 0,
        at: None,
        choices: 0,
        calls: 0,
        opened: 0,
        stray: false,
        choice: Choice::default(),
        notes: Notes::default(),
    };
    scanner.cursor.skip_space();
    if scanner.cursor.peek() != Some(b'{') {
        return None;
    }
    scanner.object()?;
    scanner.cursor.skip_space();
    let (opened, stray) = (scanner.opened, scanner.stray);
    let alone = |field| !stray && opened == if field == Field::Arguments { FUNCTION } else { DELTA };
    scanner.notes.gap.take_if(|gap| !alone(gap.field));
    scanner.cursor.peek().is_none().then_some(scanner.notes)
}

struct Scanner<'a> {
    cursor: Cursor<'a>,
    nesting: Nesting,
    /// How deep the value that is read lies in the way to the texts: down to [`CHOICE`] it is among the
    /// choices, down to [`DELTA`] in the delta of one, down to [`CALL`] among its tool calls, down to
    /// [`FUNCTION`] in the function of one.
    path: u32,
    /// The value that is read is this string.
    at: Option<At>,
    /// How many choices have begun.
    choices: u32,
    /// How many tool calls have begun in this delta.
    calls: u32,
    /// How many brackets have opened.
    opened: u32,
    /// Among the choices or the tool calls there is something that is none.
    stray: bool,
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
    gap: Option<Gap>,
}

/// A string whose place is noted.
#[derive(Clone, Copy)]
enum At {
    Field(Field),
    Padding,
}

/// The depth of the members of the payload itself.
const TOP: u32 = 1;
/// The depth of the members of a choice: object, array, object.
const CHOICE: u32 = 3;
/// The depth of the members of a delta.
const DELTA: u32 = 4;
/// The depth of the members of a tool call: array, object.
const CALL: u32 = 6;
/// The depth of the members of its function.
const FUNCTION: u32 = 7;

impl<'a> Scanner<'a> {
    /// From an opening brace to its closing one.
    fn object(&mut self) -> Option<()> {
        loop {
            match self.cursor.peek()? {
                b'"' => {
                    let string = self.cursor.string()?;
                    match self.at.take() {
                        Some(at) => self.keep(at, string),
                        None => self.element(),
                    }
                }
                opening @ (b'{' | b'[') => {
                    if self.open(opening == b'{')? {
                        continue;
                    }
                }
                _ => {
                    self.cursor.scalar()?;
                    self.element();
                }
            }
            if self.after_value()? {
                return Some(());
            }
        }
    }

    fn keep(&mut self, at: At, Range { start: from, end: to }: Range<usize>) {
        match at {
            At::Padding => self.notes.padding = Some((from, to)),
            At::Field(field) => {
                if field == Field::Content {
                    self.choice.content = Some((from, to));
                }
                // Some providers send all of them, and one that says something.
                if from < to || self.choice.gap.is_none() {
                    self.choice.gap = Some(Gap { field, from, to });
                }
            }
        }
    }

    /// Something else may stand where a choice or a tool call should.
    fn element(&mut self) {
        let among = |depth| self.nesting.depth == depth - 1 && self.path >= depth;
        self.stray |= among(CHOICE) || among(CALL);
    }

    /// What was noted of a member holds no more: it comes again, or what it lies in does.
    fn forget(&mut self, field: Field) {
        if self.choice.gap.is_some_and(|gap| gap.field == field) {
            self.choice.gap = None;
        }
    }

    /// Opens a bracket. Whether a value of it follows: not if it closes at once.
    fn open(&mut self, object: bool) -> Option<bool> {
        self.nesting.open(object);
        self.opened += 1;
        self.cursor.at += 1;
        if self.nesting.depth == CHOICE && self.path >= CHOICE {
            self.choices += 1;
            self.path = CHOICE;
        } else if self.nesting.depth == CALL && self.path >= CALL {
            self.calls += 1;
            self.path = CALL;
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
        if self.nesting.depth == CHOICE && self.path >= CHOICE {
            let Choice { finished, other, content, gap } = std::mem::take(&mut self.choice);
            self.notes.finish_reason |= finished;
            let is_gap = gap.is_some_and(|gap| gap.field == Field::Content);
            let content = content.filter(|(from, to)| is_gap || gap.is_none() || from < to);
            if self.choices == 1 && !other {
                self.notes.content = content;
            }
            // Beside a content that says something nothing else is the gap.
            self.notes.gap = gap.filter(|_| self.choices == 1 && (is_gap || content.is_none()));
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
            CHOICE if self.path >= CHOICE => self.member_of_choice(name),
            DELTA if self.path >= DELTA => self.member_of_delta(name),
            CALL if self.path >= CALL => self.member_of_call(name),
            FUNCTION if self.path >= FUNCTION => self.member_of_function(name),
            _ => {}
        }
        Some(())
    }

    fn member(&mut self, name: Range<usize>) {
        let name = self.text(name);
        let value = self.cursor.rest();
        let given = !value.starts_with(b"null");
        self.path = TOP;
        match &*name {
            b"choices" => {
                self.enter(CHOICE, b"[");
                (self.choices, self.notes.finish_reason, self.notes.content, self.notes.gap) = (0, false, None, None);
            }
            b"obfuscation" => {
                self.notes.padding = None;
                self.at = value.starts_with(b"\"").then_some(At::Padding);
            }
            b"routing_metadata" => self.notes.routing_metadata = given,
            b"usage" => self.notes.usage = given,
            b"error" => self.notes.error = given && !value.starts_with(b"\"\"") && !value.starts_with(b"false"),
            b"type" => self.notes.event = self.event_kind(),
            _ => {}
        }
    }

    /// The value that follows is part of the way, if it opens with this bracket.
    fn enter(&mut self, depth: u32, opening: &[u8]) {
        if self.cursor.rest().starts_with(opening) {
            self.path = depth;
        }
    }

    fn member_of_choice(&mut self, name: Range<usize>) {
        let value = self.cursor.rest();
        self.path = CHOICE;
        match &*self.text(name) {
            b"delta" => {
                self.enter(DELTA, b"{");
                (self.choice.content, self.choice.gap) = (None, None);
            }
            // Some providers send "" until the reason is known.
            b"finish_reason" => self.choice.finished = !value.starts_with(b"null") && !value.starts_with(b"\"\""),
            // The first in this chunk need not be the first choice.
            b"index" => self.choice.other = !value.starts_with(b"0"),
            _ => {}
        }
    }

    fn member_of_delta(&mut self, name: Range<usize>) {
        self.path = DELTA;
        let field = match &*self.text(name) {
            b"content" => {
                self.choice.content = None;
                Field::Content
            }
            b"reasoning_content" => Field::ReasoningContent,
            b"reasoning" => Field::Reasoning,
            b"tool_calls" => {
                self.forget(Field::Arguments);
                self.enter(CALL, b"[");
                self.calls = 0;
                return;
            }
            _ => return,
        };
        self.expect(field);
    }

    fn member_of_call(&mut self, name: Range<usize>) {
        self.path = CALL;
        if *self.text(name) == *b"function" {
            self.forget(Field::Arguments);
            if self.calls == 1 {
                self.enter(FUNCTION, b"{");
            }
        }
    }

    fn member_of_function(&mut self, name: Range<usize>) {
        if *self.text(name) == *b"arguments" {
            self.expect(Field::Arguments);
        }
    }

    fn expect(&mut self, field: Field) {
        self.forget(field);
        self.at = (self.cursor.peek() == Some(b'"')).then_some(At::Field(field));
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
