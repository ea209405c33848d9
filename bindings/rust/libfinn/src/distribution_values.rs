//! What a distribution says at points and of boxes.
use libfinn_sys as sys;

use crate::distribution::Distribution;
use crate::error::{Result, require_length};
use crate::query::optional;
use crate::rows::{pointer_or_null, rows_of};
use crate::workspace::Workspace;

/// What [`Distribution::probability`] finds, one entry for each box.
#[derive(Clone, Debug, PartialEq)]
pub struct Probability {
    /// The probability, never negative.
    pub value: Vec<f64>,
    /// The error to expect in it.
    pub error_estimate: Vec<f64>,
}

impl Probability {
    fn zeros(length: usize) -> Self {
        Self { value: vec![0.0; length], error_estimate: vec![0.0; length] }
    }
}

/// A function of finn.h that writes results for rows of x.
type AtPoints = unsafe extern "C" fn(
    *const sys::finn_distribution,
    *mut sys::finn_workspace,
    *const f64,
    i64,
    *mut f64,
    i64,
    *mut sys::finn_error,
) -> sys::finn_status;

/// One that writes probabilities of boxes, by two numbers for each variable.
type OfBoxes = unsafe extern "C" fn(
    *const sys::finn_distribution,
    *mut sys::finn_workspace,
    *const f64,
    *const f64,
    *const f64,
    i64,
    *mut f64,
    *mut f64,
    i64,
    *mut sys::finn_error,
) -> sys::finn_status;

impl Distribution {
    /// Refuses values given that are not those of so many rows.
    pub(crate) fn require_given(&self, given: &[f64], rows: usize) -> Result<()> {
        require_length("given", given.len(), rows.saturating_mul(self.given_columns()))
    }

    pub(crate) fn rows_of_x(&self, x: &[f64]) -> Result<usize> {
        rows_of("x", x.len(), self.columns())
    }

    /// `results`, called `name`, are `[rows][width]`.
    pub(crate) fn at(
        &self,
        query: AtPoints,
        workspace: &mut Workspace,
        x: &[f64],
        (name, results, width): (&str, &mut [f64], usize),
    ) -> Result<()> {
        let rows = self.rows_of_x(x)?;
        require_length(name, results.len(), rows * width)?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles; x holds so many rows and results what query writes for them.
        self.ask(|error| unsafe {
            let (x, rows, length) = (x.as_ptr(), rows as i64, results.len() as i64);
            query(self.as_ptr(), workspace, x, rows, results.as_mut_ptr(), length, error)
        })
    }

    /// Boxes by `lower` and by `other`, called `name`.
    fn of_boxes(
        &self,
        query: OfBoxes,
        workspace: &mut Workspace,
        (lower, name, other): (&[f64], &str, &[f64]),
        given: &[f64],
        value: &mut [f64],
        error_estimate: Option<&mut [f64]>,
    ) -> Result<()> {
        let rows = rows_of("lower", lower.len(), self.variables())?;
        require_length(name, other.len(), lower.len())?;
        self.require_given(given, rows)?;
        require_length("value", value.len(), rows)?;
        let estimate = optional("error_estimate", error_estimate, rows)?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked; two may be NULL.
        self.ask(|error| unsafe {
            query(
                self.as_ptr(),
                workspace,
                lower.as_ptr(),
                other.as_ptr(),
                pointer_or_null(given),
                rows as i64,
                value.as_mut_ptr(),
                estimate,
                rows as i64,
                error,
            )
        })
    }

    /// The density at x, `[rows][columns]`, into `density`, `[rows]`; 0
    /// outside of the distribution.
    pub fn density_into(
        &self,
        workspace: &mut Workspace,
        x: &[f64],
        density: &mut [f64],
    ) -> Result<()> {
        self.at(sys::finn_distribution_density, workspace, x, ("density", density, 1))
    }

    /// What [`Distribution::density_into`] writes, in a new vector.
    pub fn density(&self, workspace: &mut Workspace, x: &[f64]) -> Result<Vec<f64>> {
        let mut density = vec![0.0; self.rows_of_x(x)?];
        self.density_into(workspace, x, &mut density)?;
        Ok(density)
    }

