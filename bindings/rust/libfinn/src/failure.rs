//! How the closures of a fit fail, which may not be across the C frames.
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use crate::error::{BoxError, Error};

/// What a closure leaves for the time after the C call.
pub(crate) enum Failure {
    Panic(Box<dyn Any + Send>),
    Error(BoxError),
}

impl Failure {
    /// What `body` gives, or how it failed.
    pub(crate) fn caught<T>(
        body: impl FnOnce() -> std::result::Result<T, BoxError>,
    ) -> std::result::Result<T, Self> {
        // Unwind safe: the panic goes on as soon as the C call has returned, and nothing of the
        // closure is used in between.
        match catch_unwind(AssertUnwindSafe(body)) {
            Ok(ended) => ended.map_err(Self::Error),
            Err(panic) => Err(Self::Panic(panic)),
        }
    }

    /// The error of the fit; a panic goes on here. `name` is that of the callback.
    pub(crate) fn into_error(self, name: &str) -> Error {
        match self {
            Self::Panic(panic) => resume_unwind(panic),
            Self::Error(error) => Error::from_callback(name, error),
        }
    }
}
