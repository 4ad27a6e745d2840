//! The life of a streamed body: reads, a timer, the caller and the network can each end it, and the
//! first of them does.

use super::{Flaw, Turn};
use crate::patience::{Patience, Wait};

/// How a body ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// All of it was here.
    Complete,
    /// What came cannot be used, or came to an end too early.
    Broken(Flaw),
    /// The connection broke.
    Lost,
    /// Nothing came for too long.
    Idle,
    /// The caller's signal or controller was aborted: the caller gets the reason.
    Aborted,
    /// The caller wants no more: quietly.
    Closed,
}

/// One body from its headers to its end.
#[derive(Debug)]
pub struct Life {
    end: Option<End>,
    idle_ms: f64,
    patience: Patience,
}

impl Life {
    /// A body of which nothing was read; `idle_ms` is the limit between two pieces of it.
    pub fn new(idle_ms: u32) -> Self {
        let idle_ms = f64::from(idle_ms);
        Self { end: None, idle_ms, patience: Patience::new(idle_ms) }
    }

    /// How it ended, if it did.
    pub fn end(&self) -> Option<&End> {
        self.end.as_ref()
    }

    /// How long to wait for the next piece, in milliseconds.
    pub fn limit_ms(&self) -> f64 {
        self.idle_ms
    }

    /// A read brought something, or the end.
    pub fn turned(&mut self, turn: Turn) {
        self.patience = Patience::new(self.idle_ms);
        match turn {
            Turn::Open => {}
            Turn::Complete => self.finish(End::Complete),
            Turn::Broken(flaw) => self.finish(End::Broken(flaw)),
        }
    }

    /// A read failed.
    pub fn lost(&mut self) {
        self.finish(End::Lost);
    }

    /// The timer has fired; a read has waited for so many milliseconds. Returns after how many more to
    /// look again, unless this was the end.
    pub fn fired(&mut self, waited_ms: f64) -> Option<f64> {
        match self.patience.fired(waited_ms) {
            Wait::Again(ms) => Some(ms),
            Wait::Over => {
                self.finish(End::Idle);
                None
            }
        }
    }

    /// The request was aborted before all of the body was handed on.
    pub fn aborted(&mut self) {
        self.give_up(End::Aborted);
    }

    /// The caller wants no more, before all of the body was handed on.
    pub fn closed(&mut self) {
        self.give_up(End::Closed);
    }

    /// What is complete counts no more: part of a text must not look like all of it.
    fn give_up(&mut self, end: End) {
        if self.end == Some(End::Complete) {
            self.end = None;
        }
        self.finish(end);
    }

    fn finish(&mut self, end: End) {
        self.end.get_or_insert(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDLE_MS: u32 = 1000;

    /// What a script says happened to a body.
    #[derive(Debug, Clone, Copy)]
    enum Fact {
        Reads(fn() -> Turn),
        Lost,
        /// The timer fired twice, as late as this.
        Waited(f64),
        Aborted,
        Closed,
    }
    use Fact::{Aborted, Closed, Lost, Reads, Waited};

    const MORE: Fact = Reads(|| Turn::Open);
    const DONE: Fact = Reads(|| Turn::Complete);
    const CUT: Fact = Reads(|| Turn::Broken(Flaw::Truncated));

    fn after(script: &[Fact]) -> Option<End> {
        let mut life = Life::new(IDLE_MS);
        for fact in script {
            match fact {
                Reads(turn) => life.turned(turn()),
                Lost => life.lost(),
                Waited(ms) => {
                    let _ = life.fired(*ms);
                    let _ = life.fired(*ms);
                }
                Aborted => life.aborted(),
                Closed => life.closed(),
            }
        }
        life.end().cloned()
    }

    #[test]
    fn goes_on_until_something_ends_it() {
        assert_eq!(after(&[]), None);
        assert_eq!(after(&[MORE, MORE]), None);
        for (fact, end) in [
            (DONE, End::Complete),
            (CUT, End::Broken(Flaw::Truncated)),
            (Lost, End::Lost),
            (Waited(1000.0), End::Idle),
            (Aborted, End::Aborted),
            (Closed, End::Closed),
        ] {
            assert_eq!(after(&[fact]), Some(end.clone()), "{fact:?}");
            assert_eq!(after(&[MORE, fact]), Some(end), "{fact:?}");
        }
    }

    #[test]
    fn the_first_end_is_the_only_one() {
        for first in [CUT, Lost, Waited(1000.0), Aborted, Closed] {
            let end = after(&[first]);
            for later in [Lost, Aborted, Closed, Waited(9000.0)] {
                assert_eq!(after(&[first, later]), end, "{first:?}, {later:?}");
            }
        }
    }

    #[test]
    fn what_is_complete_but_not_handed_on_can_be_given_up_and_nothing_else() {
        assert_eq!(after(&[DONE, Aborted]), Some(End::Aborted));
        assert_eq!(after(&[DONE, Closed]), Some(End::Closed));
        for later in [Lost, Waited(9000.0)] {
            assert_eq!(after(&[DONE, later]), Some(End::Complete), "{later:?}");
        }
    }

    #[test]
    fn a_slow_reader_is_no_idle_server() {
        assert_eq!(after(&[Waited(999.0)]), None);
        let mut life = Life::new(IDLE_MS);
        assert_eq!(life.fired(400.0), Some(600.0));
        assert_eq!(life.fired(1000.0), Some(1.0));
        // What had waited behind the timer has come: the next wait is a new one.
        life.turned(Turn::Open);
        assert_eq!(life.fired(1000.0), Some(1.0));
        assert_eq!(life.fired(1001.0), None);
        assert_eq!(life.end(), Some(&End::Idle));
    }
}
