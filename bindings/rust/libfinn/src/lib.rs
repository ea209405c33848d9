//! Fixed integral neural networks: a network F is trained so that its full mixed partial
//! f = d^nF/dx_1..dx_n is the function wanted. Every integral of f is then exact, and can be fixed
//! to a value that training cannot change (R. Kortvelesy, arXiv 2307.14439).
//!
//! ```
//! use libfinn::{Model, ModelOptions, Trainer, TrainingOptions, Workspace};
//!
//! # fn main() -> libfinn::Result<()> {
//! let mut model = Model::new(&ModelOptions::new(&[0.0, 0.0], &[1.0, 1.0]))?; // integral of f: 1
//! let mut workspace = Workspace::new(1)?;
//! let mut trainer = Trainer::new(&model, &TrainingOptions::new().steps(20))?;
//! let product = |sample: libfinn::Sample<'_>| {
//!     for (point, target) in sample.x.chunks_exact(2).zip(sample.y) {
//!         *target = 4.0 * point[0] * point[1];
//!     }
//!     Ok(())
//! };
//! let _ = trainer.fit_sampler(&mut model, &mut workspace, product, None)?;
//! let whole = model.integral(&mut workspace, &[0.0, 0.0], &[1.0, 1.0])?;
//! assert!((whole.value[0] - 1.0).abs() < 1e-12);
//! # Ok(())
//! # }
//! ```
//!
//! A [`Model`] may be asked by any number of threads at once, each with a [`Workspace`] of its own;
//! a workspace and a [`Trainer`] may move between threads. A [`Domain`] is a region other than a
//! box. A loss of your own goes into [`Trainer::set_loss`], or is trained through
//! [`Model::integrand_vjp_into`] and [`Model::set_parameters`]. Lengths are checked before the
//! library is called. Where the library itself is found is written in the crate `libfinn-sys`.
#![warn(missing_docs)]

mod callbacks;
mod checkpoint;
mod domain;
mod error;
mod linear_constraint;
mod model;
mod model_options;
mod options;
mod own_loss;
mod own_map;
mod panics;
mod query;
mod real;
mod regions;
mod rows;
mod run;
mod sigma;
mod trainer;
mod training_options;
mod version;
mod workspace;

pub use callbacks::{OnProgress, Outcome, Progress, Sample};
pub use domain::Domain;
pub use error::{BoxError, Error, Result, Status};
pub use linear_constraint::LinearConstraint;
pub use model::Model;
pub use model_options::ModelOptions;
pub use options::{
    Activation, Approach, Bound, Conditioning, Constraint, Coordinates, FileFormat, Head,
    LastLayer, Loss, Optimiser, Positivity, Precision, ReadOut, Schedule, Sharing, Tail,
};
pub use own_loss::LossBatch;
pub use own_map::OwnMap;
pub use query::{Integral, Vjp};
pub use real::Real;
pub use regions::Direction;
pub use run::{Best, RunOutcome};
pub use sigma::{log_sigma, log_sigma_into, repeated_erfc, repeated_erfc_into, sigma, sigma_into};
pub use trainer::Trainer;
pub use training_options::TrainingOptions;
pub use version::{
    build_info, instruction_set, max_product_variables, max_variables, version, version_number,
};
pub use workspace::Workspace;
