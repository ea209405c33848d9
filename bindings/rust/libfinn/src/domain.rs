//! Regions other than boxes: the handle, and what can be asked of it.
use std::fmt;
use std::ptr::{NonNull, null_mut};
use std::sync::Arc;

use libfinn_sys as sys;

use crate::error::{Result, check, require_length};
use crate::panics::Panics;
use crate::rows::rows_of;

/// A region of x, a box of u and a map x = r(u) between them, for
/// [`ModelOptions::on`](crate::ModelOptions::on). f(x) = f_u(u(x)) w(x) with w = 1/|det dr/du|, so
/// the integral of f over the region is that of f_u over the box; `docs/DOMAINS.md` has the maps.
///
/// A domain never changes, and a clone shares it. Models and domains that were made of it outlive
/// it. Constructors fail on what is no region ([`Argument`](crate::Status::Argument)), on numbers
/// that are not finite ([`NotFinite`](crate::Status::NotFinite)) and on lengths that do not fit
/// ([`Size`](crate::Status::Size)), and name the argument.
///
/// A panic in a closure of [`Domain::star`] or [`Domain::map`] comes out of the call that needed
/// the closure. Where several threads ask at once and several panic, one of them has the panic and
/// the others an error of status [`Callback`](crate::Status::Callback).
#[derive(Clone)]
pub struct Domain {
    handle: Arc<Handle>,
    panics: Panics,
}

struct Handle(NonNull<sys::finn_domain>);

// SAFETY: a finn_domain is bound to no thread, and the closures it may own are Send.
unsafe impl Send for Handle {}
// SAFETY: finn.h lets any thread use a domain, which no one can change; its closures are Sync.
unsafe impl Sync for Handle {}

impl Drop for Handle {
    fn drop(&mut self) {
        // SAFETY: the handle is ours and is not used again.
        unsafe { sys::finn_domain_destroy(self.0.as_ptr()) }
    }
}

impl Domain {
    /// A domain whose closures, which `make` may already call, leave their panics in `panics`.
    pub(crate) fn made(
        panics: Panics,
        make: impl FnOnce(*mut *mut sys::finn_domain, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Self> {
        let mut handle = null_mut();
        panics.resumed(check(|error| make(&mut handle, error)))?;
        let handle = NonNull::new(handle).expect("a created domain is not NULL");
        Ok(Self { handle: Arc::new(Handle(handle)), panics })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_domain {
        self.handle.0.as_ptr()
    }

    pub(crate) fn panics(&self) -> &Panics {
        &self.panics
    }

    /// matrix y + offset for all y of this domain: `matrix` is `[variables][variables]`, by rows,
    /// and not singular, `offset` is `[variables]`. u is that of y.
    pub fn affine(&self, matrix: &[f64], offset: &[f64]) -> Result<Self> {
        let variables = self.variables();
        require_length("matrix", matrix.len(), variables * variables)?;
        require_length("offset", offset.len(), variables)?;
        // SAFETY: a live handle, and arrays of the lengths that were checked.
        Self::made(self.panics.clone(), |domain, error| unsafe {
            let (matrix, offset) = (matrix.as_ptr(), offset.as_ptr());
            sys::finn_domain_affine(self.as_ptr(), matrix, offset, domain, error)
        })
    }

    /// All points whose variables, one after the other, lie in the factors; together at most
    /// [`max_variables`](crate::max_variables). u of a factor belongs to that factor alone.
    pub fn product(factors: &[Self]) -> Result<Self> {
        let handles: Vec<_> = factors.iter().map(Self::as_ptr).collect();
        let panics = Panics::of_all(factors.iter().map(Self::panics));
        // SAFETY: an array of live handles of the length that is given.
        Self::made(panics, |domain, error| unsafe {
            let count = i32::try_from(handles.len()).unwrap_or(i32::MAX);
            sys::finn_domain_product(handles.as_ptr(), count, domain, error)
        })
    }

    /// n, the dimensions of x and of u.
    pub fn variables(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_domain_variables(self.as_ptr()) as usize }
    }

    /// The box of u: its lower and its upper limits, `[variables]` each.
    pub fn limits(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        let (mut lower, mut upper) = (vec![0.0; self.variables()], vec![0.0; self.variables()]);
        // SAFETY: a live handle, and two arrays of its variables.
        check(|error| unsafe {
            let (lower, upper) = (lower.as_mut_ptr(), upper.as_mut_ptr());
            sys::finn_domain_limits(self.as_ptr(), lower, upper, error)
        })?;
        Ok((lower, upper))
    }

    /// x = r(u), both `[count][variables]` with at least one row; u outside the box is moved to its
    /// edge.
    pub fn to_point_into(&self, u: &[f64], x: &mut [f64]) -> Result<()> {
        let count = rows_of("u", u.len(), self.variables())? as i64;
        require_length("x", x.len(), u.len())?;
        // SAFETY: a live handle, and arrays of count rows.
        self.panics.resumed(check(|error| unsafe {
            sys::finn_domain_to_point(self.as_ptr(), u.as_ptr(), count, x.as_mut_ptr(), error)
        }))
    }

    /// As [`Domain::to_point_into`], into a new vector.
    pub fn to_point(&self, u: &[f64]) -> Result<Vec<f64>> {
        let mut x = vec![0.0; u.len()];
        self.to_point_into(u, &mut x)?;
        Ok(x)
    }

    /// u of x, both `[count][variables]` with at least one row, and, where wanted, log w `[count]`,
    /// which is minus infinity for a point outside, whose u lies on the edge of the box.
    pub fn to_box_into(
        &self,
        x: &[f64],
        u: &mut [f64],
        log_weight: Option<&mut [f64]>,
    ) -> Result<()> {
        let count = rows_of("x", x.len(), self.variables())?;
        require_length("u", u.len(), x.len())?;
        if let Some(log_weight) = &log_weight {
            require_length("log_weight", log_weight.len(), count)?;
        }
        let log_weight = log_weight.map_or(null_mut(), <[f64]>::as_mut_ptr);
        // SAFETY: a live handle, and arrays of count rows; log_weight may be NULL.
        self.panics.resumed(check(|error| unsafe {
            let (x, u, count) = (x.as_ptr(), u.as_mut_ptr(), count as i64);
            sys::finn_domain_to_box(self.as_ptr(), x, count, u, log_weight, error)
        }))
    }

    /// u and log w of [`Domain::to_box_into`], in new vectors.
    pub fn to_box(&self, x: &[f64]) -> Result<(Vec<f64>, Vec<f64>)> {
        let mut u = vec![0.0; x.len()];
        let mut log_weight = vec![0.0; rows_of("x", x.len(), self.variables())?];
        self.to_box_into(x, &mut u, Some(&mut log_weight))?;
        Ok((u, log_weight))
    }
}

impl fmt::Debug for Domain {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Domain")
            .field("variables", &self.variables())
            .finish_non_exhaustive()
    }
}
