// Made from capi/finn.h and the lists of options of finn/ by bindings/generate.py; do not edit.
//! The options structs: builders whose defaults are those of the library.
use crate::enumerations::{
    Activation, InputScaling, Loss, LossOf, Optimiser, Positivity, Precision, Schedule, Sharing,
};
use crate::options::options_struct;
use crate::rows::count;

options_struct! {
    /// Sizes and forms of a [`Network::mixture`](crate::Network::mixture).
    MixtureOptions, finn_mixture_options, finn_mixture_options_init, Mixture
}

impl MixtureOptions {
    /// Components of the sum; more for sharp edges, many modes and correlation.
    ///
    /// `1 ..= 65536`, by default `64`.
    pub fn components(mut self, components: i32) -> Self {
        self.fields.components = components;
        self
    }

    /// Normals of which a component is made in each variable; 1 for smooth targets in many
    /// variables.
    ///
    /// `1 ..= 64`, by default `4`.
    pub fn normals_per_axis(mut self, normals_per_axis: i32) -> Self {
        self.fields.normals_per_axis = normals_per_axis;
        self
    }

    /// The map from free parameters to weights, which are never negative.
    ///
    /// A [`Positivity`], by default `Exp`.
    pub fn positivity(mut self, positivity: Positivity) -> Self {
        self.fields.positivity = positivity as i32;
        self
    }

    /// Whether several outputs are sums over the same components or each has its own.
    ///
    /// A [`Sharing`], by default `Trunk`.
    pub fn sharing(mut self, sharing: Sharing) -> Self {
        self.fields.sharing = sharing as i32;
        self
    }

    /// Whether the network sees u brought to unit variance in the box, or u as it is.
    ///
    /// An [`InputScaling`], by default `Standard`.
    pub fn input_scaling(mut self, input_scaling: InputScaling) -> Self {
        self.fields.input_scaling = input_scaling as i32;
        self
    }
}

options_struct! {
    /// Sizes and forms of a [`Network::mlp`](crate::Network::mlp).
    MlpOptions, finn_mlp_options, finn_mlp_options_init, Mlp
}

impl MlpOptions {
    /// Hidden layers; one will do for one variable.
    ///
    /// `0 ..= 64`, by default `2`.
    pub fn hidden_layers(mut self, hidden_layers: i32) -> Self {
        self.fields.hidden_layers = hidden_layers;
        self
    }

    /// Units of each hidden layer; to set them by name sets hidden_layers too.
    ///
    /// Each `1 ..= 65536`, by default `[32, 32]`.
    pub fn widths(mut self, widths: &[i32]) -> Self {
        self.fields.hidden_layers = count(widths);
        for (own, given) in self.fields.widths.iter_mut().zip(widths) {
            *own = *given;
        }
        self
    }

    /// The map from free parameters to weights; with any but none f is never negative.
    ///
    /// A [`Positivity`], by default `Abs`.
    pub fn positivity(mut self, positivity: Positivity) -> Self {
        self.fields.positivity = positivity as i32;
        self
    }

    /// The function of a unit; auto is sigma with positivity and tanh without.
    ///
    /// An [`Activation`], by default `Auto`.
    pub fn activation(mut self, activation: Activation) -> Self {
        self.fields.activation = activation as i32;
        self
    }

    /// The activation follows on the output too, as the paper prints it; not with skip.
    ///
    /// By default `false`.
    pub fn output_activation(mut self, output_activation: bool) -> Self {
        self.fields.output_activation = i32::from(output_activation);
        self
    }

    /// Sign patterns, at most 2^variables, each with hidden layers of its own; for ridges in every
    /// orthant.
    ///
    /// `1 ..= 256`, by default `1`; for positivity.
    pub fn orthants(mut self, orthants: i32) -> Self {
        self.fields.orthants = orthants;
        self
    }

    /// Cdfs of normals of each variable, which the first layer sees beside x; 0 is the paper's
    /// network.
    ///
    /// `0 ..= 64`, by default `8`; for positivity.
    pub fn axis_units(mut self, axis_units: i32) -> Self {
        self.fields.axis_units = axis_units;
        self
    }

    /// The output is a sum over all hidden layers and not the last alone; not with
    /// output_activation.
    ///
    /// By default `false`.
    pub fn skip(mut self, skip: bool) -> Self {
        self.fields.skip = i32::from(skip);
        self
    }

    /// Whether several outputs are sums over the same units or each has layers of its own.
    ///
    /// A [`Sharing`], by default `Trunk`.
    pub fn sharing(mut self, sharing: Sharing) -> Self {
        self.fields.sharing = sharing as i32;
        self
    }

