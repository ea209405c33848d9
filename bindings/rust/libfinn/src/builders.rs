// Made from capi/finn.h by bindings/generate.py; do not edit.
//! The options structs: builders whose defaults are those of the library.
use crate::enumerations::{
    Activation, InputScaling, Loss, Optimiser, Positivity, Schedule, Sharing,
};
use crate::options::options_struct;
use crate::rows::count;

options_struct! {
    /// sum_j c_j prod_i Phi_ij(x_i): each component j is a product of increasing functions of one
    /// variable, each a mixture of cdfs of normals. Linear in n, with condition numbers of 1.
    MixtureOptions, finn_mixture_options, finn_mixture_options_init, Mixture
}

impl MixtureOptions {
    /// `components`: of the sum, 1 ..= 65536; default 64.
    pub fn components(mut self, components: i32) -> Self {
        self.fields.components = components;
        self
    }

    /// `normals_per_axis`: in each Phi_ij, 1 ..= 64; default 4.
    pub fn normals_per_axis(mut self, normals_per_axis: i32) -> Self {
        self.fields.normals_per_axis = normals_per_axis;
        self
    }

    /// `positivity`: a [`Positivity`]; default `Exp`; not `None`.
    pub fn positivity(mut self, positivity: Positivity) -> Self {
        self.fields.positivity = positivity as i32;
        self
    }

    /// `sharing`: a [`Sharing`]; default `Trunk`.
    pub fn sharing(mut self, sharing: Sharing) -> Self {
        self.fields.sharing = sharing as i32;
        self
    }

    /// `input_scaling`: an [`InputScaling`]; default `Standard`.
    pub fn input_scaling(mut self, input_scaling: InputScaling) -> Self {
        self.fields.input_scaling = input_scaling as i32;
        self
    }
}

options_struct! {
    /// Layers of sigma_n(P(W) h + b), as in the paper.
    MlpOptions, finn_mlp_options, finn_mlp_options_init, Mlp
}

impl MlpOptions {
    /// `widths`: one for each hidden layer (0 ..= 64; default 2), 1 ..= 65536; default 32.
    pub fn widths(mut self, widths: &[i32]) -> Self {
        self.fields.hidden_layers = count(widths);
        for (own, given) in self.fields.widths.iter_mut().zip(widths) {
            *own = *given;
        }
        self
    }

    /// `positivity`: a [`Positivity`]; default `Abs`.
    pub fn positivity(mut self, positivity: Positivity) -> Self {
        self.fields.positivity = positivity as i32;
        self
    }

    /// `activation`: an [`Activation`]; default `Auto`.
    pub fn activation(mut self, activation: Activation) -> Self {
        self.fields.activation = activation as i32;
        self
    }

    /// `output_activation`: true: the activation follows on the output too, as the paper prints it;
    /// default false.
    pub fn output_activation(mut self, output_activation: bool) -> Self {
        self.fields.output_activation = i32::from(output_activation);
        self
    }

    /// `orthants`: 1 ..= 2^variables sign patterns, each with hidden layers of its own; above 1
    /// with positivity only; default 1.
    pub fn orthants(mut self, orthants: i32) -> Self {
        self.fields.orthants = orthants;
        self
    }

    /// `skip`: true: the output is a sum over all hidden layers and not the last alone, which is
    /// what three layers and more need to train; not with output_activation; default false.
    pub fn skip(mut self, skip: bool) -> Self {
        self.fields.skip = i32::from(skip);
        self
    }

    /// `sharing`: a [`Sharing`]; default `Trunk`.
    pub fn sharing(mut self, sharing: Sharing) -> Self {
        self.fields.sharing = sharing as i32;
        self
    }

    /// `input_scaling`: an [`InputScaling`]; default `Standard`.
    pub fn input_scaling(mut self, input_scaling: InputScaling) -> Self {
        self.fields.input_scaling = input_scaling as i32;
        self
    }
}

options_struct! {
    /// Options of a [`Constraint`](crate::Constraint).
    ConstraintOptions, finn_constraint_options, finn_constraint_options_init, Constraint
}

impl ConstraintOptions {
    /// `uniform_share`: of J, spread evenly over the domain, in \[0, 1); with SCALE only; keeps log
    /// f finite; default 0.
    pub fn uniform_share(mut self, uniform_share: f64) -> Self {
        self.fields.uniform_share = uniform_share;
        self
    }

    /// `transition_width`: of SMOOTH at one bound with SHIFT, in units of the integral, above 0;
    /// default 1.
    pub fn transition_width(mut self, transition_width: f64) -> Self {
        self.fields.transition_width = transition_width;
        self
    }
}

options_struct! {
    /// The network of c.
    ConditioningOptions, finn_conditioning_options, finn_conditioning_options_init, Conditioning
}

impl ConditioningOptions {
    /// `widths`: one for each hidden layer (0 ..= 64; default 2), 1 ..= 65536; default 32.
    pub fn widths(mut self, widths: &[i32]) -> Self {
        self.fields.hidden_layers = count(widths);
        for (own, given) in self.fields.widths.iter_mut().zip(widths) {
            *own = *given;
        }
        self
    }
}

options_struct! {
    /// How a model is trained.
    TrainingOptions, finn_training_options, finn_training_options_init, Training
}

impl TrainingOptions {
    /// `steps`: in all; default 6000.
    pub fn steps(mut self, steps: i64) -> Self {
        self.fields.steps = steps;
        self
    }

