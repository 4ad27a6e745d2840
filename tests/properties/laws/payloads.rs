//! What is read of a payload without parsing it.

use super::{json, too_deep};
use crate::oracle::json::{Json, parse};
use crate::oracle::notes::{Notes, of};
use auriko_wasm::sse::Text;
use auriko_wasm::sse::scan::{EventKind, scan};
use serde::de::IgnoredAny;

/// A payload is taken exactly where `JSON.parse` and `serde_json` find an object, and what is noticed is
/// what it says.
pub fn payload(input: &[u8]) {
    let text = String::from_utf8_lossy(input);
    if too_deep(&text) {
        scan(input);
        return;
    }
    let parsed = parse(&text);
    // serde_json has a limit of its own.
    if text.matches(['[', '{']).count() < 127 {
        assert_eq!(parsed.is_some(), serde_json::from_str::<IgnoredAny>(&text).is_ok(), "the oracle and {text:?}");
    }
    // An empty text says as little as none.
    let told = |notes: Notes| Notes { content: notes.content.filter(|units| !units.is_empty()), ..notes };
    let expected = parsed.filter(|json| matches!(json, Json::Object(_))).map(|json| told(of(&json)));
    let got = scan(input).map(|notes| {
        told(Notes {
            routing_metadata: notes.routing_metadata,
            usage: notes.usage,
            error: notes.error,
            finish_reason: notes.finish_reason,
            event: match notes.event {
                EventKind::Ordinary => "",
                EventKind::Terminal => "terminal",
                EventKind::Error => "error",
            },
            content: notes.content.map(|(from, to)| units(&input[from..to]).unwrap_or_default()),
        })
    });
    assert_eq!(got, expected, "{text:?}");
}

/// Strings that follow each other give the text that their values put together give.
pub fn text(insides: &[&[u8]]) {
    let (mut reading, mut bytes, mut expected) = (Text::default(), Vec::new(), Vec::new());
    for inside in insides {
        let Some(units) = units(inside) else {
            // No string of JSON: the scan lets none come here, and this must not fall over it.
            let _ = reading.append(inside, &mut bytes);
            return;
        };
        expected.extend(units);
        assert_eq!(reading.append(inside, &mut bytes), Some(()), "{inside:?}");
    }
    reading.finish(&mut bytes);
    assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf16_lossy(&expected), "{insides:?}");
}

/// The value of a string of JSON by its inside.
fn units(inside: &[u8]) -> Option<Vec<u16>> {
    match json(&format!("\"{}\"", String::from_utf8_lossy(inside)))? {
        Json::String(units) => Some(units),
        _ => None,
    }
}
