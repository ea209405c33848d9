//! A loss of your own behind the callback of finn.h.
use std::ffi::c_void;
use std::ptr::NonNull;
use std::slice;
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{BoxError, Result};
use crate::failure::Failure;
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
    /// validation rows.
    pub f_adjoint: Option<&'a mut [f64]>,
}

type Function = Box<dyn FnMut(LossBatch<'_>) -> std::result::Result<f64, BoxError> + Send>;

/// Where a failure of the loss waits until the fit has returned.
#[derive(Clone, Default)]
pub(crate) struct LossFailure(Arc<Mutex<Option<Failure>>>);

impl LossFailure {
    fn set(&self, failure: Failure) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(failure);
    }

    /// How the fit ended: the error of the loss, when it failed; a panic goes on here.
    pub(crate) fn ended<T>(&self, ended: Result<T>) -> Result<T> {
        let failure = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        failure.map_or(ended, |failure| Err(failure.into_error("loss")))
    }
}

/// The user_data of a loss, which the trainer of the library owns and releases.
pub(crate) struct OwnLoss {
    function: Function,
    columns: usize,
    outputs: usize,
    failure: LossFailure,
}

impl OwnLoss {
    pub(crate) fn new(model: &Model, function: Function, failure: LossFailure) -> Self {
        Self { function, columns: model.columns(), outputs: model.outputs(), failure }
    }
}

/// # Safety
/// `x` holds batch rows of columns, the others of outputs; `y` and `f_adjoint` may be NULL, and
/// `user_data` points to an `OwnLoss` that nothing else uses.
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
    // SAFETY: the library calls it on one thread at a time.
    let own = unsafe { &mut *user_data.cast::<OwnLoss>() };
    let (points, results) = (batch as usize * own.columns, batch as usize * own.outputs);
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
    match Failure::caught(|| (own.function)(batch)) {
        Ok(value) => {
            // SAFETY: the library hands out one number to write.
            unsafe { *loss = value };
            0
        }
        Err(failure) => {
            own.failure.set(failure);
            1
        }
    }
}
