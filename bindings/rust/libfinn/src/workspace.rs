//! Scratch memory of evaluations.
use std::fmt;

use libfinn_sys as sys;

use crate::error::Result;
use crate::handle::Handle;

/// Scratch memory that grows at first use and is then reused: a call repeated with the same sizes
/// allocates nothing. It serves any model, one call at a time, so calls take it by `&mut`.
///
/// A workspace moves between threads and is not shared by them.
pub struct Workspace {
    handle: Handle<sys::finn_workspace>,
}

impl Workspace {
    /// `threads` is how many threads a call may use: 0 for `FINN_THREADS`, `OMP_NUM_THREADS`
    /// or one per processor, at most 1024. Where the system refuses a thread, the workspace goes on with fewer. Results are the
    /// same bits for every number.
    pub fn new(threads: i32) -> Result<Self> {
        // SAFETY: both pointers are valid for writing.
        Handle::made(|workspace, error| unsafe {
            sys::finn_workspace_create(threads, workspace, error)
        })
        .map(|handle| Self { handle })
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut sys::finn_workspace {
        self.handle.as_mut_ptr()
    }
}

impl fmt::Debug for Workspace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Workspace").finish_non_exhaustive()
    }
}
