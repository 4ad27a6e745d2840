//! Bytes to events, and events to chunks.

use super::{pieces, too_deep};
use crate::oracle;
use crate::oracle::events::Event;
use crate::oracle::json::{Json, parse};
use crate::oracle::stream::{End, Outcome};
use auriko_wasm::sse::Decoder;
use auriko_wasm::stream::{Abridged, Flaw, Mark, Protocol, Stream, Turn};

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

/// The chunks, the marks on them, the text and the end of a stream are the same at any cut, abridged or not,
/// and each batch is one array of JSON.
pub fn stream(input: &[u8], sizes: &[u8], responses: bool, text: bool) {
    if too_deep(&String::from_utf8_lossy(input)) {
        return;
    }
    let expected = oracle::stream::read(input, responses, text);
    let got = read(input, sizes, responses, text, None);
    assert_eq!(got, expected, "{:?} in {sizes:?}", String::from_utf8_lossy(input));
    if !text {
        let got = read(input, sizes, responses, text, Some(Model::default()));
        assert_eq!(got, expected, "{:?} in {sizes:?}, abridged", String::from_utf8_lossy(input));
    }
}

fn read(input: &[u8], sizes: &[u8], responses: bool, text: bool, mut model: Option<Model>) -> Outcome {
    let mut stream = Stream::new(if responses { Protocol::Responses } else { Protocol::ChatCompletions });
    if text {
        stream.read_text();
    }
    if model.is_some() {
        stream.abridge();
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
        outcome.add(&stream, model.as_mut());
        if turn != Turn::Open {
            outcome.end = end(&stream, turn);
            return outcome;
        }
    }
    let turn = stream.end();
    outcome.add(&stream, model.as_mut());
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
        Turn::Open => panic!("an ended stream is {turn:?}"),
    }
}

impl Outcome {
    fn add(&mut self, stream: &Stream, model: Option<&mut Model>) {
        self.text += &String::from_utf8_lossy(stream.text());
        let Some(batch) = stream.batch() else { return };
        let before = self.chunks.len();
        let array = String::from_utf8_lossy(batch.array);
        let Some(Json::Array(chunks)) = parse(&array) else { panic!("no array: {array}") };
        assert_eq!(chunks.len(), batch.payloads.len(), "{array}");
        self.chunks.extend(match model {
            Some(model) => model.expand(chunks, batch.abridged),
            None => chunks,
        });
        self.routing_metadata.extend(batch.routing_metadata.iter().map(|index| before + index));
        self.usage = batch.usage.map(|index| before + index).or(self.usage);
        self.terminal = batch.terminal.map(|index| before + index).or(self.terminal);
    }
}

/// The chunk that others are like, and where their texts belong.
#[derive(Default)]
struct Model {
    chunk: Option<Json>,
    field: u32,
    padded: bool,
}

impl Model {
    fn expand(&mut self, whole: Vec<Json>, abridged: &Abridged) -> Vec<Json> {
        let texts = std::str::from_utf8(&abridged.texts).expect("the texts are UTF-8");
        let (mut whole, mut units) = (whole.into_iter(), texts.encode_utf16());
        let mut marks = abridged.marks.iter().copied();
        let mut chunks = Vec::new();
        while let Some(mark) = marks.next() {
            if mark & Mark::WHOLE == 0 {
                let mut text = |length: u32| Json::String(units.by_ref().take(length as usize).collect());
                let chunk = self.chunk.as_mut().expect("a model");
                *place(chunk, self.field) = text(mark);
                if self.padded {
                    *member(chunk, "obfuscation") = text(marks.next().expect("the mark of the padding"));
                }
                chunks.push(chunk.clone());
                continue;
            }
            let chunk = whole.next().expect("the next of the array");
            if mark != Mark::WHOLE {
                (self.chunk, self.field, self.padded) = (Some(chunk.clone()), mark & 0xFF, mark & Mark::PADDED != 0);
            }
            chunks.push(chunk);
        }
        assert_eq!((whole.next(), units.next()), (None, None));
        chunks
    }
}

fn place(chunk: &mut Json, field: u32) -> &mut Json {
    let delta = member(item(member(chunk, "choices")), "delta");
    match field {
        1 => member(delta, "content"),
        2 => member(delta, "reasoning_content"),
        3 => member(delta, "reasoning"),
        _ => member(member(item(member(delta, "tool_calls")), "function"), "arguments"),
    }
}

fn item(array: &mut Json) -> &mut Json {
    let Json::Array(items) = array else { panic!("no array: {array:?}") };
    assert_eq!(items.len(), 1, "{items:?}");
    &mut items[0]
}

fn member<'a>(object: &'a mut Json, name: &str) -> &'a mut Json {
    let Json::Object(members) = object else { panic!("no object: {object:?}") };
    let own = members.iter_mut().rev().find(|(own, _)| own.iter().copied().eq(name.encode_utf16()));
    &mut own.expect("the member").1
}
