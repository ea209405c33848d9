//! Parts put together, and parameters.
use std::fmt;
use std::ptr::null;

use libfinn_sys as sys;

use crate::conditioning::Conditioning;
use crate::constraint::Constraint;
use crate::domain::Domain;
use crate::enumerations::Precision;
use crate::error::{Result, check, require_length};
use crate::handle::Handle;
use crate::network::Network;
use crate::panics::Panics;
use crate::real::Real;
use crate::rows::rows_of;

/// A network F on a domain, whose full mixed partial f = d^nF/dx_1..dx_n has the integral that a
/// constraint says, with its parameters.
///
/// Any number of threads may ask a model at once. Points are rows: `x` is `[batch][columns]`, the
/// variables, then the conditions, then with [`Constraint::per_row`] the targets of that row, and
/// results are `[batch][outputs]`, flat and contiguous, of `f32` or `f64` whatever the precision of
/// the model. Each query has a form that writes into the caller's array, which allocates nothing
/// once the workspace has grown, and one that makes a vector. Errors: a wrong length
/// ([`Size`](crate::Status::Size)), an empty batch ([`Argument`](crate::Status::Argument)), a
/// number that is NaN or infinite, or a result that overflows
/// ([`NotFinite`](crate::Status::NotFinite); the caller's array is written all the same), an
/// integral that cannot be normalised ([`Integral`](crate::Status::Integral)).
pub struct Model {
    handle: Handle<sys::finn_model>,
    /// Of the closures of its domain, which the library keeps as long as the model.
    panics: Panics,
}

/// A model in the making: `Model::builder(&network, &domain).constraint(&c).seed(7).build()`.
#[derive(Clone, Debug)]
#[must_use]
pub struct ModelBuilder<'a> {
    network: &'a Network,
    domain: &'a Domain,
    constraint: Option<&'a Constraint>,
    conditioning: Option<&'a Conditioning>,
    precision: Precision,
    seed: u64,
}

impl<'a> ModelBuilder<'a> {
    /// By default J = 1 for each output, by [`Method::Scale`](crate::Method::Scale) for a positive
    /// network and by [`Method::Shift`](crate::Method::Shift) otherwise.
    pub fn constraint(mut self, constraint: &'a Constraint) -> Self {
        self.constraint = Some(constraint);
        self
    }

    /// By default there are no conditions.
    pub fn conditioning(mut self, conditioning: &'a Conditioning) -> Self {
        self.conditioning = Some(conditioning);
        self
    }

    /// The type in which the model computes; `Float64` by default.
    pub fn precision(mut self, precision: Precision) -> Self {
        self.precision = precision;
        self
    }

    /// The seed of the initial parameters; 0 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The model with freshly drawn parameters. [`Size`](crate::Status::Size) when parts have
    /// different numbers of variables or outputs; `docs/ABI.md` lists the few other pairs of parts
    /// that do not go together, all for reasons of mathematics.
    pub fn build(self) -> Result<Model> {
        let precision = self.precision as i32;
        // SAFETY: live handles, two of which may be NULL, and pointers that are valid for writing.
        Model::made(self.domain.panics().clone(), |model, error| unsafe {
            sys::finn_model_create(
                self.network.as_ptr(),
                self.domain.as_ptr(),
                self.constraint.map_or(null(), Constraint::as_ptr),
                self.conditioning.map_or(null(), Conditioning::as_ptr),
                precision,
                self.seed,
                model,
                error,
            )
        })
    }
}

impl Model {
    /// The usual model: J = 1 for each output, no conditions, double precision, seed 0.
    pub fn new(network: &Network, domain: &Domain) -> Result<Self> {
        Self::builder(network, domain).build()
    }

    /// A model in the making, which may have other parts too.
    pub fn builder<'a>(network: &'a Network, domain: &'a Domain) -> ModelBuilder<'a> {
        let precision = Precision::Float64;
        ModelBuilder { network, domain, constraint: None, conditioning: None, precision, seed: 0 }
    }

    /// A copy that shares nothing with this model but the parts, which never change; memory may be
    /// refused, so it is no `Clone`.
    pub fn try_clone(&self) -> Result<Self> {
        // SAFETY: a live handle, and pointers that are valid for writing.
        Self::made(self.panics.clone(), |copy, error| unsafe {
            sys::finn_model_clone(self.as_ptr(), copy, error)
        })
    }

    /// A model whose domain has closures that leave their panics in `panics`.
    pub(crate) fn made(
        panics: Panics,
        make: impl FnOnce(*mut *mut sys::finn_model, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Self> {
        let handle = panics.resumed(Handle::made(make))?;
        Ok(Self { handle, panics })
    }

    /// Draws the parameters anew, from the statistics of rows of x, `[rows][columns]`, in the
    /// domain instead of those of the domain: for data that fill only a part of it. Conditions are
    /// not looked at. Each component of a mixture begins at a row. At most 1024 rows, drawn by the
    /// seed, are looked at. A failure leaves the model as it was.
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
        self.handle.as_mut_ptr()
    }

    /// Its network.
    pub fn network(&self) -> Result<Network> {
        // SAFETY: a live handle, and pointers that are valid for writing.
        Network::made(|network, error| unsafe {
            sys::finn_model_network(self.as_ptr(), network, error)
        })
    }

    /// Its domain.
    pub fn domain(&self) -> Result<Domain> {
        // SAFETY: a live handle, and pointers that are valid for writing.
        Domain::made(self.panics.clone(), |domain, error| unsafe {
            sys::finn_model_domain(self.as_ptr(), domain, error)
        })
    }

    /// Its constraint, also where none was given.
    pub fn constraint(&self) -> Result<Constraint> {
        // SAFETY: a live handle, and pointers that are valid for writing.
        Constraint::made(|constraint, error| unsafe {
            sys::finn_model_constraint(self.as_ptr(), constraint, error)
        })
    }

    /// Its conditioning; `None` for a model without conditions.
    pub fn conditioning(&self) -> Result<Option<Conditioning>> {
        // SAFETY: a live handle, and pointers that are valid for writing.
        let found = Handle::optional(|conditioning, error| unsafe {
            sys::finn_model_conditioning(self.as_ptr(), conditioning, error)
        })?;
        Ok(found.map(Conditioning::of))
    }

    /// The type in which it computes.
    pub fn precision(&self) -> Precision {
        // SAFETY: a live handle.
        match unsafe { sys::finn_model_precision(self.as_ptr()) } {
            sys::FINN_FLOAT32 => Precision::Float32,
            _ => Precision::Float64,
        }
    }

    /// n, the dimensions of x.
    #[inline]
    pub fn variables(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_model_variables(self.as_ptr()) as usize }
    }

    /// The length of a row of x: the variables, then conditions and the targets of that row.
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

    /// Copies the free parameters out. Of an mlp: layer by layer, weights `[out][in]`, then biases
    /// `[out]`; of a mixture: slopes, biases and logits `[variables][components][normals_per_axis]`,
    /// then c `[outputs][components]`. `finn.h` has the order with orthants and with sharing.
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
