//! The caller's `AbortSignal`, tied to the request that is under way.

use super::convert::{get, is_absent, is_function, value_of};
use crate::error::Error;
use js_sys::Promise;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{AbortController, AbortSignal};

/// Ties a signal to whichever controller is current, until dropped. Frameworks pass one signal to many
/// calls, so the listener must not stay.
pub(super) struct Link {
    signal: Option<(AbortSignal, Closure<dyn FnMut()>)>,
    aborted: Option<Promise>,
    current: Rc<RefCell<Option<AbortController>>>,
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
        let (target, reason_of) = (Rc::clone(&current), signal.clone());
        let listener = Closure::new(move || {
            if let Some(controller) = target.borrow().as_ref() {
                controller.abort_with_reason(&reason_of.reason());
            }
            if let Some(resolve) = &resolve {
                let _ = resolve.call1(&JsValue::UNDEFINED, &JsValue::TRUE);
            }
        });
        // An AbortSignal takes every listener.
        let _ = signal.add_event_listener_with_callback("abort", listener.as_ref().unchecked_ref());
        Ok(Self { signal: Some((signal, listener)), aborted: Some(aborted), current })
    }

    /// # Errors
    /// The reason of the signal, if it is aborted.
    pub(super) fn check(&self) -> Result<(), JsValue> {
        match &self.signal {
            Some((signal, _)) if signal.aborted() => Err(signal.reason()),
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
        if let Some((signal, listener)) = &self.signal {
            let _ = signal.remove_event_listener_with_callback("abort", listener.as_ref().unchecked_ref());
        }
    }
}
