//! The body of a streamed answer: from bytes to batches of chunks, and how a stream ends.
//!
//! An ended stream is complete or broken, never something between: complete when `[DONE]` or a
//! terminal event came, or when it was closed after a finish reason; broken by an error event, by
//! data that is no JSON object, and by an end that comes too early.

use crate::sse::scan::{EventKind, Notes, scan};
use crate::sse::{Decoder, Frames};
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
    /// All chunks, as the bytes of one JSON array.
    pub array: &'a [u8],
    /// Where each chunk lies in [`Stream::bytes`].
    pub payloads: &'a [Range<usize>],
    /// The indices of the chunks that may carry routing metadata.
    pub routing_metadata: &'a [usize],
    /// The index of the last chunk that may carry usage.
    pub usage: Option<usize>,
    /// The index of the terminal event.
    pub terminal: Option<usize>,
}

/// A streamed body on its way in.
#[derive(Debug)]
pub struct Stream {
    protocol: Protocol,
    decoder: Decoder,
    frames: Frames,
    array: Option<Range<usize>>,
    routing_metadata: Vec<usize>,
    usage: Option<usize>,
    terminal: Option<usize>,
    finish_reason_seen: bool,
}

impl Stream {
    /// A stream of which nothing has arrived.
    pub fn new(protocol: Protocol) -> Self {
        Self {
            protocol,
            decoder: Decoder::new(),
            frames: Frames::default(),
            array: None,
            routing_metadata: Vec::new(),
            usage: None,
            terminal: None,
            finish_reason_seen: false,
        }
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
        self.routing_metadata.clear();
        self.usage = None;
        self.terminal = None;
    }

    fn close_batch(&mut self) {
        self.array = self.frames.close(self.decoder.bytes_mut());
    }

