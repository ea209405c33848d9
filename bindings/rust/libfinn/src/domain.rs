//! Regions: the handle, and what can be asked of it.
use std::ffi::CStr;
use std::fmt;
use std::ptr::null_mut;
use std::sync::Arc;

use libfinn_sys as sys;

use crate::error::{Result, check, require_length, static_text};
use crate::handle::Handle;
use crate::panics::Panics;
use crate::rows::{count, rows_of};

/// A region of x, a box of u and a map x = r(u) between them. f(x) = f_u(u(x)) w(x) with
/// w = 1/|det dr/du|, so the integral of f over the region is that of f_u over the box;
/// `docs/DOMAINS.md` has the maps. Every model has a domain; [`Domain::open_box`] is the usual one.
///
/// A domain never changes, serves any number of threads, and a clone shares it. Models and domains
/// that were made of it outlive it. Constructors fail on what is no region
/// ([`Argument`](crate::Status::Argument)), on numbers that are not finite
/// ([`NotFinite`](crate::Status::NotFinite)) and on lengths that do not fit
/// ([`Size`](crate::Status::Size)), and name the argument.
///
/// A panic in a closure of [`Domain::star`] or [`Domain::map`] comes out of the call that needed
/// the closure. Where several threads ask at once and several panic, one of them has the panic and
/// the others an error of status [`Callback`](crate::Status::Callback).
#[derive(Clone)]
pub struct Domain {
    handle: Arc<Handle<sys::finn_domain>>,
    panics: Panics,
}

impl Domain {
    /// A domain whose closures, which `make` may already call, leave their panics in `panics`.
    pub(crate) fn made(
        panics: Panics,
        make: impl FnOnce(*mut *mut sys::finn_domain, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Self> {
        let handle = panics.resumed(Handle::made(make))?;
        Ok(Self { handle: Arc::new(handle), panics })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_domain {
        self.handle.as_ptr()
    }

    pub(crate) fn panics(&self) -> &Panics {
        &self.panics
    }

    /// matrix y + offset for all y of this domain: `matrix` is `[variables][variables]`, by rows,
    /// and of a condition number of at most 1e6, `offset` is `[variables]`. u is that of y. An open
    /// box counts as a box.
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
            sys::finn_domain_product(handles.as_ptr(), count(&handles), domain, error)
        })
    }

    /// n, the dimensions of x and of u.
    pub fn variables(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_domain_variables(self.as_ptr()) as usize }
    }

    /// `"open box"`, `"half-line"` and so on.
    pub fn kind(&self) -> &'static str {
        // SAFETY: a live handle; a terminated string of static storage.
        static_text(unsafe { sys::finn_domain_kind(self.as_ptr()) })
    }

    /// The name that a star or a map was given.
    pub fn name(&self) -> Option<&str> {
        // SAFETY: a live handle.
        let name = unsafe { sys::finn_domain_name(self.as_ptr()) };
        // SAFETY: where there is a name, it is terminated and lives as long as the domain.
        (!name.is_null()).then(|| unsafe { CStr::from_ptr(name) }.to_str().unwrap_or(""))
    }

    /// The box of u: its lower and its upper limits, `[variables]` each.
    pub fn limits(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        let (mut lower, mut upper) = (vec![0.0; self.variables()], vec![0.0; self.variables()]);
        // SAFETY: a live handle, and two arrays of its variables.
        check(|error| unsafe {
            let (length, upper) = (lower.len() as i64, upper.as_mut_ptr());
            sys::finn_domain_limits(self.as_ptr(), lower.as_mut_ptr(), upper, length, error)
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
            let (u, length) = (u.as_ptr(), x.len() as i64);
            sys::finn_domain_to_point(self.as_ptr(), u, count, x.as_mut_ptr(), length, error)
        }))
    }

    /// What [`Domain::to_point_into`] writes, in a new vector.
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
            let (x, length, count) = (x.as_ptr(), u.len() as i64, count as i64);
            let u = u.as_mut_ptr();
            sys::finn_domain_to_box(self.as_ptr(), x, count, u, length, log_weight, error)
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
            .field("kind", &self.kind())
            .field("name", &self.name())
            .field("variables", &self.variables())
            .finish_non_exhaustive()
    }
}
