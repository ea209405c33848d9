//! What a model can be asked: f, F, the derivatives between them, and gradients.
use std::ptr::null_mut;

use libfinn_sys as sys;

use crate::error::{Result, check, require_length};
use crate::model::Model;
use crate::real::Real;
use crate::rows::rows_of;
use crate::workspace::Workspace;

/// What [`Model::integrand_vjp`] finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Vjp<T> {
    /// f, `[batch][outputs]`.
    pub f: Vec<T>,
    /// dLoss/dparameters, through the constraint as well.
    pub parameters: Vec<T>,
    /// dLoss/dx, `[batch][columns]`.
    pub x: Vec<T>,
}

/// The pointer to an array that may be missing.
pub(crate) fn optional<T>(name: &str, values: Option<&mut [T]>, length: usize) -> Result<*mut T> {
    let Some(values) = values else { return Ok(null_mut()) };
    require_length(name, values.len(), length)?;
    Ok(values.as_mut_ptr())
}

impl Model {
    /// A call that may ask the domain, whose closures may panic.
    pub(crate) fn ask(
        &self,
        call: impl FnOnce(*mut sys::finn_error) -> sys::finn_status,
    ) -> Result<()> {
        self.panics().resumed(check(call))
    }

    /// The rows of x, when the results fit them.
    pub(crate) fn batch<T>(&self, x: &[T], name: &str, results: &[T]) -> Result<i64> {
        let batch = rows_of("x", x.len(), self.columns())?;
        require_length(name, results.len(), batch * self.outputs())?;
        Ok(batch as i64)
    }

    pub(crate) fn results<T: Real>(&self, x: &[T]) -> Result<Vec<T>> {
        Ok(vec![T::default(); rows_of("x", x.len(), self.columns())? * self.outputs()])
    }

    /// f at the points x. With a positive network and [`Method::Scale`](crate::Method::Scale), or
    /// without a constraint, never below 0; outside a domain other than an open box 0.
    pub fn integrand_into<T: Real>(
        &self,
        workspace: &mut Workspace,
        x: &[T],
        f: &mut [T],
    ) -> Result<()> {
        let batch = self.batch(x, "f", f)?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles; x holds batch rows and f as many results.
        self.ask(|error| unsafe {
            let (x, length) = (x.as_ptr(), f.len() as i64);
            let f = f.as_mut_ptr();
            (T::CALLS.integrand)(self.as_ptr(), workspace, x, batch, f, length, error)
        })
    }

    /// What [`Model::integrand_into`] writes, in a new vector.
    pub fn integrand<T: Real>(&self, workspace: &mut Workspace, x: &[T]) -> Result<Vec<T>> {
        let mut f = self.results(x)?;
        self.integrand_into(workspace, x, &mut f)?;
        Ok(f)
    }

    /// F at the points x: only differences over the corners of a box mean anything.
    pub fn antiderivative_into<T: Real>(
        &self,
        workspace: &mut Workspace,
        x: &[T],
        values: &mut [T],
    ) -> Result<()> {
        let batch = self.batch(x, "F", values)?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles; x holds batch rows and values as many results.
        self.ask(|error| unsafe {
            let (x, length) = (x.as_ptr(), values.len() as i64);
            let values = values.as_mut_ptr();
            (T::CALLS.antiderivative)(self.as_ptr(), workspace, x, batch, values, length, error)
        })
    }

    /// What [`Model::antiderivative_into`] writes, in a new vector.
    pub fn antiderivative<T: Real>(&self, workspace: &mut Workspace, x: &[T]) -> Result<Vec<T>> {
        let mut values = self.results(x)?;
        self.antiderivative_into(workspace, x, &mut values)?;
        Ok(values)
    }

    /// The derivative of F once in each variable of `subset`, whose bit i is variable i, counted
    /// from 0. Subset 0 is F, all ones is f; differenced over the corners of the other variables it
    /// is a marginal. With a domain that maps, they are derivatives in u, but for whole factors of
    /// a product.
    pub fn mixed_partial_into<T: Real>(
        &self,
        workspace: &mut Workspace,
        subset: u64,
        x: &[T],
        values: &mut [T],
    ) -> Result<()> {
        let batch = self.batch(x, "values", values)?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles; x holds batch rows and values as many results.
        self.ask(|error| unsafe {
            let (model, x, length) = (self.as_ptr(), x.as_ptr(), values.len() as i64);
            let values = values.as_mut_ptr();
            (T::CALLS.mixed_partial)(model, workspace, subset, x, batch, values, length, error)
        })
    }

    /// What [`Model::mixed_partial_into`] writes, in a new vector.
    pub fn mixed_partial<T: Real>(
        &self,
        workspace: &mut Workspace,
        subset: u64,
        x: &[T],
    ) -> Result<Vec<T>> {
        let mut values = self.results(x)?;
        self.mixed_partial_into(workspace, subset, x, &mut values)?;
        Ok(values)
    }

    /// Vector-Jacobian product of f, for a loss of your own: given `f_adjoint` = dLoss/df,
    /// `[batch][outputs]`, writes dLoss/dparameters and, where wanted, f and dLoss/dx. The results
    /// are overwritten, not added to.
    pub fn integrand_vjp_into<T: Real>(
        &self,
        workspace: &mut Workspace,
        (x, f_adjoint): (&[T], &[T]),
        f: Option<&mut [T]>,
        parameter_adjoint: &mut [T],
        x_adjoint: Option<&mut [T]>,
    ) -> Result<()> {
        let batch = self.batch(x, "f_adjoint", f_adjoint)?;
        require_length("parameter_adjoint", parameter_adjoint.len(), self.parameter_count())?;
        let f = optional("f", f, f_adjoint.len())?;
        let x_adjoint = optional("x_adjoint", x_adjoint, x.len())?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked; two may be NULL.
        self.ask(|error| unsafe {
            (T::CALLS.integrand_vjp)(
                self.as_ptr(),
                workspace,
                x.as_ptr(),
                batch,
                f_adjoint.as_ptr(),
                f,
                f_adjoint.len() as i64,
                parameter_adjoint.as_mut_ptr(),
                parameter_adjoint.len() as i64,
                x_adjoint,
                x.len() as i64,
                error,
            )
        })
    }

    /// What [`Model::integrand_vjp_into`] writes, in new vectors.
    pub fn integrand_vjp<T: Real>(
        &self,
        workspace: &mut Workspace,
        x: &[T],
        f_adjoint: &[T],
    ) -> Result<Vjp<T>> {
        let zeros = |length| vec![T::default(); length];
        let mut found = Vjp {
            f: zeros(f_adjoint.len()),
            parameters: zeros(self.parameter_count()),
            x: zeros(x.len()),
        };
        self.integrand_vjp_into(
            workspace,
            (x, f_adjoint),
            Some(&mut found.f),
            &mut found.parameters,
            Some(&mut found.x),
        )?;
        Ok(found)
    }
}
