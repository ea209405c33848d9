//! Checkpoints: the whole state of a run as a file or as bytes.
use std::path::Path;
use std::ptr::null_mut;

use libfinn_sys as sys;

use crate::error::{Result, check};
use crate::model::Model;
use crate::text::c_path;
use crate::trainer::Trainer;

/// A checkpoint is a model file with the whole state of a run beside the model: a run that goes on
/// from one gives the same bits as one that never stopped. [`Model::load`] reads the model of a
/// checkpoint too. It holds no training data and no closures: set a loss of your own again, and
/// give the same rows. Bytes that are damaged or hostile give [`Format`](crate::Status::Format), a
/// checkpoint of another model [`Size`](crate::Status::Size) with the field that differs, errors of
/// the system [`File`](crate::Status::File); the model is as it was then.
impl<'m> Trainer<'m> {
    /// Writes the checkpoint beside `path`, flushes it to the disk and renames it: whatever fails,
    /// a file that was there before is whole.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = c_path(path.as_ref())?;
        // SAFETY: a live handle and a terminated path.
        check(|error| unsafe { sys::finn_trainer_save(self.as_ptr(), path.as_ptr(), error) })
    }

    /// A trainer of `model`, which gets the parameters of the checkpoint.
    pub fn load(model: &'m mut Model, path: impl AsRef<Path>) -> Result<Self> {
        let path = c_path(path.as_ref())?;
        // SAFETY: a live handle and a terminated path.
        Self::made(model, |model, trainer, error| unsafe {
            sys::finn_trainer_load(model, path.as_ptr(), trainer, error)
        })
    }

    /// The length of the checkpoint in bytes.
    pub fn byte_count(&self) -> Result<usize> {
        self.write(null_mut(), 0)
    }

    /// Writes the checkpoint to the front of `bytes`, and returns its length.
    pub fn bytes_into(&self, bytes: &mut [u8]) -> Result<usize> {
        self.write(bytes.as_mut_ptr(), bytes.len())
    }

    /// The checkpoint in a new vector.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = vec![0; self.byte_count()?];
        self.bytes_into(&mut bytes)?;
        Ok(bytes)
    }

    fn write(&self, buffer: *mut u8, capacity: usize) -> Result<usize> {
        let mut size = 0;
        // SAFETY: a live handle, and a buffer of this capacity or NULL.
        check(|error| unsafe {
            let (buffer, capacity) = (buffer.cast(), capacity as i64);
            sys::finn_trainer_save_bytes(self.as_ptr(), buffer, capacity, &mut size, error)
        })?;
        Ok(size as usize)
    }

    /// A trainer of `model`, which gets the parameters of the checkpoint of which these are the
    /// bytes.
    pub fn from_bytes(model: &'m mut Model, bytes: &[u8]) -> Result<Self> {
        // SAFETY: a live handle and an array of the length that is given.
        Self::made(model, |model, trainer, error| unsafe {
            let (bytes, size) = (bytes.as_ptr().cast(), bytes.len() as i64);
            sys::finn_trainer_load_bytes(model, bytes, size, trainer, error)
        })
    }
}