    /// The logarithm of the density at x, `[rows][columns]`; outside of the distribution
    /// -infinity. That of a mixture is finite everywhere else, also where the density is too small
    /// for a number.
    pub fn log_density_into(
        &self,
        workspace: &mut Workspace,
        x: &[f64],
        log_density: &mut [f64],
    ) -> Result<()> {
        let results = ("log_density", log_density, 1);
        self.at(sys::finn_distribution_log_density, workspace, x, results)
    }

    /// What [`Distribution::log_density_into`] writes, in a new vector.
    pub fn log_density(&self, workspace: &mut Workspace, x: &[f64]) -> Result<Vec<f64>> {
        let mut log_density = vec![0.0; self.rows_of_x(x)?];
        self.log_density_into(workspace, x, &mut log_density)?;
        Ok(log_density)
    }

    /// P(X_1 <= x_1, .., X_n <= x_n) at x, `[rows][columns]`, whose variables may be infinite.
    /// Small values keep their digits.
    pub fn cdf_into(&self, workspace: &mut Workspace, x: &[f64], cdf: &mut [f64]) -> Result<()> {
        self.at(sys::finn_distribution_cdf, workspace, x, ("cdf", cdf, 1))
    }

    /// What [`Distribution::cdf_into`] writes, in a new vector.
    pub fn cdf(&self, workspace: &mut Workspace, x: &[f64]) -> Result<Vec<f64>> {
        let mut cdf = vec![0.0; self.rows_of_x(x)?];
        self.cdf_into(workspace, x, &mut cdf)?;
        Ok(cdf)
    }

    /// P(X_1 > x_1, .., X_n > x_n) likewise: of one variable 1 - cdf, with its digits where that is
    /// small.
    pub fn survival_into(
        &self,
        workspace: &mut Workspace,
        x: &[f64],
        survival: &mut [f64],
    ) -> Result<()> {
        self.at(sys::finn_distribution_survival, workspace, x, ("survival", survival, 1))
    }

    /// What [`Distribution::survival_into`] writes, in a new vector.
    pub fn survival(&self, workspace: &mut Workspace, x: &[f64]) -> Result<Vec<f64>> {
        let mut survival = vec![0.0; self.rows_of_x(x)?];
        self.survival_into(workspace, x, &mut survival)?;
        Ok(survival)
    }

    /// The probability of a box `[lower, upper]` for each row, `[rows][variables]` each, which may
    /// be infinite, and its error where that is wanted.
    pub fn probability_into(
        &self,
        workspace: &mut Workspace,
        (lower, upper): (&[f64], &[f64]),
        given: &[f64],
        value: &mut [f64],
        error_estimate: Option<&mut [f64]>,
    ) -> Result<()> {
        let (query, boxes) = (sys::finn_distribution_probability, (lower, "upper", upper));
        self.of_boxes(query, workspace, boxes, given, value, error_estimate)
    }

    /// What [`Distribution::probability_into`] writes, in new vectors.
    pub fn probability(
        &self,
        workspace: &mut Workspace,
        lower: &[f64],
        upper: &[f64],
        given: &[f64],
    ) -> Result<Probability> {
        let mut found = Probability::zeros(rows_of("lower", lower.len(), self.variables())?);
        let (value, estimate) = (&mut found.value, Some(&mut found.error_estimate[..]));
        self.probability_into(workspace, (lower, upper), given, value, estimate)?;
        Ok(found)
    }

    /// That of boxes `[lower, lower + width]`, for boxes so narrow that `lower + width` has too few
    /// digits of `width`; finite, widths at least 0.
    pub fn probability_of_width_into(
        &self,
        workspace: &mut Workspace,
        (lower, width): (&[f64], &[f64]),
        given: &[f64],
        value: &mut [f64],
        error_estimate: Option<&mut [f64]>,
    ) -> Result<()> {
        let (query, boxes) = (sys::finn_distribution_probability_of_width, (lower, "width", width));
        self.of_boxes(query, workspace, boxes, given, value, error_estimate)
    }

    /// What [`Distribution::probability_of_width_into`] writes, in new vectors.
    pub fn probability_of_width(
        &self,
        workspace: &mut Workspace,
        lower: &[f64],
        width: &[f64],
        given: &[f64],
    ) -> Result<Probability> {
        let mut found = Probability::zeros(rows_of("lower", lower.len(), self.variables())?);
        let (value, estimate) = (&mut found.value, Some(&mut found.error_estimate[..]));
        self.probability_of_width_into(workspace, (lower, width), given, value, estimate)?;
        Ok(found)
    }
}
