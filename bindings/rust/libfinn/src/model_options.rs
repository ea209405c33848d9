//! What a model is made of. Defaults are those of the library.
use std::ptr::null;

use libfinn_sys as sys;

use crate::domain::Domain;
use crate::error::{Result, require_length};
use crate::linear_constraint::LinearConstraint;
use crate::options::{
    Activation, Approach, Bound, Conditioning, Constraint, Coordinates, Head, LastLayer,
    Positivity, Precision, ReadOut, Sharing, count, initialised,
};

/// What a model is made of: `ModelOptions::new(&lower, &upper).epsilon(&[2.0]).widths(&[64, 64])`,
/// or `ModelOptions::on(&domain)`.
///
/// `widths`, `activation`, `last_layer`, `patterns` and `read_out` belong to [`Head::Mlp`] and
/// choose it under `Head::Auto`, as `Positivity::None` does; `terms` and `factor_steps` belong to
/// [`Head::Product`]. The other head refuses them.
#[derive(Clone, Debug)]
#[must_use]
pub struct ModelOptions {
    lower: Vec<f64>,
    upper: Vec<f64>,
    widths: Option<Vec<i32>>,
    epsilon: Option<Vec<f64>>,
    lower_epsilon: Option<Vec<f64>>,
    linear_constraints: Vec<LinearConstraint>,
    condition_range: Option<(Vec<f64>, Vec<f64>)>,
    condition_widths: Option<Vec<i32>>,
    domain: Option<Domain>,
    /// All that is no array; the array fields are set by `view`.
    fields: sys::finn_model_options,
}

// SAFETY: the pointers in `fields` are NULL; `view` fills them in a copy.
unsafe impl Send for ModelOptions {}
// SAFETY: as above; no method changes anything through a shared reference.
unsafe impl Sync for ModelOptions {}

impl ModelOptions {
    /// A box, one pair of limits for each variable.
    pub fn new(lower: &[f64], upper: &[f64]) -> Self {
        Self {
            lower: lower.to_vec(),
            upper: upper.to_vec(),
            widths: None,
            epsilon: None,
            lower_epsilon: None,
            linear_constraints: Vec::new(),
            condition_range: None,
            condition_widths: None,
            domain: None,
            fields: initialised(sys::finn_model_options_init_sized),
        }
    }

    /// A region other than a box; the model keeps what it needs of it.
    pub fn on(domain: &Domain) -> Self {
        Self { domain: Some(domain.clone()), ..Self::new(&[], &[]) }
    }

    /// `Head::Auto` by default.
    pub fn head(mut self, head: Head) -> Self {
        self.fields.head = head as i32;
        self
    }

    /// The number of outputs; 1 by default.
    pub fn outputs(mut self, outputs: i32) -> Self {
        self.fields.outputs = outputs;
        self
    }

    /// The widths of the hidden layers of `Head::Mlp`; two of 32 by default. May be empty: a
    /// single layer.
    pub fn widths(mut self, widths: &[i32]) -> Self {
        self.widths = Some(widths.to_vec());
        self
    }

    /// The type in which the model computes; `Float64` by default.
    pub fn precision(mut self, precision: Precision) -> Self {
        self.fields.precision = precision as i32;
        self
    }

    /// `Positivity::Auto` by default.
    pub fn positivity(mut self, positivity: Positivity) -> Self {
        self.fields.positivity = positivity as i32;
        self
    }

    /// `Activation::Auto` by default.
    pub fn activation(mut self, activation: Activation) -> Self {
        self.fields.activation = activation as i32;
        self
    }

    /// `LastLayer::Linear` by default.
    pub fn last_layer(mut self, last_layer: LastLayer) -> Self {
        self.fields.last_layer = last_layer as i32;
        self
    }

    /// Patterns of signs of `Head::Mlp`, 1 ..= 2^variables, each with hidden layers of its own and
    /// with positivity; 1 by default.
    pub fn patterns(mut self, patterns: i32) -> Self {
        self.fields.patterns = patterns;
        self
    }

    /// `ReadOut::Last` by default.
    pub fn read_out(mut self, read_out: ReadOut) -> Self {
        self.fields.read_out = read_out as i32;
        self
    }

    /// `Sharing::Trunk` by default.
    pub fn sharing(mut self, sharing: Sharing) -> Self {
        self.fields.sharing = sharing as i32;
        self
    }

    /// Terms of the sum of `Head::Product`; 64 by default.
    pub fn terms(mut self, terms: i32) -> Self {
        self.fields.terms = terms;
        self
    }

    /// Steps of sigma_1 in each factor Phi_ij of `Head::Product`, at most 64; 4 by default.
    pub fn factor_steps(mut self, steps: i32) -> Self {
        self.fields.steps = steps;
        self
    }

    /// `Constraint::Auto` by default.
    pub fn constraint(mut self, constraint: Constraint) -> Self {
        self.fields.constraint = constraint as i32;
        self
    }

    /// The integral of each output over the domain; 1 by default.
    pub fn epsilon(mut self, epsilon: &[f64]) -> Self {
        self.epsilon = Some(epsilon.to_vec());
        self
    }

    /// The share of epsilon that is spread evenly, in [0, 1); with `Constraint::Scale` only.
    pub fn floor(mut self, floor: f64) -> Self {
        self.fields.floor = floor;
        self
    }