    fn take(&mut self, payload: Range<usize>) -> Option<Turn> {
        let data = self.bytes().get(payload.clone())?;
        if data == b"[DONE]" {
            return Some(Turn::Complete);
        }
        if data.iter().all(u8::is_ascii_whitespace) {
            // An event that says nothing: some gateways keep connections alive with it.
            return None;
        }
        let Some(notes) = scan(data) else { return Some(Turn::Broken(Flaw::InvalidChunk)) };
        if notes.error || notes.event == EventKind::Error {
            return Some(Turn::Broken(Flaw::ErrorEvent(payload)));
        }
        self.note(notes);
        self.frames.add(self.decoder.bytes_mut(), payload);
        self.terminal.is_some().then_some(Turn::Complete)
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
            Protocol::Responses => self.terminal = (notes.event == EventKind::Terminal).then_some(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every chunk of the stream, each read's batch parsed as one array, and how it ended.
    fn run(protocol: Protocol, input: &str, cut: usize) -> (Vec<serde_json::Value>, Turn) {
        let mut stream = Stream::new(protocol);
        let mut chunks = Vec::new();
        let mut collect = |stream: &Stream| {
            if let Some(batch) = stream.batch() {
                let array: Vec<serde_json::Value> = serde_json::from_slice(batch.array).unwrap();
                assert_eq!(array.len(), batch.payloads.len());
                chunks.extend(array);
            }
        };
        for read in input.as_bytes().chunks(cut) {
            stream.space(read.len()).copy_from_slice(read);
            let turn = stream.advance();
            collect(&stream);
            if turn != Turn::Open {
                return (chunks, turn);
            }
        }
        let turn = stream.end();
        collect(&stream);
        (chunks, turn)
    }

    fn every_cut(protocol: Protocol, input: &str, chunks: &[&str], ends: fn(&Turn) -> bool) {
        let expected: Vec<serde_json::Value> =
            chunks.iter().map(|chunk| serde_json::from_str(chunk).unwrap()).collect();
        for cut in 1..=input.len() {
            let (got, turn) = run(protocol, input, cut);
            assert_eq!(got, expected, "cut {cut} of {input:?}");
            assert!(ends(&turn), "cut {cut} of {input:?} ended {turn:?}");
        }
    }

    const FINISHED: &str = r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#;

    fn chat(input: &str, chunks: &[&str], ends: fn(&Turn) -> bool) {
        every_cut(Protocol::ChatCompletions, input, chunks, ends);
    }

    #[test]
    fn done_completes_a_chat_stream_and_nothing_after_it_counts() {
        let complete = |turn: &Turn| *turn == Turn::Complete;
        chat(
            "data: {\"a\":1}\n\ndata: {\"b\":\"é\"}\n\ndata: [DONE]\n\ndata: junk\n\n",
            &[r#"{"a":1}"#, r#"{"b":"é"}"#],
            complete,
        );
        chat("data:{\"a\":1}\r\n\r\ndata:[DONE]\r\n\r\n", &[r#"{"a":1}"#], complete);
        chat(": hi\n\nevent: done\ndata: [DONE]\n\n", &[], complete);
        chat("data: {\ndata: \"a\":\ndata: 1}\n\ndata: [DONE]", &[r#"{"a":1}"#], complete);
    }

    #[test]
    fn a_clean_end_is_complete_after_a_finish_reason_only() {
        chat(&format!("data: {FINISHED}\n\n"), &[FINISHED], |turn| *turn == Turn::Complete);
        chat(&format!("data: {FINISHED}"), &[FINISHED], |turn| *turn == Turn::Complete);
        let truncated = |turn: &Turn| *turn == Turn::Broken(Flaw::Truncated);
        chat("data: {\"a\":1}\n\n", &[r#"{"a":1}"#], truncated);
        chat("data: {\"a\":1}\n\ndata: {\"b\":", &[r#"{"a":1}"#], truncated);
        chat("data: {\"a\":1}\n\ndata: [DON", &[r#"{"a":1}"#], truncated);
        chat(": nothing\n\n", &[], truncated);
    }

    #[test]
    fn an_error_event_breaks_a_stream_after_its_chunks() {
        let error = |turn: &Turn| matches!(turn, Turn::Broken(Flaw::ErrorEvent(_)));
        chat("data: {\"a\":1}\n\ndata: {\"error\":{\"code\":\"x\"}}\n\n", &[r#"{"a":1}"#], error);
        chat("data: {\"error\":\"x\"}", &[], error);
        chat("data: {\"error\":null}\n\ndata: [DONE]\n\n", &[r#"{"error":null}"#], |turn| *turn == Turn::Complete);
        every_cut(Protocol::Responses, "data: {\"type\":\"error\",\"message\":\"x\"}\n\n", &[], error);
        every_cut(Protocol::Responses, "data: {\"type\":\"error\",\"error\":{}}\n\n", &[], error);
    }

    #[test]
    fn data_that_is_no_object_breaks_a_stream_after_its_chunks() {
        for junk in ["null", "1", "\"x\"", "[]", "{", "[DONE] ", "{},{}", ": OPENROUTER PROCESSING"] {
            let input = format!("data: {{\"a\":1}}\n\ndata: {junk}\n\ndata: [DONE]\n\n");
            chat(&input, &[r#"{"a":1}"#], |turn| *turn == Turn::Broken(Flaw::InvalidChunk));
        }
    }

    #[test]
    fn events_without_content_are_passed_over() {
        chat("data:\n\ndata: \n\ndata\n\ndata: [DONE]\n\n", &[], |turn| *turn == Turn::Complete);
    }

    #[test]
    fn a_terminal_event_completes_a_responses_stream() {
        let terminal = r#"{"type":"response.incomplete","response":{}}"#;
        let input = format!("data: {{\"type\":\"x\"}}\n\ndata: {terminal}\n\ndata: junk\n\n");
        every_cut(Protocol::Responses, &input, &[r#"{"type":"x"}"#, terminal], |turn| *turn == Turn::Complete);
        every_cut(Protocol::Responses, &format!("data: {FINISHED}\n\n"), &[FINISHED], |turn| {
            *turn == Turn::Broken(Flaw::Truncated)
        });
    }

    #[test]
    fn marks_the_chunks_that_carry_metadata_and_usage() {
        let mut stream = Stream::new(Protocol::ChatCompletions);
        let input = b"data: {}\n\ndata: {\"usage\":{},\"routing_metadata\":{}}\n\ndata: {\"usage\":null}\n\n";
        stream.space(input.len()).copy_from_slice(input);
        stream.advance();
        let batch = stream.batch().unwrap();
        assert_eq!((batch.routing_metadata, batch.usage, batch.terminal), (&[1][..], Some(1), None));
    }
}
