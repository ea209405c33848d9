//! How f depends on conditions beside x.
use std::fmt;
use std::ptr::null;
use std::sync::Arc;

use libfinn_sys as sys;

use crate::builders::ConditioningOptions;
use crate::enumerations::answer;
use crate::error::{Result, check, require_length};
use crate::handle::Handle;
use crate::rows::number;

answer! {
    /// The form of a conditioning; `docs/CONDITIONING.md` compares them.
    ConditioningForm {
        /// [`Conditioning::film`].
        Film = FINN_CONDITIONING_FILM,
        /// [`Conditioning::hypernetwork`].
        Hypernetwork = FINN_CONDITIONING_HYPERNETWORK,
        /// [`Conditioning::inputs`].
        Inputs = FINN_CONDITIONING_INPUTS,
    }
}

/// How f depends on conditions c (covariates, context) beside x: f(x | c) has the integral that the
/// constraint says for every c.
///
/// `range` are the least and the largest c, `[conditions]` each, by which c is standardised; it is
/// no limit. `None` leaves it to the first rows of the first fit; it is [-1, 1] before. A
/// conditioning never changes, serves any number of models and threads, and a clone shares it.
#[derive(Clone)]
pub struct Conditioning {
    handle: Arc<Handle<sys::finn_conditioning>>,
}

/// Pointers to the limits of c: NULL where there are none.
fn limits_in_c(
    conditions: usize,
    range: Option<(&[f64], &[f64])>,
) -> Result<(*const f64, *const f64)> {
    let Some((lower, upper)) = range else { return Ok((null(), null())) };
    require_length("lower", lower.len(), conditions)?;
    require_length("upper", upper.len(), conditions)?;
    Ok((lower.as_ptr(), upper.as_ptr()))
}

impl Conditioning {
    /// Of a handle that a function of finn.h wrote.
    pub(crate) fn of(handle: Handle<sys::finn_conditioning>) -> Self {
        Self { handle: Arc::new(handle) }
    }

    /// Feature-wise linear modulation (FiLM; Perez et al. 2018): a network of c moves the biases
    /// and scales the units and sums. The usual choice.
    pub fn film(
        conditions: usize,
        range: Option<(&[f64], &[f64])>,
        options: &ConditioningOptions,
    ) -> Result<Self> {
        let (lower, upper) = limits_in_c(conditions, range)?;
        let conditions = number(conditions);
        // SAFETY: two arrays of the conditions, or NULL.
        Handle::made(|made, error| unsafe {
            sys::finn_conditioning_film(conditions, lower, upper, &options.fields, made, error)
        })
        .map(Self::of)
    }

    /// A hypernetwork (Ha et al. 2016), as in the paper: a network of c moves all parameters.
    pub fn hypernetwork(
        conditions: usize,
        range: Option<(&[f64], &[f64])>,
        options: &ConditioningOptions,
    ) -> Result<Self> {
        let (lower, upper) = limits_in_c(conditions, range)?;
        let (conditions, options) = (number(conditions), &options.fields);
        // SAFETY: two arrays of the conditions, or NULL.
        Handle::made(|made, error| unsafe {
            sys::finn_conditioning_hypernetwork(conditions, lower, upper, options, made, error)
        })
        .map(Self::of)
    }

    /// Biases are linear in c, as if c were further inputs of every hidden unit, free in sign.
    pub fn inputs(conditions: usize, range: Option<(&[f64], &[f64])>) -> Result<Self> {
        let (lower, upper) = limits_in_c(conditions, range)?;
        let conditions = number(conditions);
        // SAFETY: two arrays of the conditions, or NULL.
        Handle::made(|made, error| unsafe {
            sys::finn_conditioning_inputs(conditions, lower, upper, made, error)
        })
        .map(Self::of)
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_conditioning {
        self.handle.as_ptr()
    }

    /// Which of the constructors made it.
    pub fn form(&self) -> ConditioningForm {
        // SAFETY: a live handle.
        ConditioningForm::from_code(unsafe { sys::finn_conditioning_get_form(self.as_ptr()) })
    }

    /// The number of conditions.
    pub fn conditions(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_conditioning_conditions(self.as_ptr()) as usize }
    }

    /// The range of c: the least and the largest, `[conditions]` each.
    pub fn limits(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        let (mut lower, mut upper) = (vec![0.0; self.conditions()], vec![0.0; self.conditions()]);
        // SAFETY: a live handle, and two arrays of its conditions.
        check(|error| unsafe {
            let (length, upper) = (lower.len() as i64, upper.as_mut_ptr());
            sys::finn_conditioning_limits(self.as_ptr(), lower.as_mut_ptr(), upper, length, error)
        })?;
        Ok((lower, upper))
    }

    /// The options of the network of c.
    pub fn options(&self) -> Result<ConditioningOptions> {
        let mut options = ConditioningOptions::new();
        // SAFETY: a live handle, and a struct of the size that it says.
        check(|error| unsafe {
            sys::finn_conditioning_get_options(self.as_ptr(), &mut options.fields, error)
        })?;
        Ok(options)
    }
}

impl fmt::Debug for Conditioning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Conditioning")
            .field("form", &self.form())
            .field("conditions", &self.conditions())
            .finish_non_exhaustive()
    }
}
