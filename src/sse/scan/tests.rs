use super::*;

fn notes(json: &str) -> Notes {
    scan(json.as_bytes()).unwrap_or_else(|| panic!("refused: {json}"))
}

#[test]
fn one_whole_object_and_nothing_else() {
    for whole in ["{}", " {\"a\":[{}]}\n", r#"{"a":"}\"]\\"}"#, "{\"\":\"\"}"] {
        assert!(scan(whole.as_bytes()).is_some(), "{whole}");
    }
    for other in ["", " ", "[]", "1", "\"x\"", "{", "{}}", "{},{}", "{}1", "}", "{\"a\":\"}", "{\"a\":\"\\\"}", "{\"\\"]
    {
        assert_eq!(scan(other.as_bytes()), None, "{other}");
    }
}

#[test]
fn what_is_not_json_is_refused_though_its_brackets_match() {
    for wrong in [
        "{a:1}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":[1,]}",
        "{\"a\":[1}]",
        "{\"a\":(1)}",
        "{\"a\":01}",
        "{\"a\":nil}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1}\u{a0}",
        "{'a':1}",
    ] {
        assert_eq!(scan(wrong.as_bytes()), None, "{wrong}");
    }
}

#[test]
fn of_two_members_of_one_name_the_last_holds() {
    let last =
        notes(r#"{"choices":[{"delta":{"content":"a"},"delta":{}}],"error":"x","error":null,"usage":{},"usage":null}"#);
    assert_eq!(last, Notes::default());
    assert_eq!(notes(r#"{"choices":[{"delta":{"content":"a","content":null}}]}"#).content, None);
    assert!(notes(r#"{"choices":[{"delta":{"content":"a"}, "index":1, "index":0}]}"#).content.is_some());
}

#[test]
fn notices_members_of_the_top_level_only() {
    let all = notes(r#"{"routing_metadata":{},"usage" : {"usage":1},"error":"x"}"#);
    assert!(all.routing_metadata && all.usage && all.error);
    assert_eq!(notes(r#"{"x":{"routing_metadata":1,"usage":1,"error":1}}"#), Notes::default());
    assert_eq!(notes(r#"{"a":"routing_metadata","b":"\"usage\":1","usage":null,"error": null}"#), Notes::default());
}

#[test]
fn notices_the_finish_reason_of_any_choice() {
    assert!(notes(r#"{"choices":[{"finish_reason":null},{"delta":{},"finish_reason":"stop"}]}"#).finish_reason);
    for none in [
        r#"{"choices":[{"finish_reason":null}]}"#,
        r#"{"choices":[{"finish_reason":""}]}"#,
        r#"{"choices":[{"finish_reason":"stop","finish_reason":null}]}"#,
        r#"{"choices":[{"finish_reason":"stop"}],"choices":[]}"#,
        r#"{"choices":[{"delta":{"finish_reason":"stop"}}]}"#,
        r#"{"choices":[],"x":[{"finish_reason":"stop"}]}"#,
        r#"{"choices":[{"delta":{"content":"\"finish_reason\":\"stop\""}}]}"#,
    ] {
        assert!(!notes(none).finish_reason, "{none}");
    }
}

#[test]
fn finds_the_text_of_the_first_choice() {
    let text = |json: &str| notes(json).content.map(|(from, to)| json.get(from..to).unwrap().to_owned());
    assert_eq!(text(r#"{"choices":[{"index":0,"delta":{"role":"a","content":"x\"}"}}]}"#).as_deref(), Some(r#"x\"}"#));
    assert_eq!(text(r#"{"\u0063hoices":[{"d\u0065lta":{"conten\u0074":"x"}}]}"#).as_deref(), Some("x"));
    assert_eq!(text(r#"{"choices":[{"delta":{"content":""}},{"delta":{"content":"b"}}]}"#).as_deref(), Some(""));
    for none in [
        r#"{"choices":[{"delta":{"content":null}}]}"#,
        r#"{"choices":[{"delta":{"content":["x"],"x":{"content":"x"}}}]}"#,
        r#"{"choices":[{"logprobs":{"content":"x"}}],"delta":{"content":"x"}}"#,
        r#"{"choices":[{"index":1,"delta":{"content":"x"}}]}"#,
        r#"{"choices":[{"delta":{"content":"x"},"index":1}]}"#,
        r#"{"choices":[{"delta":{}},{"delta":{"content":"x"}}]}"#,
        r#"{"choices":[{"delta":{}},[{"content":"x"}]]}"#,
        r#"{"choices":{"a":{"delta":{"content":"x"}}}}"#,
    ] {
        assert_eq!(text(none), None, "{none}");
    }
}

#[test]
fn tells_terminal_and_error_events() {
    assert_eq!(notes(r#"{"type":"response.completed"}"#).event, EventKind::Terminal);
    assert_eq!(notes(r#"{"sequence_number":1,"type": "error"}"#).event, EventKind::Error);
    assert_eq!(notes(r#"{"type":"\u0065rror"}"#).event, EventKind::Error);
    assert_eq!(notes(r#"{"type":"response.output_text.delta","x":{"type":"error"}}"#).event, EventKind::Ordinary);
    assert_eq!(notes(r#"{"type":"response.completed.later"}"#).event, EventKind::Ordinary);
}
