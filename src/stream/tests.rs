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
        if !matches!(turn, Turn::Open | Turn::Settled) {
            return (chunks, turn);
        }
    }
    let turn = stream.end();
    collect(&stream);
    (chunks, turn)
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
fn a_responses_stream_is_complete_when_it_ends_after_a_terminal_event() {
    let terminal = r#"{"type":"response.incomplete","response":{}}"#;
    let one = format!("data: {{\"type\":\"x\"}}\n\ndata: {terminal}\n\n");
    let complete = |turn: &Turn| *turn == Turn::Complete;
    every_cut(Protocol::Responses, &one, &[r#"{"type":"x"}"#, terminal], complete);
    every_cut(
        Protocol::Responses,
        &format!("{one}data: [DONE]\n\ndata: junk\n\n"),
        &[r#"{"type":"x"}"#, terminal],
        complete,
    );
    // Several responses in a row, as some recordings have them.
    let row = [r#"{"type":"x"}"#, terminal, r#"{"type":"x"}"#, terminal];
    every_cut(Protocol::Responses, &format!("{one}{one}"), &row, complete);
    let cut_off = format!("{one}data: {{\"type\":\"x\"}}\n\n");
    every_cut(Protocol::Responses, &cut_off, &row[..3], |turn| *turn == Turn::Broken(Flaw::Truncated));
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
