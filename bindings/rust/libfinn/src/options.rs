//! What a model is made of and how it is trained. Defaults are those of the library.
use std::mem::MaybeUninit;
use std::ptr::null;

use libfinn_sys as sys;

use crate::error::{Result, require_length};

/// An enumeration of finn.h.
macro_rules! enumeration {
    (
        $(#[$doc:meta])*
        $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $value:ident,)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(i32)]
        pub enum $name { $($(#[$variant_doc])* $variant = sys::$value,)* }
    };
}

enumeration! {
    /// In which type a model computes.
    Precision {
        /// 64 bits.
        Float64 = FINN_FLOAT64,
        /// 32 bits.
        Float32 = FINN_FLOAT32,
    }
}
enumeration! {
    /// The map from free parameters to the weights of a positive network; biases are always free.
    Positivity {
        /// Plain weights: f may take either sign.
        None = FINN_POSITIVITY_NONE,
        /// |w|, as in the paper.
        Abs = FINN_POSITIVITY_ABS,
        /// log(1 + exp(w)).
        Softplus = FINN_POSITIVITY_SOFTPLUS,
        /// w^2.
        Square = FINN_POSITIVITY_SQUARE,
        /// exp(w).
        Exp = FINN_POSITIVITY_EXP,
    }
}
enumeration! {
    /// What follows each hidden layer.
    Activation {
        /// sigma_n for a positive network, tanh otherwise.
        Auto = FINN_ACTIVATION_AUTO,
        /// sigma_n, the (n-1)-fold integral of (1 + erf)/2.
        Sigma = FINN_ACTIVATION_SIGMA,
        /// Not with positivity: its second derivative changes sign.
        Tanh = FINN_ACTIVATION_TANH,
    }
}
enumeration! {
    /// What follows the last layer.
    LastLayer {
        /// Nothing.
        Linear = FINN_LAST_LAYER_LINEAR,
        /// As the paper prints it: the activation follows here too.
        Sigma = FINN_LAST_LAYER_SIGMA,
    }
}
enumeration! {
    /// How the integral is fixed.
    Constraint {
        /// `Scale` with positivity, `Shift` without.
        Auto = FINN_CONSTRAINT_AUTO,
        /// f is the mixed partial of the network as it stands.
        None = FINN_CONSTRAINT_NONE,
        /// f = epsilon f'/I: the paper's equality, singular at I = 0.
        Scale = FINN_CONSTRAINT_SCALE,
        /// f = f' + (epsilon - I)/volume: the L2 projection, never singular.
        Shift = FINN_CONSTRAINT_SHIFT,
    }
}
enumeration! {
    /// In which coordinates the network sees x.
    Coordinates {
        /// Each x_i mapped to unit variance in the box.
        Standard = FINN_COORDINATES_STANDARD,
        /// x as it is.
        Raw = FINN_COORDINATES_RAW,
    }
}
enumeration! {
    /// What a training step makes smaller.
    Loss {
        /// The mean over rows and outputs of (f - y)^2.
        SquaredError = FINN_LOSS_SQUARED_ERROR,
        /// The mean of -log f; needs positivity, and not `Constraint::Shift`.
        NegativeLogLikelihood = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD,
    }
}
enumeration! {
    /// How the learning rate goes.
    Schedule {
        /// From the learning rate to 0 along half a cosine.
        Cosine = FINN_SCHEDULE_COSINE,
        /// As it is.
        Constant = FINN_SCHEDULE_CONSTANT,
    }
}

/// Fills an options struct by its init function.
fn initialised<T>(init: unsafe extern "C" fn(*mut T) -> sys::finn_status) -> T {
    let mut options = MaybeUninit::uninit();
    // SAFETY: the function fills the struct that it is given; it fails with NULL alone.
    unsafe {
        init(options.as_mut_ptr());
        options.assume_init()
    }
}

/// What a model is made of: `ModelOptions::new(&lower, &upper).epsilon(&[2.0]).widths(&[64, 64])`.
#[derive(Clone, Debug)]
#[must_use]
pub struct ModelOptions {
    lower: Vec<f64>,
    upper: Vec<f64>,
    widths: Option<Vec<i32>>,
    epsilon: Option<Vec<f64>>,
    /// All that is no array; the array fields are set by `view`.
    fields: sys::finn_model_options,
}

// SAFETY: the pointers in `fields` are NULL; `view` fills them in a copy.
unsafe impl Send for ModelOptions {}
// SAFETY: as above; no method changes anything through a shared reference.
unsafe impl Sync for ModelOptions {}

impl ModelOptions {
    /// The domain, one pair of limits for each variable.
    pub fn new(lower: &[f64], upper: &[f64]) -> Self {
        let fields = initialised(sys::finn_model_options_init);
        Self { lower: lower.to_vec(), upper: upper.to_vec(), widths: None, epsilon: None, fields }
    }

    /// The number of outputs; 1 by default.
    pub fn outputs(mut self, outputs: i32) -> Self {
        self.fields.outputs = outputs;
        self
    }

    /// The widths of the hidden layers; two of 32 by default. May be empty: a single layer.
    pub fn widths(mut self, widths: &[i32]) -> Self {
        self.widths = Some(widths.to_vec());
        self
    }

    /// The type in which the model computes; `Float64` by default.
    pub fn precision(mut self, precision: Precision) -> Self {
        self.fields.precision = precision as i32;
        self
    }

    /// `Positivity::Abs` by default.
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

    /// Runs `call` on the C struct, which points into this one.
    pub(crate) fn view<R>(
        &self,
        call: impl FnOnce(&sys::finn_model_options) -> Result<R>,
    ) -> Result<R> {
        require_length("upper", self.upper.len(), self.lower.len())?;
        if let Some(epsilon) = &self.epsilon {
            let outputs = usize::try_from(self.fields.outputs).unwrap_or(0);
            require_length("epsilon", epsilon.len(), outputs)?;
        }
        let mut options = self.fields;
        options.variables = count(&self.lower);
        options.lower = self.lower.as_ptr();
        options.upper = self.upper.as_ptr();
        options.widths = self.widths.as_ref().map_or(null(), Vec::as_ptr);
        options.hidden_layers = self.widths.as_deref().map_or(0, count);
        options.epsilon = self.epsilon.as_ref().map_or(null(), Vec::as_ptr);
        call(&options)
    }
}

/// A length that does not fit is one that the library refuses, as it does the largest number.
fn count<T>(values: &[T]) -> i32 {
    i32::try_from(values.len()).unwrap_or(i32::MAX)
}

/// How a model is trained: Adam on mini-batches.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct TrainingOptions {
    pub(crate) fields: sys::finn_training_options,
}

impl Default for TrainingOptions {
    fn default() -> Self {
        Self { fields: initialised(sys::finn_training_options_init) }
    }
}

impl TrainingOptions {
    /// The defaults of the library.
    pub fn new() -> Self {
        Self::default()
    }

    /// Steps in all; 6000 by default.
    pub fn steps(mut self, steps: i64) -> Self {
        self.fields.steps = steps;
        self
    }

    /// Rows per step; by default 512, or all rows of a smaller data set.
    pub fn batch(mut self, batch: i64) -> Self {
        self.fields.batch = batch;
        self
    }

    /// 0.01 by default.
    pub fn learning_rate(mut self, learning_rate: f64) -> Self {
        self.fields.learning_rate = learning_rate;
        self
    }

    /// Adam's averages and what it adds to the root: 0.9, 0.999 and 1e-8 by default.
    pub fn adam(mut self, beta1: f64, beta2: f64, epsilon: f64) -> Self {
        self.fields.beta1 = beta1;
        self.fields.beta2 = beta2;
        self.fields.adam_epsilon = epsilon;
        self
    }

    /// `Loss::SquaredError` by default.
    pub fn loss(mut self, loss: Loss) -> Self {
        self.fields.loss = loss as i32;
        self
    }

    /// `Schedule::Cosine` by default.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.fields.schedule = schedule as i32;
        self
    }

    /// The seed of the shuffles and of the points that a sampler is handed; 0 by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.fields.seed = seed;
        self
    }

    /// Whether a fit needs targets.
    pub(crate) fn has_targets(&self) -> bool {
        self.fields.loss == sys::FINN_LOSS_SQUARED_ERROR
    }
}
