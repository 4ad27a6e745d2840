//! How a stream ends and what it brings, told from all of its bytes.

use super::events::{Event, events};
use super::json::{Json, parse};
use super::notes::{Notes, of};

#[derive(Debug, PartialEq, Eq)]
pub enum End {
    Complete,
    /// With the payload, if it is JSON.
    Error(Option<Json>),
    Invalid,
    Truncated,
}

#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub chunks: Vec<Json>,
    /// The chunks that may carry routing metadata.
    pub routing_metadata: Vec<usize>,
    pub usage: Option<usize>,
    pub terminal: Option<usize>,
    pub text: String,
    pub end: End,
}

/// `text`: chunks that the client need not act on are left out.
pub fn read(bytes: &[u8], responses: bool, text: bool) -> Outcome {
    let (dispatched, unfinished) = events(bytes);
    let mut stream = Stream { responses, text, ..Stream::default() };
    let mut end = dispatched.iter().find_map(|event| stream.take(event));
    if end.is_none() {
        // What the end cut off counts where it says something whole.
        end = unfinished.and_then(|event| stream.take(&event)).filter(|end| *end != End::Invalid);
    }
    Outcome {
        text: String::from_utf16_lossy(&stream.units),
        end: end.unwrap_or(if stream.finished && !responses { End::Complete } else { End::Truncated }),
        chunks: stream.chunks,
        routing_metadata: stream.routing_metadata,
        usage: stream.usage,
        terminal: stream.terminal,
    }
}

#[derive(Default)]
struct Stream {
    responses: bool,
    text: bool,
    chunks: Vec<Json>,
    routing_metadata: Vec<usize>,
    usage: Option<usize>,
    terminal: Option<usize>,
    units: Vec<u16>,
    finished: bool,
}

impl Stream {
    fn take(&mut self, event: &Event) -> Option<End> {
        if event.data == "[DONE]" {
            return Some(End::Complete);
        }
        if event.data.chars().all(|c| c.is_ascii_whitespace()) {
            return None;
        }
        let payload = parse(&event.data);
        if event.kind == "error" {
            return Some(End::Error(payload));
        }
        let Some(payload @ Json::Object(_)) = payload else { return Some(End::Invalid) };
        let notes = of(&payload);
        if notes.error || notes.event == "error" {
            return Some(End::Error(Some(payload)));
        }
        let is_last = self.responses && notes.event == "terminal";
        self.note(payload, notes);
        is_last.then_some(End::Complete)
    }

    fn note(&mut self, payload: Json, notes: Notes) {
        let index = self.chunks.len();
        self.finished |= notes.finish_reason;
        if self.text {
            self.units.extend(notes.content.unwrap_or_default());
            if !notes.routing_metadata && !notes.usage {
                return;
            }
        }
        if notes.routing_metadata {
            self.routing_metadata.push(index);
        }
        if notes.usage {
            self.usage = Some(index);
        }
        if self.responses && notes.event == "terminal" {
            self.terminal = Some(index);
        }
        self.chunks.push(payload);
    }
}
