//! Scratch memory of evaluations.
use std::fmt;
use std::ptr::{NonNull, null_mut};

use libfinn_sys as sys;

use crate::error::{Result, check};

/// Scratch memory that grows at first use and is then reused: a call repeated with the same sizes
/// allocates nothing. It serves any model, one call at a time, so calls take it by `&mut`.
pub struct Workspace {
    handle: NonNull<sys::finn_workspace>,
}

// SAFETY: a finn_workspace serves one thread at a time and is bound to none, so it may move between
// threads. It is not Sync, as finn.h promises nothing for two threads at once.
unsafe impl Send for Workspace {}

impl Workspace {
    /// `threads` is how many threads a call may use: 0 for the number that OpenMP takes, at most
    /// 1024. Results are the same bits for every number.
    pub fn new(threads: i32) -> Result<Self> {
        let mut handle = null_mut();
        // SAFETY: both pointers are valid for writing.
        check(|error| unsafe { sys::finn_workspace_create(threads, &mut handle, error) })?;
        let handle = NonNull::new(handle).expect("a created workspace is not NULL");
        Ok(Self { handle })
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut sys::finn_workspace {
        self.handle.as_ptr()
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        // SAFETY: the handle is ours and is not used again.
        unsafe { sys::finn_workspace_destroy(self.handle.as_ptr()) }
    }
}

impl fmt::Debug for Workspace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Workspace").finish_non_exhaustive()
    }
}
