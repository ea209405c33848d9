//! Slices as rows of a width.
use crate::error::{Error, Result};

/// How many rows of this width there are.
pub(crate) fn rows_of(name: &str, length: usize, width: usize) -> Result<usize> {
    if length.is_multiple_of(width) {
        return Ok(length / width);
    }
    Err(Error::size(name, length, format_args!("a multiple of {width}")))
}
