//! The kinds of [`Domain`]: one constructor for each.
use std::ptr::null;

use libfinn_sys as sys;

use crate::domain::Domain;
use crate::enumerations::{Direction, Tail};
use crate::error::{Error, Result, require_length};
use crate::options::initialised;
use crate::own_map::{OwnMap, OwnStar, on_determinant, on_radius, on_to_box, on_to_point};
use crate::panics::{Panics, Waiting, release};
use crate::rows::{count, number, rows_of};
use crate::text::c_text;

/// A kind whose arguments hold no closure.
fn plain(
    make: impl FnOnce(*mut *mut sys::finn_domain, *mut sys::finn_error) -> sys::finn_status,
) -> Result<Domain> {
    Domain::made(Panics::default(), make)
}

/// In one dimension, and straight.
impl Domain {
    /// The box `[lower, upper]`, `[variables]` each, where f goes on outside of it and means
    /// nothing there; up to [`max_mixture_variables`](crate::max_mixture_variables). u = x.
    pub fn open_box(lower: &[f64], upper: &[f64]) -> Result<Self> {
        require_length("upper", upper.len(), lower.len())?;
        // SAFETY: two arrays of the length that is given.
        plain(|domain, error| unsafe {
            let variables = count(lower);
            sys::finn_domain_open_box(variables, lower.as_ptr(), upper.as_ptr(), domain, error)
        })
    }

    /// The box `[lower, upper]` with f = 0 outside, in up to
    /// [`max_variables`](crate::max_variables) variables, like all other regions. u = x.
    pub fn box_of(lower: &[f64], upper: &[f64]) -> Result<Self> {
        require_length("upper", upper.len(), lower.len())?;
        // SAFETY: two arrays of the length that is given.
        plain(|domain, error| unsafe {
            let variables = count(lower);
            sys::finn_domain_box(variables, lower.as_ptr(), upper.as_ptr(), domain, error)
        })
    }

    /// The whole line, one variable. u in [0, 1] is the share of a normal, logistic or Cauchy
    /// density with z = (x - centre)/scale.
    pub fn line(centre: f64, scale: f64, tail: Tail) -> Result<Self> {
        // SAFETY: no arrays.
        plain(|domain, error| unsafe {
            sys::finn_domain_line(centre, scale, tail as i32, domain, error)
        })
    }

    /// All points on one side of `end`, one variable. u in [0, 1] is the share of the density of
    /// z = |x - end|/scale: half-normal, exponential, or 1/(1 + z)^2.
    pub fn half_line(end: f64, direction: Direction, scale: f64, tail: Tail) -> Result<Self> {
        // SAFETY: no arrays.
        plain(|domain, error| unsafe {
            sys::finn_domain_half_line(end, direction as i32, scale, tail as i32, domain, error)
        })
    }

    /// corner + sum_i u_i edges_i, u in [0, 1]^n: `corner` is `[variables]`, `edges`
    /// `[variables][variables]`, an edge in each row.
    pub fn parallelepiped(corner: &[f64], edges: &[f64]) -> Result<Self> {
        require_length("edges", edges.len(), corner.len().saturating_mul(corner.len()))?;
        // SAFETY: arrays of the lengths that were checked.
        plain(|domain, error| unsafe {
            let (variables, edges) = (count(corner), edges.as_ptr());
            sys::finn_domain_parallelepiped(variables, corner.as_ptr(), edges, domain, error)
        })
    }

    /// The convex hull of `vertices`, `[variables + 1][variables]`; a triangle for two variables.
    pub fn simplex(variables: usize, vertices: &[f64]) -> Result<Self> {
        let expected = variables.saturating_add(1).saturating_mul(variables);
        require_length("vertices", vertices.len(), expected)?;
        let variables = number(variables);
        // SAFETY: an array of the length that was checked.
        plain(|domain, error| unsafe {
            sys::finn_domain_simplex(variables, vertices.as_ptr(), domain, error)
        })
    }

    /// A convex polygon: `vertices` are `[count][2]`, count >= 3, in either order around it. A
    /// vertex that is the same as the one before it or that lies on a side is left out.
    pub fn polygon(vertices: &[f64]) -> Result<Self> {
        let count = rows_of("vertices", vertices.len(), 2)? as i64;
        // SAFETY: an array of count rows.
        plain(|domain, error| unsafe {
            sys::finn_domain_polygon(vertices.as_ptr(), count, domain, error)
        })
    }
}

/// Round, in two and three dimensions.
impl Domain {
    /// u = (share of the area from the centre outwards, angle in [0, 2 pi]).
    pub fn disk(centre: [f64; 2], radius: f64) -> Result<Self> {
        // SAFETY: two numbers.
        plain(|domain, error| unsafe {
            sys::finn_domain_disk(centre.as_ptr(), radius, domain, error)
        })
    }

    /// What lies between two circles: 0 <= inner < outer. u is that of the disk.
    pub fn annulus(centre: [f64; 2], inner: f64, outer: f64) -> Result<Self> {
        // SAFETY: two numbers.
        plain(|domain, error| unsafe {
            sys::finn_domain_annulus(centre.as_ptr(), inner, outer, domain, error)
        })
    }

