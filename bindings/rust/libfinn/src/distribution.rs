//! What a positive model knows as a distribution: the handle, and those that are made of it.
use std::fmt;
use std::sync::Arc;

use libfinn_sys as sys;

use crate::error::{Result, check, require_length};
use crate::handle::Handle;
use crate::model::Model;
use crate::panics::Panics;
use crate::rows::{count, number};

/// f of one output of a positive model divided by its integral, [`Model::distribution`]: from one
/// antiderivative come densities, cdfs, probabilities of boxes, marginals, conditionals, quantiles
/// and samples, all of one distribution and none by fitting anything again.
///
/// ```
/// use libfinn::{Domain, MixtureOptions, Model, Network, Workspace};
///
/// # fn main() -> libfinn::Result<()> {
/// let network = Network::mixture(2, 1, &MixtureOptions::new().components(8))?;
/// let model = Model::new(&network, &Domain::open_box(&[0.0, 0.0], &[1.0, 2.0])?)?;
/// let joint = model.distribution(0)?;
/// let mut workspace = Workspace::new(1)?;
///
/// let second = joint.marginal(&[1])?; // of x_1, whatever x_0 is
/// let median = second.quantile(&mut workspace, &[0.5], &[])?;
/// assert!((second.cdf(&mut workspace, &median)?[0] - 0.5).abs() < 1e-12);
///
/// let first = joint.given(&[1])?; // of x_0 where x_1 is what each row says
/// let x = first.sample(&mut workspace, 7, 0, &[0.5, 1.5], 2)?; // seed 7, samples 0 and 1
/// let density = first.density(&mut workspace, &[x[0], 0.5, x[1], 1.5])?;
/// assert!(density.iter().all(|density| *density > 0.0));
/// # Ok(())
/// # }
/// ```
///
/// A distribution is a snapshot: later changes of the model do not reach it. It never changes,
/// serves any number of threads, each with a [`Workspace`](crate::Workspace) of its own, and a
/// clone shares it; [`marginal`](Self::marginal), [`given`](Self::given) and
/// [`truncated`](Self::truncated) make new ones of it, in any order, which share the snapshot.
/// Everything is computed in double.
///
/// Variables are counted from 0 as they stand in the distribution at hand: after a marginal of 2
/// and 0 these are 0 and 1. A row of x is `[columns]`: the variables, then what is given, in the
/// order in which it was, then the conditions of the model; a row of `given` is that without the
/// variables, and `given` is empty where it has no columns.
///
/// On a domain that maps one variable at a time - a box, a line, a half-line, products and diagonal
/// affine images of them - everything is in x. On any other, such as a disk, there are the density,
/// samples and what is computed from them; the other calls fail with
/// [`Argument`](crate::Status::Argument).
///
/// Errors: a wrong length ([`Size`](crate::Status::Size)); no rows, a value given outside of the
/// distribution or a variable that is not there ([`Argument`](crate::Status::Argument)); a number
/// that is NaN, or infinite where that says nothing ([`NotFinite`](crate::Status::NotFinite));
/// values given where nothing is left to divide by ([`Integral`](crate::Status::Integral)).
#[derive(Clone)]
pub struct Distribution {
    handle: Arc<Handle<sys::finn_distribution>>,
    /// Of the closures of its domain, which the library keeps as long as the snapshot.
    panics: Panics,
}

/// Variables as C takes them; one that does not fit is one that the library refuses.
fn variables_in_c(variables: &[usize]) -> Vec<i32> {
    variables.iter().map(|variable| number(*variable)).collect()
}

/// How many samples of a seed are looked at; more than C counts are refused as the most it counts.
pub(crate) fn samples_in_c(samples: usize) -> i64 {
    i64::try_from(samples).unwrap_or(i64::MAX)
}

