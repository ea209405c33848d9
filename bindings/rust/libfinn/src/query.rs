//! What a model can be asked: f, F, the derivatives between them, integrals and gradients.
use std::ptr::null_mut;

use libfinn_sys as sys;

use crate::error::{Result, check, require_length};
use crate::model::Model;
use crate::real::Real;
use crate::rows::rows_of;
use crate::workspace::Workspace;

/// What [`Model::integral`] finds, one entry for each output, and [`Model::integral_given`], the same
/// for each condition after the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Integral {
    /// The integral.
    pub value: Vec<f64>,
    /// The condition of the difference: sum |F| / |sum F| over the corners.
    pub kappa: Vec<f64>,
    /// The rounding error to expect in `value`.
    pub error_estimate: Vec<f64>,
}

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

impl Model {
    /// A call that may ask the domain, whose closures may panic.
    fn ask(&self, call: impl FnOnce(*mut sys::finn_error) -> sys::finn_status) -> Result<()> {
        self.panics().resumed(check(call))
    }

    /// The rows of x, when the results fit them.
    fn batch<T>(&self, x: &[T], name: &str, results: &[T]) -> Result<i64> {
        let batch = rows_of("x", x.len(), self.columns())?;
        require_length(name, results.len(), batch * self.outputs())?;
        Ok(batch as i64)
    }

    fn results<T: Real>(&self, x: &[T]) -> Result<Vec<T>> {
        Ok(vec![T::default(); rows_of("x", x.len(), self.columns())? * self.outputs()])
    }

    /// f at the points x. With positivity and the constraint `Scale` or `None` never below 0;
    /// outside a domain 0.
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
            let (x, f) = (x.as_ptr(), f.as_mut_ptr());
            (T::CALLS.integrand)(self.as_ptr(), workspace, x, batch, f, error)
        })
    }

    /// As [`Model::integrand_into`], into a new vector.
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
            let (x, values) = (x.as_ptr(), values.as_mut_ptr());
            (T::CALLS.antiderivative)(self.as_ptr(), workspace, x, batch, values, error)
        })
    }

    /// As [`Model::antiderivative_into`], into a new vector.
    pub fn antiderivative<T: Real>(&self, workspace: &mut Workspace, x: &[T]) -> Result<Vec<T>> {
        let mut values = self.results(x)?;
        self.antiderivative_into(workspace, x, &mut values)?;
        Ok(values)
    }

    /// The derivative of F once in each variable of `subset`, whose bit i is variable i, counted
    /// from 0. Subset 0 is F, all ones is f; differenced over the corners of the other variables it
    /// is a marginal. On a domain they are derivatives in u, but for whole factors of a product.
    pub fn mixed_partial_into<T: Real>(
        &self,
        workspace: &mut Workspace,
        subset: u32,
        x: &[T],
        values: &mut [T],
    ) -> Result<()> {
        let batch = self.batch(x, "values", values)?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles; x holds batch rows and values as many results.
        self.ask(|error| unsafe {
            let (x, values) = (x.as_ptr(), values.as_mut_ptr());
            (T::CALLS.mixed_partial)(self.as_ptr(), workspace, subset, x, batch, values, error)
        })
    }

    /// As [`Model::mixed_partial_into`], into a new vector.
    pub fn mixed_partial<T: Real>(
        &self,
        workspace: &mut Workspace,
        subset: u32,
        x: &[T],
    ) -> Result<Vec<T>> {
        let mut values = self.results(x)?;
        self.mixed_partial_into(workspace, subset, x, &mut values)?;
        Ok(values)
    }

    /// The integral of f over the box `[lower, upper]`, with its condition and its rounding error
    /// where they are wanted; always computed in double. On a domain the limits are those of u.
    pub fn integral_into(
        &self,
        workspace: &mut Workspace,
        (lower, upper): (&[f64], &[f64]),
        value: &mut [f64],
        kappa: Option<&mut [f64]>,
        error_estimate: Option<&mut [f64]>,
    ) -> Result<()> {
        require_length("lower", lower.len(), self.variables())?;
        require_length("upper", upper.len(), self.variables())?;
        require_length("value", value.len(), self.outputs())?;
        let kappa = self.optional("kappa", kappa, self.outputs())?;
        let estimate = self.optional("error_estimate", error_estimate, self.outputs())?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked; two may be NULL.
        self.ask(|error| unsafe {
            let (lower, upper, value) = (lower.as_ptr(), upper.as_ptr(), value.as_mut_ptr());
            sys::finn_integral(
                self.as_ptr(),
                workspace,
                lower,
                upper,
                value,
                kappa,
                estimate,
                error,
            )
        })
    }

    /// As [`Model::integral_into`], into new vectors.
    pub fn integral(
        &self,
        workspace: &mut Workspace,
        lower: &[f64],
        upper: &[f64],
    ) -> Result<Integral> {
        let zeros = vec![0.0; self.outputs()];
        let mut found =
            Integral { value: zeros.clone(), kappa: zeros.clone(), error_estimate: zeros };
        self.integral_into(
            workspace,
            (lower, upper),
            &mut found.value,
            Some(&mut found.kappa),
            Some(&mut found.error_estimate),
        )?;
        Ok(found)
    }

    /// The integral of f(x | c) over the box `[lower, upper]` for each of the conditions `given`,
    /// `[count][columns - variables]`: conditions, then the epsilons of samples that have their own.
    pub fn integral_given(
        &self,
        workspace: &mut Workspace,
        (lower, upper): (&[f64], &[f64]),
        given: &[f64],
    ) -> Result<Integral> {
        require_length("lower", lower.len(), self.variables())?;
        require_length("upper", upper.len(), self.variables())?;
        let columns = self.columns() - self.variables();
        if columns == 0 {
            require_length("given", given.len(), 0)?;
            return self.integral(workspace, lower, upper);
        }
        let count = rows_of("given", given.len(), columns)?;
        let zeros = vec![0.0; count * self.outputs()];
        let mut found =
            Integral { value: zeros.clone(), kappa: zeros.clone(), error_estimate: zeros };
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked or made.
        self.ask(|error| unsafe {
            sys::finn_integral_given(
                self.as_ptr(),
                workspace,
                lower.as_ptr(),
                upper.as_ptr(),
                given.as_ptr(),
                count as i64,
                found.value.as_mut_ptr(),
                found.kappa.as_mut_ptr(),
                found.error_estimate.as_mut_ptr(),
                error,
            )
        })?;
        Ok(found)
    }

    /// The pointer to an array that may be missing.
    fn optional<T>(&self, name: &str, values: Option<&mut [T]>, length: usize) -> Result<*mut T> {
        let Some(values) = values else { return Ok(null_mut()) };
        require_length(name, values.len(), length)?;
        Ok(values.as_mut_ptr())
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
        let f = self.optional("f", f, f_adjoint.len())?;
        let x_adjoint = self.optional("x_adjoint", x_adjoint, x.len())?;
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
                parameter_adjoint.as_mut_ptr(),
                x_adjoint,
                error,
            )
        })
    }

    /// As [`Model::integrand_vjp_into`], into new vectors.
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
