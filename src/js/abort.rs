//! The caller's `AbortSignal`, tied to the request that is under way.

use super::convert::{get, is_absent, is_function, value_of};
use crate::error::Error;
use js_sys::Function;
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
    /// What an abort reaches now.
    current: Rc<RefCell<Option<AbortController>>>,
}

struct Watched {
    signal: AbortSignal,
    unwatch: Function,
    /// Lives as long as it may be called.
    _run: Closure<dyn Fn()>,
}

impl Link {
    /// # Errors
    /// If `signal` is something else than an `AbortSignal`.
    pub(super) fn to(signal: &JsValue) -> Result<Self, Error> {
        let current = Rc::new(RefCell::new(None::<AbortController>));
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
            let controller = target.take();
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

    /// The caller's signal, if there is one.
    pub(super) fn signal(&self) -> Option<&AbortSignal> {
        self.watched.as_ref().map(|Watched { signal, .. }| signal)
    }

    /// A new controller, for the next request.
    pub(super) fn controller(&self) -> Result<AbortController, JsValue> {
        let controller = AbortController::new()?;
        self.current.replace(Some(controller.clone()));
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
