//! A network on a box or domain with its constraint and its parameters.
use std::fmt;
use std::ptr::{NonNull, null_mut};

use libfinn_sys as sys;

use crate::error::{Result, check, require_length};
use crate::model_options::ModelOptions;
use crate::panics::Panics;
use crate::real::Real;
use crate::rows::rows_of;

/// A network F on a box or [`Domain`](crate::Domain), whose full mixed partial
/// f = d^nF/dx_1..dx_n has a fixed integral.
///
/// Points are rows: `x` is `[batch][columns]`, the variables and then the conditions if there are
/// any, and results are `[batch][outputs]`, flat and contiguous, of `f32` or `f64` whatever the precision of the model. Each query has a form that
/// writes into the caller's array, which allocates nothing once the workspace has grown, and one
/// that makes a vector. Errors: a wrong length ([`Size`](crate::Status::Size)), an empty batch
/// ([`Argument`](crate::Status::Argument)), a number that is NaN or infinite, or a result that
/// overflows ([`NotFinite`](crate::Status::NotFinite); the caller's array is written all the same),
/// an integral that cannot be normalised ([`Integral`](crate::Status::Integral)).
pub struct Model {
    handle: NonNull<sys::finn_model>,
    /// Of the closures of its domain, which the library keeps as long as the model.
    panics: Panics,
}

// SAFETY: a finn_model is bound to no thread, and the closures of a domain are Send.
unsafe impl Send for Model {}
// SAFETY: finn.h lets any number of threads call the functions that take a const finn_model at
// once; they are the methods that take &self. Those that change the model take &mut self. The
// closures of a domain, which they may call, are Sync.
unsafe impl Sync for Model {}

impl Model {
    /// A model with freshly drawn parameters.
    pub fn new(options: &ModelOptions) -> Result<Self> {
        // SAFETY: both pointers are valid for writing.
        let panics = options.domain().map_or_else(Panics::default, |on| on.panics().clone());
        options.view(|options| {
            Self::made(panics, |model, error| unsafe {
                sys::finn_model_create(options, model, error)
            })
        })
    }

    /// A copy that shares nothing with this model; memory may be refused, so it is no `Clone`.
    pub fn try_clone(&self) -> Result<Self> {
        // SAFETY: a live handle, and pointers that are valid for writing.
        Self::made(self.panics.clone(), |copy, error| unsafe {
            sys::finn_model_clone(self.as_ptr(), copy, error)
        })
    }

    fn made(
        panics: Panics,
        make: impl FnOnce(*mut *mut sys::finn_model, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Self> {
        let mut handle = null_mut();
        panics.resumed(check(|error| make(&mut handle, error)))?;
        Ok(Self { handle: NonNull::new(handle).expect("a created model is not NULL"), panics })
    }

    /// Draws the parameters anew, from the statistics of rows of x, `[rows][variables]`, in the
    /// domain instead of those of the domain: for data that fill only a part of it. With
    /// `Head::Product` each term begins at a row. At most 1024 rows, drawn by the seed, are looked
    /// at. A failure leaves the model as it was.
    pub fn initialise_from_data(&mut self, x: &[f64], seed: u64) -> Result<()> {
        let rows = rows_of("x", x.len(), self.columns())? as i64;
        let handle = self.as_mut_ptr();
        // SAFETY: a live handle and an array of these rows.
        self.panics.resumed(check(|error| unsafe {
            sys::finn_model_initialise_from_data(handle, x.as_ptr(), rows, seed, error)
        }))
    }

    /// Every call that may ask the domain goes through them.
    pub(crate) fn panics(&self) -> &Panics {
        &self.panics
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_model {
        self.handle.as_ptr()
    }

    pub(crate) fn as_mut_ptr(&mut self) -> *mut sys::finn_model {
        self.handle.as_ptr()
    }

    /// n, the dimensions of x.
    #[inline]
    pub fn variables(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_model_variables(self.as_ptr()) as usize }
    }

    /// Of a row of x: the variables, then conditions and the epsilons of the sample.
    #[inline]
    pub fn columns(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_model_columns(self.as_ptr()) as usize }
    }

    /// m, the number of outputs.
    #[inline]
    pub fn outputs(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_model_outputs(self.as_ptr()) as usize }
    }

    /// The length of the flat parameter vector.
    #[inline]
    pub fn parameter_count(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_model_parameter_count(self.as_ptr()) as usize }
    }

    /// Copies the free parameters out. `Head::Mlp`: layer by layer, weights `[out][in]`, then
    /// biases `[out]`; `Head::Product`: slopes, biases and logits `[variables][terms][steps]`,
    /// then c `[outputs][terms]`. `finn.h` has the order with patterns and shared outputs.
    pub fn parameters_into<T: Real>(&self, parameters: &mut [T]) -> Result<()> {
        require_length("parameters", parameters.len(), self.parameter_count())?;
        // SAFETY: a live handle and an array of the length that is given.
        check(|error| unsafe {
            let length = parameters.len() as i64;
            (T::CALLS.get_parameters)(self.as_ptr(), parameters.as_mut_ptr(), length, error)
        })
    }

    /// The free parameters in a new vector.
    pub fn parameters<T: Real>(&self) -> Result<Vec<T>> {
        let mut parameters = vec![T::default(); self.parameter_count()];
        self.parameters_into(&mut parameters)?;
        Ok(parameters)
    }

    /// Sets the free parameters, which must be finite; a failure leaves the model as it was.
    /// Parameters whose integral cannot be normalised may be set: the next query says so.
    pub fn set_parameters<T: Real>(&mut self, parameters: &[T]) -> Result<()> {
        require_length("parameters", parameters.len(), self.parameter_count())?;
        // SAFETY: a live handle and an array of the length that is given.
        check(|error| unsafe {
            let length = parameters.len() as i64;
            (T::CALLS.set_parameters)(self.as_mut_ptr(), parameters.as_ptr(), length, error)
        })
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        // SAFETY: the handle is ours and is not used again.
        unsafe { sys::finn_model_destroy(self.handle.as_ptr()) }
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Model")
            .field("variables", &self.variables())
            .field("outputs", &self.outputs())
            .field("parameter_count", &self.parameter_count())
            .finish()
    }
}
