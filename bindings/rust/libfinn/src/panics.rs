//! Closures that the library keeps: their panics, which may not cross the C frames, and their end.
use std::any::Any;
use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::{Result, Status};

/// Where a panic waits until the C call has returned. Closures are called on several threads at
/// once: the last panic stays.
#[derive(Clone, Default)]
pub(crate) struct Waiting(Arc<Mutex<Option<Box<dyn Any + Send>>>>);

impl Waiting {
    /// What the C callback returns: 0 when `body` did not panic.
    pub(crate) fn guard(&self, body: impl FnOnce()) -> i32 {
        // Unwind safe: the closures are Fn, and whoever shares state with them sees the panic too.
        match catch_unwind(AssertUnwindSafe(body)) {
            Ok(()) => 0,
            Err(panic) => {
                *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(panic);
                1
            }
        }
    }

    fn take(&self) -> Option<Box<dyn Any + Send>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The places of all closures that a domain, or a model on it, may call.
#[derive(Clone, Default)]
pub(crate) struct Panics(Vec<Waiting>);

impl Panics {
    pub(crate) fn of(waiting: Waiting) -> Self {
        Self(vec![waiting])
    }

    pub(crate) fn of_all<'a>(parts: impl IntoIterator<Item = &'a Self>) -> Self {
        Self(parts.into_iter().flat_map(|part| part.0.iter().cloned()).collect())
    }

    /// The result of a C call, unless a closure panicked in it: then the panic goes on here.
    pub(crate) fn resumed<T>(&self, ended: Result<T>) -> Result<T> {
        if ended.as_ref().is_err_and(|error| error.status() == Status::Callback) {
            // All are emptied, so that none comes out of a later call.
            let panics = self.0.iter().map(Waiting::take);
            if let Some(panic) = panics.fold(None, |first, next| first.or(next)) {
                resume_unwind(panic);
            }
        }
        ended
    }
}

/// Drops the user data of a callback: called once, on whichever thread was the last to use it.
///
/// # Safety
/// `user_data` comes from `Box::into_raw` of a `T`.
pub(crate) unsafe extern "C" fn release<T>(user_data: *mut c_void) {
    // SAFETY: the caller's promise.
    let owned = unsafe { Box::from_raw(user_data.cast::<T>()) };
    // A panic of what the closures have captured has no one to go to, and may not leave either.
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| drop(owned))) {
        std::mem::forget(panic);
    }
}
