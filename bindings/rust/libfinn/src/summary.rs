//! What happened in a training run.
use std::ffi::CStr;
use std::fmt;
use std::ptr::null_mut;

use libfinn_sys as sys;

use crate::enumerations::enumeration;
use crate::error::{Result, check};
use crate::trainer::{Outcome, Trainer};
use crate::workspace::Workspace;

enumeration! {
    /// What a [`Summary`] warns of.
    Warning {
        /// f is only the floor, or 0 without one, at some rows.
        RowsAtFloor = FINN_WARNING_ROWS_AT_FLOOR,
        /// The integral is off its only bound by more than half of it.
        FarFromBound = FINN_WARNING_FAR_FROM_BOUND,
        /// The validation rows were best in the first half of the steps, and those trained on gained
        /// since.
        Overfitted = FINN_WARNING_OVERFITTED,
        /// The loss was still falling in the last tenth of the steps.
        StillFalling = FINN_WARNING_STILL_FALLING,
    }
}

/// What happened in a run: [`Trainer::summary`]. It prints as a few lines, of which those that warn
/// begin with "warning: ".
#[derive(Clone, Copy)]
pub struct Summary {
    fields: sys::finn_training_summary,
}

impl Trainer<'_> {
    /// What happened in the run, of the model as it is now; f is computed at some rows. A trainer
    /// that was loaded tells of the whole run, but has no rows to look at until a fit was called
    /// with them.
    pub fn summary(&self, workspace: &mut Workspace) -> Result<Summary> {
        let mut fields = sys::finn_training_summary {
            struct_size: size_of::<sys::finn_training_summary>() as u64,
            steps: 0,
            loss: 0.0,
            smoothed_loss: 0.0,
            validation_loss: 0.0,
            best_validation_loss: 0.0,
            best_step: 0,
            rows: 0,
            validation_rows: 0,
            rows_looked_at: 0,
            rows_at_floor: 0,
            floor_share: 0.0,
            integral: 0.0,
            bound: 0.0,
            output: 0,
            outcome: 0,
            has_standards: 0,
            warnings: 0,
        };
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and a struct that says its size.
        let done = check(|error| unsafe {
            sys::finn_trainer_summary(self.as_ptr(), workspace, &mut fields, error)
        });
        self.model().panics().resumed(done)?;
        Ok(Summary { fields })
    }
}

/// A number that there is.
fn number(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

impl Summary {
    /// Steps done.
    pub fn steps(&self) -> usize {
        self.fields.steps as usize
    }

    /// How the run stands, or ended.
    pub fn outcome(&self) -> Outcome {
        Outcome::from_code(self.fields.outcome)
    }

    /// The loss of the last step.
    pub fn loss(&self) -> Option<f64> {
        number(self.fields.loss)
    }

    /// The mean loss of the last 100 steps, or of all if there are fewer.
    pub fn smoothed_loss(&self) -> Option<f64> {
        number(self.fields.smoothed_loss)
    }

    /// The loss of the validation rows at the last check; [`Trainer::best`] has the best one.
    pub fn validation_loss(&self) -> Option<f64> {
        number(self.fields.validation_loss)
    }

    /// Rows trained on, without validation rows; 0 with a sampler.
    pub fn rows(&self) -> usize {
        self.fields.rows as usize
    }

    /// Rows for validation.
    pub fn validation_rows(&self) -> usize {
        self.fields.validation_rows as usize
    }

    /// With a log likelihood, at how many rows f was computed.
    pub fn rows_looked_at(&self) -> usize {
        self.fields.rows_looked_at as usize
    }

    /// At how many of them f is only the floor, or 0 without one.
    pub fn rows_at_floor(&self) -> usize {
        self.fields.rows_at_floor as usize
    }

    /// The share of the integral that is the floor.
    pub fn floor_share(&self) -> f64 {
        self.fields.floor_share
    }

    /// The integral of f over the domain, of the [`Summary::output`]; none where every row has its
    /// own.
    pub fn integral(&self) -> Option<f64> {
        number(self.fields.integral)
    }

    /// The bound of the integral on one side.
    pub fn bound(&self) -> Option<f64> {
        number(self.fields.bound)
    }

    /// The output whose integral is farthest from its bound.
    pub fn output(&self) -> usize {
        self.fields.output as usize
    }

    /// Whether x, conditions or f are counted in units that came from rows.
    pub fn has_standards(&self) -> bool {
        self.fields.has_standards != 0
    }

    /// Whether it warns of this.
    pub fn warns_of(&self, warning: Warning) -> bool {
        self.fields.warnings & warning as i32 != 0
    }

    fn text(&self) -> Result<String> {
        let mut size = 0;
        let mut write = |text: *mut u8, capacity: usize| {
            // SAFETY: a struct that the library has written, and a buffer of this capacity or NULL.
            check(|error| unsafe {
                let (text, capacity) = (text.cast(), capacity as i64);
                sys::finn_trainer_summary_text(&self.fields, text, capacity, &mut size, error)
            })
            .map(|()| size as usize)
        };
        let mut text = vec![0; write(null_mut(), 0)?];
        write(text.as_mut_ptr(), text.len())?;
        let text = CStr::from_bytes_until_nul(&text).unwrap_or_default();
        Ok(text.to_string_lossy().into_owned())
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text().map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for Summary {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fields.fmt(formatter)
    }
}
