//! Fixed integral neural networks: a network F is trained so that its full mixed partial
//! f = d^nF/dx_1..dx_n is the function wanted. Every integral of f is then exact, and can be fixed
//! to a target that training cannot change (R. Kortvelesy, arXiv 2307.14439).
//!
//! ```
//! use libfinn::{Domain, Limits, MixtureOptions, Model, Network, Sample};
//! use libfinn::{Trainer, TrainingOptions, Workspace};
//!
//! # fn main() -> libfinn::Result<()> {
//! let network = Network::mixture(2, 1, &MixtureOptions::new().components(16))?;
//! let domain = Domain::open_box(&[0.0, 0.0], &[1.0, 1.0])?;
//! let mut model = Model::new(&network, &domain)?; // the integral of f is 1
//! let mut workspace = Workspace::new(1)?;
//! let mut trainer = Trainer::new(&mut model, &TrainingOptions::new().steps(20))?;
//! let product = |sample: Sample<'_>| {
//!     for (point, target) in sample.x.chunks_exact(2).zip(sample.y) {
//!         *target = 4.0 * point[0] * point[1];
//!     }
//!     Ok(())
//! };
//! trainer.fit_sampler(&mut workspace, product, None)?;
//! let whole = model.integral(&mut workspace, Limits::X, &[0.0, 0.0], &[1.0, 1.0])?;
//! assert!((whole.value[0] - 1.0).abs() < 1e-12);
//! # Ok(())
//! # }
//! ```
//!
//! A [`Model`] is made of parts that never change and may be shared: a [`Network`], a [`Domain`]
//! and, where wanted, a [`Constraint`] and a [`Conditioning`]. Any number of threads may ask it at
//! once, each with a [`Workspace`] of its own; a workspace and a [`Trainer`] may move between
//! threads. [`Model::distribution`] is a positive one as a [`Distribution`]: cdfs, quantiles,
//! samples, marginals, conditionals. [`Chain`] fits the density of many variables to rows.
//! [`Model::save`] and [`Model::load`] are its files. A loss of your own goes into
//! [`Trainer::set_loss`], or is trained through [`Model::integrand_vjp_into`] and
//! [`Model::set_parameters`]. [`options`] has all options by name, [`Table`] reads CSV files.
//! Lengths are checked before the library is called. Where the library itself is found is written
//! in the crate `libfinn-sys`.
#![warn(missing_docs)]

mod builders;
mod callbacks;
mod chain;
mod chain_files;
mod checkpoint;
mod conditioning;
mod constraint;
mod derivative;
mod distribution;
mod distribution_gradients;
mod distribution_samples;
mod distribution_summary;
mod distribution_values;
mod domain;
mod enumerations;
mod error;
mod expectation;
mod failure;
mod handle;
mod integral;
mod linear_constraint;
mod model;
mod model_files;
mod network;
pub mod options;
mod own_loss;
mod own_map;
mod panics;
mod query;
mod real;
mod regions;
mod rows;
mod run;
mod sigma;
mod summary;
mod table;
mod text;
mod trainer;
mod version;
mod workspace;

pub use builders::{
    ChainOptions, ConditioningOptions, ConstraintOptions, MixtureOptions, MlpOptions,
    TrainingOptions,
};
pub use callbacks::{OnProgress, Progress, Sample};
pub use chain::{Chain, Link, LinkForm};
pub use conditioning::{Conditioning, ConditioningForm};
pub use constraint::{Constraint, ConstraintForm};
pub use derivative::{DerivativeVjp, IntegralVjp};
pub use distribution::Distribution;
pub use distribution_gradients::{ProbabilityGradient, RosenblattJacobian};
pub use distribution_samples::Samples;
pub use distribution_summary::{Estimate, Mode, Moments};
pub use distribution_values::Probability;
pub use domain::Domain;
pub use enumerations::{
    Activation, Bound, Direction, FileFormat, InputScaling, Limits, Loss, LossOf, Method,
    Optimiser, Positivity, Precision, Schedule, Sharing, Tail, Transition,
};
pub use error::{BoxError, Error, Result, Status};
pub use expectation::Expectation;
pub use integral::Integral;
pub use linear_constraint::LinearConstraint;
pub use model::{Model, ModelBuilder};
pub use network::{Network, NetworkForm};
pub use own_loss::LossBatch;
pub use own_map::OwnMap;
pub use query::Vjp;
pub use real::Real;
pub use rows::Rows;
pub use run::Best;
pub use sigma::{log_sigma, log_sigma_into, repeated_erfc, repeated_erfc_into, sigma, sigma_into};
pub use summary::{Summary, Warning};
pub use table::Table;
pub use trainer::{Outcome, Trainer};
pub use version::{
    build_info, instruction_set, max_mixture_variables, max_variables, version, version_number,
};
pub use workspace::Workspace;

/// The program of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
