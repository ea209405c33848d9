//! Text that goes to C.
use std::ffi::{CString, c_char};
use std::path::Path;

use crate::error::{Error, Result};
use crate::rows::{count, pointer_or_null};

/// A terminated copy; a text with a zero byte is refused by the name of the argument.
pub(crate) fn c_text(name: &str, text: impl Into<Vec<u8>>) -> Result<CString> {
    CString::new(text).map_err(|_| Error::argument(name, "a zero byte given"))
}

/// A path as C takes it.
pub(crate) fn c_path(path: &Path) -> Result<CString> {
    c_text("path", path.as_os_str().as_encoded_bytes())
}

/// Names of columns as C takes them.
pub(crate) struct Columns {
    pointers: Vec<*const c_char>,
    /// What the pointers point to.
    _names: Vec<CString>,
}

impl Columns {
    pub(crate) fn new(columns: &[&str]) -> Result<Self> {
        let names: Vec<_> =
            columns.iter().map(|name| c_text("columns", *name)).collect::<Result<_>>()?;
        Ok(Self { pointers: names.iter().map(|name| name.as_ptr()).collect(), _names: names })
    }

    /// NULL stands for all columns.
    pub(crate) fn as_ptr(&self) -> *const *const c_char {
        pointer_or_null(&self.pointers)
    }

    pub(crate) fn count(&self) -> i32 {
        count(&self.pointers)
    }
}
