//! A loss of your own behind the callback of finn.h.
use std::any::Any;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::NonNull;
use std::slice;

use libfinn_sys as sys;

use crate::error::{BoxError, Error, Result};
use crate::model::Model;

/// The whole batch of which a loss gives the value.
pub struct LossBatch<'a> {
    /// The step, counted from 0.
    pub step: i64,
    /// The points, `[batch][columns]`.
    pub x: &'a [f64],
    /// The targets, `[batch][outputs]`; empty where the data has none.
    pub y: &'a [f64],
    /// f at the points, `[batch][outputs]`.
    pub f: &'a [f64],
    /// dloss/df to write, `[batch][outputs]`, 0 so far; `None` where only the value is wanted, for
    /// rows held out.
    pub f_adjoint: Option<&'a mut [f64]>,
}

type Function = Box<dyn FnMut(LossBatch<'_>) -> std::result::Result<f64, BoxError> + Send>;

/// Owns the user_data that a trainer keeps; it stays where it is when the trainer is moved.
pub(crate) struct OwnLoss(NonNull<State>);

struct State {
    function: Function,
    columns: usize,
    outputs: usize,
    panic: Option<Box<dyn Any + Send>>,
    error: Option<BoxError>,
}

// SAFETY: the state is this one's alone outside of a fit, and the closure is Send.
unsafe impl Send for OwnLoss {}

impl OwnLoss {
    pub(crate) fn new(function: Function) -> Self {
        let state = State { function, columns: 0, outputs: 0, panic: None, error: None };
        Self(NonNull::from(Box::leak(Box::new(state))))
    }

    pub(crate) fn user_data(&self) -> *mut c_void {
        self.0.as_ptr().cast()
    }

    /// Before a fit of this model.
    pub(crate) fn begin(&mut self, model: &Model) {
        // SAFETY: outside of a fit no one else uses the state.
        let state = unsafe { self.0.as_mut() };
        (state.columns, state.outputs) = (model.columns(), model.outputs());
    }

    /// After it: the panic goes on here, and an error of the loss becomes that of the fit.
    pub(crate) fn end<T>(&mut self, ended: Result<T>) -> Result<T> {
        // SAFETY: as above.
        let state = unsafe { self.0.as_mut() };
        if let Some(panic) = state.panic.take() {
            resume_unwind(panic);
        }
        state.error.take().map_or(ended, |error| Err(Error::from_callback("loss", error)))
    }
}

impl Drop for OwnLoss {
    fn drop(&mut self) {
        // SAFETY: it comes from a box, and the trainer that knew it is gone or has another.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

impl State {
    /// The value of the loss; `None` leaves the reason in the state.
    fn value(&mut self, batch: LossBatch<'_>) -> Option<f64> {
        // Unwind safe: the panic goes on as soon as the C call has returned.
        match catch_unwind(AssertUnwindSafe(|| (self.function)(batch))) {
            Ok(Ok(value)) => return Some(value),
            Ok(Err(error)) => self.error = Some(error),
            Err(panic) => self.panic = Some(panic),
        }
        None
    }
}

/// # Safety
/// `x` holds batch rows of columns, the others of outputs; `y` and `f_adjoint` may be NULL, and
/// `user_data` points to the state of an `OwnLoss` whose fit has begun.
pub(crate) unsafe extern "C" fn on_loss(
    step: i64,
    batch: i64,
    x: *const f64,
    y: *const f64,
    f: *const f64,
    f_adjoint: *mut f64,
    loss: *mut f64,
    user_data: *mut c_void,
) -> i32 {
    // SAFETY: the fit does not touch the state until it returns.
    let state = unsafe { &mut *user_data.cast::<State>() };
    let (points, results) = (batch as usize * state.columns, batch as usize * state.outputs);
    // SAFETY: the caller's promise.
    let batch = unsafe {
        LossBatch {
            step,
            x: slice::from_raw_parts(x, points),
            y: if y.is_null() { &[] } else { slice::from_raw_parts(y, results) },
            f: slice::from_raw_parts(f, results),
            f_adjoint: NonNull::new(f_adjoint)
                .map(|adjoint| slice::from_raw_parts_mut(adjoint.as_ptr(), results)),
        }
    };
    let Some(value) = state.value(batch) else { return 1 };
    // SAFETY: the library hands out one number to write.
    unsafe { *loss = value };
    sys::FINN_OK
}
