//! Checkpoints: the whole state of a run as bytes or as a file.
use std::path::Path;
use std::ptr::null_mut;

use libfinn_sys as sys;

use crate::error::{Result, check};
use crate::model::Model;
use crate::trainer::{Trainer, c_path};

/// A checkpoint is the state of the run with the parameters of its model: a run that goes on from
/// one gives the same bits as one that never stopped. It holds no domain, no data and no loss of
/// your own: make the model with the options it had, set the loss again, and give the same rows.
/// Bytes that are damaged or hostile give [`Format`](crate::Status::Format) and change nothing; a
/// model of another shape or precision [`Size`](crate::Status::Size); errors of the system
/// [`File`](crate::Status::File).
impl Trainer {
    /// The length of the checkpoint in bytes.
    pub fn checkpoint_size(&self, model: &Model) -> Result<usize> {
        self.write(model, null_mut(), 0)
    }

    /// Writes the checkpoint to the front of `bytes`, and returns its length.
    pub fn save_into(&self, model: &Model, bytes: &mut [u8]) -> Result<usize> {
        self.write(model, bytes.as_mut_ptr(), bytes.len())
    }

    /// The checkpoint in a new vector.
    pub fn save(&self, model: &Model) -> Result<Vec<u8>> {
        let mut bytes = vec![0; self.checkpoint_size(model)?];
        self.save_into(model, &mut bytes)?;
        Ok(bytes)
    }

    fn write(&self, model: &Model, buffer: *mut u8, capacity: usize) -> Result<usize> {
        let mut size = 0;
        // SAFETY: live handles, and a buffer of this capacity or NULL.
        check(|error| unsafe {
            let (trainer, model, capacity) = (self.as_ptr(), model.as_ptr(), capacity as i64);
            sys::finn_trainer_save(trainer, model, buffer.cast(), capacity, &mut size, error)
        })?;
        Ok(size as usize)
    }

    /// A trainer from a checkpoint, which gives the model the parameters.
    pub fn load(model: &mut Model, bytes: &[u8]) -> Result<Self> {
        let (model, size) = (model.as_mut_ptr(), bytes.len() as i64);
        // SAFETY: a live handle and an array of the length that is given.
        Self::made(|trainer, error| unsafe {
            sys::finn_trainer_load(model, bytes.as_ptr().cast(), size, trainer, error)
        })
    }

    /// Writes the checkpoint beside `path`, flushes it to the disk and renames it: whatever fails,
    /// a file that was there before is whole.
    pub fn save_file(&self, model: &Model, path: impl AsRef<Path>) -> Result<()> {
        let path = c_path(path.as_ref())?;
        // SAFETY: live handles and a terminated path.
        check(|error| unsafe {
            sys::finn_trainer_save_file(self.as_ptr(), model.as_ptr(), path.as_ptr(), error)
        })
    }

    /// As [`Trainer::load`], from a file.
    pub fn load_file(model: &mut Model, path: impl AsRef<Path>) -> Result<Self> {
        let path = c_path(path.as_ref())?;
        let model = model.as_mut_ptr();
        // SAFETY: a live handle and a terminated path.
        Self::made(|trainer, error| unsafe {
            sys::finn_trainer_load_file(model, path.as_ptr(), trainer, error)
        })
    }
}
