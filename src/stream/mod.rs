//! The body of a streamed answer: from bytes to batches of chunks, and how a stream ends.
//!
//! An ended stream is complete or broken, never something between: complete when `[DONE]` came, or
//! when it was closed after a terminal event or a finish reason; broken by an error event, by
//! data that is no JSON object, and by an end that comes too early.

mod life;

pub use life::{End, Life};

use crate::sse::scan::{EventKind, Notes, Series};
use crate::sse::{Decoder, Frames, Text};
use std::ops::Range;

/// Which events a stream has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Chat completion chunks; `[DONE]` at the end.
    ChatCompletions,
    /// Events of the Responses API; a terminal event at the end.
    Responses,
}

/// Where a stream stands after a read. What the read brought is in [`Stream::batch`] either way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// More is to come.
    Open,
    /// A terminal event has come. The end should follow at once; what comes instead still counts.
    Settled,
    /// All of it was here. Nothing more is to be read.
    Complete,
    /// It is broken, and why.
    Broken(Flaw),
}

/// What broke a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The server sent an error; the payload lies in [`Stream::bytes`].
    ErrorEvent(Range<usize>),
    /// A payload is no JSON object.
    InvalidChunk,
    /// It ended before it was complete.
    Truncated,
}

/// The chunks of one read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<'a> {
    /// All chunks, as the bytes of one JSON array.
    pub array: &'a [u8],
    /// Where each chunk lies in [`Stream::bytes`].
    pub payloads: &'a [Range<usize>],
    /// The indices of the chunks that may carry routing metadata.
    pub routing_metadata: &'a [usize],
    /// The index of the last chunk that may carry usage.
    pub usage: Option<usize>,
    /// The index of the last terminal event.
    pub terminal: Option<usize>,
}

/// A streamed body on its way in.
#[derive(Debug)]
pub struct Stream {
    protocol: Protocol,
    decoder: Decoder,
    series: Series,
    frames: Frames,
    array: Option<Range<usize>>,
    routing_metadata: Vec<usize>,
    usage: Option<usize>,
    terminal: Option<usize>,
    finish_reason_seen: bool,
    /// The last event was a terminal one.
    settled: bool,
    /// Only the text is wanted; then this takes it out of the chunks.
    text: Option<Text>,
    extracted: Vec<u8>,
}

impl Stream {
    /// A stream of which nothing has arrived.
    pub fn new(protocol: Protocol) -> Self {
        Self {
            protocol,
            decoder: Decoder::new(),
            series: Series::default(),
            frames: Frames::default(),
            array: None,
            routing_metadata: Vec::new(),
            usage: None,
            terminal: None,
            finish_reason_seen: false,
            settled: false,
            text: None,
            extracted: Vec::new(),
        }
    }

    /// From now on the text of the first choice is collected in [`Stream::text`], and chunks that carry
    /// nothing else do not come into batches.
    pub fn read_text(&mut self) {
        self.text.get_or_insert_default();
    }

    /// The text that the last read brought.
    pub fn text(&self) -> &[u8] {
        &self.extracted
    }

    /// Whether there is memory for the next `length` bytes.
    pub fn can_hold(&mut self, length: usize) -> bool {
        self.decoder.can_hold(length)
    }

    /// Room for the next `length` bytes, to be filled before [`Stream::advance`].
    pub fn space(&mut self, length: usize) -> &mut [u8] {
        self.decoder.space(length)
    }

    /// Reads the events that are complete by now.
    pub fn advance(&mut self) -> Turn {
        self.next_batch();
        let mut turn = None;
        while turn.is_none() {
            let Some(event) = self.decoder.next_event() else { break };
            turn = self.take(event.data);
        }
        if let (Some(text), Some(_)) = (&mut self.text, &turn) {
            text.finish(&mut self.extracted);
        }
        self.close_batch();
        turn.unwrap_or(if self.settled { Turn::Settled } else { Turn::Open })
    }

