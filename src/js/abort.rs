//! The caller's `AbortSignal`, tied to the request that is under way.

use super::convert::{get, is_absent, is_function, value_of};
use super::host::race;
use crate::error::Error;
use js_sys::{Function, Promise};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

#[wasm_bindgen(module = "/pkg/src/signals.js")]
extern "C" {
    fn watch(signal: &AbortSignal, run: &Function) -> Function;

    #[wasm_bindgen(js_name = reasonOf)]
    fn reason_of(signal: &AbortSignal) -> JsValue;

    /// Aborts the request behind a response that the caller reads.
    fn follow(signal: &AbortSignal, response: &JsValue, controller: &AbortController);

    /// Lets what was cancelled fail unseen.
    pub(super) fn swallow(cancelled: &JsValue);
}

/// Ties a signal to whichever controller is current, until dropped. Frameworks pass one signal to many
/// calls, so nothing of a call may stay with it.
pub(super) struct Link {
    watched: Option<Watched>,
    current: Rc<RefCell<Current>>,
}

struct Watched {
    signal: AbortSignal,
    unwatch: Function,
    /// Lives as long as it may be called.
    _run: Closure<dyn FnMut()>,
}

/// What an abort reaches now.
#[derive(Default)]
struct Current {
    controller: Option<AbortController>,
    /// Resolves the promise that somebody waits for.
    resolve: Option<Function>,
}

impl Link {
    /// # Errors
    /// If `signal` is something else than an `AbortSignal`.
    pub(super) fn to(signal: &JsValue) -> Result<Self, Error> {
        let current = Rc::new(RefCell::new(Current::default()));
        if is_absent(signal) {
            return Ok(Self { watched: None, current });
        }
        if !is_function(&get(signal, "addEventListener")) || get(signal, "aborted").as_bool().is_none() {
            return Err(Error::invalid_value("signal", "an AbortSignal", &value_of(signal)));
        }
        let signal: AbortSignal = signal.clone().unchecked_into();
        let (target, aborted_by) = (Rc::clone(&current), signal.clone());
        let run = Closure::new(move || {
            // Nothing stays borrowed: what is called may come back to this call.
            let Current { controller, resolve } = target.take();
            // First this, so that a race is won by the abort and not by what it does to the request.
            if let Some(resolve) = resolve {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            }
            if let Some(controller) = controller {
                controller.abort_with_reason(&reason_of(&aborted_by));
            }
        });
        let unwatch = watch(&signal, run.as_ref().unchecked_ref());
        Ok(Self { watched: Some(Watched { signal, unwatch, _run: run }), current })
    }

    /// Why the signal is aborted, if it is.
    pub(super) fn reason(&self) -> Option<JsValue> {
        let Watched { signal, .. } = self.watched.as_ref()?;
        signal.aborted().then(|| reason_of(signal))
    }

    /// The first of these and of an abort to settle. An abort resolves, so ask [`Link::reason`] first.
    pub(super) fn race(&self, promises: &[&Promise]) -> Promise {
        // A promise of its own for each wait: one for all would keep what every race with it gave.
        let aborted = self.watched.as_ref().map(|Watched { signal, .. }| {
            if signal.aborted() {
                return Promise::resolve(&JsValue::UNDEFINED);
            }
            Promise::new(&mut |resolve, _| self.current.borrow_mut().resolve = Some(resolve))
        });
        race(promises.iter().copied().chain(&aborted))
    }

    /// A new controller, for the next request.
    pub(super) fn controller(&self) -> Result<AbortController, JsValue> {
        let controller = AbortController::new()?;
        self.current.borrow_mut().controller = Some(controller.clone());
        Ok(controller)
    }

    /// Ties the signal to the body of a response that the caller will read, for as long as that lives.
    pub(super) fn follow(self, response: &JsValue, controller: &AbortController) {
        if let Some(Watched { signal, .. }) = &self.watched {
            follow(signal, response, controller);
        }
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(Watched { unwatch, .. }) = &self.watched {
            let _ = unwatch.call0(&JsValue::UNDEFINED);
        }
    }
}
