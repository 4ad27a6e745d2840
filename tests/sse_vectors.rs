//! The event-stream vectors (`tests/vectors/sse.json`) at every cut that they name, at every cut into
//! two, and byte by byte.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is a failed test")]
#![allow(clippy::cast_possible_truncation, reason = "offsets of small files")]

use auriko_wasm::sse::Decoder;
use base64::Engine;
use serde_json::{Value, json};

fn vectors() -> Vec<Value> {
    let file: Value = serde_json::from_str(include_str!("vectors/sse.json")).unwrap();
    file["vectors"].as_array().unwrap().clone()
}

fn input_of(vector: &Value) -> Vec<u8> {
    base64::engine::general_purpose::STANDARD.decode(vector["input_base64"].as_str().unwrap()).unwrap()
}

fn drain(decoder: &mut Decoder, events: &mut Vec<Value>) {
    while let Some(event) = decoder.next_event() {
        let data = String::from_utf8_lossy(&decoder.bytes()[event.data]).into_owned();
        events.push(json!({ "event": decoder.event_type(), "data": data, "id": decoder.last_event_id() }));
    }
}

/// The events of `input`, read in pieces that end at `cuts`.
fn decode(input: &[u8], cuts: &[usize]) -> Vec<Value> {
    let mut decoder = Decoder::new();
    let mut events = Vec::new();
    let mut from = 0;
    for &to in cuts.iter().chain([&input.len()]) {
        decoder.push(&input[from..to]);
        drain(&mut decoder, &mut events);
        from = to;
    }
    events
}

#[test]
fn every_vector_gives_its_events_at_every_cut() {
    for vector in vectors() {
        let (name, input) = (&vector["name"], input_of(&vector));
        let expected = vector["expected_events"].as_array().unwrap();
        for cuts in vector["chunk_splits"].as_array().unwrap() {
            let cuts: Vec<usize> = cuts.as_array().unwrap().iter().map(|cut| cut.as_u64().unwrap() as usize).collect();
            assert_eq!(&decode(&input, &cuts), expected, "{name} cut at {cuts:?}");
        }
        let all: Vec<usize> = (0..=input.len()).collect();
        assert_eq!(&decode(&input, &all), expected, "{name} byte by byte");
        // Cutting a long input in two everywhere takes quadratic time and adds nothing.
        if input.len() <= 2000 {
            for cut in 0..=input.len() {
                assert_eq!(&decode(&input, &[cut]), expected, "{name} cut in two at {cut}");
            }
        }
    }
}

#[test]
fn events_are_out_as_soon_as_their_blank_line_is_in() {
    let mut checked = 0;
    for vector in vectors() {
        for check in vector["prefix_checks"].as_array().into_iter().flatten() {
            let bytes = check["bytes"].as_u64().unwrap() as usize;
            let events = decode(&input_of(&vector)[..bytes], &[]);
            assert!(events.len() as u64 >= check["events"].as_u64().unwrap(), "{}", vector["name"]);
            checked += 1;
        }
    }
    assert!(checked > 0);
}

#[test]
fn what_the_end_cuts_off_is_kept_apart_from_what_was_dispatched() {
    let mut checked = 0;
    for vector in vectors() {
        let Some(extra) = vector["eof_flush_extra"].as_array() else { continue };
        let mut decoder = Decoder::new();
        decoder.push(&input_of(&vector));
        drain(&mut decoder, &mut Vec::new());
        let last = decoder.finish().map(|event| String::from_utf8_lossy(&decoder.bytes()[event.data]).into_owned());
        assert_eq!(last.as_deref(), extra.first().and_then(|event| event["data"].as_str()), "{}", vector["name"]);
        checked += 1;
    }
    assert!(checked > 0);
}
