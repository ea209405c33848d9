//! Training: the library's optimisers, on data, on a file or on a sampler.
use std::ffi::c_void;
use std::fmt;
use std::path::Path;

use libfinn_sys as sys;

use crate::builders::TrainingOptions;
use crate::callbacks::{OnProgress, Reporter, Sample, Sampler, on_sample};
use crate::enumerations::{FileFormat, answer};
use crate::error::{BoxError, Result, check};
use crate::handle::Handle;
use crate::model::Model;
use crate::own_loss::{LossBatch, LossFailure, OwnLoss, on_loss};
use crate::panics::release;
use crate::rows::{Rows, RowsInC};
use crate::text::{Columns, c_path};
use crate::workspace::Workspace;

answer! {
    /// How a run stands, or ended.
    Outcome {
        /// A further fit goes on.
        Unfinished = FINN_OUTCOME_UNFINISHED,
        /// All steps are done.
        StepsDone = FINN_OUTCOME_STEPS_DONE,
        /// Patience came to its end.
        EarlyStopped = FINN_OUTCOME_EARLY_STOPPED,
        /// L-BFGS: one of the tolerances is met.
        Converged = FINN_OUTCOME_CONVERGED,
        /// L-BFGS: rounding leaves no step that lowers the loss.
        Stalled = FINN_OUTCOME_STALLED,
        /// The progress callback stopped the last fit; a further one goes on to the same bits.
        Stopped = FINN_OUTCOME_STOPPED,
    }
}

/// State of a training run: the optimiser's moments, the step, the random numbers, the losses, the
/// validation rows and the best parameters. It trains the model that it borrows, which
/// [`Trainer::model`] shows meanwhile.
///
/// A fit goes on from where the trainer stands until the run is over, with as many rows as at the
/// first call. Rows of x are `[rows][columns]` and lie in the domain. With validation rows, the run
/// ends with the parameters that were best on them. A step whose loss, gradient or update is not
/// finite ends the fit with [`NotFinite`](crate::Status::NotFinite), and parameters and optimiser
/// are those of the step before. A panic of a closure comes out of the fit once the library has
/// returned; the steps done are kept.
///
/// A trainer moves between threads and is not shared by them.
pub struct Trainer<'m> {
    handle: Handle<sys::finn_trainer>,
    model: &'m mut Model,
    loss: LossFailure,
}

/// What a fit hands to the C function beside its data.
struct Fit {
    trainer: *mut sys::finn_trainer,
    progress: sys::finn_progress_callback,
    progress_data: *mut c_void,
    error: *mut sys::finn_error,
}

impl<'m> Trainer<'m> {
    /// A trainer of this model.
    pub fn new(model: &'m mut Model, options: &TrainingOptions) -> Result<Self> {
        // SAFETY: a live handle, and pointers that are valid for the call.
        Self::made(model, |model, trainer, error| unsafe {
            sys::finn_trainer_create(model, &options.fields, trainer, error)
        })
    }