    /// `batch`: rows per step; default 0: 512 (L-BFGS: all), or all rows of a smaller data set.
    pub fn batch(mut self, batch: i64) -> Self {
        self.fields.batch = batch;
        self
    }

    /// `learning_rate`: default 0.01.
    pub fn learning_rate(mut self, learning_rate: f64) -> Self {
        self.fields.learning_rate = learning_rate;
        self
    }

    /// `beta1`: default 0.9.
    pub fn beta1(mut self, beta1: f64) -> Self {
        self.fields.beta1 = beta1;
        self
    }

    /// `beta2`: default 0.999.
    pub fn beta2(mut self, beta2: f64) -> Self {
        self.fields.beta2 = beta2;
        self
    }

    /// `adam_epsilon`: default 1e-8.
    pub fn adam_epsilon(mut self, adam_epsilon: f64) -> Self {
        self.fields.adam_epsilon = adam_epsilon;
        self
    }

    /// `loss`: a [`Loss`]; default `SquaredError`.
    pub fn loss(mut self, loss: Loss) -> Self {
        self.fields.loss = loss as i32;
        self
    }

    /// `schedule`: a [`Schedule`]; default `Cosine`.
    pub fn schedule(mut self, schedule: Schedule) -> Self {
        self.fields.schedule = schedule as i32;
        self
    }

    /// `seed`: of shuffles, of the sampler's points and of the validation rows; default 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.fields.seed = seed;
        self
    }

    /// `optimiser`: an [`Optimiser`]; default `Adam`.
    pub fn optimiser(mut self, optimiser: Optimiser) -> Self {
        self.fields.optimiser = optimiser as i32;
        self
    }

    /// `nesterov`: SGD: true for Nesterov's momentum; default false.
    pub fn nesterov(mut self, nesterov: bool) -> Self {
        self.fields.nesterov = i32::from(nesterov);
        self
    }

    /// `weight_decay`: AdamW; default 0.01.
    pub fn weight_decay(mut self, weight_decay: f64) -> Self {
        self.fields.weight_decay = weight_decay;
        self
    }

    /// `momentum`: SGD, in \[0, 1); default 0.9.
    pub fn momentum(mut self, momentum: f64) -> Self {
        self.fields.momentum = momentum;
        self
    }

    /// `lbfgs_memory`: L-BFGS: pairs kept, 1 ..= 1000; default 10.
    pub fn lbfgs_memory(mut self, lbfgs_memory: i64) -> Self {
        self.fields.lbfgs_memory = lbfgs_memory;
        self
    }

    /// `gradient_tolerance`: L-BFGS: converged when no entry is larger; default 1e-8.
    pub fn gradient_tolerance(mut self, gradient_tolerance: f64) -> Self {
        self.fields.gradient_tolerance = gradient_tolerance;
        self
    }

    /// `loss_tolerance`: L-BFGS: converged when a step gains a smaller share; default 1e-9.
    pub fn loss_tolerance(mut self, loss_tolerance: f64) -> Self {
        self.fields.loss_tolerance = loss_tolerance;
        self
    }

    /// `warmup_steps`: steps in which the rate first rises, fewer than steps; default 0.
    pub fn warmup_steps(mut self, warmup_steps: i64) -> Self {
        self.fields.warmup_steps = warmup_steps;
        self
    }

    /// `final_learning_rate`: cosine, linear, one cycle; 0 ..= learning_rate; default 0.
    pub fn final_learning_rate(mut self, final_learning_rate: f64) -> Self {
        self.fields.final_learning_rate = final_learning_rate;
        self
    }

    /// `decay_interval`: step, exponential; default 1000.
    pub fn decay_interval(mut self, decay_interval: i64) -> Self {
        self.fields.decay_interval = decay_interval;
        self
    }

    /// `decay_factor`: step, exponential, in (0, 1]; default 0.5.
    pub fn decay_factor(mut self, decay_factor: f64) -> Self {
        self.fields.decay_factor = decay_factor;
        self
    }

    /// `gradient_clip`: largest norm of a gradient; default 0: any; not with L-BFGS.
    pub fn gradient_clip(mut self, gradient_clip: f64) -> Self {
        self.fields.gradient_clip = gradient_clip;
        self
    }

    /// `huber_delta`: default 1.
    pub fn huber_delta(mut self, huber_delta: f64) -> Self {
        self.fields.huber_delta = huber_delta;
        self
    }

    /// `poisson_events`: events in one realisation; default 0: as many as there are rows.
    pub fn poisson_events(mut self, poisson_events: f64) -> Self {
        self.fields.poisson_events = poisson_events;
        self
    }

    /// `validation_share`: of the rows of a data set, in \[0, 1); default 0.
    pub fn validation_share(mut self, validation_share: f64) -> Self {
        self.fields.validation_share = validation_share;
        self
    }

    /// `validation_interval`: steps between validation checks; default 50.
    pub fn validation_interval(mut self, validation_interval: i64) -> Self {
        self.fields.validation_interval = validation_interval;
        self
    }

    /// `patience`: checks without a new best before the fit ends; default 0: it does not.
    pub fn patience(mut self, patience: i64) -> Self {
        self.fields.patience = patience;
        self
    }

    /// `min_delta`: by how much a new best must be better; default 0.
    pub fn min_delta(mut self, min_delta: f64) -> Self {
        self.fields.min_delta = min_delta;
        self
    }
}
