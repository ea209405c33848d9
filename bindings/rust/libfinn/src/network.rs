//! The form of F and its sizes.
use std::fmt;
use std::sync::Arc;

use libfinn_sys as sys;

use crate::builders::{MixtureOptions, MlpOptions};
use crate::enumerations::answer;
use crate::error::{Result, check};
use crate::handle::Handle;
use crate::rows::number;

answer! {
    /// The form of a network; `docs/NETWORKS.md` compares them.
    NetworkForm {
        /// [`Network::mixture`].
        Mixture = FINN_NETWORK_MIXTURE,
        /// [`Network::mlp`].
        Mlp = FINN_NETWORK_MLP,
    }
}

/// The form of F and its sizes, without parameters:
/// `Network::mixture(2, 1, &MixtureOptions::new().components(32))`.
///
/// A network never changes, serves any number of models and threads, and a clone shares it.
#[derive(Clone)]
pub struct Network {
    handle: Arc<Handle<sys::finn_network>>,
}

impl Network {
    pub(crate) fn made(
        make: impl FnOnce(*mut *mut sys::finn_network, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Self> {
        Ok(Self { handle: Arc::new(Handle::made(make)?) })
    }

    /// sum_j c_j prod_i Phi_ij(u_i): each component j is a product of increasing functions of one
    /// variable, each a mixture of cdfs of normals. Linear in the number of variables, which is at
    /// most [`max_mixture_variables`](crate::max_mixture_variables), with condition numbers of 1.
    pub fn mixture(variables: usize, outputs: usize, options: &MixtureOptions) -> Result<Self> {
        let (variables, outputs) = (number(variables), number(outputs));
        // SAFETY: pointers that are valid for the call.
        Self::made(|network, error| unsafe {
            sys::finn_network_mixture(variables, outputs, &options.fields, network, error)
        })
    }

    /// Layers of sigma_n(P(W) h + b), as in the paper, in at most
    /// [`max_variables`](crate::max_variables) variables.
    pub fn mlp(variables: usize, outputs: usize, options: &MlpOptions) -> Result<Self> {
        let (variables, outputs) = (number(variables), number(outputs));
        // SAFETY: pointers that are valid for the call.
        Self::made(|network, error| unsafe {
            sys::finn_network_mlp(variables, outputs, &options.fields, network, error)
        })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_network {
        self.handle.as_ptr()
    }

    /// Which of the constructors made it.
    pub fn form(&self) -> NetworkForm {
        // SAFETY: a live handle.
        NetworkForm::from_code(unsafe { sys::finn_network_get_form(self.as_ptr()) })
    }

    /// n, the dimensions of x and of u.
    pub fn variables(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_network_variables(self.as_ptr()) as usize }
    }

    /// m, the number of outputs.
    pub fn outputs(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_network_outputs(self.as_ptr()) as usize }
    }

    /// The options of a mixture; [`Argument`](crate::Status::Argument) for the other form.
    pub fn mixture_options(&self) -> Result<MixtureOptions> {
        let mut options = MixtureOptions::new();
        // SAFETY: a live handle, and a struct of the size that it says.
        check(|error| unsafe {
            sys::finn_network_get_mixture(self.as_ptr(), &mut options.fields, error)
        })?;
        Ok(options)
    }

    /// The options of an mlp; [`Argument`](crate::Status::Argument) for the other form.
    pub fn mlp_options(&self) -> Result<MlpOptions> {
        let mut options = MlpOptions::new();
        // SAFETY: a live handle, and a struct of the size that it says.
        check(|error| unsafe {
            sys::finn_network_get_mlp(self.as_ptr(), &mut options.fields, error)
        })?;
        Ok(options)
    }
}

impl fmt::Debug for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Network")
            .field("form", &self.form())
            .field("variables", &self.variables())
            .field("outputs", &self.outputs())
            .finish_non_exhaustive()
    }
}
