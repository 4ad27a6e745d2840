//! Promises whose futures are polled in the async context of their caller.
//!
//! `wasm_bindgen_futures::future_to_promise` runs the futures of all calls from one queue, which
//! flushes in the context of whoever filled it first. `AsyncLocalStorage`, and tracing with it, then
//! sees one caller's context in the calls of another. Here every poll happens inside a reaction of a
//! promise that was registered in the caller's own context.

use js_sys::{Function, Promise};
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use wasm_bindgen::prelude::*;

type Outcome = Result<JsValue, JsValue>;

struct Task {
    future: RefCell<Option<Pin<Box<dyn Future<Output = Outcome>>>>>,
    resolve: Function,
    reject: Function,
}

#[wasm_bindgen(module = "/pkg/src/guard.js")]
extern "C" {
    /// Has a promise rejected if the core stops. To be used in the place of its own `reject`.
    fn expect(reject: &Function) -> Function;

    fn settled(rejected: &Function);
}

/// A promise of what `future` gives. The first poll happens before this returns.
pub(crate) fn promise_of(future: impl Future<Output = Outcome> + 'static) -> Promise {
    let mut future = Some(Box::pin(future) as Pin<Box<dyn Future<Output = Outcome>>>);
    Promise::new(&mut |resolve, reject| {
        step(&Rc::new(Task { future: RefCell::new(future.take()), resolve, reject: expect(&reject) }));
    })
}

/// Polls once. The next step is registered before the poll, while the context is still the caller's.
fn step(task: &Rc<Task>) {
    let Some(mut future) = task.future.take() else { return };
    let next = Rc::clone(task);
    let run = Closure::once_into_js(move || step(&next));
    // What is thrown through a poll, by a host function that was not expected to, ends the call.
    let open = gate(run.unchecked_ref(), &task.reject);
    let waker = Arc::new(Gate::new(Some(open.clone())));
    let (settle, value) = match future.as_mut().poll(&mut Context::from_waker(&Waker::from(waker))) {
        Poll::Pending => {
            task.future.replace(Some(future));
            return;
        }
        Poll::Ready(Ok(value)) => {
            settled(&task.reject);
            (&task.resolve, value)
        }
        Poll::Ready(Err(reason)) => (&task.reject, reason),
    };
    // A promise's own functions do not throw.
    let _ = settle.call1(&JsValue::UNDEFINED, &value);
    // Lets the last closure run: it finds nothing to do, and frees itself with what it holds.
    let _ = open.call0(&JsValue::UNDEFINED);
}

#[wasm_bindgen(module = "/pkg/src/context.js")]
extern "C" {
    /// Registers what runs next in the async context of now; returns what starts it.
    fn gate(run: &Function, fail: &Function) -> Function;
}

thread_local! {
    static GATES: RefCell<Gates> = const { RefCell::new(Gates { open: Vec::new(), free: Vec::new() }) };
}

/// The functions that resolve the promises of gates not yet opened. A waker has to be `Send`, so it
/// holds a place in here and not the JavaScript function.
struct Gates {
    open: Vec<Option<Function>>,
    free: Vec<usize>,
}

/// Opens once. Waking it twice, or dropping it unopened, does no harm.
struct Gate {
    slot: usize,
    used: AtomicBool,
}

impl Gate {
    fn new(open: Option<Function>) -> Self {
        let slot = GATES.with_borrow_mut(|gates| {
            let slot = gates.free.pop().unwrap_or(gates.open.len());
            match gates.open.get_mut(slot) {
                Some(place) => *place = open,
                None => gates.open.push(open),
            }
            slot
        });
        Self { slot, used: AtomicBool::new(false) }
    }

    fn take(&self) -> Option<Function> {
        if self.used.swap(true, Ordering::Relaxed) {
            return None;
        }
        GATES.with_borrow_mut(|gates| {
            gates.free.push(self.slot);
            gates.open.get_mut(self.slot).and_then(Option::take)
        })
    }
}

impl Wake for Gate {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if let Some(open) = self.take() {
            let _ = open.call0(&JsValue::UNDEFINED);
        }
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.take();
    }
}
