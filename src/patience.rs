//! How long to wait for something that may not come.

/// What to do when a timer has fired.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wait {
    /// Wait on for so many milliseconds.
    Again(f64),
    /// It did not come in time.
    Over,
}

/// One wait with a limit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Patience {
    limit_ms: f64,
    overdue: bool,
}

impl Patience {
    /// A wait that begins now.
    pub fn new(limit_ms: f64) -> Self {
        Self { limit_ms, overdue: false }
    }

    /// The timer has fired, so many milliseconds after the wait began.
    ///
    /// The process may have been asleep or at work, and not the server silent: what has arrived
    /// meanwhile waits behind the timer, and gets one more turn.
    pub fn fired(&mut self, waited_ms: f64) -> Wait {
        let left = self.limit_ms - waited_ms;
        if left > 0.0 {
            return Wait::Again(left);
        }
        if self.overdue {
            return Wait::Over;
        }
        self.overdue = true;
        Wait::Again(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timer_that_fires_early_waits_for_the_rest() {
        let mut patience = Patience::new(100.0);
        assert_eq!(patience.fired(30.0), Wait::Again(70.0));
        assert_eq!(patience.fired(99.5), Wait::Again(0.5));
    }

    #[test]
    fn it_is_over_when_one_more_turn_brought_nothing() {
        let mut patience = Patience::new(100.0);
        assert_eq!(patience.fired(5000.0), Wait::Again(1.0));
        assert_eq!(patience.fired(5001.0), Wait::Over);
    }
}
