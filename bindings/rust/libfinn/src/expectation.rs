//! Means of a function under a distribution, and that function behind the callback of finn.h.
use std::ffi::c_void;
use std::ptr::from_mut;
use std::slice;

use libfinn_sys as sys;

use crate::distribution::{Distribution, samples_in_c};
use crate::error::{BoxError, Result};
use crate::failure::Failure;
use crate::rows::pointer_or_null;
use crate::workspace::Workspace;

/// What [`Distribution::expectation`] finds, one entry for each output.
#[derive(Clone, Debug, PartialEq)]
pub struct Expectation {
    /// The mean.
    pub value: Vec<f64>,
    /// By how much it would differ with another seed.
    pub standard_error: Vec<f64>,
}

/// Reads a sample, `[variables]`, and writes its values, `[outputs]`.
type OnValues<'f> = &'f mut dyn FnMut(&[f64], &mut [f64]) -> std::result::Result<(), BoxError>;

/// The user_data of an expectation.
struct Averaged<'f> {
    function: OnValues<'f>,
    variables: usize,
    outputs: usize,
    failure: Option<Failure>,
}

impl<'f> Averaged<'f> {
    fn new(function: OnValues<'f>, variables: usize, outputs: usize) -> Self {
        Self { function, variables, outputs, failure: None }
    }

    /// How the call ended: the error of the closure, when it failed; a panic goes on here.
    fn ended<T>(self, ended: Result<T>) -> Result<T> {
        self.failure.map_or(ended, |failure| Err(failure.into_error("expectation")))
    }

    fn write(&mut self, x: &[f64], values: &mut [f64]) -> std::result::Result<(), BoxError> {
        values.fill(0.0);
        let samples = x.chunks_exact(self.variables);
        samples
            .zip(values.chunks_exact_mut(self.outputs))
            .try_for_each(|(x, values)| (self.function)(x, values))
    }
}

/// # Safety
/// `x` and `values` hold count rows of variables and of outputs, and `user_data` points to the
/// `Averaged` of the call.
unsafe extern "C" fn on_values(
    x: *const f64,
    count: i64,
    values: *mut f64,
    user_data: *mut c_void,
) -> i32 {
    // SAFETY: the call does not touch it until it returns.
    let averaged = unsafe { &mut *user_data.cast::<Averaged<'_>>() };
    let (points, results) =
        (count as usize * averaged.variables, count as usize * averaged.outputs);
    // SAFETY: the caller's promise; the values are the library's, and numbers already.
    let (x, values) =
        unsafe { (slice::from_raw_parts(x, points), slice::from_raw_parts_mut(values, results)) };
    let ended = Failure::caught(|| averaged.write(x, values));
    averaged.failure = ended.err();
    i32::from(averaged.failure.is_some())
}

impl Distribution {
    /// The mean of what the closure says, over at least 2 samples of a seed under one row of
    /// `given`, `[given_columns]`: it reads a sample, `[variables]`, and writes its values,
    /// `[outputs]`, which are 0 so far; on the caller's thread. An error of it ends the call with
    /// status [`Callback`](crate::Status::Callback) and becomes the source of that error; a panic
    /// goes on once the library has returned.
    ///
    /// ```
    /// # use libfinn::{Domain, MixtureOptions, Model, Network, Workspace};
    /// # fn main() -> libfinn::Result<()> {
    /// # let network = Network::mixture(2, 1, &MixtureOptions::new().components(8))?;
    /// # let model = Model::new(&network, &Domain::open_box(&[0.0, 0.0], &[1.0, 2.0])?)?;
    /// # let mut workspace = Workspace::new(1)?;
    /// let product = |x: &[f64], value: &mut [f64]| {
    ///     value[0] = x[0] * x[1];
    ///     Ok(())
    /// };
    /// let joint = model.distribution(0)?;
    /// let mean = joint.expectation(&mut workspace, &[], 10_000, 7, 1, product)?;
    /// println!("{} +- {}", mean.value[0], mean.standard_error[0]);
    /// # Ok(())
    /// # }
    /// ```
    pub fn expectation(
        &self,
        workspace: &mut Workspace,
        given: &[f64],
        samples: usize,
        seed: u64,
        outputs: usize,
        mut function: impl FnMut(&[f64], &mut [f64]) -> std::result::Result<(), BoxError>,
    ) -> Result<Expectation> {
        self.require_given(given, 1)?;
        let mut found =
            Expectation { value: vec![0.0; outputs], standard_error: vec![0.0; outputs] };
        let mut averaged = Averaged::new(&mut function, self.variables(), outputs);
        let (workspace, user_data) = (workspace.as_mut_ptr(), from_mut(&mut averaged).cast());
        // SAFETY: live handles, arrays of the lengths that were checked or made, and what the
        // callback takes as its user_data, which lives as long as the call.
        let ended = self.ask(|error| unsafe {
            sys::finn_distribution_expectation(
                self.as_ptr(),
                workspace,
                Some(on_values),
                user_data,
                pointer_or_null(given),
                samples_in_c(samples),
                seed,
                found.value.as_mut_ptr(),
                found.standard_error.as_mut_ptr(),
                outputs as i64,
                error,
            )
        });
        averaged.ended(ended)?;
        Ok(found)
    }
}
