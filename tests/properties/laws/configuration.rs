//! What a client is configured with, and the headers of answers.

use super::errors::KEY;
use auriko_wasm::config::{ApiKey, check_header, cleartext_key_risk, escape_segment, normalise};
use auriko_wasm::headers::Head;

/// Any text as a base URL, a path segment, a header and a key: what is taken is harmless, and what is
/// refused is not repeated.
pub fn text(text: &str) {
    base_url(text);
    segment(text);
    if let Err(error) = check_header("headers", "x-a", text) {
        assert!(text.len() < 12 || !format!("{error:?}").contains(text), "{text:?}");
    } else {
        assert!(!text.contains(['\r', '\n', '\0']), "{text:?}");
    }
    if check_header("headers", text, "").is_ok() {
        assert!(!text.is_empty() && !text.contains(|c: char| c.is_control() || c == ':' || c == ' '), "{text:?}");
    }
    match ApiKey::new(text) {
        Ok(key) => {
            assert!(!key.reveal().is_empty() && key.reveal().bytes().all(|byte| byte.is_ascii_graphic()), "{text:?}");
            assert_eq!(format!("{key} {key:?}"), "ak_*** ak_***");
        }
        Err(error) => assert!(text.len() < 12 || !format!("{error:?}").contains(text), "{text:?}"),
    }
}

fn base_url(text: &str) {
    for relative in [false, true] {
        match normalise(text, relative) {
            Ok(url) => {
                assert_eq!(normalise(&url, relative).as_deref(), Ok(url.as_str()), "{text:?}");
                assert!(url.ends_with("/v1") && !url.contains(['?', '#', '\\']), "{text:?}");
                assert!(!url.contains(|c: char| c.is_ascii_control() || c == ' '), "{text:?}");
                let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
                match rest {
                    Some(rest) => assert!(!rest.split('/').next().unwrap_or_default().contains('@'), "{text:?}"),
                    None => assert!(relative && url.starts_with('/') && !url.starts_with("//"), "{text:?}"),
                }
                let safe = ["https://", "/", "http://localhost", "http://127.", "http://[::1]"];
                if !cleartext_key_risk(&url) {
                    let lower = url.to_lowercase();
                    let local = lower.split(['/', ':']).any(|part| part.ends_with(".localhost"));
                    assert!(local || safe.iter().any(|prefix| lower.starts_with(prefix)), "{text:?}");
                }
            }
            Err(error) => assert!(!text.contains(KEY) || !format!("{error:?}").contains(KEY), "{text:?}"),
        }
    }
}

/// A segment means what was given, and has nothing in it that means something to a URL.
fn segment(text: &str) {
    let Ok(segment) = escape_segment("id", text) else {
        return assert!(["", ".", ".."].contains(&text), "{text:?}");
    };
    assert!(segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)), "{text:?}");
    let mut parts = segment.split('%');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (digits, plain) = part.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).expect("two hexadecimal digits"));
        bytes.extend_from_slice(plain.as_bytes());
    }
    assert_eq!(bytes, text.as_bytes());
}

/// Headers of any kind are read without falling over them; their meaning is the unit tests' business.
pub fn headers(headers: &[(String, String)], now_ms: f64) {
    let head = Head::new(429, headers.iter().cloned());
    if let Some(ms) = head.retry_after(now_ms) {
        assert!(ms.is_finite() && ms >= 0.0, "{headers:?}");
    }
    assert!(head.request_id().is_none_or(|id| !id.is_empty()), "{headers:?}");
    assert!(head.content_type().is_none_or(|essence| !essence.is_empty() && !essence.contains(';')), "{headers:?}");
    for (name, _) in headers {
        assert_eq!(head.get(name), head.get(&name.to_ascii_uppercase()), "{headers:?}");
    }
    head.should_retry();
}