    /// The body ended without an error of the transport.
    ///
    /// An event whose blank line is missing is discarded by the standard, but several providers end
    /// their streams so. It counts when it is whole.
    pub fn end(&mut self) -> Turn {
        self.next_batch();
        let last = self.decoder.finish().and_then(|event| self.take(event.data));
        if let Some(text) = &mut self.text {
            text.finish(&mut self.extracted);
        }
        self.close_batch();
        match last {
            Some(Turn::Broken(Flaw::ErrorEvent(payload))) => Turn::Broken(Flaw::ErrorEvent(payload)),
            Some(Turn::Complete) => Turn::Complete,
            Some(Turn::Open | Turn::Settled | Turn::Broken(Flaw::InvalidChunk | Flaw::Truncated)) | None => {
                if self.finish_reason_seen || self.settled { Turn::Complete } else { Turn::Broken(Flaw::Truncated) }
            }
        }
    }

    /// What the ranges of payloads refer to.
    pub fn bytes(&self) -> &[u8] {
        self.decoder.bytes()
    }

    /// The error event that broke this stream, if it was one.
    pub fn payload_of(&self, flaw: &Flaw) -> Option<&[u8]> {
        match flaw {
            Flaw::ErrorEvent(payload) => self.bytes().get(payload.clone()),
            Flaw::InvalidChunk | Flaw::Truncated => None,
        }
    }

    /// The chunks that the last read completed, if it completed any.
    pub fn batch(&self) -> Option<Batch<'_>> {
        Some(Batch {
            array: self.bytes().get(self.array.clone()?)?,
            payloads: self.frames.payloads(),
            routing_metadata: &self.routing_metadata,
            usage: self.usage,
            terminal: self.terminal,
        })
    }

    fn next_batch(&mut self) {
        self.frames.clear();
        self.extracted.clear();
        self.routing_metadata.clear();
        self.usage = None;
        self.terminal = None;
    }

    fn close_batch(&mut self) {
        self.array = self.frames.close(self.decoder.bytes_mut());
    }

    fn take(&mut self, payload: Range<usize>) -> Option<Turn> {
        let data = self.decoder.bytes().get(payload.clone())?;
        if data == b"[DONE]" {
            return Some(Turn::Complete);
        }
        if data.iter().all(u8::is_ascii_whitespace) {
            // An event that says nothing: some gateways keep connections alive with it.
            return None;
        }
        if self.decoder.is_type(b"error") {
            // No chunk, whatever it holds.
            return Some(Turn::Broken(Flaw::ErrorEvent(payload)));
        }
        let Some(notes) = self.series.scan(data) else { return Some(Turn::Broken(Flaw::InvalidChunk)) };
        if notes.error || notes.event == EventKind::Error {
            return Some(Turn::Broken(Flaw::ErrorEvent(payload)));
        }
        if let (Some(text), Some((from, to))) = (&mut self.text, notes.content) {
            let content = self.decoder.bytes().get(payload.start + from..payload.start + to).unwrap_or_default();
            if text.append(content, &mut self.extracted).is_none() {
                return Some(Turn::Broken(Flaw::InvalidChunk));
            }
            if !notes.routing_metadata && !notes.usage {
                self.finish_reason_seen |= notes.finish_reason;
                return None;
            }
        }
        self.note(notes);
        self.frames.add(self.decoder.bytes_mut(), payload);
        None
    }

    fn note(&mut self, notes: Notes) {
        let index = self.frames.len();
        if notes.routing_metadata {
            self.routing_metadata.push(index);
        }
        if notes.usage {
            self.usage = Some(index);
        }
        match self.protocol {
            Protocol::ChatCompletions => self.finish_reason_seen |= notes.finish_reason,
            Protocol::Responses => {
                self.settled = notes.event == EventKind::Terminal;
                if self.settled {
                    self.terminal = Some(index);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
