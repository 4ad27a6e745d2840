//! The event-stream decoder of the HTML standard, section "Server-sent events".

use std::ops::Range;

const BOM: &[u8] = b"\xEF\xBB\xBF";

/// One dispatched event. The ranges of bytes are positions in [`Decoder::bytes`] and hold until the
/// next call of [`Decoder::space`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The data buffer: the values of the `data` lines, joined by LF.
    pub data: Range<usize>,
}

/// Decodes a byte stream in place: what is read lands in one buffer, and the events are ranges of it.
///
/// Bytes are not checked to be UTF-8. Every character that the format knows is ASCII, so an event
/// that is decoded on its own gives the text that decoding the whole stream would have given.
#[derive(Debug, Default)]
pub struct Decoder {
    buffer: Vec<u8>,
    /// What lies before this has been dispatched or needs no keeping.
    kept: usize,
    /// Where the current line begins.
    line: usize,
    /// How far the current line has been searched for its end.
    searched: usize,
    /// The last line ended with CR; an LF that follows belongs to it.
    after_cr: bool,
    /// The first line is through; a byte order mark can no longer come.
    begun: bool,
    data: Option<Range<usize>>,
    event_type: Vec<u8>,
    last_event_id: Vec<u8>,
    dispatched_type: Vec<u8>,
}

impl Decoder {
    /// A decoder at the start of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether there is memory for `length` more bytes. [`Decoder::space`] does not ask, and ends the program.
    pub fn can_hold(&mut self, length: usize) -> bool {
        self.forget_dispatched();
        self.buffer.try_reserve(length).is_ok()
    }

    /// Makes room for `length` more bytes of the stream and returns it to be filled. Forgets the
    /// events that were dispatched before.
    pub fn space(&mut self, length: usize) -> &mut [u8] {
        self.forget_dispatched();
        let end = self.buffer.len();
        self.buffer.resize(end + length, 0);
        self.buffer.get_mut(end..).unwrap_or_default()
    }

    /// Takes the next bytes of the stream from a slice.
    pub fn push(&mut self, bytes: &[u8]) {
        self.forget_dispatched();
        self.buffer.extend_from_slice(bytes);
    }

    /// What the ranges of events refer to.
    pub fn bytes(&self) -> &[u8] {
        &self.buffer
    }

