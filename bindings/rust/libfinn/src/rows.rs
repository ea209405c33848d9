//! Slices as rows of a width.
use std::ptr::null;

use crate::error::{Error, Result, require_length};

/// How many rows of this width there are.
pub(crate) fn rows_of(name: &str, length: usize, width: usize) -> Result<usize> {
    if length.is_multiple_of(width) {
        return Ok(length / width);
    }
    Err(Error::size(name, length, format_args!("a multiple of {width}")))
}

/// A number as C takes it. One that does not fit is one that the library refuses, as it does the
/// largest number.
pub(crate) fn number(value: usize) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// The length of an array, likewise.
pub(crate) fn count<T>(values: &[T]) -> i32 {
    number(values.len())
}

/// An array as C takes it where it may be missing: NULL for an empty one.
pub(crate) fn pointer_or_null<T>(values: &[T]) -> *const T {
    if values.is_empty() { null() } else { values.as_ptr() }
}

/// Rows of data: `Rows::new(&x).y(&y).weights(&weights)`.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct Rows<'a> {
    x: &'a [f64],
    y: Option<&'a [f64]>,
    weights: Option<&'a [f64]>,
}

/// Pointers to rows whose lengths fit; those that are missing are NULL.
pub(crate) struct RowsInC {
    pub x: *const f64,
    pub y: *const f64,
    pub weights: *const f64,
    pub count: i64,
}

impl<'a> Rows<'a> {
    /// Points x, `[rows][columns]`.
    pub fn new(x: &'a [f64]) -> Self {
        Self { x, y: None, weights: None }
    }

    /// Targets y, `[rows][outputs]`; none under a likelihood and a Poisson process, and
    /// `[rows][variables]` for [`Loss::IntervalLikelihood`](crate::Loss::IntervalLikelihood).
    pub fn y(mut self, y: &'a [f64]) -> Self {
        self.y = Some(y);
        self
    }

    /// Row i counts `weights[i]` times, 0 or more; `[rows]`. They are divided by their mean, so that
    /// only their ratios count, but for [`Loss::PoissonProcess`](crate::Loss::PoissonProcess), where
    /// a weight is a number of events. Not with a loss of your own.
    pub fn weights(mut self, weights: &'a [f64]) -> Self {
        self.weights = Some(weights);
        self
    }

    /// For a model with so many columns and a loss with so many targets. One without targets
    /// refuses those of any length itself.
    pub(crate) fn view(&self, columns: usize, targets: usize) -> Result<RowsInC> {
        let count = rows_of("x", self.x.len(), columns)?;
        if let Some(y) = self.y.filter(|_| targets > 0) {
            require_length("y", y.len(), count.saturating_mul(targets))?;
        }
        if let Some(weights) = self.weights {
            require_length("weights", weights.len(), count)?;
        }
        let pointer = |values: Option<&[f64]>| values.map_or(null(), <[f64]>::as_ptr);
        let (y, weights) = (pointer(self.y), pointer(self.weights));
        Ok(RowsInC { x: self.x.as_ptr(), y, weights, count: count as i64 })
    }

    /// For what has so many columns and takes no targets, which are refused.
    pub(crate) fn view_without_y(&self, columns: usize) -> Result<RowsInC> {
        match self.y {
            Some(_) => Err(Error::argument("y", "targets given, none expected")),
            None => self.view(columns, 0),
        }
    }
}
