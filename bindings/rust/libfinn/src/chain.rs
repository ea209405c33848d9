//! Chains: densities of many variables, fitted link by link.
use std::fmt;
use std::ptr::null;

use libfinn_sys as sys;

use crate::builders::ChainOptions;
use crate::callbacks::{OnProgress, Reporter};
use crate::distribution::Distribution;
use crate::enumerations::answer;
use crate::error::{Result, check, require_length};
use crate::handle::Handle;
use crate::panics::Panics;
use crate::rows::{Rows, number};
use crate::workspace::Workspace;

answer! {
    /// What a link of a [`Chain`] is.
    LinkForm {
        /// The conditional of a mixture of normals with full covariances.
        Linear = FINN_LINK_LINEAR,
        /// A mixture of normals around a linear regression.
        Residual = FINN_LINK_RESIDUAL,
        /// The same under a network of the variables before it.
        Network = FINN_LINK_NETWORK,
        /// These side by side, each with a share.
        Stacked = FINN_LINK_STACKED,
    }
}

/// What [`Chain::link`] says: the form of a link, and the mean log likelihoods of the rows held out
/// under each single form, `None` of one that was not tried.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// The form that was taken.
    pub form: LinkForm,
    /// Under [`LinkForm::Linear`].
    pub linear: Option<f64>,
    /// Under [`LinkForm::Residual`].
    pub residual: Option<f64>,
    /// Under [`LinkForm::Network`].
    pub network: Option<f64>,
}

/// A density of many variables as a chain of conditionals, f(x | c) = prod_i f_i(x_i | c, x_1 ..
/// x_(i-1)): each link is a network in one variable, whose integral is 1 whatever stands before it,
/// so that f is normalised exactly. It is what to take for tables of three and more variables that
/// hang together; the order of the variables is that of the columns. `docs/CHAINS.md`.
///
/// ```
/// use libfinn::{Chain, ChainOptions, Rows, Workspace};
///
/// # fn main() -> libfinn::Result<()> {
/// let x: Vec<f64> = (0..300) // rows of two numbers, of which the second follows the first
///     .flat_map(|i| {
///         let (first, noise) = ((f64::from(i) * 0.618).fract(), (f64::from(i) * 0.414).fract());
///         [first, 2.0 * first + 0.3 * noise]
///     })
///     .collect();
/// let mut workspace = Workspace::new(1)?;
/// let options = ChainOptions::new().steps(50).components(8).widths(&[8]);
/// let mut chain = Chain::new(2, 0, None, &options)?;
/// assert!(chain.fit(&mut workspace, Rows::new(&x), None)?);
///
/// let joint = chain.distribution()?;
/// let second = joint.given(&[0])?; // of the second number where the first is what each row says
/// let median = second.quantile(&mut workspace, &[0.5], &[0.25])?;
/// assert!((second.cdf(&mut workspace, &[median[0], 0.25])?[0] - 0.5).abs() < 1e-9);
/// println!("the second link is {:?}", chain.link(1)?.form);
/// # Ok(())
/// # }
/// ```
///
/// A chain moves between threads; any number of threads may read it.
pub struct Chain {
    handle: Handle<sys::finn_chain>,
}

impl Chain {
    /// A chain without links. `limits` are the lower and the upper limits of the variables,
    /// `[variables]` each, which may be infinite and hold exactly; none without them.
    /// [`Argument`](crate::Status::Argument) for no variables or too many, more than 1024
    /// conditions, and a lower limit that is not below its upper.
    pub fn new(
        variables: usize,
        conditions: usize,
        limits: Option<(&[f64], &[f64])>,
        options: &ChainOptions,
    ) -> Result<Self> {
        let (mut lower, mut upper) = (null(), null());
        if let Some(limits) = limits {
            require_length("lower", limits.0.len(), variables)?;
            require_length("upper", limits.1.len(), variables)?;
            (lower, upper) = (limits.0.as_ptr(), limits.1.as_ptr());
        }
        let (variables, conditions, options) =
            (number(variables), number(conditions), &options.fields);
        // SAFETY: two arrays of the variables, or NULL.
        Self::made(|chain, error| unsafe {
            sys::finn_chain_create(variables, conditions, lower, upper, options, chain, error)
        })
    }

