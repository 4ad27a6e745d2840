//! Bytes to events, and events to chunks.

use super::{pieces, too_deep};
use crate::oracle;
use crate::oracle::events::Event;
use crate::oracle::json::{Json, parse};
use crate::oracle::stream::{End, Outcome};
use auriko_wasm::sse::Decoder;
use auriko_wasm::stream::{Flaw, Protocol, Stream, Turn};

/// The events are those of the standard, at any cut, and each is out as soon as its blank line is in.
pub fn events(input: &[u8], sizes: &[u8]) {
    let (expected, unfinished) = oracle::events::events(input);
    let mut decoder = Decoder::new();
    let (mut got, mut read) = (Vec::new(), 0);
    for piece in pieces(input, sizes) {
        decoder.space(piece.len()).copy_from_slice(piece);
        while let Some(event) = decoder.next_event() {
            let data = String::from_utf8_lossy(&decoder.bytes()[event.data]).into_owned();
            got.push(Event { kind: decoder.event_type(), data, id: decoder.last_event_id() });
        }
        read += piece.len();
        // To look at every cut of a long input would take quadratic time.
        if input.len() <= 256 {
            assert_eq!(got.len(), oracle::events::events(&input[..read]).0.len(), "{input:?} up to {read}");
        }
    }
    assert_eq!(got, expected, "{input:?} in {sizes:?}");
    let rest = decoder.finish().map(|event| String::from_utf8_lossy(&decoder.bytes()[event.data]).into_owned());
    assert_eq!(rest, unfinished.map(|event| event.data), "{input:?} in {sizes:?}");
}

/// The chunks, the marks on them, the text and the end of a stream are the same at any cut, and each
/// batch is one array of JSON.
pub fn stream(input: &[u8], sizes: &[u8], responses: bool, text: bool) {
    if too_deep(&String::from_utf8_lossy(input)) {
        return;
    }
    let got = read(input, sizes, responses, text);
    assert_eq!(got, oracle::stream::read(input, responses, text), "{:?} in {sizes:?}", String::from_utf8_lossy(input));
}

fn read(input: &[u8], sizes: &[u8], responses: bool, text: bool) -> Outcome {
    let mut stream = Stream::new(if responses { Protocol::Responses } else { Protocol::ChatCompletions });
    if text {
        stream.read_text();
    }
    let mut outcome = Outcome {
        chunks: Vec::new(),
        routing_metadata: Vec::new(),
        usage: None,
        terminal: None,
        text: String::new(),
        end: End::Truncated,
    };
    for piece in pieces(input, sizes) {
        stream.space(piece.len()).copy_from_slice(piece);
        let turn = stream.advance();
        outcome.add(&stream);
        if !matches!(turn, Turn::Open | Turn::Settled) {
            outcome.end = end(&stream, turn);
            return outcome;
        }
    }
    let turn = stream.end();
    outcome.add(&stream);
    outcome.end = end(&stream, turn);
    outcome
}

fn end(stream: &Stream, turn: Turn) -> End {
    match turn {
        Turn::Complete => End::Complete,
        Turn::Broken(Flaw::ErrorEvent(payload)) => {
            End::Error(parse(&String::from_utf8_lossy(&stream.bytes()[payload])))
        }
        Turn::Broken(Flaw::InvalidChunk) => End::Invalid,
        Turn::Broken(Flaw::Truncated) => End::Truncated,
        Turn::Open | Turn::Settled => panic!("an ended stream is {turn:?}"),
    }
}

impl Outcome {
    fn add(&mut self, stream: &Stream) {
        self.text += &String::from_utf8_lossy(stream.text());
        let Some(batch) = stream.batch() else { return };
        let before = self.chunks.len();
        let array = String::from_utf8_lossy(batch.array);
        let Some(Json::Array(chunks)) = parse(&array) else { panic!("no array: {array}") };
        assert_eq!(chunks.len(), batch.payloads.len(), "{array}");
        self.chunks.extend(chunks);
        self.routing_metadata.extend(batch.routing_metadata.iter().map(|index| before + index));
        self.usage = batch.usage.map(|index| before + index).or(self.usage);
        self.terminal = batch.terminal.map(|index| before + index).or(self.terminal);
    }
}
