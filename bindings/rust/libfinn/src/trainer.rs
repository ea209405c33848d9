//! Training: the library's optimisers, on data, on a file or on a sampler.
use std::ffi::{CString, c_void};
use std::fmt;
use std::path::Path;
use std::ptr::{NonNull, null, null_mut};

use libfinn_sys as sys;

use crate::callbacks::{Callbacks, OnProgress, Outcome, Sample, on_sample};
use crate::error::{BoxError, Error, Result, check, require_length, status_of};
use crate::model::Model;
use crate::options::FileFormat;
use crate::own_loss::{LossBatch, OwnLoss, on_loss};
use crate::rows::rows_of;
use crate::training_options::TrainingOptions;
use crate::workspace::Workspace;

/// State of a training run: the optimiser's moments, the step, the random numbers, the losses, the
/// rows held out and the best parameters.
///
/// A fit goes on from where the trainer stands until the run is over, with as many rows as at the
/// first call. Rows of x are `[rows][columns]` and lie in the domain; y is `[rows][outputs]`, and
/// `None` under a likelihood and a Poisson process. With rows held out, the run ends with the
/// parameters that were best on them. A panic of a callback comes out of the fit once the library
/// has returned; the steps done are kept.
pub struct Trainer {
    handle: NonNull<sys::finn_trainer>,
    loss: Option<OwnLoss>,
}

// SAFETY: a finn_trainer serves one thread at a time and is bound to none, and its loss is Send, so
// it may move between threads. It is not Sync, as finn.h promises nothing for two threads at once.
unsafe impl Send for Trainer {}

/// What a fit hands to the C function beside its data.
struct Fit {
    trainer: *mut sys::finn_trainer,
    model: *mut sys::finn_model,
    progress: sys::finn_progress_callback,
    user_data: *mut c_void,
    error: *mut sys::finn_error,
}

/// Pointers to rows whose lengths fit; those that are missing are NULL.
struct Rows {
    x: *const f64,
    y: *const f64,
    weights: *const f64,
    count: i64,
}

impl Rows {
    fn new(model: &Model, x: &[f64], y: Option<&[f64]>, weights: Option<&[f64]>) -> Result<Self> {
        let count = rows_of("x", x.len(), model.columns())?;
        if let Some(y) = y {
            require_length("y", y.len(), count.saturating_mul(model.outputs()))?;
        }
        if let Some(weights) = weights {
            require_length("weights", weights.len(), count)?;
        }
        let pointer = |values: Option<&[f64]>| values.map_or(null(), <[f64]>::as_ptr);
        let (y, weights) = (pointer(y), pointer(weights));
        Ok(Self { x: x.as_ptr(), y, weights, count: count as i64 })
    }
}

/// A path as C takes it.
pub(crate) fn c_path(path: &Path) -> Result<CString> {
    let bytes = path.as_os_str().as_encoded_bytes();
    CString::new(bytes).map_err(|_| Error::argument("path", "a zero byte given"))
}

impl Trainer {
    /// A trainer for models of the shape of this one.
    pub fn new(model: &Model, options: &TrainingOptions) -> Result<Self> {
        // SAFETY: a live handle, and pointers that are valid for writing.
        Self::made(|trainer, error| unsafe {
            sys::finn_trainer_create(model.as_ptr(), &options.fields, trainer, error)
        })
    }

