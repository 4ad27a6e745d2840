//! Guesses which word was meant.

/// A part of a word must have this many letters to stand for it (`byok` for `only_byok`).
const MIN_PART: usize = 4;

/// The one of `words` that `word` is in another spelling: `maxTTFTMs`, `Max-TTFT-ms`, `max_ttft_ms`.
// Not inlined: of what tells an error, the size counts and not the speed.
#[inline(never)]
pub(super) fn respelt<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    let typed = letters(word);
    words.iter().find(|known| letters(known) == typed).copied()
}

/// The one of `words` that `word` most likely stands for, if any comes close; the first of equals.
pub(super) fn nearest<'a>(word: &str, words: &[&'a str]) -> Option<&'a str> {
    let typed = letters(word);
    let mut best = (usize::MAX, None);
    for candidate in words {
        let wanted = letters(candidate);
        let edits = distance(&typed, &wanted);
        // One slip in three letters, as rustc has it, or an abbreviation.
        let close = edits <= typed.len().max(3) / 3
            || typed.len() >= MIN_PART && wanted.windows(typed.len()).any(|part| part == typed);
        if close && edits < best.0 {
            best = (edits, Some(*candidate));
        }
    }
    best.1
}

#[inline(never)]
fn letters(word: &str) -> Vec<u8> {
    word.bytes()
        .filter(|byte| !matches!(byte, b'_' | b'-' | b' ' | b'.'))
        .map(|byte| byte.to_ascii_lowercase())
        .collect()
}

/// How many letters must be added, removed or replaced to make `b` of `a` (Levenshtein).
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut row: Vec<usize> = (1..=b.len()).collect();
    for (above, x) in a.iter().enumerate() {
        let mut diagonal = above;
        let mut left = above + 1;
        for (y, cell) in b.iter().zip(&mut row) {
            left = (diagonal + usize::from(x != y)).min(*cell + 1).min(left + 1);
            diagonal = *cell;
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_edits() {
        let cases = [("", "", 0), ("abc", "", 3), ("", "abc", 3), ("cost", "cots", 2), ("kitten", "sitting", 3)];
        for (a, b, edits) in cases {
            assert_eq!(distance(a.as_bytes(), b.as_bytes()), edits, "{a} {b}");
        }
    }

    #[test]
    fn sees_through_case_and_separators() {
        for spelling in ["maxTtftMs", "maxTTFTMs", "MaxTtftMs", "max-ttft-ms", "MAX_TTFT_MS", "max ttft ms"] {
            assert_eq!(respelt(spelling, &["tier", "max_ttft_ms"]), Some("max_ttft_ms"), "{spelling}");
        }
        assert_eq!(respelt("max_ttft", &["tier", "max_ttft_ms"]), None);
    }

    #[test]
    fn prefers_the_word_with_the_fewest_edits_then_the_first() {
        let words = ["timeout_ms", "deadline_ms", "max_ttft_ms"];
        assert_eq!(nearest("timout_ms", &words), Some("timeout_ms"));
        assert_eq!(nearest("ttft_ms", &words), Some("max_ttft_ms"));
        assert_eq!(nearest("p5", &["p50", "p95"]), Some("p50"));
    }

    #[test]
    fn stays_silent_about_what_is_far_off_empty_or_endless() {
        let endless = "timeout_ms".repeat(10_000);
        for word in ["temperature", "t", "", "ä", endless.as_str()] {
            assert_eq!(nearest(word, &["timeout_ms", "tier"]), None);
        }
    }
}
