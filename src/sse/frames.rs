//! Payloads side by side: `[{…},{…}]`, written over the separators of the stream itself.

use std::ops::Range;

/// The payloads of one read, as one JSON array inside the buffer they arrived in.
///
/// Between two payloads lie at least a line end and `data:`, six bytes of which one becomes the
/// comma and the rest spaces; before the first lies `data:`, behind the last a line end.
#[derive(Debug, Default)]
pub struct Frames {
    payloads: Vec<Range<usize>>,
}

impl Frames {
    /// How many payloads there are.
    pub fn len(&self) -> usize {
        self.payloads.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.payloads.is_empty()
    }

    /// Where each payload lies.
    pub fn payloads(&self) -> &[Range<usize>] {
        &self.payloads
    }

    /// Forgets the payloads of the read before.
    pub fn clear(&mut self) {
        self.payloads.clear();
    }

    /// Adds the payload that was dispatched last. `buffer` is where it lies.
    pub fn add(&mut self, buffer: &mut [u8], payload: Range<usize>) {
        let gap = self.payloads.last().map_or(payload.start.saturating_sub(1), |last| last.end)..payload.start;
        if let Some([separators @ .., last]) = buffer.get_mut(gap) {
            separators.fill(b' ');
            *last = if self.payloads.is_empty() { b'[' } else { b',' };
        }
        self.payloads.push(payload);
    }

    /// Closes the array and returns where it lies. `None` when there is nothing in it.
    pub fn close(&self, buffer: &mut [u8]) -> Option<Range<usize>> {
        let (first, last) = (self.payloads.first()?, self.payloads.last()?);
        *buffer.get_mut(last.end)? = b']';
        Some(first.start.checked_sub(1)?..last.end + 1)
    }
}
