//! Promises whose futures are polled in the async context of their caller.
//!
//! `wasm_bindgen_futures::future_to_promise` runs the futures of all calls from one queue, which
//! flushes in the context of whoever filled it first. `AsyncLocalStorage`, and tracing with it, then
//! sees one caller's context in the calls of another. Here a future is polled on in the reaction of the promise that it
//! waits for, which it has registered in its caller's context. So nothing needs a waker, nor two closures for each wait,
//! which `JsFuture` makes.

use js_sys::{Function, Promise};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};
use wasm_bindgen::prelude::*;

/// A future of a call.
pub(super) type Running = Pin<Box<dyn Future<Output = Outcome>>>;

type Outcome = Result<JsValue, JsValue>;

/// A future that is run, by its place: JavaScript can hold that as well.
#[derive(Clone, Copy)]
pub(super) struct Task(usize);

struct State {
    /// None while it is polled, and once it is done.
    future: Cell<Option<Running>>,
    /// What became of the promise that it waits for.
    outcome: Cell<Option<Outcome>>,
    resolve: Function,
    reject: Function,
}

thread_local! {
    static TASKS: RefCell<Vec<Option<Rc<State>>>> = const { RefCell::new(Vec::new()) };
    static FREE: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
    /// Has a task take its next step, with what it has waited for.
    static RUN: Closure<dyn Fn(usize, bool, JsValue)> = Closure::new(|place, is_kept, value| {
        let task = Task(place);
        if let Some(state) = task.state() {
            state.outcome.set(Some(if is_kept { Ok(value) } else { Err(value) }));
            task.step(&state);
        }
    });
}

#[wasm_bindgen(module = "/pkg/src/guard.js")]
extern "C" {
    /// Has a promise rejected if the core stops. To be used in the place of its own `reject`.
    fn expect(reject: &Function) -> Function;

    fn settled(rejected: &Function);

    /// Calls `run` with a place and what becomes of a promise. What is thrown through it, by a host function that was
    /// not expected to, goes to `fail`.
    fn resume(promise: &Promise, run: &Function, place: usize, fail: &Function);
}

/// A promise of what a future gives that waits for nothing but what its [`Task`] waits for. The first poll happens
/// before this returns.
pub(super) fn promise_of(future: impl FnOnce(Task) -> Running) -> Promise {
    let mut future = Some(future);
    Promise::new(&mut |resolve, reject| {
        let Some(future) = future.take() else { return };
        let reject = expect(&reject);
        let state = Rc::new(State { future: Cell::new(None), outcome: Cell::new(None), resolve, reject });
        let task = Task::enter(&state);
        state.future.set(Some(future(task)));
        task.step(&state);
    })
}

impl Task {
    fn enter(state: &Rc<State>) -> Self {
        TASKS.with_borrow_mut(|tasks| {
            let place = FREE.with_borrow_mut(Vec::pop).unwrap_or(tasks.len());
            let state = Some(Rc::clone(state));
            match tasks.get_mut(place) {
                Some(free) => *free = state,
                None => tasks.push(state),
            }
            Self(place)
        })
    }

    fn leave(self) {
        TASKS.with_borrow_mut(|tasks| tasks.get_mut(self.0).map(Option::take));
        FREE.with_borrow_mut(|free| free.push(self.0));
    }

    fn state(self) -> Option<Rc<State>> {
        TASKS.with_borrow(|tasks| tasks.get(self.0).cloned().flatten())
    }

    /// What becomes of a promise.
    pub(super) fn wait_for(self, promise: &Promise) -> Wait<'_> {
        Wait { task: self, promise: Some(promise) }
    }

    /// Polls once.
    fn step(self, state: &State) {
        let Some(mut future) = state.future.take() else { return };
        let (settle, value) = match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Pending => return state.future.set(Some(future)),
            Poll::Ready(Ok(value)) => {
                settled(&state.reject);
                (&state.resolve, value)
            }
            Poll::Ready(Err(reason)) => (&state.reject, reason),
        };
        self.leave();
        // A promise's own functions do not throw.
        let _ = settle.call1(&JsValue::UNDEFINED, &value);
    }
}

/// Nobody needs to be woken by it: its end is what polls the task again.
pub(super) struct Wait<'a> {
    task: Task,
    /// Until its end is waited for.
    promise: Option<&'a Promise>,
}

impl Future for Wait<'_> {
    type Output = Outcome;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context) -> Poll<Outcome> {
        // A task is there as long as its future.
        let Some(state) = self.task.state() else { return Poll::Ready(Err(JsValue::UNDEFINED)) };
        if let Some(promise) = self.promise.take() {
            RUN.with(|run| resume(promise, run.as_ref().unchecked_ref(), self.task.0, &state.reject));
        }
        state.outcome.take().map_or(Poll::Pending, Poll::Ready)
    }
}
