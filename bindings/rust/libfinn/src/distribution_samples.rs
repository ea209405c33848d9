//! Points of a distribution: quantiles, the Rosenblatt transform, samples.
use std::fmt;

use libfinn_sys as sys;

use crate::distribution::Distribution;
use crate::error::{Result, require_length};
use crate::rows::{pointer_or_null, rows_of};
use crate::workspace::Workspace;

/// A function of finn.h that writes points for rows of probabilities and of given.
type OfProbabilities = unsafe extern "C" fn(
    *const sys::finn_distribution,
    *mut sys::finn_workspace,
    *const f64,
    *const f64,
    i64,
    *mut f64,
    i64,
    *mut sys::finn_error,
) -> sys::finn_status;

/// How many samples are drawn at once, at first and at most: who takes few does not wait for many.
const FIRST_DRAWN: usize = 16;
const MOST_DRAWN: usize = 4096;

impl Distribution {
    /// Points x of the shape of the probabilities, called `name`, `[rows][width]`.
    fn inverse(
        &self,
        query: OfProbabilities,
        workspace: &mut Workspace,
        (name, p, width): (&str, &[f64], usize),
        given: &[f64],
        x: &mut [f64],
    ) -> Result<()> {
        let rows = rows_of(name, p.len(), width)?;
        self.require_given(given, rows)?;
        require_length("x", x.len(), p.len())?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked; given may be NULL.
        self.ask(|error| unsafe {
            let (p, given, rows) = (p.as_ptr(), pointer_or_null(given), rows as i64);
            let (length, x) = (x.len() as i64, x.as_mut_ptr());
            query(self.as_ptr(), workspace, p, given, rows, x, length, error)
        })
    }

    /// Where the cdf is p, `[rows]`, 0 ..= 1: the limits for 0 and 1, which on an unbounded domain
    /// are the farthest points that it has numbers for. Of a distribution of one variable:
    /// [`Argument`](crate::Status::Argument) for any other. `given` is `[rows][given_columns]`.
    pub fn quantile_into(
        &self,
        workspace: &mut Workspace,
        p: &[f64],
        given: &[f64],
        x: &mut [f64],
    ) -> Result<()> {
        self.inverse(sys::finn_distribution_quantile, workspace, ("p", p, 1), given, x)
    }

    /// What [`Distribution::quantile_into`] writes, in a new vector.
    pub fn quantile(
        &self,
        workspace: &mut Workspace,
        p: &[f64],
        given: &[f64],
    ) -> Result<Vec<f64>> {
        let mut x = vec![0.0; p.len()];
        self.quantile_into(workspace, p, given, &mut x)?;
        Ok(x)
    }

    /// u_k = P(X_k <= x_k | x_1 .. x_(k-1)) at x, `[rows][columns]`, into u, `[rows][variables]`:
    /// uniform on the unit cube where x follows the distribution (Rosenblatt 1952).
    pub fn rosenblatt_into(
        &self,
        workspace: &mut Workspace,
        x: &[f64],
        u: &mut [f64],
    ) -> Result<()> {
        self.at(sys::finn_distribution_rosenblatt, workspace, x, ("u", u, self.variables()))
    }

    /// What [`Distribution::rosenblatt_into`] writes, in a new vector.
    pub fn rosenblatt(&self, workspace: &mut Workspace, x: &[f64]) -> Result<Vec<f64>> {
        let mut u = vec![0.0; self.rows_of_x(x)? * self.variables()];
        self.rosenblatt_into(workspace, x, &mut u)?;
        Ok(u)
    }

    /// The x of u, `[rows][variables]` both, u in 0 ..= 1: conditional quantiles, one variable
    /// after the other. `given` is `[rows][given_columns]`.
    pub fn inverse_rosenblatt_into(
        &self,
        workspace: &mut Workspace,
        u: &[f64],
        given: &[f64],
        x: &mut [f64],
    ) -> Result<()> {
        let probabilities = ("u", u, self.variables());
        self.inverse(sys::finn_distribution_inverse_rosenblatt, workspace, probabilities, given, x)
    }

