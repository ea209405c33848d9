//! The integrals of `Constraint::linear`.
use crate::error::{Error, Result, require_length};
use crate::version::max_variables;

/// The integral over a sub-box of a product of powers of the variables times f is to have a value:
/// `LinearConstraint::new(&[0.5]).within(&[0.0], &[1.0]).powers(&[1])`. Limits and powers are those
/// of u.
#[derive(Clone, Debug)]
#[must_use]
pub struct LinearConstraint {
    value: Vec<f64>,
    limits: Option<(Vec<f64>, Vec<f64>)>,
    powers: Option<Vec<i32>>,
}

impl LinearConstraint {
    /// The integral of each output over the whole domain.
    pub fn new(value: &[f64]) -> Self {
        Self { value: value.to_vec(), limits: None, powers: None }
    }

    /// Over a sub-box instead, within the domain; infinite limits stand for those of the domain.
    pub fn within(mut self, lower: &[f64], upper: &[f64]) -> Self {
        self.limits = Some((lower.to_vec(), upper.to_vec()));
        self
    }

    /// Of prod_i u_i^powers\[i\] f, each 0 ..= 8 and above 0 in at most three variables, instead of
    /// f: a moment.
    pub fn powers(mut self, powers: &[i32]) -> Self {
        self.powers = Some(powers.to_vec());
        self
    }
}

/// Constraints as C takes them: `[count][variables]`, and the values `[count][outputs]`.
#[derive(Default)]
pub(crate) struct Packed {
    pub lower: Vec<f64>,
    pub upper: Vec<f64>,
    pub powers: Vec<i32>,
    pub value: Vec<f64>,
}

/// Appends a row of so many numbers: those that are given, or `missing` everywhere.
fn append<T: Copy>(
    all: &mut Vec<T>,
    name: &str,
    given: Option<&Vec<T>>,
    (missing, variables): (T, usize),
) -> Result<()> {
    let Some(given) = given else {
        all.resize(all.len() + variables, missing);
        return Ok(());
    };
    require_length(name, given.len(), variables)?;
    all.extend_from_slice(given);
    Ok(())
}

impl Packed {
    pub(crate) fn new(
        variables: usize,
        outputs: usize,
        constraints: &[LinearConstraint],
    ) -> Result<Self> {
        if variables > max_variables() {
            let expected = format!("{variables} given, at most {} expected", max_variables());
            return Err(Error::argument("variables", &expected));
        }
        let (mut packed, infinity) = (Self::default(), f64::INFINITY);
        for constraint in constraints {
            let limits = constraint.limits.as_ref();
            let (lower, upper) = (limits.map(|(lower, _)| lower), limits.map(|(_, upper)| upper));
            append(&mut packed.lower, "lower", lower, (-infinity, variables))?;
            append(&mut packed.upper, "upper", upper, (infinity, variables))?;
            append(&mut packed.powers, "powers", constraint.powers.as_ref(), (0, variables))?;
            require_length("value", constraint.value.len(), outputs)?;
            packed.value.extend_from_slice(&constraint.value);
        }
        Ok(packed)
    }
}