    /// The part of an annulus of radii (inner, outer) with from <= angle <= to <= from + 2 pi;
    /// inner may be 0.
    pub fn sector(
        centre: [f64; 2],
        (inner, outer): (f64, f64),
        (from, to): (f64, f64),
    ) -> Result<Self> {
        // SAFETY: two numbers.
        plain(|domain, error| unsafe {
            sys::finn_domain_sector(centre.as_ptr(), inner, outer, from, to, domain, error)
        })
    }

    /// Semi-axes along the coordinate axes, then turned by `turn` radians. u is that of the disk.
    pub fn ellipse(centre: [f64; 2], semi_axes: [f64; 2], turn: f64) -> Result<Self> {
        // SAFETY: two numbers each.
        plain(|domain, error| unsafe {
            sys::finn_domain_ellipse(centre.as_ptr(), semi_axes.as_ptr(), turn, domain, error)
        })
    }

    /// A disk by the map that the paper prints: u = (radius, angle), w = 1/radius, singular at the
    /// centre.
    pub fn polar(centre: [f64; 2], radius: f64) -> Result<Self> {
        // SAFETY: two numbers.
        plain(|domain, error| unsafe {
            sys::finn_domain_polar(centre.as_ptr(), radius, domain, error)
        })
    }

    /// u = (share of the volume from the centre outwards, cosine of the angle from the third axis,
    /// azimuth in [0, 2 pi]).
    pub fn ball(centre: [f64; 3], radius: f64) -> Result<Self> {
        // SAFETY: three numbers.
        plain(|domain, error| unsafe {
            sys::finn_domain_ball(centre.as_ptr(), radius, domain, error)
        })
    }

    /// What lies between two spheres: 0 <= inner < outer. u is that of the ball.
    pub fn shell(centre: [f64; 3], inner: f64, outer: f64) -> Result<Self> {
        // SAFETY: three numbers.
        plain(|domain, error| unsafe {
            sys::finn_domain_shell(centre.as_ptr(), inner, outer, domain, error)
        })
    }

    /// A disk in the first two variables times bottom <= x_3 <= top.
    pub fn cylinder(centre: [f64; 2], radius: f64, bottom: f64, top: f64) -> Result<Self> {
        // SAFETY: two numbers.
        plain(|domain, error| unsafe {
            sys::finn_domain_cylinder(centre.as_ptr(), radius, bottom, top, domain, error)
        })
    }
}

/// Given by closures, which the domain owns until it and all that was made of it are gone.
impl Domain {
    /// centre + t radius(d) d for all unit vectors d and 0 <= t <= 1: `centre` is `[variables]`,
    /// two or three. u is that of the disk or ball. The radius is above 0; it is asked on any
    /// thread of a workspace, and on several at once. One that is no length is an error of status
    /// [`Argument`](crate::Status::Argument), here or whenever it comes.
    ///
    /// A model file finds the star again by its name; without one a model on it cannot be saved.
    pub fn star(
        name: Option<&str>,
        centre: &[f64],
        radius: impl Fn(&[f64]) -> f64 + Send + Sync + 'static,
    ) -> Result<Self> {
        let name = name.map(|name| c_text("name", name)).transpose()?;
        let (variables, waiting) = (centre.len(), Waiting::default());
        let panics = Panics::of(waiting.clone());
        let star = Box::new(OwnStar { variables, radius: Box::new(radius), waiting });
        let user_data = Box::into_raw(star).cast();
        // SAFETY: an array of the length that is given, and a terminated name. The library owns the
        // star from here on and releases it once, also when this fails.
        Self::made(panics, |domain, error| unsafe {
            sys::finn_domain_star(
                name.as_ref().map_or(null(), |name| name.as_ptr()),
                count(centre),
                centre.as_ptr(),
                Some(on_radius),
                user_data,
                Some(release::<OwnStar>),
                domain,
                error,
            )
        })
    }

    /// A map of your own. It is tried at 100 points of the box: fails, naming the point, when the
    /// round trip comes back elsewhere, the determinant is not that of differences, or vanishes, or
    /// changes its sign. A point that leads to no u is outside.
    pub fn map(map: OwnMap) -> Result<Self> {
        if map.upper.len() != map.lower.len() {
            return Err(Error::size("upper", map.upper.len(), map.lower.len()));
        }
        let name = map.name.as_deref().map(|name| c_text("name", name)).transpose()?;
        let panics = Panics::of(map.waiting.clone());
        let map = Box::into_raw(Box::new(map));
        // SAFETY: the map was just made; only the library's callbacks share it, and read it alone.
        let own = unsafe { &*map };
        let mut options = initialised(sys::finn_map_options_init);
        options.name = name.as_ref().map_or(null(), |name| name.as_ptr());
        options.variables = count(&own.lower);
        (options.lower, options.upper) = (own.lower.as_ptr(), own.upper.as_ptr());
        options.to_point = Some(on_to_point);
        options.to_box = own.to_box.as_ref().map(|_| on_to_box as _);
        options.determinant = own.determinant.as_ref().map(|_| on_determinant as _);
        options.user_data = map.cast();
        options.release = Some(release::<OwnMap>);
        // SAFETY: the library copies limits and name before it may release the map, which it owns from
        // here on and releases once, also when this fails.
        Self::made(panics, |domain, error| unsafe { sys::finn_domain_map(&options, domain, error) })
    }
}
