//! What a fit calls back: progress, samplers, and how their errors and panics come out.
use std::any::Any;
use std::ffi::c_void;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::slice;

use libfinn_sys as sys;

use crate::error::{BoxError, Error, Result};
use crate::model::Model;

/// How a fit that did not fail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// The run is over: [`Trainer::outcome`](crate::Trainer::outcome) says how.
    Finished,
    /// The progress callback stopped it; a further call goes on to the same bits.
    Stopped,
}

/// What a progress callback is told after each step.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// Steps done, 1 ..= steps.
    pub step: i64,
    /// Steps in all.
    pub steps: i64,
    /// The loss of this step's mini-batch, before the update.
    pub loss: f64,
    /// The learning rate of this step.
    pub learning_rate: f64,
    /// Seconds since this fit began.
    pub seconds: f64,
    /// The last loss of the rows held out; `None` before the first.
    pub validation_loss: Option<f64>,
}

/// The mini-batch that a sampler fills.
pub struct Sample<'a> {
    /// The step, counted from 0.
    pub step: i64,
    /// Points of the domain, uniform in u, `[batch][columns]`; may be overwritten.
    pub x: &'a mut [f64],
    /// The targets to fill, `[batch][outputs]`; empty under a likelihood and a Poisson process.
    pub y: &'a mut [f64],
}

/// A progress callback: `ControlFlow::Break(())` stops the fit.
pub type OnProgress<'a> = &'a mut dyn FnMut(&Progress) -> ControlFlow<()>;

pub(crate) type OnSample<'a> = &'a mut dyn FnMut(Sample<'_>) -> std::result::Result<(), BoxError>;

/// The user_data of both callbacks, and what they leave for the time after the call: no panic may
/// cross the C frames.
pub(crate) struct Callbacks<'p, 's> {
    progress: Option<OnProgress<'p>>,
    pub(crate) sampler: Option<OnSample<'s>>,
    columns: usize,
    outputs: usize,
    panic: Option<Box<dyn Any + Send>>,
    error: Option<BoxError>,
}

impl<'p> Callbacks<'p, '_> {
    pub(crate) fn new(model: &Model, progress: Option<OnProgress<'p>>) -> Self {
        let (columns, outputs) = (model.columns(), model.outputs());
        Self { progress, sampler: None, columns, outputs, panic: None, error: None }
    }

    pub(crate) fn progress_function(&self) -> sys::finn_progress_callback {
        self.progress.as_ref().map(|_| on_progress as _)
    }

    /// What the C callback returns: 0 to go on.
    fn guard(&mut self, body: impl FnOnce(&mut Self) -> bool) -> i32 {
        // Unwind safe: the panic goes on as soon as the C call has returned, and nothing of the
        // closures is used in between.
        match catch_unwind(AssertUnwindSafe(|| body(self))) {
            Ok(goes_on) => i32::from(!goes_on),
            Err(panic) => {
                self.panic = Some(panic);
                1
            }
        }
    }

    fn report(&mut self, told: &sys::finn_progress) -> bool {
        let progress = Progress {
            step: told.step,
            steps: told.steps,
            loss: told.loss,
            learning_rate: told.learning_rate,
            seconds: told.seconds,
            validation_loss: Some(told.validation_loss).filter(|loss| !loss.is_nan()),
        };
        self.progress.as_mut().is_none_or(|function| function(&progress).is_continue())
    }

    fn sample(&mut self, sample: Sample<'_>) -> bool {
        let Some(sampler) = self.sampler.as_mut() else { return true };
        match sampler(sample) {
            Ok(()) => true,
            Err(error) => {
                self.error = Some(error);
                false
            }
        }
    }

    /// How the fit ended, once the C call has returned.
    pub(crate) fn outcome(self, ended: Result<sys::finn_status>) -> Result<Outcome> {
        if let Some(panic) = self.panic {
            resume_unwind(panic);
        }
        if let Some(error) = self.error {
            return Err(Error::from_callback("sampler", error));
        }
        Ok(if ended? == sys::FINN_STOPPED { Outcome::Stopped } else { Outcome::Finished })
    }
}

/// # Safety
/// `told` is valid for the call and `user_data` points to the `Callbacks` of the fit.
unsafe extern "C" fn on_progress(told: *const sys::finn_progress, user_data: *mut c_void) -> i32 {
    // SAFETY: the fit holds the only other reference and does not touch it until it returns.
    let (callbacks, told) = unsafe { (&mut *user_data.cast::<Callbacks<'_, '_>>(), &*told) };
    callbacks.guard(|callbacks| callbacks.report(told))
}

/// # Safety
/// `x` and `y` are arrays of `batch` rows, `y` may be NULL, and `user_data` is as above.
pub(crate) unsafe extern "C" fn on_sample(
    step: i64,
    batch: i64,
    x: *mut f64,
    y: *mut f64,
    user_data: *mut c_void,
) -> i32 {
    // SAFETY: as above.
    let callbacks = unsafe { &mut *user_data.cast::<Callbacks<'_, '_>>() };
    let rows = batch as usize;
    callbacks.guard(|callbacks| {
        // SAFETY: the library hands out batch rows of the columns and outputs of the model.
        let (x, y) = unsafe {
            (
                slice::from_raw_parts_mut(x, rows * callbacks.columns),
                if y.is_null() {
                    &mut []
                } else {
                    slice::from_raw_parts_mut(y, rows * callbacks.outputs)
                },
            )
        };
        callbacks.sample(Sample { step, x, y })
    })
}
