//! The closures of a domain behind the callbacks of finn.h.
use std::ffi::c_void;
use std::slice;

use crate::panics::Waiting;

/// The distance from the centre to the edge along a unit vector.
pub(crate) type Radius = Box<dyn Fn(&[f64]) -> f64 + Send + Sync>;
/// Reads the first point and writes the second.
pub(crate) type Map = Box<dyn Fn(&[f64], &mut [f64]) + Send + Sync>;
/// The determinant at u.
pub(crate) type Determinant = Box<dyn Fn(&[f64]) -> f64 + Send + Sync>;

/// The user_data of a star.
pub(crate) struct OwnStar {
    pub variables: usize,
    pub radius: Radius,
    pub waiting: Waiting,
}

/// A map of your own for [`Domain::map`](crate::Domain::map), from the box `[lower, upper]` of u.
///
/// Closures are called on any thread of a workspace, and on several at once, as long as a domain or
/// model uses the map. Points are `[variables]`.
#[must_use]
pub struct OwnMap {
    pub(crate) name: Option<String>,
    pub(crate) lower: Vec<f64>,
    pub(crate) upper: Vec<f64>,
    pub(crate) to_point: Map,
    pub(crate) to_box: Option<Map>,
    pub(crate) determinant: Option<Determinant>,
    pub(crate) waiting: Waiting,
}

impl OwnMap {
    /// `to_point(u, x)` writes x = r(u); it is called for u in the box only.
    pub fn new(
        lower: &[f64],
        upper: &[f64],
        to_point: impl Fn(&[f64], &mut [f64]) + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: None,
            lower: lower.to_vec(),
            upper: upper.to_vec(),
            to_point: Box::new(to_point),
            to_box: None,
            determinant: None,
            waiting: Waiting::default(),
        }
    }

    /// The name by which a model file finds the map again; without one a model on it cannot be
    /// saved.
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    /// `to_box(x, u)` writes the u of x; Newton's method by default, at many calls of `to_point`.
    pub fn to_box(mut self, to_box: impl Fn(&[f64], &mut [f64]) + Send + Sync + 'static) -> Self {
        self.to_box = Some(Box::new(to_box));
        self
    }

    /// det dr/du at u, of any sign; from differences of `to_point` by default.
    pub fn determinant(
        mut self,
        determinant: impl Fn(&[f64]) -> f64 + Send + Sync + 'static,
    ) -> Self {
        self.determinant = Some(Box::new(determinant));
        self
    }

    /// # Safety
    /// Both hold as many numbers as the map has variables, and do not overlap.
    unsafe fn call(&self, map: &Map, from: *const f64, to: *mut f64) -> i32 {
        let variables = self.lower.len();
        // SAFETY: the caller's promise.
        let (from, to) = unsafe {
            (slice::from_raw_parts(from, variables), slice::from_raw_parts_mut(to, variables))
        };
        self.waiting.guard(|| map(from, to))
    }
}

/// # Safety
/// `direction` holds the variables of the star, and `user_data` points to its `OwnStar`.
pub(crate) unsafe extern "C" fn on_radius(
    direction: *const f64,
    radius: *mut f64,
    user_data: *mut c_void,
) -> i32 {
    // SAFETY: no one changes the star; the library hands out its unit vector and one number.
    let (star, radius) = unsafe { (&*user_data.cast::<OwnStar>(), &mut *radius) };
    // SAFETY: the caller's promise.
    let direction = unsafe { slice::from_raw_parts(direction, star.variables) };
    star.waiting.guard(|| *radius = (star.radius)(direction))
}

/// # Safety
/// `u` and `x` hold the variables of the map, and `user_data` points to its `OwnMap`.
pub(crate) unsafe extern "C" fn on_to_point(
    u: *const f64,
    x: *mut f64,
    user_data: *mut c_void,
) -> i32 {
    // SAFETY: no one changes the map.
    unsafe {
        let own = &*user_data.cast::<OwnMap>();
        own.call(&own.to_point, u, x)
    }
}

/// # Safety
/// `x` and `u` hold the variables of the map, and `user_data` points to its `OwnMap`.
pub(crate) unsafe extern "C" fn on_to_box(
    x: *const f64,
    u: *mut f64,
    user_data: *mut c_void,
) -> i32 {
    // SAFETY: no one changes the map.
    unsafe {
        let own = &*user_data.cast::<OwnMap>();
        own.to_box.as_ref().map_or(1, |map| own.call(map, x, u))
    }
}

/// # Safety
/// `u` holds the variables of the map, `determinant` one number to write, and `user_data` points to
/// the `OwnMap`.
pub(crate) unsafe extern "C" fn on_determinant(
    u: *const f64,
    determinant: *mut f64,
    user_data: *mut c_void,
) -> i32 {
    // SAFETY: no one changes the map; the library hands out one number.
    let (own, result) = unsafe { (&*user_data.cast::<OwnMap>(), &mut *determinant) };
    let Some(determinant) = &own.determinant else { return 1 };
    // SAFETY: the caller's promise.
    let u = unsafe { slice::from_raw_parts(u, own.lower.len()) };
    own.waiting.guard(|| *result = determinant(u))
}
