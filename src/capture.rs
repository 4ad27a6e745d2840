//! Finds routing metadata in the body of an answer that somebody else reads: the bytes pass by and
//! stay theirs.

use crate::headers::Head;
use crate::sse::Decoder;
use crate::sse::scan::{EventKind, scan};
use std::ops::Range;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The search of one body.
#[derive(Debug)]
pub enum Capture {
    /// In each event of a stream. Only the event that is under way is kept.
    Events(Decoder),
    /// In one JSON object, which is kept to its end.
    Object(Vec<u8>),
}

impl Capture {
    /// The search that a body of this content type needs; none where it can hold no metadata.
    pub fn of(content_type: &str) -> Option<Self> {
        let head = Head::new(200, [("content-type".to_owned(), content_type.to_owned())]);
        let essence = head.content_type()?;
        if head.is_type("text/event-stream") {
            return Some(Self::Events(Decoder::new()));
        }
        let is_json = head.is_type("application/json") || essence.to_ascii_lowercase().ends_with("+json");
        is_json.then(|| Self::Object(Vec::new()))
    }

    /// Whether there is memory for the next `length` bytes.
    pub fn can_hold(&mut self, length: usize) -> bool {
        match self {
            Self::Events(decoder) => decoder.can_hold(length),
            Self::Object(bytes) => bytes.try_reserve(length).is_ok(),
        }
    }

    /// Room for the next `length` bytes, to be filled before [`Capture::advance`].
    pub fn space(&mut self, length: usize) -> &mut [u8] {
        match self {
            Self::Events(decoder) => decoder.space(length),
            Self::Object(bytes) => {
                let begin = bytes.len();
                bytes.resize(begin + length, 0);
                bytes.get_mut(begin..).unwrap_or_default()
            }
        }
    }

    /// Where in [`Capture::bytes`] the objects lie that are complete by now and may carry metadata.
    pub fn advance(&mut self) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if let Self::Events(decoder) = self {
            while let Some(event) = decoder.next_event() {
                found.extend(promising(decoder.bytes(), event.data));
            }
        }
        found
    }

    /// The same for what the end completes. An event without its blank line counts when it is whole: openai
    /// and the Python client take it, too.
    pub fn end(&mut self) -> Option<Range<usize>> {
        match self {
            Self::Events(decoder) => {
                let event = decoder.finish()?;
                promising(decoder.bytes(), event.data)
            }
            Self::Object(bytes) => {
                let begin = if bytes.starts_with(BOM) { BOM.len() } else { 0 };
                promising(bytes, begin..bytes.len())
            }
        }
    }

    /// What the ranges refer to.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Events(decoder) => decoder.bytes(),
            Self::Object(bytes) => bytes,
        }
    }
}

/// The terminal event of the Responses API has its metadata inside of `response`.
fn promising(bytes: &[u8], payload: Range<usize>) -> Option<Range<usize>> {
    let notes = scan(bytes.get(payload.clone())?)?;
    (notes.routing_metadata || notes.event == EventKind::Terminal).then_some(payload)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(content_type: &str, body: &str, piece: usize) -> Vec<String> {
        let mut capture = Capture::of(content_type).unwrap();
        let mut found = Vec::new();
        let text = |capture: &Capture, range: Range<usize>| String::from_utf8(capture.bytes()[range].to_vec()).unwrap();
        for bytes in body.as_bytes().chunks(piece) {
            capture.space(bytes.len()).copy_from_slice(bytes);
            for range in capture.advance() {
                found.push(text(&capture, range));
            }
        }
        if let Some(range) = capture.end() {
            found.push(text(&capture, range));
        }
        found
    }

    const CUT: &str = r#"{"choices":[],"routing_metadata":{"provi"#;
    const WITH: &str = r#"{"choices":[],"routing_metadata":{"provider":"é"}}"#;

    #[test]
    fn knows_by_the_content_type_where_to_look() {
        for events in ["text/event-stream", "Text/Event-Stream; charset=utf-8"] {
            assert!(matches!(Capture::of(events), Some(Capture::Events(_))), "{events}");
        }
        for object in ["application/json", "application/json;charset=utf-8", "application/Problem+JSON"] {
            assert!(matches!(Capture::of(object), Some(Capture::Object(_))), "{object}");
        }
        for neither in ["", "text/html", "audio/mpeg", "application/jsonl"] {
            assert!(Capture::of(neither).is_none(), "{neither}");
        }
    }

    #[test]
    fn finds_metadata_in_any_event_at_any_cut() {
        let mention = r#"{"choices":[{"delta":{"content":"\"routing_metadata\":{}"}}]}"#;
        let terminal = r#"{"type":"response.completed","response":{"routing_metadata":{}}}"#;
        let body =
            format!("data: {WITH}\r\n\r\ndata:{mention}\n\ndata: {terminal}\n\n: data: {WITH}\n\ndata: [DONE]\n\n");
        for piece in 1..body.len() {
            assert_eq!(search("text/event-stream", &body, piece), [WITH, terminal], "{piece}");
        }
    }

    #[test]
    fn takes_a_whole_event_whose_blank_line_is_missing_and_no_cut_one() {
        assert_eq!(search("text/event-stream", &format!("data: {WITH}"), 7), [WITH]);
        assert!(search("text/event-stream", &format!("data: {CUT}"), 7).is_empty());
    }

    #[test]
    fn looks_at_an_object_when_it_is_whole() {
        for piece in [1, 7, 4096] {
            assert_eq!(search("application/json", WITH, piece), [WITH]);
            assert_eq!(search("application/json", &format!("\u{feff}{WITH}"), piece), [WITH]);
            for none in ["", "[]", r#"{"choices":[]}"#, r#"{"data":{"routing_metadata":{}}}"#, CUT] {
                assert!(search("application/json", none, piece).is_empty(), "{none}");
            }
        }
    }
}
