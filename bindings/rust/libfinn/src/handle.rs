//! Handles of the C interface: who destroys them, and which threads may use them.
use std::ptr::{NonNull, null_mut};

use libfinn_sys as sys;

use crate::error::{Result, check};

/// What stands behind a handle.
///
/// # Safety
/// A handle is bound to no thread, and so are the closures that it may own.
pub(crate) unsafe trait Object {
    /// # Safety
    /// The handle is the caller's and is not used again.
    unsafe fn destroy(handle: *mut Self);
}

/// What any number of threads may use at once through `*const`.
///
/// # Safety
/// finn.h says so of its functions, and the closures that it may own are Sync.
pub(crate) unsafe trait Shared: Object {}

/// A handle of ours, destroyed once.
pub(crate) struct Handle<T: Object>(NonNull<T>);

// SAFETY: the promise of `Object`.
unsafe impl<T: Object> Send for Handle<T> {}
// SAFETY: the promise of `Shared`; what changes the object takes the handle by `&mut`.
unsafe impl<T: Shared> Sync for Handle<T> {}

impl<T: Object> Handle<T> {
    /// The handle that a function of finn.h writes.
    pub(crate) fn made(
        make: impl FnOnce(*mut *mut T, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Self> {
        Ok(Self::optional(make)?.expect("what was created is not NULL"))
    }

    /// The handle that a function of finn.h writes, or none where that function writes NULL.
    pub(crate) fn optional(
        make: impl FnOnce(*mut *mut T, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Option<Self>> {
        let mut handle = null_mut();
        check(|error| make(&mut handle, error))?;
        Ok(NonNull::new(handle).map(Self))
    }

    pub(crate) fn as_ptr(&self) -> *const T {
        self.0.as_ptr()
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut T {
        self.0.as_ptr()
    }
}

impl<T: Object> Drop for Handle<T> {
    fn drop(&mut self) {
        // SAFETY: the handle is ours and is not used again.
        unsafe { T::destroy(self.0.as_ptr()) }
    }
}

macro_rules! objects {
    ($($object:ident, $destroy:ident;)*) => {$(
        // SAFETY: finn.h binds no handle to a thread, and this crate takes closures that are Send.
        unsafe impl Object for sys::$object {
            unsafe fn destroy(handle: *mut Self) {
                // SAFETY: the caller's promise.
                unsafe { sys::$destroy(handle) }
            }
        }
    )*};
}

objects! {
    finn_network, finn_network_destroy;
    finn_domain, finn_domain_destroy;
    finn_constraint, finn_constraint_destroy;
    finn_conditioning, finn_conditioning_destroy;
    finn_model, finn_model_destroy;
    finn_workspace, finn_workspace_destroy;
    finn_distribution, finn_distribution_destroy;
    finn_trainer, finn_trainer_destroy;
    finn_chain, finn_chain_destroy;
    finn_table, finn_table_destroy;
}

// SAFETY: finn.h lets any number of threads use a part.
unsafe impl Shared for sys::finn_network {}
// SAFETY: finn.h lets any number of threads use a part; closures of a domain are Sync.
unsafe impl Shared for sys::finn_domain {}
// SAFETY: finn.h lets any number of threads use a part.
unsafe impl Shared for sys::finn_constraint {}
// SAFETY: finn.h lets any number of threads use a part.
unsafe impl Shared for sys::finn_conditioning {}
// SAFETY: finn.h lets any number of threads call the functions that take a const finn_model, which
// are the methods that take &self; those that change the model take &mut self.
unsafe impl Shared for sys::finn_model {}
// SAFETY: finn.h lets any number of threads ask a distribution; closures of its domain are Sync.
unsafe impl Shared for sys::finn_distribution {}
// SAFETY: what reads a chain takes &self and leaves it alone, and a fit takes &mut self.
unsafe impl Shared for sys::finn_chain {}
// SAFETY: finn.h lets any number of threads read a table.
unsafe impl Shared for sys::finn_table {}
