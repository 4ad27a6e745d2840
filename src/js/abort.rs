//! The caller's `AbortSignal`, tied to the request that is under way.

use super::convert::{get, is_absent, is_function, value_of};
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

    /// Lets what was cancelled fail unseen.
    pub(super) fn swallow(cancelled: &JsValue);
}

/// Ties a signal to whichever controller is current, until dropped. Frameworks pass one signal to many
/// calls, so nothing of a call may stay with it.
pub(super) struct Link {
    signal: Option<Watched>,
    aborted: Option<Promise>,
    current: Rc<RefCell<Option<AbortController>>>,
}

struct Watched {
    signal: AbortSignal,
    unwatch: Function,
    /// Lives as long as it may be called.
    _run: Closure<dyn FnMut()>,
}

impl Link {
    /// # Errors
    /// If `signal` is something else than an `AbortSignal`.
    pub(super) fn to(signal: &JsValue) -> Result<Self, Error> {
        let current = Rc::new(RefCell::new(None::<AbortController>));
        if is_absent(signal) {
            return Ok(Self { signal: None, aborted: None, current });
        }
        if !is_function(&get(signal, "addEventListener")) || get(signal, "aborted").as_bool().is_none() {
            return Err(Error::invalid_value("signal", "an AbortSignal", &value_of(signal)));
        }
        let signal: AbortSignal = signal.clone().unchecked_into();
        let mut resolve = None;
        let aborted = Promise::new(&mut |settle, _| resolve = Some(settle));
        let (target, aborted_by) = (Rc::clone(&current), signal.clone());
        let run = Closure::new(move || {
            // First this, so that a race is won by the abort and not by what it does to the request.
            if let Some(resolve) = &resolve {
                let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
            }
            let controller = target.borrow().clone();
            if let Some(controller) = controller {
                controller.abort_with_reason(&reason_of(&aborted_by));
            }
        });
        let unwatch = watch(&signal, run.as_ref().unchecked_ref());
        Ok(Self { signal: Some(Watched { signal, unwatch, _run: run }), aborted: Some(aborted), current })
    }

    /// # Errors
    /// The reason of the signal, if it is aborted.
    pub(super) fn check(&self) -> Result<(), JsValue> {
        match &self.signal {
            Some(Watched { signal, .. }) if signal.aborted() => Err(reason_of(signal)),
            Some(_) | None => Ok(()),
        }
    }

    /// Settles when the signal is aborted.
    pub(super) fn aborted(&self) -> Option<&Promise> {
        self.aborted.as_ref()
    }

    /// A new controller, for the next request.
    ///
    /// # Errors
    /// The reason of the signal, if it is aborted.
    pub(super) fn controller(&self) -> Result<AbortController, JsValue> {
        self.check()?;
        let controller = AbortController::new()?;
        self.current.replace(Some(controller.clone()));
        Ok(controller)
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        if let Some(Watched { unwatch, .. }) = &self.signal {
            let _ = unwatch.call0(&JsValue::UNDEFINED);
        }
    }
}
