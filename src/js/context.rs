//! Promises whose futures are polled in the async context of their caller.
//!
//! `wasm_bindgen_futures::future_to_promise` runs the futures of all calls from one queue, which
//! flushes in the context of whoever filled it first. `AsyncLocalStorage`, and tracing with it, then
//! sees one caller's context in the calls of another. Here a future is polled on where it is woken: in the
//! reaction of the promise that it waits for, which it has registered in its caller's context.

use js_sys::{Function, Promise};
use std::cell::{Cell, RefCell};
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
    /// Woken while it is being polled.
    woken: Cell<bool>,
}

#[wasm_bindgen(module = "/pkg/src/guard.js")]
extern "C" {
    /// Has a promise rejected if the core stops. To be used in the place of its own `reject`.
    fn expect(reject: &Function) -> Function;

    fn settled(rejected: &Function);

    /// Calls `run` with a place. What is thrown through it, by a host function that was not expected to, goes to
    /// `fail`.
    fn attempt(run: &Function, place: usize, fail: &Function);
}

/// A promise of what `future` gives. The first poll happens before this returns.
pub(crate) fn promise_of(future: impl Future<Output = Outcome> + 'static) -> Promise {
    let mut future = Some(Box::pin(future) as Pin<Box<dyn Future<Output = Outcome>>>);
    Promise::new(&mut |resolve, reject| {
        step(&Rc::new(Task {
            future: RefCell::new(future.take()),
            resolve,
            reject: expect(&reject),
            woken: Cell::new(false),
        }));
    })
}

/// Polls once.
fn step(task: &Rc<Task>) {
    let Some(mut future) = task.future.take() else { return task.woken.set(true) };
    let waker = Waker::from(Arc::new(Wait::of(Rc::clone(task))));
    let (settle, value) = match future.as_mut().poll(&mut Context::from_waker(&waker)) {
        Poll::Pending => {
            task.future.replace(Some(future));
            if task.woken.take() {
                step(task);
            }
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
}

thread_local! {
    static WAITING: RefCell<Waiting> = const { RefCell::new(Waiting { tasks: Vec::new(), free: Vec::new() }) };
    /// Takes the next step of the task in a place.
    static RUN: Closure<dyn Fn(usize)> = Closure::new(|place| {
        if let Some(task) = leave(place) {
            step(&task);
        }
    });
}

/// The tasks that wait. A waker has to be `Send`, so it holds a place in here and not the task.
struct Waiting {
    tasks: Vec<Option<Rc<Task>>>,
    free: Vec<usize>,
}

fn leave(place: usize) -> Option<Rc<Task>> {
    WAITING.with_borrow_mut(|waiting| {
        waiting.free.push(place);
        waiting.tasks.get_mut(place).and_then(Option::take)
    })
}

/// Wakes its task once. Waking it twice, or dropping it unused, does no harm.
struct Wait {
    place: usize,
    used: AtomicBool,
}

impl Wait {
    fn of(task: Rc<Task>) -> Self {
        let place = WAITING.with_borrow_mut(|waiting| {
            let place = waiting.free.pop().unwrap_or(waiting.tasks.len());
            match waiting.tasks.get_mut(place) {
                Some(free) => *free = Some(task),
                None => waiting.tasks.push(Some(task)),
            }
            place
        });
        Self { place, used: AtomicBool::new(false) }
    }
}

impl Wake for Wait {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.used.swap(true, Ordering::Relaxed) {
            return;
        }
        let fail = WAITING.with_borrow(|waiting| Some(waiting.tasks.get(self.place)?.as_ref()?.reject.clone()));
        if let Some(fail) = fail {
            RUN.with(|run| attempt(run.as_ref().unchecked_ref(), self.place, &fail));
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        if !self.used.swap(true, Ordering::Relaxed) {
            leave(self.place);
        }
    }
}
