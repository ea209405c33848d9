//! Models as files and as bytes, and their description.
use std::path::Path;
use std::ptr::null_mut;

use libfinn_sys as sys;

use crate::domain::Domain;
use crate::error::{Result, check};
use crate::model::Model;
use crate::panics::Panics;
use crate::rows::{count, pointer_or_null};
use crate::text::c_path;

/// Files. One holds the whole model - network, domain, constraint, conditioning, precision,
/// parameters - and is loaded by a program that knows nothing of it; the loaded model gives the
/// same bits. The format is safetensors, with a versioned description in its metadata
/// (`docs/FILES.md`). Bytes that are damaged or hostile give [`Format`](crate::Status::Format),
/// errors of the system [`File`](crate::Status::File).
///
/// A domain with closures, a star or a map, is stored by its name. The program that loads it makes
/// a domain of that name and hands it over in `domains`, in any order;
/// [`Argument`](crate::Status::Argument), with the name, when it is not among them or is another.
impl Model {
    /// Writes the file beside `path`, flushes it to the disk and renames it: whatever fails, a file
    /// that was there before is whole. Links are followed, a file keeps its mode, and what is not a
    /// regular file is refused.
    pub fn save(&self, path: impl AsRef<Path>) -> Result<()> {
        let path = c_path(path.as_ref())?;
        // SAFETY: a live handle and a terminated path.
        check(|error| unsafe { sys::finn_model_save(self.as_ptr(), path.as_ptr(), error) })
    }

    /// The model of a file.
    pub fn load(path: impl AsRef<Path>, domains: &[Domain]) -> Result<Self> {
        let path = c_path(path.as_ref())?;
        let handles: Vec<_> = domains.iter().map(Domain::as_ptr).collect();
        let panics = Panics::of_all(domains.iter().map(Domain::panics));
        // SAFETY: a terminated path, and an array of live handles of the length that is given.
        Self::made(panics, |model, error| unsafe {
            let (domains, count) = (pointer_or_null(&handles), count(&handles));
            sys::finn_model_load(path.as_ptr(), domains, count, model, error)
        })
    }

    /// The length of the file in bytes.
    pub fn byte_count(&self) -> Result<usize> {
        self.write(null_mut(), 0)
    }

    /// Writes the bytes of the file to the front of `bytes`, and returns their number.
    pub fn bytes_into(&self, bytes: &mut [u8]) -> Result<usize> {
        self.write(bytes.as_mut_ptr(), bytes.len())
    }

    /// The bytes of the file in a new vector.
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
            sys::finn_model_save_bytes(self.as_ptr(), buffer, capacity, &mut size, error)
        })?;
        Ok(size as usize)
    }

    /// The model of the bytes of a file.
    pub fn from_bytes(bytes: &[u8], domains: &[Domain]) -> Result<Self> {
        let handles: Vec<_> = domains.iter().map(Domain::as_ptr).collect();
        let panics = Panics::of_all(domains.iter().map(Domain::panics));
        // SAFETY: arrays of the lengths that are given, one of them of live handles.
        Self::made(panics, |model, error| unsafe {
            let (bytes, size) = (bytes.as_ptr().cast(), bytes.len() as i64);
            let (domains, count) = (pointer_or_null(&handles), count(&handles));
            sys::finn_model_load_bytes(bytes, size, domains, count, model, error)
        })
    }

    /// The description of the model, without its parameters, as one JSON object: that of its file.
    pub fn describe(&self) -> Result<String> {
        let mut size = 0;
        let mut write = |json: *mut u8, capacity: usize| {
            // SAFETY: a live handle, and a buffer of this capacity or NULL.
            check(|error| unsafe {
                let (json, capacity) = (json.cast(), capacity as i64);
                sys::finn_model_describe(self.as_ptr(), json, capacity, &mut size, error)
            })
            .map(|()| size as usize)
        };
        let mut json = vec![0; write(null_mut(), 0)?];
        write(json.as_mut_ptr(), json.len())?;
        json.truncate(json.len().saturating_sub(1)); // without the terminating 0
        Ok(String::from_utf8_lossy(&json).into_owned())
    }
}
