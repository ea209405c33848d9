//! The linear constraints of `Constraint::Projection`.
use std::ptr::null;

use libfinn_sys as sys;

use crate::error::{Result, require_length};

/// The integral over a sub-box of a product of powers of the variables times f is to have a value:
/// `LinearConstraint::new(&[0.5]).within(&[0.0], &[1.0]).powers(&[1])`. On a domain limits and
/// powers are those of u.
#[derive(Clone, Debug)]
#[must_use]
pub struct LinearConstraint {
    value: Vec<f64>,
    limits: Option<(Vec<f64>, Vec<f64>)>,
    powers: Option<Vec<i32>>,
}

impl LinearConstraint {
    /// The integral of each output over the whole domain.
    pub fn new(value: &[f64]) -> Self {
        Self { value: value.to_vec(), limits: None, powers: None }
    }

    /// Over a sub-box instead, within the domain.
    pub fn within(mut self, lower: &[f64], upper: &[f64]) -> Self {
        self.limits = Some((lower.to_vec(), upper.to_vec()));
        self
    }

    /// Of prod_i x_i^powers\[i\] f, each 0 ..= 8, instead of f: a moment.
    pub fn powers(mut self, powers: &[i32]) -> Self {
        self.powers = Some(powers.to_vec());
        self
    }

    /// The C struct, which points into this one.
    pub(crate) fn view(
        &self,
        variables: usize,
        outputs: usize,
    ) -> Result<sys::finn_linear_constraint> {
        require_length("linear constraint: value", self.value.len(), outputs)?;
        if let Some((lower, upper)) = &self.limits {
            require_length("linear constraint: lower", lower.len(), variables)?;
            require_length("linear constraint: upper", upper.len(), variables)?;
        }
        if let Some(powers) = &self.powers {
            require_length("linear constraint: powers", powers.len(), variables)?;
        }
        Ok(sys::finn_linear_constraint {
            struct_size: size_of::<sys::finn_linear_constraint>() as u64,
            lower: self.limits.as_ref().map_or(null(), |(lower, _)| lower.as_ptr()),
            upper: self.limits.as_ref().map_or(null(), |(_, upper)| upper.as_ptr()),
            powers: self.powers.as_ref().map_or(null(), Vec::as_ptr),
            value: self.value.as_ptr(),
        })
    }
}
