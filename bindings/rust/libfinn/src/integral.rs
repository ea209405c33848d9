//! Integrals of a model over boxes.
use libfinn_sys as sys;

use crate::enumerations::Limits;
use crate::error::{Result, require_length};
use crate::model::Model;
use crate::query::optional;
use crate::rows::rows_of;
use crate::workspace::Workspace;

/// What [`Model::integral`] finds, one entry for each output, and [`Model::conditional_integral`],
/// one for each condition and output, `[count][outputs]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Integral {
    /// The integral.
    pub value: Vec<f64>,
    /// Of the difference: sum |F| / |sum F|; infinite when only the sum is 0, 1 when all F are.
    pub condition_number: Vec<f64>,
    /// The rounding error to expect in `value`.
    pub error_estimate: Vec<f64>,
}

impl Integral {
    fn zeros(length: usize) -> Self {
        let zeros = vec![0.0; length];
        Self { value: zeros.clone(), condition_number: zeros.clone(), error_estimate: zeros }
    }
}

impl Model {
    /// Two limits for each variable.
    pub(crate) fn require_limits(&self, lower: &[f64], upper: &[f64]) -> Result<()> {
        require_length("lower", lower.len(), self.variables())?;
        require_length("upper", upper.len(), self.variables())
    }

    /// The integral of f over the box `[lower, upper]`, `[variables]` each, with its condition
    /// number and its rounding error where they are wanted; always computed in double. Not of a
    /// model with conditions or targets per row, whose is [`Model::conditional_integral`].
    pub fn integral_into(
        &self,
        workspace: &mut Workspace,
        limits: Limits,
        (lower, upper): (&[f64], &[f64]),
        value: &mut [f64],
        condition_number: Option<&mut [f64]>,
        error_estimate: Option<&mut [f64]>,
    ) -> Result<()> {
        self.require_limits(lower, upper)?;
        require_length("value", value.len(), self.outputs())?;
        let condition = optional("condition_number", condition_number, self.outputs())?;
        let estimate = optional("error_estimate", error_estimate, self.outputs())?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked; two may be NULL.
        self.ask(|error| unsafe {
            sys::finn_integral(
                self.as_ptr(),
                workspace,
                limits as i32,
                lower.as_ptr(),
                upper.as_ptr(),
                value.as_mut_ptr(),
                condition,
                estimate,
                value.len() as i64,
                error,
            )
        })
    }

    /// What [`Model::integral_into`] writes, in new vectors.
    pub fn integral(
        &self,
        workspace: &mut Workspace,
        limits: Limits,
        lower: &[f64],
        upper: &[f64],
    ) -> Result<Integral> {
        let mut found = Integral::zeros(self.outputs());
        self.integral_into(
            workspace,
            limits,
            (lower, upper),
            &mut found.value,
            Some(&mut found.condition_number),
            Some(&mut found.error_estimate),
        )?;
        Ok(found)
    }

    /// The integral of f(x | c) over the box `[lower, upper]` for each of `conditions`,
    /// `[count][columns - variables]`: conditions, then the targets of a row with
    /// [`Constraint::per_row`](crate::Constraint::per_row). For a model without such columns
    /// `conditions` is empty and it is [`Model::integral`].
    pub fn conditional_integral(
        &self,
        workspace: &mut Workspace,
        limits: Limits,
        (lower, upper): (&[f64], &[f64]),
        conditions: &[f64],
    ) -> Result<Integral> {
        self.require_limits(lower, upper)?;
        let columns = self.columns() - self.variables();
        if columns == 0 {
            require_length("conditions", conditions.len(), 0)?;
            return self.integral(workspace, limits, lower, upper);
        }
        let count = rows_of("conditions", conditions.len(), columns)?;
        let mut found = Integral::zeros(count * self.outputs());
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked or made.
        self.ask(|error| unsafe {
            sys::finn_conditional_integral(
                self.as_ptr(),
                workspace,
                limits as i32,
                lower.as_ptr(),
                upper.as_ptr(),
                conditions.as_ptr(),
                count as i64,
                found.value.as_mut_ptr(),
                found.condition_number.as_mut_ptr(),
                found.error_estimate.as_mut_ptr(),
                found.value.len() as i64,
                error,
            )
        })?;
        Ok(found)
    }
}
