use super::*;

/// Every chunk of the stream, each read's batch parsed as one array, and how it ended.
fn run(protocol: Protocol, input: &str, cut: usize) -> (Vec<serde_json::Value>, Turn) {
    let whole = run_as(protocol, input, cut, false);
    assert_eq!(run_as(protocol, input, cut, true), whole, "abridged, cut {cut} of {input:?}");
    whole
}

fn run_as(protocol: Protocol, input: &str, cut: usize, abridged: bool) -> (Vec<serde_json::Value>, Turn) {
    let mut stream = Stream::new(protocol);
    if abridged {
        stream.abridge();
    }
    let (mut chunks, mut model) = (Vec::new(), Model::default());
    let mut collect = |stream: &Stream| {
        if let Some(batch) = stream.batch() {
            let array: Vec<serde_json::Value> = serde_json::from_slice(batch.array).unwrap();
            assert_eq!(array.len(), batch.payloads.len());
            chunks.extend(if abridged { model.expand(array, batch.abridged) } else { array });
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

/// Makes whole what was abridged, as `pkg/src/chunks.js` does.
#[derive(Default)]
struct Model {
    chunk: serde_json::Value,
    place: &'static str,
    padded: bool,
}

impl Model {
    fn expand(&mut self, array: Vec<serde_json::Value>, abridged: &Abridged) -> Vec<serde_json::Value> {
        let mut array = array.into_iter();
        let mut units = std::str::from_utf8(&abridged.texts).unwrap().encode_utf16();
        let mut text =
            |length: u32| String::from_utf16(&units.by_ref().take(length as usize).collect::<Vec<_>>()).unwrap();
        let (mut chunks, mut marks) = (Vec::new(), abridged.marks.iter().copied());
        while let Some(mark) = marks.next() {
            if mark & Mark::WHOLE == 0 {
                *self.chunk.pointer_mut(self.place).unwrap() = text(mark).into();
                if self.padded {
                    *self.chunk.pointer_mut("/obfuscation").unwrap() = text(marks.next().unwrap()).into();
                }
                chunks.push(self.chunk.clone());
                continue;
            }
            let chunk = array.next().unwrap();
            self.place = match mark & 0xFF {
                0 => {
                    chunks.push(chunk);
                    continue;
                }
                1 => "/choices/0/delta/content",
                2 => "/choices/0/delta/reasoning_content",
                3 => "/choices/0/delta/reasoning",
                _ => "/choices/0/delta/tool_calls/0/function/arguments",
            };
            assert!(chunk.pointer(self.place).is_some_and(serde_json::Value::is_string), "{chunk}");
            self.padded = mark & Mark::PADDED != 0;
            self.chunk = chunk.clone();
            chunks.push(chunk);
        }
        assert_eq!((array.next(), units.next()), (None, None));
        chunks
    }
}

fn every_cut(protocol: Protocol, input: &str, chunks: &[&str], ends: fn(&Turn) -> bool) {
    let expected: Vec<serde_json::Value> = chunks.iter().map(|chunk| serde_json::from_str(chunk).unwrap()).collect();
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
fn a_terminal_event_completes_a_responses_stream_and_nothing_after_it_counts() {
    let terminal = r#"{"type":"response.incomplete","response":{}}"#;
    let one = format!("data: {{\"type\":\"x\"}}\n\ndata: {terminal}\n\n");
    let later = ["", "data: [DONE]\n\n", "data: junk\n\n", "data: {\"type\":\"error\"}\n\n", ": still here\n\n", &one];
    for later in later {
        let complete = |turn: &Turn| *turn == Turn::Complete;
        every_cut(Protocol::Responses, &format!("{one}{later}"), &[r#"{"type":"x"}"#, terminal], complete);
    }
    every_cut(Protocol::Responses, &format!("data: {FINISHED}\n\n"), &[FINISHED], |turn| {
        *turn == Turn::Broken(Flaw::Truncated)
    });
}

#[test]
fn text_alone_comes_without_the_chunks_that_carry_it() {
    let content = |text: &str| format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n");
    let input =
        [content("a\\n\\ud83d"), content("\\ude42"), "data: {\"usage\":{}}\n\ndata: [DONE]\n\n".to_owned()].concat();
    for cut in 1..=input.len() {
        let mut stream = Stream::new(Protocol::ChatCompletions);
        stream.read_text();
        let (mut text, mut chunks, mut turn) = (Vec::new(), 0, Turn::Open);
        for read in input.as_bytes().chunks(cut) {
            stream.space(read.len()).copy_from_slice(read);
            turn = stream.advance();
            text.extend_from_slice(stream.text());
            chunks += stream.batch().map_or(0, |batch| batch.payloads.len());
            if turn != Turn::Open {
                break;
            }
        }
        assert_eq!((String::from_utf8(text).unwrap().as_str(), chunks, turn), ("a\n🙂", 1, Turn::Complete), "{cut}");
    }
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

/// Chunks of a stream as providers send them: texts of every field, padded and not, and what is odd about them.
#[test]
fn an_abridged_stream_says_the_same() {
    let deltas = [
        r#"{"role":"assistant","content":""}"#,
        r#"{"content":"a"}"#,
        r#"{"content":"é東🙂\u00e9"}"#,
        r#"{"content":"","reasoning":"think"}"#,
        r#"{"content":"","reasoning":"more\n"}"#,
        r#"{"content":null,"reasoning_content":"x"}"#,
        r#"{"content":null,"reasoning_content":"yz"}"#,
        r#"{"tool_calls":[{"index":0,"function":{"arguments":"{"}}]}"#,
        r#"{"tool_calls":[{"index":0,"function":{"arguments":"\"a\":1}"}}]}"#,
        r#"{"tool_calls":[null,{"function":{"arguments":"a"}}]}"#,
        r#"{"tool_calls":[null,{"function":{"arguments":"b"}}]}"#,
        r#"{"tool_calls":[{"function":{"arguments":"a"}}],"tool_calls":null}"#,
        r#"{"tool_calls":[{"function":{"arguments":"b"}}],"tool_calls":null}"#,
        r#"{"tool_calls":[{"function":{"arguments":"b"},"function":0}]}"#,
        r#"{"tool_calls":[{"function":{"arguments":"bc"},"function":0}]}"#,
        r#"{"content":"a","reasoning":"b"}"#,
        r#"{"content":"c","reasoning":"b"}"#,
        r#"{"content":"a","content":"b"}"#,
        r#"{"content":"a","content":"cd"}"#,
        r#"{"content":"a","content":5}"#,
        r#"{"content":"b","content":5}"#,
    ];
    let shapes: [fn(&str) -> String; 7] = [
        |delta| format!(r#"{{"id":"x","choices":[{{"index":0,"delta":{delta},"finish_reason":null}}]}}"#),
        |delta| format!(r#"{{"choices":[{{"delta":{delta}}}],"obfuscation":"{}"}}"#, "p".repeat(delta.len() % 5)),
        |delta| format!(r#"{{"obfuscation":"\u0070","choices":[{{"delta":{delta}}}]}}"#),
        |delta| format!(r#"{{"choices":[{{"delta":{delta}}},{{"delta":{delta}}}]}}"#),
        |delta| format!(r#"{{"choices":[null,{{"delta":{delta}}}]}}"#),
        |delta| format!(r#"{{"choices":[{{"delta":{delta}}},null]}}"#),
        |delta| format!(r#"{{"choices":[{{"delta":{delta}}}],"choices":[],"usage":null}}"#),
    ];
    for shape in shapes {
        for order in [&deltas[..], &deltas.iter().rev().copied().collect::<Vec<_>>()] {
            let chunks: Vec<String> = order.iter().map(|delta| shape(delta)).collect();
            let input = format!("data: {}\n\n", chunks.join("\n\ndata: "));
            for cut in [1, 7, 64, 333, 4096, input.len()] {
                run(Protocol::ChatCompletions, &input, cut);
            }
        }
    }
}
