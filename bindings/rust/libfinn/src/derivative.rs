//! Derivatives of F of any orders, and what follows from them: their vector-Jacobian products, and
//! those of integrals.
use libfinn_sys as sys;

use crate::enumerations::Limits;
use crate::error::{Result, require_length};
use crate::model::Model;
use crate::query::optional;
use crate::real::Real;
use crate::rows::{pointer_or_null, rows_of};
use crate::workspace::Workspace;

/// What [`Model::derivative_vjp`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct DerivativeVjp {
    /// The derivative, `[batch][outputs]`.
    pub values: Vec<f64>,
    /// dLoss/dparameters, through the constraint as well.
    pub parameters: Vec<f64>,
    /// dLoss/dx, `[batch][columns]`.
    pub x: Vec<f64>,
}

/// What [`Model::conditional_integral_vjp`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct IntegralVjp {
    /// The integrals, `[count][outputs]`.
    pub value: Vec<f64>,
    /// dLoss/dparameters.
    pub parameters: Vec<f64>,
    /// dLoss/dlower, `[variables]`, summed over the rows.
    pub lower: Vec<f64>,
    /// dLoss/dupper likewise.
    pub upper: Vec<f64>,
    /// dLoss/dconditions, `[count][columns - variables]`.
    pub conditions: Vec<f64>,
}

impl Model {
    /// The derivative of F of any orders, `orders[i]` times in variable i: all 1 is f, all 0 is F,
    /// f with one 2 in it a component of its gradient. Of an mlp the orders add up to at most 8, of
    /// a mixture to at most 72, each at most 8; of a variable that the domain maps, at most 1.
    pub fn derivative_into<T: Real>(
        &self,
        workspace: &mut Workspace,
        orders: &[i32],
        x: &[T],
        values: &mut [T],
    ) -> Result<()> {
        require_length("orders", orders.len(), self.variables())?;
        let batch = self.batch(x, "values", values)?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles; x holds batch rows, values as many results, orders all variables.
        self.ask(|error| unsafe {
            let (model, x, length) = (self.as_ptr(), x.as_ptr(), values.len() as i64);
            let (orders, values) = (orders.as_ptr(), values.as_mut_ptr());
            (T::CALLS.derivative)(model, workspace, orders, x, batch, values, length, error)
        })
    }

    /// What [`Model::derivative_into`] writes, in a new vector.
    pub fn derivative<T: Real>(
        &self,
        workspace: &mut Workspace,
        orders: &[i32],
        x: &[T],
    ) -> Result<Vec<T>> {
        let mut values = self.results(x)?;
        self.derivative_into(workspace, orders, x, &mut values)?;
        Ok(values)
    }

    /// Vector-Jacobian product of a derivative: given `values_adjoint`, `[batch][outputs]`, what
    /// the loss changes by with parameters and with x, conditions and targets.
    pub fn derivative_vjp(
        &self,
        workspace: &mut Workspace,
        orders: &[i32],
        x: &[f64],
        values_adjoint: &[f64],
    ) -> Result<DerivativeVjp> {
        require_length("orders", orders.len(), self.variables())?;
        let batch = self.batch(x, "values_adjoint", values_adjoint)?;
        let mut found = DerivativeVjp {
            values: vec![0.0; values_adjoint.len()],
            parameters: vec![0.0; self.parameter_count()],
            x: vec![0.0; x.len()],
        };
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked or made.
        self.ask(|error| unsafe {
            sys::finn_derivative_vjp_f64(
                self.as_ptr(),
                workspace,
                orders.as_ptr(),
                x.as_ptr(),
                batch,
                values_adjoint.as_ptr(),
                found.values.as_mut_ptr(),
                found.values.len() as i64,
                found.parameters.as_mut_ptr(),
                found.parameters.len() as i64,
                found.x.as_mut_ptr(),
                found.x.len() as i64,
                error,
            )
        })?;
        Ok(found)
    }

    /// Vector-Jacobian product of [`Model::conditional_integral`], given `value_adjoint`,
    /// `[count][outputs]`. For a model without conditions or targets `conditions` is empty.
    pub fn conditional_integral_vjp(
        &self,
        workspace: &mut Workspace,
        limits: Limits,
        (lower, upper): (&[f64], &[f64]),
        conditions: &[f64],
        value_adjoint: &[f64],
    ) -> Result<IntegralVjp> {
        self.require_limits(lower, upper)?;
        let count = rows_of("value_adjoint", value_adjoint.len(), self.outputs())?;
        let columns = self.columns() - self.variables();
        require_length("conditions", conditions.len(), count.saturating_mul(columns))?;
        let mut found = IntegralVjp {
            value: vec![0.0; value_adjoint.len()],
            parameters: vec![0.0; self.parameter_count()],
            lower: vec![0.0; lower.len()],
            upper: vec![0.0; upper.len()],
            conditions: vec![0.0; conditions.len()],
        };
        let condition_adjoint =
            optional("conditions", Some(&mut found.conditions), conditions.len())?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked or made.
        self.ask(|error| unsafe {
            sys::finn_conditional_integral_vjp(
                self.as_ptr(),
                workspace,
                limits as i32,
                lower.as_ptr(),
                upper.as_ptr(),
                pointer_or_null(conditions),
                count as i64,
                value_adjoint.as_ptr(),
                found.value.as_mut_ptr(),
                found.value.len() as i64,
                found.parameters.as_mut_ptr(),
                found.parameters.len() as i64,
                found.lower.as_mut_ptr(),
                found.upper.as_mut_ptr(),
                found.lower.len() as i64,
                condition_adjoint,
                conditions.len() as i64,
                error,
            )
        })?;
        Ok(found)
    }
}
