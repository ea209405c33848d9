//! Training: the library's optimiser, on data or on a sampler, with a progress callback.
use std::any::Any;
use std::ffi::c_void;
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::ptr::{NonNull, null, null_mut};
use std::slice;

use libfinn_sys as sys;

use crate::error::{BoxError, Error, Result, check, require_length, status_of};
use crate::model::{Model, rows_of};
use crate::options::TrainingOptions;
use crate::workspace::Workspace;

/// State of a training run: the optimiser's moments, the step, the random numbers, the losses.
pub struct Trainer {
    handle: NonNull<sys::finn_trainer>,
    has_targets: bool,
}

// SAFETY: a finn_trainer serves one thread at a time and is bound to none, so it may move between
// threads. It is not Sync, as finn.h promises nothing for two threads at once.
unsafe impl Send for Trainer {}

/// How a fit that did not fail ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Outcome {
    /// All steps are done.
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
}

/// The mini-batch that a sampler fills.
pub struct Sample<'a> {
    /// The step, counted from 0.
    pub step: i64,
    /// Uniform points of the domain, `[batch][variables]`; may be overwritten.
    pub x: &'a mut [f64],
    /// The targets to fill, `[batch][outputs]`; empty under a likelihood.
    pub y: &'a mut [f64],
}

/// A progress callback: `ControlFlow::Break(())` stops the fit.
pub type OnProgress<'a> = &'a mut dyn FnMut(&Progress) -> ControlFlow<()>;

type OnSample<'a> = &'a mut dyn FnMut(Sample<'_>) -> std::result::Result<(), BoxError>;

/// The user_data of both callbacks, and what they leave for the time after the call: no panic may
/// cross the C frames.
struct Callbacks<'p, 's> {
    progress: Option<OnProgress<'p>>,
    sampler: Option<OnSample<'s>>,
    variables: usize,
    outputs: usize,
    panic: Option<Box<dyn Any + Send>>,
    error: Option<BoxError>,
}

impl<'p> Callbacks<'p, '_> {
    fn new(model: &Model, progress: Option<OnProgress<'p>>) -> Self {
        let (variables, outputs) = (model.variables(), model.outputs());
        Self { progress, sampler: None, variables, outputs, panic: None, error: None }
    }

    fn progress_function(&self) -> sys::finn_progress_callback {
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
    fn outcome(self, ended: Result<sys::finn_status>) -> Result<Outcome> {
        if let Some(panic) = self.panic {
            resume_unwind(panic);
        }
        if let Some(error) = self.error {
            return Err(Error::from_sampler(error));
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
unsafe extern "C" fn on_sample(
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
        // SAFETY: the library hands out batch rows of the variables and outputs of the model.
        let (x, y) = unsafe {
            (
                slice::from_raw_parts_mut(x, rows * callbacks.variables),
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

impl Trainer {
    /// A trainer for models of the shape of this one.
    pub fn new(model: &Model, options: &TrainingOptions) -> Result<Self> {
        let mut handle = null_mut();
        // SAFETY: a live handle, and pointers that are valid for writing.
        check(|error| unsafe {
            sys::finn_trainer_create(model.as_ptr(), &options.fields, &mut handle, error)
        })?;
        let handle = NonNull::new(handle).expect("a created trainer is not NULL");
        Ok(Self { handle, has_targets: options.has_targets() })
    }

    /// Trains on rows of x, `[rows][variables]`, and of y, `[rows][outputs]`, which is `None` under
    /// a likelihood. Rows lie in the domain and are shuffled anew for each pass. Goes on from where
    /// the trainer stands until all steps are done, with as many rows as at the first call.
    ///
    /// A panic of `progress` comes out of this call once the library has returned; the steps done
    /// are kept.
    pub fn fit_data(
        &mut self,
        model: &mut Model,
        workspace: &mut Workspace,
        x: &[f64],
        y: Option<&[f64]>,
        progress: Option<OnProgress<'_>>,
    ) -> Result<Outcome> {
        let rows = rows_of("x", x.len(), model.variables())?;
        if let (Some(y), true) = (y, self.has_targets) {
            require_length("y", y.len(), rows * model.outputs())?;
        }
        let y = y.map_or(null(), <[f64]>::as_ptr);
        let mut callbacks = Callbacks::new(model, progress);
        let function = callbacks.progress_function();
        let user_data = (&raw mut callbacks).cast();
        let trainer = self.handle.as_ptr();
        let (model, workspace) = (model.as_mut_ptr(), workspace.as_mut_ptr());
        // SAFETY: live handles, arrays of these rows, and callbacks that outlive the call. Targets
        // under a likelihood have no length to check, as the library refuses them unread.
        let ended = status_of(|error| unsafe {
            let (x, rows) = (x.as_ptr(), rows as i64);
            sys::finn_trainer_fit_data(
                trainer, model, workspace, x, y, rows, function, user_data, error,
            )
        });
        callbacks.outcome(ended)
    }

    /// The same with mini-batches from a closure. An error that it returns ends the fit and becomes
    /// the source of an [`Error`] of status [`Callback`](crate::Status::Callback); a panic comes
    /// out as it is. The steps done are kept.
    pub fn fit_sampler(
        &mut self,
        model: &mut Model,
        workspace: &mut Workspace,
        mut sampler: impl FnMut(Sample<'_>) -> std::result::Result<(), BoxError>,
        progress: Option<OnProgress<'_>>,
    ) -> Result<Outcome> {
        let mut callbacks = Callbacks::new(model, progress);
        callbacks.sampler = Some(&mut sampler);
        let function = callbacks.progress_function();
        let user_data = (&raw mut callbacks).cast();
        let trainer = self.handle.as_ptr();
        let (model, workspace) = (model.as_mut_ptr(), workspace.as_mut_ptr());
        // SAFETY: live handles and callbacks that outlive the call.
        let ended = status_of(|error| unsafe {
            sys::finn_trainer_fit_sampler(
                trainer,
                model,
                workspace,
                Some(on_sample),
                function,
                user_data,
                error,
            )
        });
        callbacks.outcome(ended)
    }

    /// Steps done so far.
    pub fn steps(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_trainer_steps(self.handle.as_ptr()) as usize }
    }

    /// Copies the loss of every step done into `losses`, whose length is [`Trainer::steps`].
    pub fn history_into(&self, losses: &mut [f64]) -> Result<()> {
        require_length("losses", losses.len(), self.steps())?;
        // SAFETY: a live handle and an array of the length that is given.
        check(|error| unsafe {
            let length = losses.len() as i64;
            sys::finn_trainer_history(self.handle.as_ptr(), losses.as_mut_ptr(), length, error)
        })
    }

    /// The losses in a new vector.
    pub fn history(&self) -> Result<Vec<f64>> {
        let mut losses = vec![0.0; self.steps()];
        self.history_into(&mut losses)?;
        Ok(losses)
    }
}

impl Drop for Trainer {
    fn drop(&mut self) {
        // SAFETY: the handle is ours and is not used again.
        unsafe { sys::finn_trainer_destroy(self.handle.as_ptr()) }
    }
}

impl fmt::Debug for Trainer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Trainer").field("steps", &self.steps()).finish_non_exhaustive()
    }
}
