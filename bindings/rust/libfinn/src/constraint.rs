//! What the integral of f has to be.
use std::fmt;
use std::ptr::null;
use std::sync::Arc;

use libfinn_sys as sys;

use crate::builders::ConstraintOptions;
use crate::enumerations::{Bound, Method, Transition, answer};
use crate::error::{Result, check, require_length};
use crate::handle::Handle;
use crate::linear_constraint::{LinearConstraint, Packed};
use crate::rows::{count, number};

answer! {
    /// The form of a constraint.
    ConstraintForm {
        /// [`Constraint::none`].
        None = FINN_CONSTRAINT_NONE,
        /// [`Constraint::equal`].
        Equal = FINN_CONSTRAINT_EQUAL,
        /// [`Constraint::bounded`].
        Bounded = FINN_CONSTRAINT_BOUNDED,
        /// [`Constraint::learned`].
        Learned = FINN_CONSTRAINT_LEARNED,
        /// [`Constraint::per_row`].
        PerRow = FINN_CONSTRAINT_PER_ROW,
        /// [`Constraint::linear`].
        Linear = FINN_CONSTRAINT_LINEAR,
    }
}

/// What the integral J of f over the domain has to be, and how f is made of f', the mixed partial
/// of the network, whose integral is I, to have it; V is the volume of the box of u.
/// `docs/CONSTRAINTS.md` derives all of them. f has the integral exactly, whatever the parameters.
///
/// A constraint never changes, serves any number of models and threads, and a clone shares it.
#[derive(Clone)]
pub struct Constraint {
    handle: Arc<Handle<sys::finn_constraint>>,
}

impl Constraint {
    pub(crate) fn made(
        make: impl FnOnce(*mut *mut sys::finn_constraint, *mut sys::finn_error) -> sys::finn_status,
    ) -> Result<Self> {
        Ok(Self { handle: Arc::new(Handle::made(make)?) })
    }

    /// f is the mixed partial of the network as it stands.
    pub fn none() -> Result<Self> {
        // SAFETY: pointers that are valid for writing.
        Self::made(|made, error| unsafe { sys::finn_constraint_none(made, error) })
    }

    /// J is `target`, `[outputs]`; with [`Method::Scale`] and a positive network above 0.
    pub fn equal(method: Method, target: &[f64], options: &ConstraintOptions) -> Result<Self> {
        let (method, outputs) = (method as i32, count(target));
        // SAFETY: an array of the length that is given.
        Self::made(|made, error| unsafe {
            let (target, options) = (target.as_ptr(), &options.fields);
            sys::finn_constraint_equal(method, outputs, target, options, made, error)
        })
    }

    /// J is at least `lower` and at most `upper`, `[outputs]` each; one of the two may be missing:
    /// no bound on that side. `Transition::Smooth` with `Method::Scale` needs a positive network.
    pub fn bounded(
        method: Method,
        lower: Option<&[f64]>,
        upper: Option<&[f64]>,
        transition: Transition,
        options: &ConstraintOptions,
    ) -> Result<Self> {
        let outputs = lower.or(upper).map_or(0, <[f64]>::len);
        if let Some(upper) = upper {
            require_length("upper", upper.len(), outputs)?;
        }
        let pointer = |values: Option<&[f64]>| values.map_or(null(), <[f64]>::as_ptr);
        let (method, transition, outputs) = (method as i32, transition as i32, number(outputs));
        // SAFETY: two arrays of the outputs, or NULL.
        Self::made(|made, error| unsafe {
            let (lower, upper, options) = (pointer(lower), pointer(upper), &options.fields);
            sys::finn_constraint_bounded(
                method, outputs, lower, upper, transition, options, made, error,
            )
        })
    }

    /// J is any number, with [`Method::Scale`] any above 0, which is trained by itself and begins
    /// at `start`, `[outputs]`.
    pub fn learned(method: Method, start: &[f64], options: &ConstraintOptions) -> Result<Self> {
        let (method, outputs) = (method as i32, count(start));
        // SAFETY: an array of the length that is given.
        Self::made(|made, error| unsafe {
            let (start, options) = (start.as_ptr(), &options.fields);
            sys::finn_constraint_learned(method, outputs, start, options, made, error)
        })
    }

    /// The targets of a row are its last columns, one for each output. `transition` is `Clip` for
    /// [`Bound::Equal`], `Clip` or `Smooth` otherwise.
    pub fn per_row(
        method: Method,
        bound: Bound,
        outputs: usize,
        transition: Transition,
        options: &ConstraintOptions,
    ) -> Result<Self> {
        let (method, bound, transition) = (method as i32, bound as i32, transition as i32);
        // SAFETY: pointers that are valid for the call.
        Self::made(|made, error| unsafe {
            let (outputs, options) = (number(outputs), &options.fields);
            sys::finn_constraint_per_row(method, bound, outputs, transition, options, made, error)
        })
    }

    /// The nearest f' + g in L2 for which all of these integrals, at most 64, hold at once, in at
    /// most [`max_variables`](crate::max_variables) variables.
    pub fn linear(
        variables: usize,
        outputs: usize,
        constraints: &[LinearConstraint],
    ) -> Result<Self> {
        let packed = Packed::new(variables, outputs, constraints)?;
        let (variables, outputs) = (number(variables), number(outputs));
        // SAFETY: arrays of so many constraints, variables and outputs.
        Self::made(|made, error| unsafe {
            sys::finn_constraint_linear(
                variables,
                outputs,
                count(constraints),
                packed.lower.as_ptr(),
                packed.upper.as_ptr(),
                packed.powers.as_ptr(),
                packed.value.as_ptr(),
                made,
                error,
            )
        })
    }

    pub(crate) fn as_ptr(&self) -> *const sys::finn_constraint {
        self.handle.as_ptr()
    }

    /// Which of the constructors made it.
    pub fn form(&self) -> ConstraintForm {
        // SAFETY: a live handle.
        ConstraintForm::from_code(unsafe { sys::finn_constraint_get_form(self.as_ptr()) })
    }

    /// The outputs that it was made for; 0 for [`Constraint::none`], which takes any.
    pub fn outputs(&self) -> usize {
        // SAFETY: a live handle.
        unsafe { sys::finn_constraint_outputs(self.as_ptr()) as usize }
    }

    /// The least and the largest J of each output, infinite where there is no bound;
    /// [`Argument`](crate::Status::Argument) for those without such numbers of their own, which are
    /// [`ConstraintForm::PerRow`] and [`ConstraintForm::Linear`].
    pub fn bounds(&self) -> Result<(Vec<f64>, Vec<f64>)> {
        let (mut lower, mut upper) = (vec![0.0; self.outputs()], vec![0.0; self.outputs()]);
        // SAFETY: a live handle, and two arrays of its outputs.
        check(|error| unsafe {
            let (length, upper) = (lower.len() as i64, upper.as_mut_ptr());
            sys::finn_constraint_bounds(self.as_ptr(), lower.as_mut_ptr(), upper, length, error)
        })?;
        Ok((lower, upper))
    }
}

impl fmt::Debug for Constraint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Constraint")
            .field("form", &self.form())
            .field("outputs", &self.outputs())
            .finish_non_exhaustive()
    }
}