    /// Whether the network sees u brought to unit variance in the box, or u as it is.
    ///
    /// An [`InputScaling`], by default `Standard`.
    pub fn input_scaling(mut self, input_scaling: InputScaling) -> Self {
        self.fields.input_scaling = input_scaling as i32;
        self
    }
}

options_struct! {
    /// What a [`Constraint`](crate::Constraint) has beside its numbers.
    ConstraintOptions, finn_constraint_options, finn_constraint_options_init, Constraint
}

impl ConstraintOptions {
    /// Share of the integral that is spread evenly over the domain, which keeps log f finite.
    ///
    /// In `[0, 1)`, by default `0`; for scale.
    pub fn uniform_share(mut self, uniform_share: f64) -> Self {
        self.fields.uniform_share = uniform_share;
        self
    }

    /// Width of the transition at the bound, in units of the integral: the size of a slack that
    /// does no harm.
    ///
    /// Above 0, by default `1`; for smooth at one bound, with shift.
    pub fn transition_width(mut self, transition_width: f64) -> Self {
        self.fields.transition_width = transition_width;
        self
    }
}

options_struct! {
    /// The network of the conditions of a [`Conditioning`](crate::Conditioning).
    ConditioningOptions, finn_conditioning_options, finn_conditioning_options_init, Conditioning
}

impl ConditioningOptions {
    /// Hidden layers of the network of the conditions.
    ///
    /// `0 ..= 64`, by default `2`.
    pub fn hidden_layers(mut self, hidden_layers: i32) -> Self {
        self.fields.hidden_layers = hidden_layers;
        self
    }

    /// Units of each hidden layer; to set them by name sets hidden_layers too.
    ///
    /// Each `1 ..= 65536`, by default `[64, 64]`.
    pub fn widths(mut self, widths: &[i32]) -> Self {
        self.fields.hidden_layers = count(widths);
        for (own, given) in self.fields.widths.iter_mut().zip(widths) {
            *own = *given;
        }
        self
    }
}

options_struct! {
    /// How a [`Trainer`](crate::Trainer) trains a model. `docs/TRAINING.md` says what each option
    /// does, when to use it and what it costs.
    TrainingOptions, finn_training_options, finn_training_options_init, Training
}

impl TrainingOptions {
    /// Steps in all: until the loss no longer falls.
    ///
    /// `1 ..= 4294967296`, by default `6000`.
    pub fn steps(mut self, steps: i64) -> Self {
        self.fields.steps = steps;
        self
    }

    /// Rows of a step; 0 is 512, or all rows of a smaller data set, and with lbfgs all.
    ///
    /// `0 ..= 4294967296`, by default `0`.
    pub fn batch(mut self, batch: i64) -> Self {
        self.fields.batch = batch;
        self
    }

    /// Learning rate at its largest; 0.03 where time is short.
    ///
    /// Above 0, by default `0.01`; for adam, adamw, sgd.
    pub fn learning_rate(mut self, learning_rate: f64) -> Self {
        self.fields.learning_rate = learning_rate;
        self
    }

    /// Share of the mean of gradients that a step keeps.
    ///
    /// In `[0, 1)`, by default `0.9`; for adam, adamw.
    pub fn beta1(mut self, beta1: f64) -> Self {
        self.fields.beta1 = beta1;
        self
    }

    /// Share of the mean of squared gradients that a step keeps; 0.99 for short runs.
    ///
    /// In `[0, 1)`, by default `0.999`; for adam, adamw.
    pub fn beta2(mut self, beta2: f64) -> Self {
        self.fields.beta2 = beta2;
        self
    }

    /// Added to the root of the mean square, in units of the root mean square of the gradient.
    ///
    /// Above 0, by default `1e-8`; for adam, adamw.
    pub fn adam_epsilon(mut self, adam_epsilon: f64) -> Self {
        self.fields.adam_epsilon = adam_epsilon;
        self
    }

    /// What the fit makes small.
    ///
    /// A [`Loss`], by default `SquaredError`.
    pub fn loss(mut self, loss: Loss) -> Self {
        self.fields.loss = loss as i32;
        self
    }

