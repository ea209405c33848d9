//! Chains as files and as bytes.
use std::path::Path;
use std::ptr::null_mut;

use libfinn_sys as sys;

use crate::chain::Chain;
use crate::error::{Result, check};
use crate::text::c_path;

/// Files, as those of a [`Model`](crate::Model): a chain that is loaded gives the same bits. One of
/// which links are missing is a checkpoint, and a fit goes on after the last that is there. Bytes
/// that are damaged or hostile give [`Format`](crate::Status::Format), errors of the system
/// [`File`](crate::Status::File).
impl Chain {
    /// Writes the file beside `path`, flushes it to the disk and renames it: whatever fails, a file
    /// that was there before is whole.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = c_path(path.as_ref())?;
        // SAFETY: a live handle and a terminated path.
        check(|error| unsafe { sys::finn_chain_save(self.as_ptr(), path.as_ptr(), error) })
    }

    /// The chain of a file.
    pub fn load(path: impl AsRef<Path>) -> Result<Self> {
        let path = c_path(path.as_ref())?;
        // SAFETY: a terminated path.
        Self::made(|chain, error| unsafe { sys::finn_chain_load(path.as_ptr(), chain, error) })
    }

    /// The bytes of the file in a new vector.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut bytes = vec![0; self.write(null_mut(), 0)?];
        self.write(bytes.as_mut_ptr(), bytes.len())?;
        Ok(bytes)
    }

    fn write(&self, buffer: *mut u8, capacity: usize) -> Result<usize> {
        let mut size = 0;
        // SAFETY: a live handle, and a buffer of this capacity or NULL.
        check(|error| unsafe {
            let (buffer, capacity) = (buffer.cast(), capacity as i64);
            sys::finn_chain_save_bytes(self.as_ptr(), buffer, capacity, &mut size, error)
        })?;
        Ok(size as usize)
    }

    /// The chain of the bytes of a file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        // SAFETY: an array of the length that is given.
        Self::made(|chain, error| unsafe {
            let (bytes, size) = (bytes.as_ptr().cast(), bytes.len() as i64);
            sys::finn_chain_load_bytes(bytes, size, chain, error)
        })
    }
}
