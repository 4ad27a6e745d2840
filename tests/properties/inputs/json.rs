//! Texts of JSON.

use super::word;
use crate::laws::KEY;
use proptest::collection::vec;
use proptest::prelude::*;

/// A text of JSON with the members that matter, one in ten with one character changed.
pub fn any_json() -> impl Strategy<Value = String> {
    let json = prop_oneof![4 => payload(), 2 => value(), 1 => deep(), 1 => report()];
    prop_oneof![9 => json.clone(), 1 => damaged(json), 1 => ".{0,20}"]
}

/// What an event of a stream may hold.
pub fn payload() -> impl Strategy<Value = String> + Clone {
    object(vec![
        (4, "choices", list(choice()).boxed()),
        (1, "choices", value().boxed()),
        (1, "routing_metadata", value().boxed()),
        (1, "usage", value().boxed()),
        (1, "error", word(&["null", "null", "false", "\"\"", "0", "{}", "\"x\""]).boxed()),
        (2, "type", word(TYPES).boxed()),
        (1, "obfuscation", string().boxed()),
        (1, "x", value().boxed()),
    ])
}

const TYPES: &[&str] = &[
    "\"x\"",
    "\"response.completed\"",
    "\"response.failed\"",
    "\"response.incomplete\"",
    "\"response.complete\"",
    "\"error\"",
    "\"\\u0065rror\"",
    "null",
];

fn choice() -> impl Strategy<Value = String> + Clone {
    let content = prop_oneof![4 => string(), 1 => value()];
    let function = object(vec![(4, "arguments", string().boxed()), (1, "name", value().boxed())]);
    let call = object(vec![(4, "function", function.boxed()), (1, "function", value().boxed())]);
    let delta = object(vec![
        (3, "content", content.boxed()),
        (1, "reasoning", string().boxed()),
        (1, "reasoning_content", string().boxed()),
        (1, "tool_calls", list(prop_oneof![4 => call, 1 => value()]).boxed()),
        (1, "x", value().boxed()),
    ]);
    let choice = object(vec![
        (4, "delta", delta.boxed()),
        (1, "delta", value().boxed()),
        (1, "index", word(&["0", "1", "null", "0.5"]).boxed()),
        (1, "finish_reason", word(&["null", "\"\"", "\"stop\"", "0"]).boxed()),
        (1, "x", payload_like().boxed()),
    ]);
    prop_oneof![9 => choice, 1 => value()]
}

/// Members of the right names at the wrong place.
fn payload_like() -> impl Strategy<Value = String> + Clone {
    object(vec![(1, "delta", value().boxed()), (1, "finish_reason", value().boxed()), (1, "content", string().boxed())])
}

/// What an error answer may hold.
fn report() -> impl Strategy<Value = String> + Clone {
    let text =
        prop_oneof![3 => string(), 1 => Just(format!("\"the key {KEY}, {KEY}.\"")), 1 => word(&["\"\"", "null", "7"])];
    let types = word(&["\"api_error\"", "\"rate_limit_error\"", "\"invalid_request_error\"", "\"error\"", "\"x\""]);
    let code = word(&["\"rate_limit_exceeded\"", "\"internal_error\"", "\"x\"", "\"\""]);
    let rest = ["code", "message", "param", "doc_url", "provider", "suggestion"];
    let members = move || {
        let mut members = vec![(6, "type", types.clone().boxed()), (6, "code", code.clone().boxed())];
        members.extend(rest.map(|name| (if name == "message" { 6 } else { 1 }, name, text.clone().boxed())));
        members
    };
    let mut outer = members();
    outer.push((20, "error", object(members()).boxed()));
    object(outer)
}

fn value() -> impl Strategy<Value = String> + Clone {
    let words = word(&["null", "true", "false", "0", "-1.5e3", "0.25E-7", "1", "[]", "{ }", "\"\""]);
    prop_oneof![4 => words, 2 => string()].prop_recursive(3, 12, 3, |inner| {
        let member = (name("x"), inner.clone()).prop_map(|(name, value)| format!("{name}:{value}"));
        let members = vec(member, 0..3).prop_map(|members| format!("{{{}}}", members.join(",")));
        prop_oneof![list(inner), members]
    })
}

/// Deeper than what fits into one word of memory.
fn deep() -> impl Strategy<Value = String> + Clone {
    vec(any::<bool>(), 60..140).prop_map(|objects| {
        let inside = objects.iter().fold("0".to_owned(), |inside, object| match object {
            true => format!("{{\"a\":{inside}}}"),
            false => format!("[{inside}]"),
        });
        format!("{{\"a\":{inside}}}")
    })
}

fn list(item: impl Strategy<Value = String> + Clone) -> impl Strategy<Value = String> + Clone {
    (vec(item, 0..3), space()).prop_map(|(items, space)| format!("[{space}{}]", items.join(&format!("{space},"))))
}

/// Some of these members, in any order and any number of each.
fn object(members: Vec<(u32, &'static str, BoxedStrategy<String>)>) -> impl Strategy<Value = String> + Clone {
    let any_member = members.into_iter().map(|(weight, own, value)| {
        let member =
            (name(own), space(), value).prop_map(|(name, space, value)| format!("{name}{space}:{space}{value}"));
        (weight, member.boxed())
    });
    vec(proptest::strategy::Union::new_weighted(any_member.collect()), 0..5)
        .prop_map(|members| format!("{{{}}}", members.join(",")))
        .boxed()
}

/// A name, now and then written with escapes.
fn name(name: &'static str) -> impl Strategy<Value = String> + Clone {
    let (first, rest) = name.split_at(1);
    let escaped = format!("\"\\u{:04x}{rest}\"", first.as_bytes()[0]);
    prop_oneof![19 => Just(format!("\"{name}\"")), 1 => Just(escaped)]
}

fn space() -> impl Strategy<Value = String> + Clone {
    prop_oneof![8 => Just(String::new()), 1 => word(&[" ", "\n", "\t\r", "   "])]
}

pub fn string() -> impl Strategy<Value = String> + Clone {
    vec(word(PIECES), 0..5).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
}

const PIECES: &[&str] = &[
    "a",
    "é",
    "🙂",
    "\u{7f}",
    "plain text that is long",
    r"\n",
    r#"\""#,
    r"\\",
    r"\/",
    r"\u0041",
    r"\ud83d",
    r"\ude42",
    r"\uD83D\uDE42",
];

/// The insides of strings that follow each other: some are no string, some no UTF-8.
pub fn text_insides() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let good = string().prop_map(|string| string.as_bytes()[1..string.len() - 1].to_vec());
    let halves = proptest::sample::select(vec![&b"\xE2\x82"[..], b"\xAC", b"\xF0\x9F", b"\x99\x82", b"\xFF"]);
    let wrong = word(&["\\", "\n", r"\x", r"\u12", r"\u12g4"]).prop_map(String::into_bytes);
    vec(prop_oneof![12 => good, 4 => halves.prop_map(<[u8]>::to_vec), 1 => wrong], 0..5)
}

/// With one character taken out or put in the place of another.
fn damaged(json: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let wrong = proptest::sample::select(vec!["", ",", ":", "\"", "{", "}", "[", "]", "\\", "\n", "0", "é", "\u{a0}"]);
    (json, any::<proptest::sample::Index>(), wrong).prop_map(|(json, at, wrong)| {
        let places: Vec<(usize, char)> = json.char_indices().collect();
        let (at, old) = places[at.index(places.len())];
        format!("{}{wrong}{}", &json[..at], &json[at + old.len_utf8()..])
    })
}
