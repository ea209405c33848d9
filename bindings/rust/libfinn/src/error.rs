//! Statuses and messages of the C interface as one error type.
use std::ffi::CStr;
use std::fmt;
use std::mem::MaybeUninit;

use libfinn_sys as sys;

/// Why a call was refused; the `FINN_ERROR_*` of `finn.h`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Status {
    /// Something required is not there: for example, targets that the loss needs.
    Null,
    /// A value is outside its range, or parts do not go together.
    Argument,
    /// A length or shape does not fit.
    Size,
    /// An input or a result is NaN or infinite.
    NotFinite,
    /// The integral of the network cannot be normalised.
    Integral,
    /// Memory was refused.
    Memory,
    /// A callback failed; the error that a sampler or a loss returned is the source of this one.
    Callback,
    /// A defect of the library.
    Internal,
    /// A file cannot be read or written.
    File,
    /// Bytes are not what their format says.
    Format,
    /// A status that this version of the crate does not know.
    Other(i32),
}

impl Status {
    fn from_code(code: sys::finn_status) -> Self {
        match code {
            sys::FINN_ERROR_NULL => Self::Null,
            sys::FINN_ERROR_ARGUMENT => Self::Argument,
            sys::FINN_ERROR_SIZE => Self::Size,
            sys::FINN_ERROR_NOT_FINITE => Self::NotFinite,
            sys::FINN_ERROR_INTEGRAL => Self::Integral,
            sys::FINN_ERROR_MEMORY => Self::Memory,
            sys::FINN_ERROR_CALLBACK => Self::Callback,
            sys::FINN_ERROR_INTERNAL => Self::Internal,
            sys::FINN_ERROR_FILE => Self::File,
            sys::FINN_ERROR_FORMAT => Self::Format,
            other => Self::Other(other),
        }
    }

    /// The number that `finn.h` gives the status.
    pub fn code(self) -> i32 {
        match self {
            Self::Null => sys::FINN_ERROR_NULL,
            Self::Argument => sys::FINN_ERROR_ARGUMENT,
            Self::Size => sys::FINN_ERROR_SIZE,
            Self::NotFinite => sys::FINN_ERROR_NOT_FINITE,
            Self::Integral => sys::FINN_ERROR_INTEGRAL,
            Self::Memory => sys::FINN_ERROR_MEMORY,
            Self::Callback => sys::FINN_ERROR_CALLBACK,
            Self::Internal => sys::FINN_ERROR_INTERNAL,
            Self::File => sys::FINN_ERROR_FILE,
            Self::Format => sys::FINN_ERROR_FORMAT,
            Self::Other(code) => code,
        }
    }

    /// `"FINN_ERROR_SIZE"` and the like; `"FINN_UNKNOWN"` for a status unknown to the library.
    pub fn name(self) -> &'static str {
        // SAFETY: any number is valid; the answer is a terminated string of static storage.
        static_text(unsafe { sys::finn_status_name(self.code()) })
    }

    /// One sentence on the status.
    pub fn text(self) -> &'static str {
        // SAFETY: any number is valid; the answer is a terminated string of static storage.
        static_text(unsafe { sys::finn_status_text(self.code()) })
    }
}

/// A string of static storage, as the library returns them.
pub(crate) fn static_text(text: *const std::ffi::c_char) -> &'static str {
    // SAFETY: the caller passes what a function of finn.h returned: terminated and never freed.
    unsafe { CStr::from_ptr(text) }.to_str().unwrap_or("")
}

/// What a sampler or a loss may return: an error of the caller's own.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A refused call: its status, and a message that names the argument, what was given and what was
/// expected. The source, if any, is the error that a sampler or a loss returned.
#[derive(Debug)]
pub struct Error {
    status: Status,
    message: String,
    source: Option<BoxError>,
}

impl Error {
    /// The kind of the failure.
    pub fn status(&self) -> Status {
        self.status
    }

    /// The error that the sampler or the loss returned, taken out.
    pub fn into_source(self) -> Option<BoxError> {
        self.source
    }

    /// `name` is the callback that returned the error.
    pub(crate) fn from_callback(name: &str, source: BoxError) -> Self {
        let message = format!("{name}: {source}");
        Self { status: Status::Callback, message, source: Some(source) }
    }

    pub(crate) fn argument(name: &str, expected: &str) -> Self {
        let message = format!("{name}: {expected}");
        Self { status: Status::Argument, message, source: None }
    }

    pub(crate) fn size(name: &str, given: usize, expected: impl fmt::Display) -> Self {
        let message = format!("{name}: length {given} given, {expected} expected");
        Self { status: Status::Size, message, source: None }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|source| &**source as _)
    }
}

/// `Result` with the error of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// Runs a call of the C interface.
///
/// The error lies on the stack; of the message only the first byte is cleared beforehand, for a
/// library that leaves it alone.
pub(crate) fn check(call: impl FnOnce(*mut sys::finn_error) -> sys::finn_status) -> Result<()> {
    let mut error = MaybeUninit::<sys::finn_error>::uninit();
    // SAFETY: fields of memory that belongs to us.
    unsafe {
        (&raw mut (*error.as_mut_ptr()).struct_size).write(size_of_val(&error) as u64);
        (&raw mut (*error.as_mut_ptr()).message[0]).write(0);
    }
    let status = call(error.as_mut_ptr());
    if status == sys::FINN_OK {
        return Ok(());
    }
    // SAFETY: a call that fails fills the message, which is always terminated, or leaves it empty.
    let message = unsafe { CStr::from_ptr((&raw const (*error.as_ptr()).message).cast()) };
    Err(Error {
        status: Status::from_code(status),
        message: message.to_string_lossy().into_owned(),
        source: None,
    })
}

/// Refuses a length before the library is called.
pub(crate) fn require_length(name: &str, given: usize, expected: usize) -> Result<()> {
    if given == expected { Ok(()) } else { Err(Error::size(name, given, expected)) }
}