    /// How the learning rate changes from step to step.
    ///
    /// A [`Schedule`], by default `Cosine`; for adam, adamw, sgd.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.fields.schedule = schedule as i32;
        self
    }

    /// Seed of shuffles, of the points of a sampler and of the choice of validation rows.
    ///
    /// By default `0`.
    pub fn seed(mut self, seed: u64) -> Self {
        self.fields.seed = seed;
        self
    }

    /// How parameters move against the gradient.
    ///
    /// An [`Optimiser`], by default `Adam`.
    pub fn optimiser(mut self, optimiser: Optimiser) -> Self {
        self.fields.optimiser = optimiser as i32;
        self
    }

    /// Nesterov's momentum: the gradient counts beside the new velocity.
    ///
    /// By default `false`; for sgd.
    pub fn nesterov(mut self, nesterov: bool) -> Self {
        self.fields.nesterov = i32::from(nesterov);
        self
    }

    /// Parameters shrink by this times the learning rate in each step; for few rows.
    ///
    /// At least 0, by default `0.01`; for adamw.
    pub fn weight_decay(mut self, weight_decay: f64) -> Self {
        self.fields.weight_decay = weight_decay;
        self
    }

    /// Share of the velocity that a step keeps.
    ///
    /// In `[0, 1)`, by default `0.9`; for sgd.
    pub fn momentum(mut self, momentum: f64) -> Self {
        self.fields.momentum = momentum;
        self
    }

    /// Pairs of steps and gradients kept; 50 where memory allows.
    ///
    /// `1 ..= 1000`, by default `10`; for lbfgs.
    pub fn lbfgs_memory(mut self, lbfgs_memory: i64) -> Self {
        self.fields.lbfgs_memory = lbfgs_memory;
        self
    }

    /// The fit has converged when no entry of the gradient exceeds this share of the largest one at
    /// first.
    ///
    /// At least 0, by default `1e-8`; for lbfgs.
    pub fn gradient_tolerance(mut self, gradient_tolerance: f64) -> Self {
        self.fields.gradient_tolerance = gradient_tolerance;
        self
    }

    /// The fit has converged when a step gains a smaller share of the loss.
    ///
    /// At least 0, by default `1e-9`; for lbfgs.
    pub fn loss_tolerance(mut self, loss_tolerance: f64) -> Self {
        self.fields.loss_tolerance = loss_tolerance;
        self
    }

    /// Steps in which the learning rate first rises, fewer than steps; for large rates.
    ///
    /// `0 ..= 4294967296`, by default `0`; for adam, adamw, sgd.
    pub fn warmup_steps(mut self, warmup_steps: i64) -> Self {
        self.fields.warmup_steps = warmup_steps;
        self
    }

    /// Learning rate at the end, at most learning_rate.
    ///
    /// At least 0, by default `0`; for cosine, linear, one_cycle.
    pub fn final_learning_rate(mut self, final_learning_rate: f64) -> Self {
        self.fields.final_learning_rate = final_learning_rate;
        self
    }

    /// Steps after which the rate has been multiplied by decay_factor.
    ///
    /// `1 ..= 4294967296`, by default `1000`; for step, exponential.
    pub fn decay_interval(mut self, decay_interval: i64) -> Self {
        self.fields.decay_interval = decay_interval;
        self
    }

    /// What the rate is multiplied by in each decay_interval.
    ///
    /// In `(0, 1]`, by default `0.5`; for step, exponential.
    pub fn decay_factor(mut self, decay_factor: f64) -> Self {
        self.fields.decay_factor = decay_factor;
        self
    }

    /// A gradient of a larger norm is brought down to this one; 0 is any; for outliers and f near
    /// 0.
    ///
    /// At least 0, by default `0`; for adam, adamw, sgd.
    pub fn gradient_clip(mut self, gradient_clip: f64) -> Self {
        self.fields.gradient_clip = gradient_clip;
        self
    }

    /// Where the square goes over into a line: the size of the noise.
    ///
    /// Above 0, by default `1`; for huber.
    pub fn huber_delta(mut self, huber_delta: f64) -> Self {
        self.fields.huber_delta = huber_delta;
        self
    }

    /// Events in one realisation; 0 is as many as there are rows.
    ///
    /// At least 0, by default `0`; for poisson_process.
    pub fn poisson_events(mut self, poisson_events: f64) -> Self {
        self.fields.poisson_events = poisson_events;
        self
    }

    /// Share of the rows of a data set that are validation rows; below 0: a tenth for a log
    /// likelihood under conditions, from 50 rows on and at most 4096, else none.
    ///
    /// In `[-1, 1)`, by default `-1`.
    pub fn validation_share(mut self, validation_share: f64) -> Self {
        self.fields.validation_share = validation_share;
        self
    }

    /// Steps from one validation check to the next.
    ///
    /// `1 ..= 4294967296`, by default `50`.
    pub fn validation_interval(mut self, validation_interval: i64) -> Self {
        self.fields.validation_interval = validation_interval;
        self
    }

    /// Validation checks without a new best before the fit ends; 0 is none: it goes to its end.
    ///
    /// `0 ..= 4294967296`, by default `0`.
    pub fn patience(mut self, patience: i64) -> Self {
        self.fields.patience = patience;
        self
    }

    /// By how much the loss of validation rows has to be better to be a new best.
    ///
    /// At least 0, by default `0`.
    pub fn min_delta(mut self, min_delta: f64) -> Self {
        self.fields.min_delta = min_delta;
        self
    }

    /// Fits of densities to rows: so many rows say that what is narrower than a kernel estimate is
    /// chance; 0 is none.
    ///
    /// At least 0, by default `100`; for adam, adamw, sgd.
    pub fn width_prior(mut self, width_prior: f64) -> Self {
        self.fields.width_prior = width_prior;
        self
    }

    /// A model that nothing has touched takes coordinates, first parameters and the size of f from
    /// the first rows.
    ///
    /// By default `true`.
    pub fn standardise(mut self, standardise: bool) -> Self {
        self.fields.standardise = i32::from(standardise);
        self
    }

    /// What the loss compares with y: f, or F itself, which is monotone regression.
    ///
    /// A [`LossOf`], by default `Integrand`; for squared_error, absolute_error, huber, custom.
    pub fn loss_of(mut self, loss_of: LossOf) -> Self {
        self.fields.loss_of = loss_of as i32;
        self
    }
}