    pub(crate) fn made(
        make: impl FnOnce(*mut *mut sys::finn_trainer, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Self> {
        let mut handle = null_mut();
        check(|error| make(&mut handle, error))?;
        let handle = NonNull::new(handle).expect("a created trainer is not NULL");
        Ok(Self { handle, loss: None })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_trainer {
        self.handle.as_ptr()
    }

    /// The loss of [`Loss::Custom`](crate::Loss::Custom), to be set before a fit; no checkpoint
    /// keeps it. An error that it returns ends the fit and becomes the source of an [`Error`] of
    /// status [`Callback`](crate::Status::Callback).
    pub fn set_loss(
        &mut self,
        loss: impl FnMut(LossBatch<'_>) -> std::result::Result<f64, BoxError> + Send + 'static,
    ) -> Result<()> {
        let own = OwnLoss::new(Box::new(loss));
        // SAFETY: a live handle, and a state that outlives it: the trainer owns both.
        check(|error| unsafe {
            sys::finn_trainer_set_loss(self.handle.as_ptr(), Some(on_loss), own.user_data(), error)
        })?;
        self.loss = Some(own);
        Ok(())
    }

    /// Holds these rows out, in place of a share of the data, before the first step only; weights
    /// are `[rows]`. They are copied.
    pub fn set_validation(
        &mut self,
        model: &Model,
        x: &[f64],
        y: Option<&[f64]>,
        weights: Option<&[f64]>,
    ) -> Result<()> {
        let rows = Rows::new(model, x, y, weights)?;
        let trainer = self.handle.as_ptr();
        // SAFETY: live handles, and arrays of these rows.
        model.panics().resumed(check(|error| unsafe {
            let Rows { x, y, weights, count } = rows;
            sys::finn_trainer_set_validation(trainer, model.as_ptr(), x, y, weights, count, error)
        }))
    }

    /// Trains on rows, which are shuffled anew for each pass.
    pub fn fit_data(
        &mut self,
        model: &mut Model,
        workspace: &mut Workspace,
        x: &[f64],
        y: Option<&[f64]>,
        progress: Option<OnProgress<'_>>,
    ) -> Result<Outcome> {
        let Rows { x, y, count, .. } = Rows::new(model, x, y, None)?;
        let workspace = workspace.as_mut_ptr();
        let callbacks = Callbacks::new(model, progress);
        // SAFETY: live handles, arrays of these rows, and callbacks that outlive the call.
        self.run(model, callbacks, |fit| unsafe {
            let Fit { trainer, model, progress, user_data, error } = fit;
            sys::finn_trainer_fit_data(
                trainer, model, workspace, x, y, count, progress, user_data, error,
            )
        })
    }

    /// The same where row i counts `weights[i]` times, `[rows]`, 0 or more. The loss is the mean of
    /// weight times loss, so weights of mean 1 keep its scale. Not with a loss of your own.
    pub fn fit_weighted(
        &mut self,
        model: &mut Model,
        workspace: &mut Workspace,
        (x, y): (&[f64], Option<&[f64]>),
        weights: &[f64],
        progress: Option<OnProgress<'_>>,
    ) -> Result<Outcome> {
        let Rows { x, y, weights, count } = Rows::new(model, x, y, Some(weights))?;
        let workspace = workspace.as_mut_ptr();
        let callbacks = Callbacks::new(model, progress);
        // SAFETY: as of fit_data.
        self.run(model, callbacks, |fit| unsafe {
            let Fit { trainer, model, progress, user_data, error } = fit;
            sys::finn_trainer_fit_weighted(
                trainer, model, workspace, x, y, weights, count, progress, user_data, error,
            )
        })
    }

    /// The same with rows from a file, which may be larger than memory: x, then y where the loss
    /// takes targets, then a weight if `weighted`. The same bits as with these rows in arrays. Bad
    /// files give [`File`](crate::Status::File), [`Format`](crate::Status::Format) or the status of
    /// the bad number, in messages that name path, line (or row) and column, counted from 1.
    pub fn fit_file(
        &mut self,
        model: &mut Model,
        workspace: &mut Workspace,
        path: impl AsRef<Path>,
        format: FileFormat,
        weighted: bool,
        progress: Option<OnProgress<'_>>,
    ) -> Result<Outcome> {
        let path = c_path(path.as_ref())?;
        let workspace = workspace.as_mut_ptr();
        let callbacks = Callbacks::new(model, progress);
        // SAFETY: live handles, a terminated path, and callbacks that outlive the call.
        self.run(model, callbacks, |fit| unsafe {
            let Fit { trainer, model, progress, user_data, error } = fit;
            let (path, format, weighted) = (path.as_ptr(), format as i32, i32::from(weighted));
            sys::finn_trainer_fit_file(
                trainer, model, workspace, path, format, weighted, progress, user_data, error,
            )
        })
    }

    /// The same with mini-batches from a closure. An error that it returns ends the fit and becomes
    /// the source of an [`Error`] of status [`Callback`](crate::Status::Callback).
    pub fn fit_sampler(
        &mut self,
        model: &mut Model,
        workspace: &mut Workspace,
        mut sampler: impl FnMut(Sample<'_>) -> std::result::Result<(), BoxError>,
        progress: Option<OnProgress<'_>>,
    ) -> Result<Outcome> {
        let mut callbacks = Callbacks::new(model, progress);
        callbacks.sampler = Some(&mut sampler);
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles and callbacks that outlive the call.
        self.run(model, callbacks, |fit| unsafe {
            let Fit { trainer, model, progress, user_data, error } = fit;
            let sampler = Some(on_sample as _);
            sys::finn_trainer_fit_sampler(
                trainer, model, workspace, sampler, progress, user_data, error,
            )
        })
    }

    /// Runs a fit; panics and errors of all closures come out once the library has returned.
    fn run(
        &mut self,
        model: &mut Model,
        mut callbacks: Callbacks<'_, '_>,
        call: impl FnOnce(Fit) -> sys::finn_status,
    ) -> Result<Outcome> {
        if let Some(loss) = &mut self.loss {
            loss.begin(model);
        }
        let progress = callbacks.progress_function();
        let user_data = (&raw mut callbacks).cast();
        let (trainer, handle) = (self.handle.as_ptr(), model.as_mut_ptr());
        let ended =
            status_of(|error| call(Fit { trainer, model: handle, progress, user_data, error }));
        let ended = self.loss.as_mut().map_or(Ok(()), |loss| loss.end(Ok(()))).and(ended);
        callbacks.outcome(model.panics().resumed(ended))
    }
}

impl Drop for Trainer {
    fn drop(&mut self) {
        // SAFETY: the handle is ours and is not used again; its loss is dropped after it.
        unsafe { sys::finn_trainer_destroy(self.handle.as_ptr()) }
    }
}

impl fmt::Debug for Trainer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Trainer").field("steps", &self.steps()).finish_non_exhaustive()
    }
}