    /// What [`Distribution::inverse_rosenblatt_into`] writes, in a new vector.
    pub fn inverse_rosenblatt(
        &self,
        workspace: &mut Workspace,
        u: &[f64],
        given: &[f64],
    ) -> Result<Vec<f64>> {
        let mut x = vec![0.0; u.len()];
        self.inverse_rosenblatt_into(workspace, u, given, &mut x)?;
        Ok(x)
    }

    /// Samples into x, `[rows][variables]`, each drawn under its row of `given`,
    /// `[rows][given_columns]`. Sample i of a seed, i >= 0, is the same whatever the threads and
    /// however many are drawn at once; these are the samples from `first` on.
    pub fn sample_into(
        &self,
        workspace: &mut Workspace,
        seed: u64,
        first: i64,
        given: &[f64],
        x: &mut [f64],
    ) -> Result<()> {
        let rows = rows_of("x", x.len(), self.variables())?;
        self.require_given(given, rows)?;
        let workspace = workspace.as_mut_ptr();
        // SAFETY: live handles, and arrays of the lengths that were checked; given may be NULL.
        self.ask(|error| unsafe {
            let (distribution, given, rows) = (self.as_ptr(), pointer_or_null(given), rows as i64);
            let (length, x) = (x.len() as i64, x.as_mut_ptr());
            sys::finn_distribution_sample(
                distribution,
                workspace,
                seed,
                first,
                given,
                rows,
                x,
                length,
                error,
            )
        })
    }

    /// What [`Distribution::sample_into`] writes for so many rows, in a new vector.
    pub fn sample(
        &self,
        workspace: &mut Workspace,
        seed: u64,
        first: i64,
        given: &[f64],
        rows: usize,
    ) -> Result<Vec<f64>> {
        self.require_given(given, rows)?;
        let mut x = vec![0.0; rows.saturating_mul(self.variables())];
        self.sample_into(workspace, seed, first, given, &mut x)?;
        Ok(x)
    }

    /// All samples of a seed under one row of given, `[given_columns]`, one after the other from
    /// the first on: those of [`Distribution::sample`], without an end.
    pub fn samples<'a>(
        &'a self,
        workspace: &'a mut Workspace,
        seed: u64,
        given: &[f64],
    ) -> Result<Samples<'a>> {
        self.require_given(given, 1)?;
        let (given, drawn) = (given.to_vec(), Vec::new());
        Ok(Samples { distribution: self, workspace, seed, given, drawn, next: 0, first: 0 })
    }
}

/// What [`Distribution::samples`] gives: samples `[variables]`, drawn some at a time. A failure is
/// given in place of a sample, and the next call tries again.
pub struct Samples<'a> {
    distribution: &'a Distribution,
    workspace: &'a mut Workspace,
    seed: u64,
    given: Vec<f64>,
    /// `[rows][variables]`, of which the one at `next` is given next.
    drawn: Vec<f64>,
    next: usize,
    /// Which sample of the seed is the first that has not been drawn.
    first: i64,
}

impl Samples<'_> {
    fn draw(&mut self) -> Result<()> {
        let variables = self.distribution.variables();
        let rows = (2 * self.drawn.len() / variables).clamp(FIRST_DRAWN, MOST_DRAWN);
        let given = self.given.repeat(rows);
        self.drawn.resize(rows * variables, 0.0);
        self.next = self.drawn.len();
        let (workspace, drawn) = (&mut *self.workspace, &mut self.drawn[..]);
        self.distribution.sample_into(workspace, self.seed, self.first, &given, drawn)?;
        self.first += rows as i64;
        self.next = 0;
        Ok(())
    }
}

impl Iterator for Samples<'_> {
    type Item = Result<Vec<f64>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.next == self.drawn.len()
            && let Err(error) = self.draw()
        {
            return Some(Err(error));
        }
        let end = self.next + self.distribution.variables();
        let sample = self.drawn[self.next..end].to_vec();
        self.next = end;
        Some(Ok(sample))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }
}

impl fmt::Debug for Samples<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Samples").field("seed", &self.seed).finish_non_exhaustive()
    }
}
