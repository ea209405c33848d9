//! Numbers that sum a distribution up: moments, entropy, levels, the mode.
use std::ptr::null_mut;

use libfinn_sys as sys;

use crate::distribution::{Distribution, samples_in_c};
use crate::error::Result;
use crate::rows::{pointer_or_null, rows_of};
use crate::workspace::Workspace;

/// What [`Distribution::moments`] finds for each row of given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Moments {
    /// The mean, `[rows][variables]`.
    pub mean: Vec<f64>,
    /// The covariance, `[rows][variables][variables]`.
    pub covariance: Vec<f64>,
    /// The errors to expect in `mean`.
    pub mean_error: Vec<f64>,
    /// The errors to expect in `covariance`.
    pub covariance_error: Vec<f64>,
}

/// A number that samples tell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// By how much it would differ with another seed.
    pub standard_error: f64,
}

/// What [`Distribution::mode`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Mode {
    /// Where the density is highest, `[variables]`.
    pub x: Vec<f64>,
    /// The logarithm of the density there.
    pub log_density: f64,
}

/// Mean and covariance, by integrals.
impl Distribution {
    /// The rows of given; where nothing is given there is one, which is empty.
    fn rows_of_given(&self, given: &[f64]) -> Result<usize> {
        if self.given_columns() == 0 {
            return self.require_given(given, 1).map(|()| 1);
        }
        rows_of("given", given.len(), self.given_columns())
    }

    /// Mean and covariance for each row of `given`, `[rows][given_columns]`, or the only ones where
    /// nothing is given, with the errors to expect in them, into vectors that are resized. In
    /// closed form for a mixture where x is u, otherwise by quadrature.
    pub fn moments_into(
        &self,
        workspace: &mut Workspace,
        given: &[f64],
        moments: &mut Moments,
    ) -> Result<()> {
        let (rows, variables) = (self.rows_of_given(given)?, self.variables());
        moments.mean.resize(rows * variables, 0.0);
        moments.mean_error.resize(rows * variables, 0.0);
        moments.covariance.resize(rows * variables * variables, 0.0);
        moments.covariance_error.resize(rows * variables * variables, 0.0);
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the sizes that they were made.
        self.ask(|error| unsafe {
            sys::finn_distribution_moments(
                self.as_ptr(),
                workspace,
                pointer_or_null(given),
                rows as i64,
                moments.mean.as_mut_ptr(),
                moments.mean_error.as_mut_ptr(),
                moments.mean.len() as i64,
                moments.covariance.as_mut_ptr(),
                moments.covariance_error.as_mut_ptr(),
                moments.covariance.len() as i64,
                error,
            )
        })
    }

    /// What [`Distribution::moments_into`] writes, in new vectors.
    pub fn moments(&self, workspace: &mut Workspace, given: &[f64]) -> Result<Moments> {
        let mut moments = Moments::default();
        self.moments_into(workspace, given, &mut moments)?;
        Ok(moments)
    }

    /// The mean alone, `[rows][variables]`, which takes less than [`Distribution::moments`].
    pub fn mean(&self, workspace: &mut Workspace, given: &[f64]) -> Result<Vec<f64>> {
        let rows = self.rows_of_given(given)?;
        let mut mean = vec![0.0; rows * self.variables()];
        let (workspace, no) = (workspace.as_mut_ptr(), null_mut());
        // SAFETY: live handles, and an array of that size; the others are not wanted.
        self.ask(|error| unsafe {
            let (distribution, given) = (self.as_ptr(), pointer_or_null(given));
            let (rows, length, mean) = (rows as i64, mean.len() as i64, mean.as_mut_ptr());
            let moments = sys::finn_distribution_moments;
            moments(distribution, workspace, given, rows, mean, no, length, no, no, 0, error)
        })?;
        Ok(mean)
    }
}

/// From samples: at least 2, of a seed, under one row of `given`, `[given_columns]`.
impl Distribution {
    /// The mean of -log density, in nats.
    pub fn entropy(
        &self,
        workspace: &mut Workspace,
        given: &[f64],
        samples: usize,
        seed: u64,
    ) -> Result<Estimate> {
        self.require_given(given, 1)?;
        let mut found = Estimate { value: 0.0, standard_error: 0.0 };
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, an array of the length that was checked, and two numbers to write.
        self.ask(|error| unsafe {
            let (distribution, given) = (self.as_ptr(), pointer_or_null(given));
            let (samples, value) = (samples_in_c(samples), &raw mut found.value);
            let spread = &raw mut found.standard_error;
            let entropy = sys::finn_distribution_entropy;
            entropy(distribution, workspace, given, samples, seed, value, spread, error)
        })?;
        Ok(found)
    }

    /// The density above which the smallest region lies that holds this probability,
    /// 0 < `probability` < 1: the highest-density region is where [`Distribution::density`] is at
    /// least this.
    pub fn density_level(
        &self,
        workspace: &mut Workspace,
        probability: f64,
        given: &[f64],
        samples: usize,
        seed: u64,
    ) -> Result<Estimate> {
        self.require_given(given, 1)?;
        let mut found = Estimate { value: 0.0, standard_error: 0.0 };
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, an array of the length that was checked, and two numbers to write.
        self.ask(|error| unsafe {
            sys::finn_distribution_density_level(
                self.as_ptr(),
                workspace,
                pointer_or_null(given),
                probability,
                samples_in_c(samples),
                seed,
                &mut found.value,
                &mut found.standard_error,
                error,
            )
        })?;
        Ok(found)
    }

    /// Where the density is highest: the best of a few peaks that are climbed from samples.
    pub fn mode(
        &self,
        workspace: &mut Workspace,
        given: &[f64],
        samples: usize,
        seed: u64,
    ) -> Result<Mode> {
        self.require_given(given, 1)?;
        let mut found = Mode { x: vec![0.0; self.variables()], log_density: 0.0 };
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked or made.
        self.ask(|error| unsafe {
            sys::finn_distribution_mode(
                self.as_ptr(),
                workspace,
                pointer_or_null(given),
                samples_in_c(samples),
                seed,
                found.x.as_mut_ptr(),
                found.x.len() as i64,
                &mut found.log_density,
                error,
            )
        })?;
        Ok(found)
    }
}
