//! The body of a streamed answer: from bytes to batches of chunks, and how a stream ends.
//!
//! An ended stream is complete or broken, never something between: complete when `[DONE]` or a terminal
//! event came, or when it was closed after a finish reason; broken by an error event, by data that is no
//! JSON object, and by an end that comes too early.

mod life;

pub use life::{End, Life};

use crate::sse::scan::{EventKind, Likeness, Notes, Scanned, Series};
use crate::sse::{Decoder, Frames, Text, unescape};
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
    /// All chunks, as the bytes of one JSON array; of a stream that is abridged, those that are not like
    /// another.
    pub array: &'a [u8],
    /// Where each chunk of the array lies in [`Stream::bytes`].
    pub payloads: &'a [Range<usize>],
    /// What the chunks of an abridged stream are made of, in their order.
    pub abridged: &'a Abridged,
    /// The indices of the chunks that may carry routing metadata.
    pub routing_metadata: &'a [usize],
    /// The index of the last chunk that may carry usage.
    pub usage: Option<usize>,
    /// The index of the terminal event.
    pub terminal: Option<usize>,
}

/// The chunks of one read, most of them as what sets them apart from one before.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Abridged {
    /// One mark for each chunk of the read, and one more for each padding.
    ///
    /// - [`Mark::WHOLE`]: the next of the array. If the rest of the mark is not 0, it is the model of the
    ///   chunks that are like it: the low byte is the [`Field`](crate::sse::scan::Field) of their text, and [`Mark::PADDED`] says
    ///   that they have an `obfuscation`, too.
    /// - Otherwise: like the model, with so many units of UTF-16 of [`texts`](Abridged::texts) in its place.
    ///   With a padding, the next mark is its length.
    pub marks: Vec<u32>,
    /// The texts of the chunks that are like their model, one after the other, as UTF-8.
    pub texts: Vec<u8>,
}

/// See [`Abridged::marks`].
#[derive(Debug)]
pub struct Mark;

impl Mark {
    /// The chunk is in the array.
    pub const WHOLE: u32 = 1 << 31;
    /// The chunks that are like this one have a padding.
    pub const PADDED: u32 = 1 << 8;
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
    /// Only the text is wanted; then this takes it out of the chunks.
    text: Option<Text>,
    extracted: Vec<u8>,
    /// Chunks that are like another are wanted as their texts.
    abridges: bool,
    abridged: Abridged,
    /// How many chunks the read has brought.
    count: usize,
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
            text: None,
            extracted: Vec::new(),
            abridges: false,
            abridged: Abridged::default(),
            count: 0,
        }
    }

    /// From now on chunks that differ from one before in their text alone come into [`Batch::abridged`] as
    /// that text: to copy an object costs a fraction of parsing one.
    pub fn abridge(&mut self) {
        self.abridges = true;
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

    /// There is no room for what comes next.
    pub fn refuse(&mut self) -> Turn {
        self.next_batch();
        self.array = None;
        Turn::Broken(Flaw::InvalidChunk)
    }

    /// Reads the events that are complete by now.
    pub fn advance(&mut self) -> Turn {
        self.next_batch();
        let mut turn = None;
        while turn.is_none() {
            if let Some(ahead) = self.decoder.ahead().and_then(|bytes| self.series.event_ahead(bytes)) {
                let event = self.decoder.dispatch_ahead(ahead.data, ahead.length);
                turn = self.take_chunk(event.data, Scanned { notes: ahead.notes, likeness: Likeness::Like });
                continue;
            }
            let Some(event) = self.decoder.next_event() else { break };
            turn = self.take(event.data);
        }
        if let (Some(text), Some(_)) = (&mut self.text, &turn) {
            text.finish(&mut self.extracted);
        }
        self.close_batch();
        turn.unwrap_or(Turn::Open)
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
            Some(Turn::Open | Turn::Broken(Flaw::InvalidChunk | Flaw::Truncated)) | None => {
                if self.finish_reason_seen {
                    Turn::Complete
                } else {
                    Turn::Broken(Flaw::Truncated)
                }
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
        if self.count == 0 {
            return None;
        }
        Some(Batch {
            array: self.array.clone().and_then(|array| self.bytes().get(array)).unwrap_or(b"[]"),
            payloads: self.frames.payloads(),
            abridged: &self.abridged,
            routing_metadata: &self.routing_metadata,
            usage: self.usage,
            terminal: self.terminal,
        })
    }

    fn next_batch(&mut self) {
        self.frames.clear();
        self.extracted.clear();
        self.abridged.marks.clear();
        self.abridged.texts.clear();
        self.count = 0;
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
        match self.series.scan(data) {
            Some(scanned) => self.take_chunk(payload, scanned),
            None => Some(Turn::Broken(Flaw::InvalidChunk)),
        }
    }

    fn take_chunk(&mut self, payload: Range<usize>, Scanned { notes, likeness }: Scanned) -> Option<Turn> {
        let data = self.decoder.bytes().get(payload.clone())?;
        if notes.error || notes.event == EventKind::Error {
            return Some(Turn::Broken(Flaw::ErrorEvent(payload)));
        }
        if let Some(text) = &mut self.text {
            // Of chunks that nobody gets those count that the client has to act on.
            let content = notes.content.and_then(|(from, to)| data.get(from..to)).unwrap_or_default();
            if text.append(content, &mut self.extracted).is_none() {
                return Some(Turn::Broken(Flaw::InvalidChunk));
            }
            if !notes.routing_metadata && !notes.usage {
                self.finish_reason_seen |= notes.finish_reason;
                return None;
            }
        }
        let abridged = self.abridges && self.abridged.add(data, notes, likeness);
        let turn = self.note(notes);
        self.count += 1;
        if !abridged {
            self.frames.add(self.decoder.bytes_mut(), payload);
        }
        turn
    }

    fn note(&mut self, notes: Notes) -> Option<Turn> {
        let index = self.count;
        if notes.routing_metadata {
            self.routing_metadata.push(index);
        }
        if notes.usage {
            self.usage = Some(index);
        }
        match self.protocol {
            Protocol::ChatCompletions => self.finish_reason_seen |= notes.finish_reason,
            Protocol::Responses if notes.event == EventKind::Terminal => {
                self.terminal = Some(index);
                return Some(Turn::Complete);
            }
            Protocol::Responses => {}
        }
        None
    }
}

impl Abridged {
    /// Whether the chunk is told by its text. Marks it either way.
    fn add(&mut self, chunk: &[u8], notes: Notes, likeness: Likeness) -> bool {
        let kept = (self.marks.len(), self.texts.len());
        if likeness == Likeness::Like && self.add_texts(chunk, notes).is_some() {
            return true;
        }
        self.marks.truncate(kept.0);
        self.texts.truncate(kept.1);
        let model = match (likeness, notes.gap) {
            (Likeness::First, Some(gap)) => gap.field as u32 | if notes.padding.is_some() { Mark::PADDED } else { 0 },
            _ => 0,
        };
        self.marks.push(Mark::WHOLE | model);
        false
    }

    fn add_texts(&mut self, chunk: &[u8], notes: Notes) -> Option<()> {
        let gap = notes.gap?;
        for (from, to) in [Some((gap.from, gap.to)), notes.padding].into_iter().flatten() {
            self.marks.push(unescape(chunk.get(from..to)?, &mut self.texts)?);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests;
