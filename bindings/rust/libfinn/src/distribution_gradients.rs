//! What the answers of a distribution change by.
use libfinn_sys as sys;

use crate::distribution::Distribution;
use crate::error::{Result, require_length};
use crate::rows::{pointer_or_null, rows_of};
use crate::workspace::Workspace;

/// What [`Distribution::probability_gradient`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct ProbabilityGradient {
    /// By the lower limits, `[rows][variables]`.
    pub lower: Vec<f64>,
    /// By the upper limits, `[rows][variables]`.
    pub upper: Vec<f64>,
    /// By what is given, `[rows][given_columns]`.
    pub given: Vec<f64>,
}

/// What [`Distribution::rosenblatt_jacobian`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct RosenblattJacobian {
    /// du_k by every column, `[rows][variables][columns]`.
    pub jacobian: Vec<f64>,
    /// dx_k/du_j, `[rows][variables][variables]`.
    pub inverse: Vec<f64>,
}

impl Distribution {
    /// The gradient of the log density at x, `[rows][columns]`, by every column: variables, what is
    /// given, conditions; 0 in rows outside of the distribution. That of a mixture by variables and
    /// by what is given is right also where the density is too small for a number.
    pub fn log_density_gradient_into(
        &self,
        workspace: &mut Workspace,
        x: &[f64],
        gradient: &mut [f64],
    ) -> Result<()> {
        let results = ("gradient", gradient, self.columns());
        self.at(sys::finn_distribution_log_density_gradient, workspace, x, results)
    }

    /// What [`Distribution::log_density_gradient_into`] writes, in a new vector.
    pub fn log_density_gradient(&self, workspace: &mut Workspace, x: &[f64]) -> Result<Vec<f64>> {
        let mut gradient = vec![0.0; x.len()];
        self.log_density_gradient_into(workspace, x, &mut gradient)?;
        Ok(gradient)
    }

    /// The gradient of the cdf at x, `[rows][columns]`, by every column; 0 by a variable that is
    /// infinite or beyond the distribution.
    pub fn cdf_gradient_into(
        &self,
        workspace: &mut Workspace,
        x: &[f64],
        gradient: &mut [f64],
    ) -> Result<()> {
        let results = ("gradient", gradient, self.columns());
        self.at(sys::finn_distribution_cdf_gradient, workspace, x, results)
    }

    /// What [`Distribution::cdf_gradient_into`] writes, in a new vector.
    pub fn cdf_gradient(&self, workspace: &mut Workspace, x: &[f64]) -> Result<Vec<f64>> {
        let mut gradient = vec![0.0; x.len()];
        self.cdf_gradient_into(workspace, x, &mut gradient)?;
        Ok(gradient)
    }

    /// The gradient of [`Distribution::probability`] by the limits, `[rows][variables]` each, and
    /// by what is given.
    pub fn probability_gradient(
        &self,
        workspace: &mut Workspace,
        lower: &[f64],
        upper: &[f64],
        given: &[f64],
    ) -> Result<ProbabilityGradient> {
        let rows = rows_of("lower", lower.len(), self.variables())?;
        require_length("upper", upper.len(), lower.len())?;
        self.require_given(given, rows)?;
        let mut found = ProbabilityGradient {
            lower: vec![0.0; lower.len()],
            upper: vec![0.0; upper.len()],
            given: vec![0.0; given.len()],
        };
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked or made.
        self.ask(|error| unsafe {
            sys::finn_distribution_probability_gradient(
                self.as_ptr(),
                workspace,
                lower.as_ptr(),
                upper.as_ptr(),
                pointer_or_null(given),
                rows as i64,
                found.lower.as_mut_ptr(),
                found.upper.as_mut_ptr(),
                found.lower.len() as i64,
                found.given.as_mut_ptr(),
                found.given.len() as i64,
                error,
            )
        })?;
        Ok(found)
    }

    /// What [`Distribution::rosenblatt`] changes by at x, `[rows][columns]`, and what its inverse
    /// does; both are triangular in the variables. Refused where the density is 0.
    pub fn rosenblatt_jacobian(
        &self,
        workspace: &mut Workspace,
        x: &[f64],
    ) -> Result<RosenblattJacobian> {
        let (rows, n) = (self.rows_of_x(x)?, self.variables());
        let mut found = RosenblattJacobian {
            jacobian: vec![0.0; x.len().saturating_mul(n)],
            inverse: vec![0.0; rows * n * n],
        };
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked or made.
        self.ask(|error| unsafe {
            sys::finn_distribution_rosenblatt_jacobian(
                self.as_ptr(),
                workspace,
                x.as_ptr(),
                rows as i64,
                found.jacobian.as_mut_ptr(),
                found.jacobian.len() as i64,
                found.inverse.as_mut_ptr(),
                found.inverse.len() as i64,
                error,
            )
        })?;
        Ok(found)
    }
}