    /// The same, for writing over what has been dispatched.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        &mut self.buffer
    }

    /// The type of the event dispatched last; "message" unless the stream said otherwise.
    pub fn event_type(&self) -> String {
        if self.dispatched_type.is_empty() {
            return "message".to_owned();
        }
        String::from_utf8_lossy(&self.dispatched_type).into_owned()
    }

    /// Whether the event dispatched last has this type.
    pub fn is_type(&self, event_type: &[u8]) -> bool {
        self.dispatched_type == event_type
    }

    /// The last event ID. It outlives its event, as the standard has it.
    pub fn last_event_id(&self) -> String {
        String::from_utf8_lossy(&self.last_event_id).into_owned()
    }

    /// What has arrived behind the last event, where nothing of the next one has been read yet.
    pub(crate) fn ahead(&self) -> Option<&[u8]> {
        let nothing_read = self.begun
            && !self.after_cr
            && self.searched == self.line
            && self.data.is_none()
            && self.event_type.is_empty();
        self.buffer.get(self.line..).filter(|_| nothing_read)
    }

    /// Dispatches an event that somebody has recognized in [`Decoder::ahead`]: one line of data and an empty one,
    /// `length` bytes together.
    pub(crate) fn dispatch_ahead(&mut self, data: Range<usize>, length: usize) -> Event {
        let begin = self.line;
        self.searched += length;
        self.start_line();
        self.dispatched_type.clear();
        Event { data: begin + data.start..begin + data.end }
    }

    /// The next complete event, if one has arrived.
    pub fn next_event(&mut self) -> Option<Event> {
        loop {
            let rest = self.buffer.get(self.searched..)?;
            if self.after_cr {
                // "a U+000D CARRIAGE RETURN U+000A LINE FEED character pair" is one line end, also
                // when the pair arrives in two reads.
                let follows_lf = *rest.first()? == b'\n';
                self.after_cr = false;
                if follows_lf {
                    self.searched += 1;
                    self.start_line();
                    continue;
                }
            }
            let Some(offset) = memchr::memchr2(b'\n', b'\r', rest) else {
                self.searched = self.buffer.len();
                return None;
            };
            let line = self.line..self.searched + offset;
            self.after_cr = rest.get(offset) == Some(&b'\r');
            self.searched = line.end + 1;
            let event = self.end_line(line);
            self.start_line();
            if event.is_some() {
                return event;
            }
        }
    }

    /// Ends the stream and returns what the standard would discard: the event that was under way,
    /// its last line taken as if it had ended. The caller decides whether it is worth anything.
    pub fn finish(&mut self) -> Option<Event> {
        let line = self.line..self.buffer.len();
        if !line.is_empty() {
            self.buffer.push(b'\n');
            self.end_line(line);
        }
        self.line = self.buffer.len();
        self.searched = self.line;
        self.dispatch()
    }

    fn start_line(&mut self) {
        self.line = self.searched;
        if self.data.is_none() {
            self.kept = self.line;
        }
    }

    fn forget_dispatched(&mut self) {
        if self.kept == 0 {
            return;
        }
        let gone = std::mem::take(&mut self.kept).min(self.buffer.len());
        self.buffer.drain(..gone);
        self.line -= gone;
        self.searched -= gone;
        if let Some(data) = &mut self.data {
            *data = data.start - gone..data.end - gone;
        }
    }

    fn end_line(&mut self, mut line: Range<usize>) -> Option<Event> {
        if !self.begun {
            self.begun = true;
            // "one leading U+FEFF BYTE ORDER MARK character [is] ignored if any are present"
            if self.buffer.get(line.clone()).is_some_and(|text| text.starts_with(BOM)) {
                line.start += BOM.len();
            }
        }
        if line.is_empty() {
            return self.dispatch();
        }
        let text = self.buffer.get(line.clone())?;
        let colon = memchr::memchr(b':', text);
        let (name, mut value) = match colon {
            Some(colon) => (text.get(..colon)?, line.start + colon + 1..line.end),
            None => (text, line.end..line.end),
        };
        // "If value starts with a U+0020 SPACE character, remove it from value."
        if self.buffer.get(value.start) == Some(&b' ') && !value.is_empty() {
            value.start += 1;
        }
        match name {
            b"data" => self.append_data(value),
            b"event" => {
                self.event_type.clear();
                self.event_type.extend_from_slice(self.buffer.get(value)?);
            }
            b"id" => {
                let id = self.buffer.get(value)?;
                // "If the field value does not contain U+0000 NULL, then set the last event ID buffer"
                if !id.contains(&0) {
                    self.last_event_id.clear();
                    self.last_event_id.extend_from_slice(id);
                }
            }
            // A comment, or a field that is ignored: `retry` too, since a POST is never reconnected.
            _ => {}
        }
        None
    }

    /// Moves the line next to the data before it. Each byte moves once at most, and only to the left.
    fn append_data(&mut self, value: Range<usize>) {
        let Some(data) = &mut self.data else {
            self.data = Some(value);
            return;
        };
        if let Some(end) = self.buffer.get_mut(data.end) {
            *end = b'\n';
        }
        let length = value.len();
        self.buffer.copy_within(value, data.end + 1);
        data.end += 1 + length;
    }

    fn dispatch(&mut self) -> Option<Event> {
        // "If the data buffer is an empty string, set the data buffer and the event type buffer to the
        // empty string and return": a buffer that got a line, even an empty one, is not empty yet.
        std::mem::swap(&mut self.dispatched_type, &mut self.event_type);
        self.event_type.clear();
        self.data.take().map(|data| Event { data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(input: &[u8], cut: usize) -> Vec<String> {
        let mut decoder = Decoder::new();
        let mut events = Vec::new();
        for read in input.chunks(cut) {
            decoder.push(read);
            while let Some(event) = decoder.next_event() {
                events.push(String::from_utf8_lossy(&decoder.bytes()[event.data]).into_owned());
            }
        }
        events
    }

    #[test]
    fn every_cut_gives_the_same_events() {
        let input = "\u{FEFF}data: a\r\ndata:b\r\r: comment\ndata\n\nid: 1\ndata: é🙂\n\n".as_bytes();
        for cut in 1..=input.len() {
            assert_eq!(decode(input, cut), ["a\nb", "", "é🙂"], "cut {cut}");
        }
    }

    #[test]
    fn an_event_is_out_before_the_byte_that_tells_cr_from_crlf() {
        assert_eq!(decode(b"data: x\r\r", 9), ["x"]);
    }

    #[test]
    fn dispatched_events_and_comments_are_not_kept() {
        let mut decoder = Decoder::new();
        for _ in 0..1000 {
            decoder.push(b": keep-alive\n\ndata: x\n\n");
            while decoder.next_event().is_some() {}
        }
        decoder.space(0);
        assert_eq!(decoder.bytes().len(), 0);
    }

    #[test]
    fn finish_gives_the_event_that_the_end_cut_off() {
        let mut decoder = Decoder::new();
        decoder.push(b"data: a\ndata: b");
        assert_eq!(decoder.next_event(), None);
        let event = decoder.finish().unwrap();
        assert_eq!(&decoder.bytes()[event.data], b"a\nb");
        assert_eq!(decoder.finish(), None);
    }
}
