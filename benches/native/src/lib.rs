//! Streams such as models write, for the benches.

/// The bytes of a stream of chunks with these texts.
pub fn stream(texts: &[&str], events: usize) -> Vec<u8> {
    let event = |at: usize| {
        let text = texts.iter().cycle().nth(at % texts.len()).copied().unwrap_or_default();
        format!(
            "data: {{\"id\":\"chatcmpl-D8Z5oo6uDh67AD85p73ksdT1KxhE0\",\"object\":\"chat.completion.chunk\",\
             \"created\":1770933892,\"model\":\"gpt-5.4-2026-03-05\",\"service_tier\":\"default\",\
             \"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}},\"logprobs\":null,\
             \"finish_reason\":null}}]}}\n\n"
        )
    };
    (0..events).flat_map(|at| event(at).into_bytes()).collect()
}

/// Texts of one byte a character, and of several.
pub const TEXTS: [(&str, &[&str]); 2] = [
    ("plain", &[" the", " of", " router", "\\n\\n", " \\\"quoted\\\""]),
    ("multi-byte", &["你好", "ルーター", "🙂", "é"]),
];
