//! The numbers of a CSV file in memory.
use std::ffi::CStr;
use std::fmt;
use std::path::Path;

use libfinn_sys as sys;

use crate::error::{Result, check, require_length};
use crate::handle::Handle;
use crate::rows::number;
use crate::text::{Columns, c_path};

/// The numbers of a CSV file, `[rows][columns]`, with the names of its columns; `docs/FILES.md`.
/// Any number of threads may read it.
pub struct Table {
    handle: Handle<sys::finn_table>,
}

impl Table {
    /// Reads the file. `columns` are those wanted, in that order, by name or number from 1; none
    /// stand for all columns in the order of the file. Only columns wanted have to be numbers, and
    /// missing values are refused. Errors name path, line and column:
    /// [`File`](crate::Status::File), [`Format`](crate::Status::Format) or the status of the bad
    /// number.
    pub fn read(path: impl AsRef<Path>, columns: &[&str]) -> Result<Self> {
        let (path, columns) = (c_path(path.as_ref())?, Columns::new(columns)?);
        // SAFETY: a terminated path, and an array of terminated names of the length that is given.
        Handle::made(|table, error| unsafe {
            let (chosen, chosen_count) = (columns.as_ptr(), columns.count());
            sys::finn_table_read(path.as_ptr(), chosen, chosen_count, table, error)
        })
        .map(|handle| Self { handle })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_table_rows(self.handle.as_ptr()) as usize }
    }

    /// The number of columns.
    pub fn columns(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_table_columns(self.handle.as_ptr()) as usize }
    }

    /// The name of a column, counted from 0; empty when it has none or there is no such column.
    pub fn name(&self, column: usize) -> &str {
        // SAFETY: a live handle; the text is terminated and lives as long as the table.
        unsafe {
            let name = sys::finn_table_name(self.handle.as_ptr(), number(column));
            CStr::from_ptr(name).to_str().unwrap_or("")
        }
    }

    /// Copies the numbers into `values`, `[rows][columns]`.
    pub fn values_into(&self, values: &mut [f64]) -> Result<()> {
        require_length("values", values.len(), self.rows() * self.columns())?;
        // SAFETY: a live handle and an array of the length that is given.
        check(|error| unsafe {
            let length = values.len() as i64;
            sys::finn_table_values(self.handle.as_ptr(), values.as_mut_ptr(), length, error)
        })
    }

    /// The numbers in a new vector.
    pub fn values(&self) -> Result<Vec<f64>> {
        let mut values = vec![0.0; self.rows() * self.columns()];
        self.values_into(&mut values)?;
        Ok(values)
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Table")
            .field("rows", &self.rows())
            .field("columns", &self.columns())
            .finish_non_exhaustive()
    }
}