    pub(crate) fn made(
        model: &'m mut Model,
        make: impl FnOnce(
            *mut sys::finn_model,
            *mut *mut sys::finn_trainer,
            *mut sys::finn_error,
        ) -> sys::finn_status,
    ) -> Result<Self> {
        let trained = model.as_mut_ptr();
        let made = Handle::made(|trainer, error| make(trained, trainer, error));
        let handle = model.panics().resumed(made)?;
        Ok(Self { handle, model, loss: LossFailure::default() })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_trainer {
        self.handle.as_ptr()
    }

    /// The model as trained so far.
    pub fn model(&self) -> &Model {
        self.model
    }

    /// The loss of [`Loss::Custom`](crate::Loss::Custom), to be set before a fit; no checkpoint
    /// keeps it. The trainer owns the closure, and drops it with itself or when another is set. An
    /// error that the closure returns ends the fit and becomes the source of an
    /// [`Error`](crate::Error) of status [`Callback`](crate::Status::Callback).
    pub fn set_loss(
        &mut self,
        loss: impl FnMut(LossBatch<'_>) -> std::result::Result<f64, BoxError> + Send + 'static,
    ) -> Result<()> {
        let own = OwnLoss::new(self.model, Box::new(loss), self.loss.clone());
        let user_data = Box::into_raw(Box::new(own)).cast();
        let trainer = self.handle.as_mut_ptr();
        // SAFETY: a live handle. The library owns the loss from here on and releases it once, also
        // when this fails.
        check(|error| unsafe {
            let end = Some(release::<OwnLoss> as _);
            sys::finn_trainer_set_loss(trainer, Some(on_loss), user_data, end, error)
        })
    }

    /// The validation rows, in place of a share of the data, before the first step only. They are
    /// copied.
    pub fn set_validation(&mut self, rows: Rows<'_>) -> Result<()> {
        let RowsInC { x, y, weights, count } = self.view(rows)?;
        let trainer = self.handle.as_mut_ptr();
        // SAFETY: a live handle, and arrays of these rows.
        self.model.panics().resumed(check(|error| unsafe {
            sys::finn_trainer_set_validation(trainer, x, y, weights, count, error)
        }))
    }

    fn view(&self, rows: Rows<'_>) -> Result<RowsInC> {
        rows.view(self.model.columns(), self.target_columns())
    }

    /// The numbers of a row of y that the loss takes: the outputs of the model, its variables for
    /// [`Loss::IntervalLikelihood`](crate::Loss::IntervalLikelihood), 0 where it takes none.
    pub fn target_columns(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_trainer_target_columns(self.as_ptr()) as usize }
    }

    /// Trains on rows, which are shuffled anew for each pass.
    pub fn fit_data(
        &mut self,
        workspace: &mut Workspace,
        rows: Rows<'_>,
        progress: Option<OnProgress<'_>>,
    ) -> Result<Outcome> {
        let RowsInC { x, y, weights, count } = self.view(rows)?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, arrays of these rows, and a closure that outlives the call.
        self.run(progress, |fit| unsafe {
            let Fit { trainer, progress, progress_data, error } = fit;
            sys::finn_trainer_fit_data(
                trainer,
                workspace,
                x,
                y,
                weights,
                count,
                progress,
                progress_data,
                error,
            )
        })
    }

    /// Trains on rows from a file, which may be larger than memory: x, then y where the loss takes
    /// targets, then a weight if `weighted`. `columns` are those of a CSV file, in that order, by
    /// name or number from 1; none stand for all columns in the order of the file. The same bits as
    /// with these rows in arrays. Bad files give [`File`](crate::Status::File),
    /// [`Format`](crate::Status::Format) or the status of the bad number, in messages that name
    /// path, line (or row) and column, counted from 1.
    pub fn fit_file(
        &mut self,
        workspace: &mut Workspace,
        path: impl AsRef<Path>,
        format: FileFormat,
        columns: &[&str],
        weighted: bool,
        progress: Option<OnProgress<'_>>,
    ) -> Result<Outcome> {
        let (path, columns) = (c_path(path.as_ref())?, Columns::new(columns)?);
        let (workspace, format) = (workspace.as_mut_ptr(), format as i32);
        // SAFETY: live handles, terminated texts, and a closure that outlives the call.
        self.run(progress, |fit| unsafe {
            let Fit { trainer, progress, progress_data, error } = fit;
            sys::finn_trainer_fit_file(
                trainer,
                workspace,
                path.as_ptr(),
                format,
                columns.as_ptr(),
                columns.count(),
                i32::from(weighted),
                progress,
                progress_data,
                error,
            )
        })
    }

    /// Trains on mini-batches from a closure. An error that it returns ends the fit and becomes the
    /// source of an [`Error`](crate::Error) of status [`Callback`](crate::Status::Callback).
    pub fn fit_sampler(
        &mut self,
        workspace: &mut Workspace,
        mut sampler: impl FnMut(Sample<'_>) -> std::result::Result<(), BoxError>,
        progress: Option<OnProgress<'_>>,
    ) -> Result<Outcome> {
        let mut sampler = Sampler::new(self.model.columns(), self.target_columns(), &mut sampler);
        let (workspace, sampler_data) = (workspace.as_mut_ptr(), (&raw mut sampler).cast());
        // SAFETY: live handles and closures that outlive the call.
        let ended = self.run(progress, |fit| unsafe {
            let Fit { trainer, progress, progress_data, error } = fit;
            sys::finn_trainer_fit_sampler(
                trainer,
                workspace,
                Some(on_sample),
                sampler_data,
                progress,
                progress_data,
                error,
            )
        });
        sampler.error().map_or(ended, Err)
    }

    /// Runs a fit; panics and errors of its closures come out once the library has returned.
    fn run(
        &mut self,
        progress: Option<OnProgress<'_>>,
        call: impl FnOnce(Fit) -> sys::finn_status,
    ) -> Result<Outcome> {
        let mut reporter = Reporter::new(progress);
        let (trainer, progress) = (self.handle.as_mut_ptr(), reporter.callback());
        let progress_data = (&raw mut reporter).cast();
        let ended = check(|error| call(Fit { trainer, progress, progress_data, error }));
        reporter.ended(self.loss.ended(self.model.panics().resumed(ended)))?;
        Ok(self.outcome())
    }

    /// How the run stands.
    pub fn outcome(&self) -> Outcome {
        // SAFETY: a live handle.
        Outcome::from_code(unsafe { sys::finn_trainer_outcome(self.as_ptr()) })
    }
}

impl fmt::Debug for Trainer<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Trainer")
            .field("model", &self.model)
            .field("steps", &self.steps())
            .finish_non_exhaustive()
    }
}