    pub(crate) fn made(
        make: impl FnOnce(*mut *mut sys::finn_chain, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Self> {
        Handle::made(make).map(|handle| Self { handle })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_chain {
        self.handle.as_ptr()
    }

    /// Fits the links that are missing to rows of x `[rows][columns]`, which have no y, and says
    /// whether the chain is complete. The steps of `progress` are those of all links; where it
    /// stops the fit, which is no error, the links that are done stay, and a further call with the
    /// same rows goes on to the same bits. A panic of it comes out once the library has returned.
    pub fn fit(
        &mut self,
        workspace: &mut Workspace,
        rows: Rows<'_>,
        progress: Option<OnProgress<'_>>,
    ) -> Result<bool> {
        let rows = rows.view_without_y(self.columns())?;
        let mut reporter = Reporter::new(progress);
        let (chain, told) = (self.handle.as_mut_ptr(), reporter.callback());
        let (workspace, told_data) = (workspace.as_mut_ptr(), (&raw mut reporter).cast());
        // SAFETY: live handles, arrays of these rows, and a closure that outlives the call.
        let ended = check(|error| unsafe {
            let (x, weights, count) = (rows.x, rows.weights, rows.count);
            sys::finn_chain_fit_data(chain, workspace, x, weights, count, told, told_data, error)
        });
        reporter.ended(ended)?;
        Ok(self.is_complete())
    }

    /// How many variables it has.
    pub fn variables(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_chain_variables(self.as_ptr()) as usize }
    }

    /// How many conditions it has.
    pub fn conditions(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_chain_conditions(self.as_ptr()) as usize }
    }

    /// The length of a row of x: the variables, then the conditions.
    pub fn columns(&self) -> usize {
        self.variables() + self.conditions()
    }

    /// How many links are fitted.
    pub fn links(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_chain_links(self.as_ptr()) as usize }
    }

    /// Whether all links are fitted.
    pub fn is_complete(&self) -> bool {
        self.links() == self.variables()
    }

    /// The options with which it is fitted.
    pub fn options(&self) -> Result<ChainOptions> {
        let mut options = ChainOptions::new();
        // SAFETY: a live handle, and a struct of the size that it says.
        check(|error| unsafe {
            sys::finn_chain_get_options(self.as_ptr(), &mut options.fields, error)
        })?;
        Ok(options)
    }

    /// What a fitted link is, counted from 0. [`Argument`](crate::Status::Argument) for one that is
    /// not fitted.
    pub fn link(&self, link: usize) -> Result<Link> {
        let (mut form, mut found) = (0, [f64::NAN; 3]);
        // SAFETY: a live handle, and places for the form and three numbers.
        check(|error| unsafe {
            let link = number(link);
            sys::finn_chain_link(self.as_ptr(), link, &mut form, found.as_mut_ptr(), error)
        })?;
        let [linear, residual, network] =
            found.map(|mean| Some(mean).filter(|mean| !mean.is_nan()));
        Ok(Link { form: LinkForm::from_code(form), linear, residual, network })
    }

    /// The distribution of a chain that is complete, a snapshot. It has density, cdf, probability,
    /// quantile, Rosenblatt transform, samples, moments, expectation, entropy and density level;
    /// marginals and what is given are of first variables. [`Argument`](crate::Status::Argument)
    /// for all else, and while links are missing.
    pub fn distribution(&self) -> Result<Distribution> {
        // SAFETY: a live handle, and pointers that are valid for writing.
        let made = Handle::made(|distribution, error| unsafe {
            sys::finn_chain_distribution(self.as_ptr(), distribution, error)
        });
        Distribution::of(&Panics::default(), made)
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Chain")
            .field("variables", &self.variables())
            .field("conditions", &self.conditions())
            .field("links", &self.links())
            .finish_non_exhaustive()
    }
}
