//! How a model is trained. Defaults are those of the library.
use libfinn_sys as sys;

use crate::options::{Loss, Optimiser, Schedule, initialised};

/// How a model is trained: Adam on mini-batches, unless told otherwise. What each option does, when
/// to use it and what it costs: `docs/TRAINING.md`.
#[derive(Clone, Copy, Debug)]
#[must_use]
pub struct TrainingOptions {
    pub(crate) fields: sys::finn_training_options,
}

impl Default for TrainingOptions {
    fn default() -> Self {
        Self { fields: initialised(sys::finn_training_options_init_sized) }
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

    /// Rows per step; by default 512 (`Optimiser::Lbfgs`: all), or all rows of a smaller data set.
    pub fn batch(mut self, batch: i64) -> Self {
        self.fields.batch = batch;
        self
    }

    /// 0.01 by default.
    pub fn learning_rate(mut self, learning_rate: f64) -> Self {
        self.fields.learning_rate = learning_rate;
        self
    }

    /// `Optimiser::Adam` by default.
    pub fn optimiser(mut self, optimiser: Optimiser) -> Self {
        self.fields.optimiser = optimiser as i32;
        self
    }

    /// Adam's averages and what it adds to the root: 0.9, 0.999 and 1e-8 by default.
    pub fn adam(mut self, beta1: f64, beta2: f64, epsilon: f64) -> Self {
        self.fields.beta1 = beta1;
        self.fields.beta2 = beta2;
        self.fields.adam_epsilon = epsilon;
        self
    }

    /// Of `Optimiser::AdamW`; 0.01 by default.
    pub fn weight_decay(mut self, weight_decay: f64) -> Self {
        self.fields.weight_decay = weight_decay;
        self
    }

    /// Of `Optimiser::Sgd`, in [0, 1); 0.9 by default.
    pub fn momentum(mut self, momentum: f64) -> Self {
        self.fields.momentum = momentum;
        self
    }

    /// Whether the momentum of `Optimiser::Sgd` is Nesterov's; it is not by default.
    pub fn nesterov(mut self, nesterov: bool) -> Self {
        self.fields.nesterov = i32::from(nesterov);
        self
    }

    /// Of `Optimiser::Lbfgs`: pairs kept, 1 ..= 1000; 10 by default.
    pub fn lbfgs_memory(mut self, pairs: i64) -> Self {
        self.fields.lbfgs_memory = pairs;
        self
    }

    /// When `Optimiser::Lbfgs` is converged: no entry of the gradient is larger than the first, or
    /// a step gains a smaller share than the second; 1e-8 and 1e-9 by default.
    pub fn tolerances(mut self, gradient: f64, loss: f64) -> Self {
        self.fields.gradient_tolerance = gradient;
        self.fields.loss_tolerance = loss;
        self
    }

    /// The largest norm of a gradient; 0, the default, for any. Not with `Optimiser::Lbfgs`.
    pub fn gradient_clip(mut self, norm: f64) -> Self {
        self.fields.gradient_clip = norm;
        self
    }

    /// `Loss::SquaredError` by default.
    pub fn loss(mut self, loss: Loss) -> Self {
        self.fields.loss = loss as i32;
        self
    }

    /// Where `Loss::Huber` becomes linear; 1 by default.
    pub fn huber_delta(mut self, delta: f64) -> Self {
        self.fields.huber_delta = delta;
        self
    }

    /// Events in one realisation, for `Loss::PoissonProcess`; 0, the default, for as many as there
    /// are rows.
    pub fn poisson_events(mut self, events: f64) -> Self {
        self.fields.poisson_events = events;
        self
    }

    /// `Schedule::Cosine` by default.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.fields.schedule = schedule as i32;
        self
    }

    /// Steps in which the rate first rises, fewer than there are steps; 0 by default.
    pub fn warmup_steps(mut self, steps: i64) -> Self {
        self.fields.warmup_steps = steps;
        self
    }

    /// Where the schedules `Cosine`, `Linear` and `OneCycle` end; 0 by default.
    pub fn final_learning_rate(mut self, rate: f64) -> Self {
        self.fields.final_learning_rate = rate;
        self
    }

    /// How the schedules `Step` and `Exponential` fall: times a factor in (0, 1] in an interval of
    /// steps; 0.5 in 1000 by default.
    pub fn decay(mut self, factor: f64, interval: i64) -> Self {
        self.fields.decay_factor = factor;
        self.fields.decay_interval = interval;
        self
    }

    /// The share of the rows of a data set that is held out, in [0, 1); 0 by default.
    pub fn validation_share(mut self, share: f64) -> Self {
        self.fields.validation_share = share;
        self
    }

    /// Steps between looks at the rows held out; 50 by default.
    pub fn validation_interval(mut self, steps: i64) -> Self {
        self.fields.validation_interval = steps;
        self
    }

    /// Looks without a new best before the run ends; 0, the default, for never.
    pub fn patience(mut self, looks: i64) -> Self {
        self.fields.patience = looks;
        self
    }

    /// By how much a new best must be better; 0 by default.
    pub fn min_delta(mut self, difference: f64) -> Self {
        self.fields.min_delta = difference;
        self
    }

    /// The seed of the shuffles, of the points that a sampler is handed and of the rows held out; 0
    /// by default.
    pub fn seed(mut self, seed: u64) -> Self {
        self.fields.seed = seed;
        self
    }
}
