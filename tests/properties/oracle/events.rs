//! "Interpreting an event stream", HTML standard, section 9.2.6.

/// An event as it is dispatched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub kind: String,
    pub data: String,
    pub id: String,
}

/// The events of a whole stream, and the one that its end leaves unfinished: its last line taken for a
/// line, and its blank line for given.
pub fn events(bytes: &[u8]) -> (Vec<Event>, Option<Event>) {
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reading = Reading::default();
    let (lines, rest) = lines(text);
    for line in lines {
        reading.line(line);
    }
    let dispatched = std::mem::take(&mut reading.events);
    if !rest.is_empty() {
        reading.line(rest);
    }
    reading.dispatch();
    (dispatched, reading.events.pop())
}

/// The lines that are ended, and what comes behind the last of them.
fn lines(mut text: &str) -> (Vec<&str>, &str) {
    let mut lines = Vec::new();
    while let Some((line, rest)) = text.split_once(['\r', '\n']) {
        let end = &text[line.len()..];
        text = if end.starts_with("\r\n") { &rest[1..] } else { rest };
        lines.push(line);
    }
    (lines, text)
}

#[derive(Default)]
struct Reading {
    data: String,
    event_type: String,
    id: String,
    events: Vec<Event>,
}

impl Reading {
    fn line(&mut self, line: &str) {
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event_type),
            "data" => self.data.extend([value, "\n"]),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        let event_type = std::mem::take(&mut self.event_type);
        let mut data = std::mem::take(&mut self.data);
        if data.pop().is_some() {
            let kind = if event_type.is_empty() { "message".to_owned() } else { event_type };
            self.events.push(Event { kind, data, id: self.id.clone() });
        }
    }
}