options_struct! {
    /// How a [`Chain`](crate::Chain) is fitted.
    ChainOptions, finn_chain_options, finn_chain_options_init, Chain
}

impl ChainOptions {
    /// Steps of the fit of each variable; those that are best on rows held out are kept.
    ///
    /// `1 ..= 4294967296`, by default `3000`.
    pub fn steps(mut self, steps: i64) -> Self {
        self.fields.steps = steps;
        self
    }

    /// Rows of a step.
    ///
    /// `1 ..= 4294967296`, by default `256`.
    pub fn batch(mut self, batch: i64) -> Self {
        self.fields.batch = batch;
        self
    }

    /// Learning rate at its largest.
    ///
    /// Above 0, by default `0.003`.
    pub fn learning_rate(mut self, learning_rate: f64) -> Self {
        self.fields.learning_rate = learning_rate;
        self
    }

    /// Share of the rows that are held out, by which steps and forms of links are chosen.
    ///
    /// In `(0, 1)`, by default `0.1`.
    pub fn validation_share(mut self, validation_share: f64) -> Self {
        self.fields.validation_share = validation_share;
        self
    }

    /// Seed of first parameters, shuffles and rows held out.
    ///
    /// By default `0`.
    pub fn seed(mut self, seed: u64) -> Self {
        self.fields.seed = seed;
        self
    }

    /// Normals, or groups of them, of the density of a variable given those before it.
    ///
    /// `1 ..= 65536`, by default `64`.
    pub fn components(mut self, components: i32) -> Self {
        self.fields.components = components;
        self
    }

    /// Normals of each of these groups, which move together.
    ///
    /// `1 ..= 64`, by default `1`.
    pub fn normals_per_axis(mut self, normals_per_axis: i32) -> Self {
        self.fields.normals_per_axis = normals_per_axis;
        self
    }

    /// Normals with full covariances, at most, of the mixture from which links are taken where rows
    /// held out like it as much; 0 is none.
    ///
    /// `0 ..= 1024`, by default `16`.
    pub fn linear_components(mut self, linear_components: i32) -> Self {
        self.fields.linear_components = linear_components;
        self
    }

    /// Hidden layers of the network of what stands before a variable.
    ///
    /// `0 ..= 64`, by default `2`.
    pub fn hidden_layers(mut self, hidden_layers: i32) -> Self {
        self.fields.hidden_layers = hidden_layers;
        self
    }

    /// Units of each hidden layer; to set them by name sets hidden_layers too.
    ///
    /// Each `1 ..= 65536`, by default `[64, 64]`.
    pub fn widths(mut self, widths: &[i32]) -> Self {
        self.fields.hidden_layers = count(widths);
        for (own, given) in self.fields.widths.iter_mut().zip(widths) {
            *own = *given;
        }
        self
    }

    /// The precision in which networks are trained; all queries are in double.
    ///
    /// A [`Precision`], by default `Float64`.
    pub fn precision(mut self, precision: Precision) -> Self {
        self.fields.precision = precision as i32;
        self
    }
}