    /// What the integral has to be, with `Scale` and `Shift`; `Bound::Equal` by default.
    pub fn bound(mut self, bound: Bound) -> Self {
        self.fields.bound = bound as i32;
        self
    }

    /// How the integral follows that of the network; `Approach::Hard` by default.
    pub fn approach(mut self, approach: Approach) -> Self {
        self.fields.approach = approach as i32;
        self
    }

    /// The lower bound of each output with `Bound::Between`; epsilon is the upper one.
    pub fn lower_epsilon(mut self, lower_epsilon: &[f64]) -> Self {
        self.lower_epsilon = Some(lower_epsilon.to_vec());
        self
    }

    /// With `Shift`, `Smooth` and `AtMost` or `AtLeast`: how far from a bound the integral feels
    /// it; 1 by default.
    pub fn softness(mut self, softness: f64) -> Self {
        self.fields.softness = softness;
        self
    }

    /// One more of the constraints of `Constraint::Projection`; at most 64.
    pub fn linear_constraint(mut self, linear: LinearConstraint) -> Self {
        self.linear_constraints.push(linear);
        self
    }

    /// Epsilon belongs to the sample: the last columns of a row, one for each output.
    pub fn sample_epsilon(mut self, by_sample: bool) -> Self {
        self.fields.sample_epsilon = i32::from(by_sample);
        self
    }

    /// f(x | c): conditions c are the columns of a row after x; none by default.
    pub fn conditions(mut self, conditions: i32) -> Self {
        self.fields.conditions = conditions;
        self
    }

    /// `Conditioning::Auto` by default.
    pub fn conditioning(mut self, conditioning: Conditioning) -> Self {
        self.fields.conditioning = conditioning as i32;
        self
    }

    /// The range of the conditions, by which they are standardised, no limit; [-1, 1] by default.
    pub fn condition_range(mut self, lower: &[f64], upper: &[f64]) -> Self {
        self.condition_range = Some((lower.to_vec(), upper.to_vec()));
        self
    }

    /// The widths of the hidden layers of the network of the conditions; two of 32 by default.
    pub fn condition_widths(mut self, widths: &[i32]) -> Self {
        self.condition_widths = Some(widths.to_vec());
        self
    }

    /// `Coordinates::Standard` by default.
    pub fn coordinates(mut self, coordinates: Coordinates) -> Self {
        self.fields.coordinates = coordinates as i32;
        self
    }

    /// The seed of the initial parameters; 0 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.fields.seed = seed;
        self
    }

    pub(crate) fn domain(&self) -> Option<&Domain> {
        self.domain.as_ref()
    }

    fn variables(&self) -> usize {
        self.domain.as_ref().map_or(self.lower.len(), Domain::variables)
    }

    fn require_lengths(&self) -> Result<()> {
        require_length("upper", self.upper.len(), self.lower.len())?;
        let outputs = usize::try_from(self.fields.outputs).unwrap_or(0);
        let conditions = usize::try_from(self.fields.conditions).unwrap_or(0);
        let condition_limits = self.condition_range.as_ref();
        for (name, values, expected) in [
            ("epsilon", self.epsilon.as_ref(), outputs),
            ("lower_epsilon", self.lower_epsilon.as_ref(), outputs),
            ("condition_range: lower", condition_limits.map(|(lower, _)| lower), conditions),
            ("condition_range: upper", condition_limits.map(|(_, upper)| upper), conditions),
        ] {
            values.map_or(Ok(()), |given| require_length(name, given.len(), expected))?;
        }
        Ok(())
    }

    /// Runs `call` on the C struct, which points into this one.
    pub(crate) fn view<R>(
        &self,
        call: impl FnOnce(&sys::finn_model_options) -> Result<R>,
    ) -> Result<R> {
        self.require_lengths()?;
        let outputs = usize::try_from(self.fields.outputs).unwrap_or(0);
        let linear = self
            .linear_constraints
            .iter()
            .map(|linear| linear.view(self.variables(), outputs))
            .collect::<Result<Vec<_>>>()?;
        let mut options = self.fields;
        options.variables = self.variables() as i32;
        if let Some(domain) = &self.domain {
            options.domain = domain.as_ptr();
        } else {
            options.lower = self.lower.as_ptr();
            options.upper = self.upper.as_ptr();
        }
        options.widths = self.widths.as_ref().map_or(null(), Vec::as_ptr);
        options.hidden_layers = self.widths.as_deref().map_or(0, count);
        options.epsilon = self.epsilon.as_ref().map_or(null(), Vec::as_ptr);
        options.lower_epsilon = self.lower_epsilon.as_ref().map_or(null(), Vec::as_ptr);
        if !linear.is_empty() {
            options.linear_constraints = linear.as_ptr();
            options.linear_constraint_count = count(&linear);
        }
        if let Some((lower, upper)) = &self.condition_range {
            options.condition_lower = lower.as_ptr();
            options.condition_upper = upper.as_ptr();
        }
        options.condition_widths = self.condition_widths.as_ref().map_or(null(), Vec::as_ptr);
        options.condition_layers = self.condition_widths.as_deref().map_or(0, count);
        call(&options)
    }
}
