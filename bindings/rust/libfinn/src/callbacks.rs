//! What a fit calls back: progress and samplers, each with data of its own.
use std::ffi::c_void;
use std::ops::ControlFlow;
use std::slice;

use libfinn_sys as sys;

use crate::error::{BoxError, Error, Result};
use crate::failure::Failure;

/// What a progress callback is told after each step.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
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
    /// The loss of the last validation check; `None` before the first.
    pub validation_loss: Option<f64>,
}

/// The mini-batch that a sampler fills.
pub struct Sample<'a> {
    /// The step, counted from 0.
    pub step: i64,
    /// Points of the domain, uniform in u, `[batch][columns]`, with conditions that are uniform in
    /// their limits and targets per row of 1; may be overwritten.
    pub x: &'a mut [f64],
    /// The targets to fill, `[batch][outputs]`; empty under a likelihood and a Poisson process, and
    /// `[batch][variables]` under one of intervals.
    pub y: &'a mut [f64],
}

/// A progress callback: `ControlFlow::Break(())` stops the fit, which is no error.
pub type OnProgress<'a> = &'a mut dyn FnMut(&Progress) -> ControlFlow<()>;

pub(crate) type OnSample<'a> = &'a mut dyn FnMut(Sample<'_>) -> std::result::Result<(), BoxError>;

/// The progress_data of a fit.
pub(crate) struct Reporter<'p> {
    function: Option<OnProgress<'p>>,
    failure: Option<Failure>,
}

impl<'p> Reporter<'p> {
    pub(crate) fn new(function: Option<OnProgress<'p>>) -> Self {
        Self { function, failure: None }
    }

    /// The C callback, where there is a closure.
    pub(crate) fn callback(&self) -> sys::finn_progress_callback {
        self.function.as_ref().map(|_| on_progress as _)
    }

    /// How the fit ended; a panic goes on here.
    pub(crate) fn ended<T>(self, ended: Result<T>) -> Result<T> {
        self.failure.map_or(ended, |failure| Err(failure.into_error("progress")))
    }
}

/// The sampler_data of a fit.
pub(crate) struct Sampler<'s> {
    function: OnSample<'s>,
    columns: usize,
    targets: usize,
    failure: Option<Failure>,
}

impl<'s> Sampler<'s> {
    pub(crate) fn new(columns: usize, targets: usize, function: OnSample<'s>) -> Self {
        Self { function, columns, targets, failure: None }
    }

    /// The error of the closure, when it failed; a panic goes on here.
    pub(crate) fn error(self) -> Option<Error> {
        self.failure.map(|failure| failure.into_error("sampler"))
    }
}

/// # Safety
/// `told` is valid for the call and `user_data` points to the `Reporter` of the fit.
unsafe extern "C" fn on_progress(told: *const sys::finn_progress, user_data: *mut c_void) -> i32 {
    // SAFETY: the fit does not touch the reporter until it returns.
    let (reporter, told) = unsafe { (&mut *user_data.cast::<Reporter<'_>>(), &*told) };
    let progress = Progress {
        step: told.step,
        steps: told.steps,
        loss: told.loss,
        learning_rate: told.learning_rate,
        seconds: told.seconds,
        validation_loss: Some(told.validation_loss).filter(|loss| !loss.is_nan()),
    };
    let Some(function) = reporter.function.as_mut() else { return 0 };
    match Failure::caught(|| Ok(function(&progress).is_break())) {
        Ok(stops) => i32::from(stops),
        Err(failure) => {
            reporter.failure = Some(failure);
            1
        }
    }
}

/// # Safety
/// `x` and `y` are arrays of `batch` rows, `y` may be NULL, and `user_data` points to the `Sampler`
/// of the fit.
pub(crate) unsafe extern "C" fn on_sample(
    step: i64,
    batch: i64,
    x: *mut f64,
    y: *mut f64,
    user_data: *mut c_void,
) -> i32 {
    // SAFETY: the fit does not touch the sampler until it returns.
    let sampler = unsafe { &mut *user_data.cast::<Sampler<'_>>() };
    let (points, results) = (batch as usize * sampler.columns, batch as usize * sampler.targets);
    // SAFETY: the library hands out batch rows of the columns of the model and targets of its loss.
    let sample = unsafe {
        Sample {
            step,
            x: slice::from_raw_parts_mut(x, points),
            y: if y.is_null() { &mut [] } else { slice::from_raw_parts_mut(y, results) },
        }
    };
    let ended = Failure::caught(|| (sampler.function)(sample));
    sampler.failure = ended.err();
    i32::from(sampler.failure.is_some())
}