impl Model {
    /// The distribution of an output, counted from 0, as the model is now.
    /// [`Argument`](crate::Status::Argument) for a model whose f may be negative: a network without
    /// positivity, or a constraint other than none and those that scale;
    /// [`Integral`](crate::Status::Integral) where f has no integral above 0.
    pub fn distribution(&self, output: usize) -> Result<Distribution> {
        let output = number(output);
        // SAFETY: a live handle, and pointers that are valid for writing.
        let made = Handle::made(|distribution, error| unsafe {
            sys::finn_distribution_create(self.as_ptr(), output, distribution, error)
        });
        Distribution::of(self.panics(), made)
    }
}

impl Distribution {
    /// Of what a function of finn.h wrote; closures of the domain leave their panics in `panics`.
    pub(crate) fn of(
        panics: &Panics,
        made: Result<Handle<sys::finn_distribution>>,
    ) -> Result<Self> {
        let handle = panics.resumed(made)?;
        Ok(Self { handle: Arc::new(handle), panics: panics.clone() })
    }

    /// A call that may ask the domain, whose closures may panic.
    pub(crate) fn ask(
        &self,
        call: impl FnOnce(*mut sys::finn_error) -> sys::finn_status,
    ) -> Result<()> {
        self.panics.resumed(check(call))
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_distribution {
        self.handle.as_ptr()
    }

    /// That of some variables, in this order, whatever the others are.
    pub fn marginal(&self, variables: &[usize]) -> Result<Self> {
        let chosen = variables_in_c(variables);
        // SAFETY: a live handle, and an array of the length that is given.
        let made = Handle::made(|marginal, error| unsafe {
            let variables = chosen.as_ptr();
            let count = count(&chosen);
            sys::finn_distribution_marginal(self.as_ptr(), variables, count, marginal, error)
        });
        Self::of(&self.panics, made)
    }

    /// That of the other variables where these have the values that each row says, as columns of
    /// `given`; at least one variable has to be left.
    pub fn given(&self, variables: &[usize]) -> Result<Self> {
        let chosen = variables_in_c(variables);
        // SAFETY: a live handle, and an array of the length that is given.
        let made = Handle::made(|given, error| unsafe {
            let variables = chosen.as_ptr();
            let count = count(&chosen);
            sys::finn_distribution_given(self.as_ptr(), variables, count, given, error)
        });
        Self::of(&self.panics, made)
    }

    /// That within the box `[lower, upper]`, `[variables]` each, which may be infinite, divided by
    /// the probability of that box. [`Argument`](crate::Status::Argument) where nothing of the
    /// distribution is left.
    pub fn truncated(&self, lower: &[f64], upper: &[f64]) -> Result<Self> {
        require_length("lower", lower.len(), self.variables())?;
        require_length("upper", upper.len(), self.variables())?;
        // SAFETY: a live handle, and arrays of its variables.
        let made = Handle::made(|truncated, error| unsafe {
            let (lower, upper) = (lower.as_ptr(), upper.as_ptr());
            sys::finn_distribution_truncated(self.as_ptr(), lower, upper, truncated, error)
        });
        Self::of(&self.panics, made)
    }

    /// How many variables it has.
    #[inline]
    pub fn variables(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_distribution_variables(self.as_ptr()) as usize }
    }

    /// The length of a row of x: the variables, then what is given, then conditions.
    #[inline]
    pub fn columns(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_distribution_columns(self.as_ptr()) as usize }
    }

    /// The length of a row of `given`: that of x without the variables.
    #[inline]
    pub fn given_columns(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_distribution_given_columns(self.as_ptr()) as usize }
    }

    /// The limits between which it has its probability: the lower and the upper ones,
    /// `[variables]` each; infinite on unbounded domains.
    pub fn support(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        let (mut lower, mut upper) = (vec![0.0; self.variables()], vec![0.0; self.variables()]);
        // SAFETY: a live handle, and two arrays of its variables.
        check(|error| unsafe {
            let (length, upper) = (lower.len() as i64, upper.as_mut_ptr());
            sys::finn_distribution_support(self.as_ptr(), lower.as_mut_ptr(), upper, length, error)
        })?;
        Ok((lower, upper))
    }
}

impl fmt::Debug for Distribution {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Distribution")
            .field("variables", &self.variables())
            .field("given_columns", &self.given_columns())
            .finish_non_exhaustive()
    }
}
