//! How far a training run has come.
use libfinn_sys as sys;

use crate::error::{Result, check, require_length};
use crate::trainer::Trainer;

/// What [`Trainer::best`] finds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Best {
    /// The smallest loss of the validation rows.
    pub validation_loss: f64,
    /// After how many steps it was seen.
    pub step: i64,
}

impl Trainer<'_> {
    /// The best validation check; `None` before the first.
    pub fn best(&self) -> Result<Option<Best>> {
        let mut best = Best { validation_loss: f64::INFINITY, step: 0 };
        // SAFETY: a live handle and two numbers to write.
        check(|error| unsafe {
            let (loss, step) = (&mut best.validation_loss, &mut best.step);
            sys::finn_trainer_best(self.as_ptr(), loss, step, error)
        })?;
        Ok(Some(best).filter(|best| best.step > 0))
    }

    /// Steps done so far.
    pub fn steps(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_trainer_steps(self.as_ptr()) as usize }
    }

    /// Copies the loss of every step done into `losses`, whose length is [`Trainer::steps`].
    pub fn history_into(&self, losses: &mut [f64]) -> Result<()> {
        require_length("losses", losses.len(), self.steps())?;
        // SAFETY: a live handle and an array of the length that is given.
        check(|error| unsafe {
            let length = losses.len() as i64;
            sys::finn_trainer_history(self.as_ptr(), losses.as_mut_ptr(), length, error)
        })
    }

    /// The losses in a new vector.
    pub fn history(&self) -> Result<Vec<f64>> {
        let mut losses = vec![0.0; self.steps()];
        self.history_into(&mut losses)?;
        Ok(losses)
    }
}
