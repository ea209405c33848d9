// Made from capi/finn.h by bindings/generate.py; do not edit.

use core::ffi::{c_char, c_void};
use core::marker::{PhantomData, PhantomPinned};

pub const FINN_VERSION_MAJOR: i32 = 0;
pub const FINN_VERSION_MINOR: i32 = 2;
pub const FINN_VERSION_PATCH: i32 = 0;
/// The largest number of variables of an mlp, whose cost grows like 2^n, and of a domain with a
/// map; also finn_max_variables().
pub const FINN_MAX_VARIABLES: i32 = 8;
/// The largest number of variables of a mixture, whose cost grows like n; also
/// finn_max_mixture_variables().
pub const FINN_MAX_MIXTURE_VARIABLES: i32 = 64;
/// The largest number of hidden layers of a network.
pub const FINN_MAX_HIDDEN_LAYERS: i32 = 64;

pub type finn_status = i32;
pub const FINN_OK: finn_status = 0;
/// a required pointer is NULL
pub const FINN_ERROR_NULL: finn_status = 1;
/// a value is outside its range, or a handle is not one of ours
pub const FINN_ERROR_ARGUMENT: finn_status = 2;
/// a length or shape does not fit
pub const FINN_ERROR_SIZE: finn_status = 3;
/// an input or a result is NaN or infinite
pub const FINN_ERROR_NOT_FINITE: finn_status = 4;
/// the integral of the network cannot be normalised
pub const FINN_ERROR_INTEGRAL: finn_status = 5;
/// memory was refused
pub const FINN_ERROR_MEMORY: finn_status = 6;
/// a callback reported an error of its own
pub const FINN_ERROR_CALLBACK: finn_status = 7;
/// a defect of the library; please report it
pub const FINN_ERROR_INTERNAL: finn_status = 8;
/// a file cannot be read or written
pub const FINN_ERROR_FILE: finn_status = 9;
/// bytes are not what their format says
pub const FINN_ERROR_FORMAT: finn_status = 10;
pub const FINN_ERROR_MESSAGE_SIZE: i32 = 512;

/// Supplied by the caller, filled on failure: set struct_size, or use FINN_ERROR_INIT. One whose
/// struct_size is smaller than that of this header is left alone.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_error {
    pub struct_size: u64,
    pub status: finn_status,
    /// always terminated; cut when too long
    pub message: [c_char; FINN_ERROR_MESSAGE_SIZE as usize],
}

/// Called once with the user_data of a callback that the library has kept and has no use for any
/// more. It must not throw: what a callback in C++ throws is dropped, and what it has not done by
/// then stays undone.
pub type finn_release_callback = Option<unsafe extern "C" fn(user_data: *mut c_void)>;

/// The options structs below.
pub type finn_options_kind = i32;
/// finn_mixture_options
pub const FINN_OPTIONS_MIXTURE: finn_options_kind = 0;
/// finn_mlp_options
pub const FINN_OPTIONS_MLP: finn_options_kind = 1;
/// finn_constraint_options
pub const FINN_OPTIONS_CONSTRAINT: finn_options_kind = 2;
/// finn_conditioning_options
pub const FINN_OPTIONS_CONDITIONING: finn_options_kind = 3;
/// finn_training_options
pub const FINN_OPTIONS_TRAINING: finn_options_kind = 4;
/// finn_chain_options
pub const FINN_OPTIONS_CHAIN: finn_options_kind = 5;

pub type finn_option_type = i32;
/// "64"
pub const FINN_OPTION_INTEGER: finn_option_type = 0;
/// "0.01", "1e-8"
pub const FINN_OPTION_NUMBER: finn_option_type = 1;
/// "true" or "false"
pub const FINN_OPTION_FLAG: finn_option_type = 2;
/// one of choices: "adamw"
pub const FINN_OPTION_CHOICE: finn_option_type = 3;
/// "64, 64"; nothing for none
pub const FINN_OPTION_INTEGERS: finn_option_type = 4;

/// What the table says of one option. All strings have static storage.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_option {
    pub struct_size: u64,
    /// that of the field
    pub name: *const c_char,
    pub default_value: *const c_char,
    /// of a choice, separated by ", "; "" otherwise
    pub choices: *const c_char,
    /// what the option is for: "sgd"; "" for everything that takes it
    pub applies_to: *const c_char,
    /// what it does
    pub sentence: *const c_char,
    /// of an integer or number, or of each of several integers
    pub least: f64,
    pub most: f64,
    pub r#type: finn_option_type,
    /// 1: the value is above least
    pub least_is_excluded: i32,
    /// 1: the value is below most
    pub most_is_excluded: i32,
}

/// A region with its map.
#[repr(C)]
pub struct finn_domain {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

/// How fast the weight du/dx falls off on an unbounded axis; z is distance / scale.
pub type finn_tail = i32;
/// like exp(-z^2/2)
pub const FINN_TAIL_GAUSSIAN: finn_tail = 0;
/// like exp(-z)
pub const FINN_TAIL_EXPONENTIAL: finn_tail = 1;
/// like 1/z^2
pub const FINN_TAIL_RATIONAL: finn_tail = 2;

/// Where a half-line goes from its end.
pub type finn_direction = i32;
/// [end, infinity)
pub const FINN_UPWARD: finn_direction = 0;
/// (-infinity, end]
pub const FINN_DOWNWARD: finn_direction = 1;

/// Called by finn_domain_star for a unit vector direction [variables]: writes the distance from the
/// centre to the edge, above 0, and returns 0; anything else fails with FINN_ERROR_CALLBACK. Called
/// on any thread of a workspace, and on several at once.
pub type finn_radius_callback = Option<
    unsafe extern "C" fn(direction: *const f64, radius: *mut f64, user_data: *mut c_void) -> i32,
>;

/// Called by finn_domain_map, on any thread: reads from [variables], writes to [variables].
pub type finn_map_callback =
    Option<unsafe extern "C" fn(from: *const f64, to: *mut f64, user_data: *mut c_void) -> i32>;

pub type finn_determinant_callback = Option<
    unsafe extern "C" fn(u: *const f64, determinant: *mut f64, user_data: *mut c_void) -> i32,
>;

/// A map of your own. release is called once the last domain and model that use the map are gone,
/// and also if the domain could not be made; not if struct_size is none that the library knows, as
/// it reads nothing else of the struct then.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_map_options {
    pub struct_size: u64,
    /// by which a model file finds the map again; may be NULL: the model cannot be saved
    pub name: *const c_char,
    pub variables: i32,
    /// 0
    pub reserved: i32,
    /// [variables] the box of u
    pub lower: *const f64,
    /// [variables]
    pub upper: *const f64,
    /// x = r(u), called for u in the box only
    pub to_point: finn_map_callback,
    /// u of x; may be NULL: Newton's method
    pub to_box: finn_map_callback,
    /// det dr/du at u, of any sign; may be NULL: differences
    pub determinant: finn_determinant_callback,
    /// goes to all callbacks
    pub user_data: *mut c_void,
    /// may be NULL
    pub release: finn_release_callback,
}

/// The form of F and its sizes, without parameters; docs/NETWORKS.md compares the forms.
#[repr(C)]
pub struct finn_network {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

pub type finn_network_form = i32;
pub const FINN_NETWORK_MIXTURE: finn_network_form = 0;
pub const FINN_NETWORK_MLP: finn_network_form = 1;

/// The map from free parameters to the weights of a positive network; biases are always free.
pub type finn_positivity = i32;
/// plain weights: f may take either sign; not of a mixture
pub const FINN_POSITIVITY_NONE: finn_positivity = 0;
/// |w|, as in the paper
pub const FINN_POSITIVITY_ABS: finn_positivity = 1;
/// log(1 + exp(w))
pub const FINN_POSITIVITY_SOFTPLUS: finn_positivity = 2;
/// w^2
pub const FINN_POSITIVITY_SQUARE: finn_positivity = 3;
/// exp(w)
pub const FINN_POSITIVITY_EXP: finn_positivity = 4;

pub type finn_activation = i32;
/// sigma_n for a positive network, tanh otherwise
pub const FINN_ACTIVATION_AUTO: finn_activation = 0;
/// sigma_n, the (n-1)-fold integral of (1 + erf)/2
pub const FINN_ACTIVATION_SIGMA: finn_activation = 1;
pub const FINN_ACTIVATION_TANH: finn_activation = 2;
/// log(1 + exp(x))
pub const FINN_ACTIVATION_SOFTPLUS: finn_activation = 3;
pub const FINN_ACTIVATION_SINE: finn_activation = 4;

pub type finn_sharing = i32;
/// several outputs are different sums over the same units or components
pub const FINN_SHARING_TRUNK: finn_sharing = 0;
/// each output has units or components of its own
pub const FINN_SHARING_NONE: finn_sharing = 1;

pub type finn_input_scaling = i32;
/// the network sees each u_i mapped to unit variance in the box
pub const FINN_INPUT_SCALING_STANDARD: finn_input_scaling = 0;
/// the network sees u as it is
pub const FINN_INPUT_SCALING_NONE: finn_input_scaling = 1;

/// sum_j c_j prod_i Phi_ij(x_i): each component j is a product of increasing functions of one
/// variable, each a mixture of cdfs of normals. Linear in n, with condition numbers of 1.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_mixture_options {
    pub struct_size: u64,
    /// of the sum, 1 .. 65536; default 64
    pub components: i32,
    /// in each Phi_ij, 1 .. 64; default 4
    pub normals_per_axis: i32,
    /// default EXP; not NONE
    pub positivity: finn_positivity,
    pub sharing: finn_sharing,
    pub input_scaling: finn_input_scaling,
    /// 0
    pub reserved: i32,
}

/// Layers of sigma_n(P(W) h + b), as in the paper.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_mlp_options {
    pub struct_size: u64,
    /// 0 .. FINN_MAX_HIDDEN_LAYERS; default 2
    pub hidden_layers: i32,
    /// of each of them, 1 .. 65536; default 32
    pub widths: [i32; FINN_MAX_HIDDEN_LAYERS as usize],
    /// default ABS
    pub positivity: finn_positivity,
    pub activation: finn_activation,
    /// 1: the activation follows on the output too, as the paper prints it; default 0
    pub output_activation: i32,
    /// 1 .. 2^variables sign patterns, each with hidden layers of its own; above 1 with positivity
    /// only; default 1
    pub orthants: i32,
    /// 0 .. 64: cdfs of normals of each variable that the first layer sees beside x, with
    /// positivity; default 8; 0 is the network of the paper
    pub axis_units: i32,
    /// 1: the output is a sum over all hidden layers and not the last alone; not with
    /// output_activation; default 0
    pub skip: i32,
    pub sharing: finn_sharing,
    pub input_scaling: finn_input_scaling,
    /// 0
    pub reserved: i32,
}

/// What the integral J of f over the domain has to be, and how f is made of f', the mixed partial
/// of the network, whose integral is I, to have it; V is the volume of the box of u.
/// docs/CONSTRAINTS.md derives all of them. f has the integral exactly, whatever the parameters.
#[repr(C)]
pub struct finn_constraint {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

pub type finn_constraint_form = i32;
pub const FINN_CONSTRAINT_NONE: finn_constraint_form = 0;
pub const FINN_CONSTRAINT_EQUAL: finn_constraint_form = 1;
pub const FINN_CONSTRAINT_BOUNDED: finn_constraint_form = 2;
pub const FINN_CONSTRAINT_LEARNED: finn_constraint_form = 3;
pub const FINN_CONSTRAINT_PER_ROW: finn_constraint_form = 4;
pub const FINN_CONSTRAINT_LINEAR: finn_constraint_form = 5;

pub type finn_method = i32;
/// f = J f'/I: the paper's equality; keeps f >= 0, singular at I = 0
pub const FINN_METHOD_SCALE: finn_method = 0;
/// f = f' + (J - I)/V: the nearest in L2, never singular
pub const FINN_METHOD_SHIFT: finn_method = 1;

/// What the target of a row is to its integral.
pub type finn_bound = i32;
pub const FINN_BOUND_EQUAL: finn_bound = 0;
pub const FINN_BOUND_AT_MOST: finn_bound = 1;
pub const FINN_BOUND_AT_LEAST: finn_bound = 2;

/// How J follows I within its bounds.
pub type finn_transition = i32;
/// J = I, or the bound that I is beyond
pub const FINN_TRANSITION_CLIP: finn_transition = 0;
/// a smooth increasing function of I
pub const FINN_TRANSITION_SMOOTH: finn_transition = 1;
/// J is trained by itself: one more parameter for each output
pub const FINN_TRANSITION_LEARNED: finn_transition = 2;

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_constraint_options {
    pub struct_size: u64,
    /// of J, spread evenly over the domain, in [0, 1); with SCALE only; keeps log f finite; default
    /// 0
    pub uniform_share: f64,
    /// of SMOOTH at one bound with SHIFT, in units of the integral, above 0; default 1
    pub transition_width: f64,
}

/// How f depends on conditions c (covariates, context) beside x: f(x | c) has the integral that the
/// constraint says for every c. docs/CONDITIONING.md compares the forms.
#[repr(C)]
pub struct finn_conditioning {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

pub type finn_conditioning_form = i32;
/// of NULL: no conditions
pub const FINN_CONDITIONING_NONE: finn_conditioning_form = 0;
pub const FINN_CONDITIONING_FILM: finn_conditioning_form = 1;
pub const FINN_CONDITIONING_HYPERNETWORK: finn_conditioning_form = 2;
pub const FINN_CONDITIONING_INPUTS: finn_conditioning_form = 3;

/// The network of c.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_conditioning_options {
    pub struct_size: u64,
    /// 0 .. FINN_MAX_HIDDEN_LAYERS; default 2
    pub hidden_layers: i32,
    /// of each of them, 1 .. 65536; default 64
    pub widths: [i32; FINN_MAX_HIDDEN_LAYERS as usize],
    /// 0
    pub reserved: i32,
}

pub type finn_precision = i32;
pub const FINN_FLOAT64: finn_precision = 0;
pub const FINN_FLOAT32: finn_precision = 1;

/// Parts put together, and parameters.
#[repr(C)]
pub struct finn_model {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

/// Scratch memory of an evaluation: grows at first use and is then reused, so that a call repeated
/// with the same sizes allocates nothing. Serves any model, one thread at a time.
#[repr(C)]
pub struct finn_workspace {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

/// In which coordinates the limits of an integral are given.
pub type finn_limits = i32;
/// those of the points x. The map of the domain has to take one variable at a time - boxes, lines,
/// half-lines, products and diagonal affine images of them: FINN_ERROR_ARGUMENT for any other.
/// Beyond the domain f is 0, so that limits may be infinite; those of an open box have to be finite
pub const FINN_LIMITS_X: finn_limits = 0;
/// those of the box of u, within finn_domain_limits unless u_i is x_i itself; the integral is over
/// their image
pub const FINN_LIMITS_U: finn_limits = 1;

/// What a positive model knows as a distribution: f of one output divided by its integral. From one
/// antiderivative come densities, cdfs, probabilities of boxes, marginals, conditionals, quantiles
/// and samples, all of one distribution and none by fitting anything again. docs/DISTRIBUTIONS.md
/// has the formula, the cost and the error of each.
///
/// A distribution is a snapshot: later changes of the model do not reach it. It never changes, and
/// any number of threads may ask it at once, each with a workspace of its own. marginal, given and
/// truncated make new ones of it, in any order and as often as wanted, which share the snapshot and
/// cost next to nothing. Everything is computed in double, whatever the precision of the model.
///
/// Variables are counted from 0 as they stand in the distribution at hand: after a marginal of 2
/// and 0 these are 0 and 1. A row x [columns] holds the variables, then what is given, in the order
/// in which it was, then the conditions of the model; given [given_columns] is that without the
/// variables, and may be NULL where it has no columns. Targets of rows (finn_constraint_per_row)
/// cancel and are no columns here.
///
/// Where the domain has a map for each variable - a box, a line, a half-line, products and diagonal
/// affine images of them - everything is in x. On any other domain, such as a disk, a distribution
/// has its density, its samples and what is computed from them; the other functions give
/// FINN_ERROR_ARGUMENT.
#[repr(C)]
pub struct finn_distribution {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

/// Called with x [count][variables]: writes values [count][outputs] and returns 0; anything else
/// fails with FINN_ERROR_CALLBACK. On the caller's thread.
pub type finn_expectation_callback = Option<
    unsafe extern "C" fn(
        x: *const f64,
        count: i64,
        values: *mut f64,
        user_data: *mut c_void,
    ) -> i32,
>;

pub type finn_loss = i32;
/// mean over rows and outputs of (f - y)^2
pub const FINN_LOSS_SQUARED_ERROR: finn_loss = 0;
/// mean of -log f; f >= 0
pub const FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD: finn_loss = 1;
/// mean of |f - y|
pub const FINN_LOSS_ABSOLUTE_ERROR: finn_loss = 2;
/// r = f - y: mean of r^2 / 2, linear where |r| > huber_delta
pub const FINN_LOSS_HUBER: finn_loss = 3;
/// f is the intensity of a point process and x its events: mean of -log f, plus the integral of f
/// over the domain / poisson_events; f >= 0, no conditions, and an integral that is not fixed: no
/// constraint, LEARNED, or BOUNDED
pub const FINN_LOSS_POISSON_PROCESS: finn_loss = 4;
/// of your own: finn_trainer_set_loss
pub const FINN_LOSS_CUSTOM: finn_loss = 5;
/// bins, rounded and censored rows: mean of -log of the mass of a row, whose variables are known or
/// lie in intervals. A row of x has their lower ends, then conditions, and a row of y [variables]
/// their upper ends; where both are the same the variable is known, and f is the density of these.
/// Ends may be infinite, and what lies outside the domain is cut off; at most 6 intervals a row. f
/// >= 0, one output, and a domain whose map takes one variable at a time where there are intervals
pub const FINN_LOSS_INTERVAL_LIKELIHOOD: finn_loss = 6;

/// What a loss compares with y.
pub type finn_loss_of = i32;
/// f
pub const FINN_LOSS_OF_INTEGRAND: finn_loss_of = 0;
/// F, as finn_antiderivative gives it: under positivity it grows with every variable of an mlp,
/// which is monotone regression. Not for log likelihoods. Most fits want no constraint
pub const FINN_LOSS_OF_ANTIDERIVATIVE: finn_loss_of = 1;

pub type finn_schedule = i32;
/// from learning_rate to final_learning_rate along half a cosine
pub const FINN_SCHEDULE_COSINE: finn_schedule = 0;
pub const FINN_SCHEDULE_CONSTANT: finn_schedule = 1;
/// to final_learning_rate along a line
pub const FINN_SCHEDULE_LINEAR: finn_schedule = 2;
/// times decay_factor after every decay_interval steps
pub const FINN_SCHEDULE_STEP: finn_schedule = 3;
/// the same, in each step by its share
pub const FINN_SCHEDULE_EXPONENTIAL: finn_schedule = 4;
/// from learning_rate / 25 up to it, then down to final_learning_rate, along cosines
pub const FINN_SCHEDULE_ONE_CYCLE: finn_schedule = 5;

pub type finn_optimiser = i32;
/// Kingma & Ba, arXiv 1412.6980
pub const FINN_OPTIMISER_ADAM: finn_optimiser = 0;
/// with decoupled weight decay: Loshchilov & Hutter, arXiv 1711.05101
pub const FINN_OPTIMISER_ADAMW: finn_optimiser = 1;
/// gradient descent with momentum
pub const FINN_OPTIMISER_SGD: finn_optimiser = 2;
/// on all rows, or on the batch of the first step, kept for all steps; learning_rate and schedule
/// are not used
pub const FINN_OPTIMISER_LBFGS: finn_optimiser = 3;

/// How a model is trained.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_training_options {
    pub struct_size: u64,
    /// in all; default 6000
    pub steps: i64,
    /// rows per step; default 0: 512 (L-BFGS: all), or all rows of a smaller data set
    pub batch: i64,
    /// default 0.01
    pub learning_rate: f64,
    /// default 0.9
    pub beta1: f64,
    /// default 0.999
    pub beta2: f64,
    /// of the root mean square of the gradient; default 1e-8
    pub adam_epsilon: f64,
    pub loss: finn_loss,
    pub schedule: finn_schedule,
    /// of shuffles, of the sampler's points and of the validation rows; default 0
    pub seed: u64,
    /// default FINN_OPTIMISER_ADAM
    pub optimiser: finn_optimiser,
    /// SGD: 1 for Nesterov's momentum; default 0
    pub nesterov: i32,
    /// AdamW; default 0.01
    pub weight_decay: f64,
    /// SGD, in [0, 1); default 0.9
    pub momentum: f64,
    /// L-BFGS: pairs kept, 1 .. 1000; default 10
    pub lbfgs_memory: i64,
    /// L-BFGS: converged when no entry is larger than this share of the largest one at first;
    /// default 1e-8
    pub gradient_tolerance: f64,
    /// L-BFGS: converged when a step gains a smaller share; default 1e-9
    pub loss_tolerance: f64,
    /// steps in which the rate first rises, fewer than steps; default 0
    pub warmup_steps: i64,
    /// cosine, linear, one cycle; 0 .. learning_rate; default 0
    pub final_learning_rate: f64,
    /// step, exponential; default 1000
    pub decay_interval: i64,
    /// step, exponential, in (0, 1]; default 0.5
    pub decay_factor: f64,
    /// largest norm of a gradient; default 0: any; not with L-BFGS
    pub gradient_clip: f64,
    /// default 1
    pub huber_delta: f64,
    /// events in one realisation; default 0: as many as there are rows
    pub poisson_events: f64,
    /// of the rows of a data set, in [0, 1); default -1: for a log likelihood under conditions a
    /// tenth of 50 rows or more, at most 4096, else none
    pub validation_share: f64,
    /// steps between validation checks; default 50
    pub validation_interval: i64,
    /// checks without a new best before the fit ends; default 0: it does not
    pub patience: i64,
    /// by how much a new best must be better; default 0
    pub min_delta: f64,
    /// of a density fitted to rows, not with L-BFGS: how strongly few rows keep the normals of a
    /// mixture wide, or are moved by noise under any other network; default 100; 0: not at all
    pub width_prior: f64,
    /// 1: a model that nothing has touched since finn_model_create takes its coordinates, first
    /// parameters and the size of f from the first rows of the fit (docs/INITIALISATION.md);
    /// default 1
    pub standardise: i32,
    /// default FINN_LOSS_OF_INTEGRAND
    pub loss_of: finn_loss_of,
}

/// State of a training run: the optimiser's moments, the step, the random numbers, the losses, the
/// validation rows and the best parameters. It belongs to one model, which it keeps.
#[repr(C)]
pub struct finn_trainer {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

/// What a progress callback gets after each step.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_progress {
    pub struct_size: u64,
    /// steps done, 1 .. steps
    pub step: i64,
    pub steps: i64,
    /// of this step's mini-batch, before the update
    pub loss: f64,
    /// of this step
    pub learning_rate: f64,
    /// since this fit call began
    pub seconds: f64,
    /// of the last validation check; NaN before the first
    pub validation_loss: f64,
}

/// Return 0 to go on and anything else to stop, which is no error: the fit returns FINN_OK and
/// finn_trainer_outcome says FINN_OUTCOME_STOPPED. Called on the caller's thread.
pub type finn_progress_callback =
    Option<unsafe extern "C" fn(progress: *const finn_progress, user_data: *mut c_void) -> i32>;

/// Supplies the mini-batch of a step, counted from 0. On entry x [batch][columns] holds uniform
/// points of the domain, drawn from the trainer's seed; they are uniform in u, so in x too where
/// the determinant is constant. Conditions are uniform in their limits, targets per row are 1. The
/// callback may overwrite it with any finite points. It fills y [batch][outputs], which is NULL
/// under FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and FINN_LOSS_POISSON_PROCESS, and [batch][variables]
/// under FINN_LOSS_INTERVAL_LIKELIHOOD, whose ends in x and y may be infinite. Return 0, or
/// anything else to end the fit with FINN_ERROR_CALLBACK, which keeps the steps done. Called on the
/// caller's thread.
pub type finn_sampler_callback = Option<
    unsafe extern "C" fn(
        step: i64,
        batch: i64,
        x: *mut f64,
        y: *mut f64,
        user_data: *mut c_void,
    ) -> i32,
>;

/// A loss of your own, of a whole batch: f [batch][outputs] at the points x [batch][columns], and
/// the targets y [batch][outputs], NULL where the data has none. It writes *loss and f_adjoint
/// [batch][outputs] = dloss/df, which is 0 on entry and is NULL where only the value is wanted, for
/// validation rows. step counts from 0. Return 0, or anything else to end the fit with
/// FINN_ERROR_CALLBACK, which keeps the steps done. Called on the caller's thread.
pub type finn_loss_callback = Option<
    unsafe extern "C" fn(
        step: i64,
        batch: i64,
        x: *const f64,
        y: *const f64,
        f: *const f64,
        f_adjoint: *mut f64,
        loss: *mut f64,
        user_data: *mut c_void,
    ) -> i32,
>;

pub type finn_file_format = i32;
/// a line a row; docs/FILES.md says what is taken for a number and a name
pub const FINN_FILE_CSV: finn_file_format = 0;
/// numbers of 64 bits and no more, least significant byte first
pub const FINN_FILE_FLOAT64: finn_file_format = 1;
/// the same of 32 bits
pub const FINN_FILE_FLOAT32: finn_file_format = 2;

pub type finn_outcome = i32;
pub const FINN_OUTCOME_UNFINISHED: finn_outcome = 0;
pub const FINN_OUTCOME_STEPS_DONE: finn_outcome = 1;
/// patience came to its end
pub const FINN_OUTCOME_EARLY_STOPPED: finn_outcome = 2;
/// L-BFGS: one of the tolerances is met
pub const FINN_OUTCOME_CONVERGED: finn_outcome = 3;
/// L-BFGS: rounding leaves no step that lowers the loss
pub const FINN_OUTCOME_STALLED: finn_outcome = 4;
/// the progress callback stopped the last fit, which can go on
pub const FINN_OUTCOME_STOPPED: finn_outcome = 5;

/// What finn_training_summary warns of; the numbers add up.
pub type finn_warning = i32;
/// f is only the floor, or 0 without one, at some rows
pub const FINN_WARNING_ROWS_AT_FLOOR: finn_warning = 1;
/// the integral is off its only bound by more than half of it
pub const FINN_WARNING_FAR_FROM_BOUND: finn_warning = 2;
/// the validation rows were best in the first half of the steps, and the rows trained on gained
/// since
pub const FINN_WARNING_OVERFITTED: finn_warning = 4;
/// the last tenth of the steps lowered the loss by more than its noise, and by 1 % of what all of
/// them did
pub const FINN_WARNING_STILL_FALLING: finn_warning = 8;

/// What happened in a run. Set struct_size.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_training_summary {
    pub struct_size: u64,
    /// done
    pub steps: i64,
    /// of the last step, before its update; NaN without steps
    pub loss: f64,
    /// the mean of the last 100 steps, or of all if fewer
    pub smoothed_loss: f64,
    /// of the last check; NaN without one
    pub validation_loss: f64,
    /// infinite without one
    pub best_validation_loss: f64,
    /// after how many steps that was; 0 without one
    pub best_step: i64,
    /// trained on, without validation rows; 0 with a sampler
    pub rows: i64,
    pub validation_rows: i64,
    /// with a log likelihood: at these rows, at most 2048 of those trained on and 2048 of the
    /// validation rows, f was computed
    pub rows_looked_at: i64,
    /// of these, where the network adds less than 1 % to the floor
    pub rows_at_floor: i64,
    /// share of the integral that is the floor: uniform_share
    pub floor_share: f64,
    /// of f over the domain; NaN where every row has its own
    pub integral: f64,
    /// the bound of the integral on one side; NaN where there is none
    pub bound: f64,
    /// of which integral and bound are: the one farthest from its bound
    pub output: i32,
    pub outcome: finn_outcome,
    /// 1: x, conditions or f are counted in units that came from rows
    pub has_standards: i32,
    /// a sum of finn_warning
    pub warnings: i32,
}

/// A density of many variables as a chain of conditionals, f(x | c) = prod_i f_i(x_i | c, x_1 ..
/// x_(i-1)): each link is a FINN in one variable, whose integral is 1 whatever stands before it, so
/// that f is normalised exactly, every conditional cdf is exact, and samples come one variable
/// after the other. It is what to take for tables of three and more variables that hang together; n
/// is 1 .. FINN_MAX_MIXTURE_VARIABLES, and the order of the variables is that of the columns.
/// docs/CHAINS.md.
///
/// A link begins as the linear regression on the variables before it. Rows that are held out choose
/// which form it takes: the conditional of a mixture of normals with full covariances, a mixture
/// around the regression, or one whose centres and weights a network of the variables before it
/// moves, or these side by side. The simpler form stays where the other one is not better by more
/// than chance.
#[repr(C)]
pub struct finn_chain {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

/// How a chain is fitted.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_chain_options {
    pub struct_size: u64,
    /// of each link; default 3000
    pub steps: i64,
    /// rows of a step; default 256
    pub batch: i64,
    /// default 0.003
    pub learning_rate: f64,
    /// of the rows, held out, in (0, 1); default 0.1
    pub validation_share: f64,
    /// default 0
    pub seed: u64,
    /// of the mixture of a link; default 64
    pub components: i32,
    /// of each of them; default 1
    pub normals_per_axis: i32,
    /// normals with full covariances, at most; 0: none are tried; default 16
    pub linear_components: i32,
    /// of the network of what stands before; default 2
    pub hidden_layers: i32,
    /// of each of them; default 64
    pub widths: [i32; FINN_MAX_HIDDEN_LAYERS as usize],
    /// of the networks in training; default FINN_FLOAT64
    pub precision: finn_precision,
    /// 0
    pub reserved: i32,
}

/// What a link is.
pub type finn_link_form = i32;
/// the conditional of a mixture of normals with full covariances
pub const FINN_LINK_LINEAR: finn_link_form = 0;
/// a mixture of normals around a linear regression
pub const FINN_LINK_RESIDUAL: finn_link_form = 1;
/// the same under a network of the variables before it
pub const FINN_LINK_NETWORK: finn_link_form = 2;
/// these side by side, each with a share
pub const FINN_LINK_STACKED: finn_link_form = 3;

/// The numbers of a CSV file in memory, with the names of its columns; docs/FILES.md. Any number of
/// threads may read it.
#[repr(C)]
pub struct finn_table {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

unsafe extern "C" {
    /// Version of the library at run time, as FINN_VERSION_NUMBER. Any thread.
    pub fn finn_version_number() -> i32;
    /// "0.2.0"; static storage. Any thread.
    pub fn finn_version_string() -> *const c_char;
    /// One line on compiler, kind of threads and the active instruction set; static storage. Any
    /// thread.
    pub fn finn_build_info() -> *const c_char;
    /// The instruction set whose kernels are in use: "avx512", "avx2", "sse2", "neon", "fma" (one
    /// number at a time, with fused multiply-adds) or "portable"; static storage. It is chosen when
    /// the library is loaded: the widest that the processor has, or the one that the environment
    /// variable FINN_SIMD names, "portable" if that one is not to be had. avx512, avx2, neon and
    /// fma give the same bits. Any thread.
    pub fn finn_instruction_set() -> *const c_char;
    /// FINN_MAX_VARIABLES of the library at run time. Any thread.
    pub fn finn_max_variables() -> i32;
    /// FINN_MAX_MIXTURE_VARIABLES of the library at run time. Any thread.
    pub fn finn_max_mixture_variables() -> i32;
    /// "FINN_ERROR_SIZE" and the like; "FINN_UNKNOWN" for any other number. Any thread.
    pub fn finn_status_name(status: finn_status) -> *const c_char;
    /// One sentence on a status. Any thread.
    pub fn finn_status_text(status: finn_status) -> *const c_char;
    /// The number of options of a struct; 0 for an unknown kind. Any thread.
    pub fn finn_option_count(kind: finn_options_kind) -> i32;
    /// Writes the row of the table with this index, 0 .. finn_option_count - 1, into *option, whose
    /// struct_size is set by the caller. Any thread.
    pub fn finn_option_row(
        kind: finn_options_kind,
        index: i32,
        option: *mut finn_option,
        error: *mut finn_error,
    ) -> finn_status;
    /// Sets the option of this name in *options, a struct of this kind, to a value in the form that
    /// its type says. A name that is not there is refused with the nearest one that is, a value
    /// outside its limits with the limits. Any thread.
    pub fn finn_option_set(
        kind: finn_options_kind,
        options: *mut c_void,
        name: *const c_char,
        value: *const c_char,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the value of the option of this name, as finn_option_set reads it, into value
    /// [capacity] with a terminating 0, and the bytes that it takes with that 0 into *size, which
    /// may be NULL. value may be NULL: only the size. Any thread.
    pub fn finn_option_get(
        kind: finn_options_kind,
        options: *const c_void,
        name: *const c_char,
        value: *mut c_char,
        capacity: i64,
        size: *mut i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes NULL and 0 into all fields but struct_size. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE
    /// for a size that the library does not know. Any thread.
    pub fn finn_map_options_init(options: *mut finn_map_options, struct_size: u64) -> finn_status;
    /// The box [lower, upper], each lower below its upper and finite. f goes on outside of it,
    /// where it means nothing; up to FINN_MAX_MIXTURE_VARIABLES variables. u = x.
    pub fn finn_domain_open_box(
        variables: i32,
        lower: *const f64,
        upper: *const f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// The same box with f = 0 outside; up to FINN_MAX_VARIABLES variables, like all that follow.
    pub fn finn_domain_box(
        variables: i32,
        lower: *const f64,
        upper: *const f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// The whole line, one variable. u in [0, 1] is the share of a normal, logistic or Cauchy
    /// density with z = (x - centre)/scale.
    pub fn finn_domain_line(
        centre: f64,
        scale: f64,
        tail: finn_tail,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// From end to infinity or minus infinity, one variable. u in [0, 1] is the share below x of a
    /// density of z = |x - end|/scale: half-normal, exponential, or 1/(1 + z)^2.
    pub fn finn_domain_half_line(
        end: f64,
        direction: finn_direction,
        scale: f64,
        tail: finn_tail,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// corner + sum_i u_i edges_i, u in [0, 1]^n: corner [variables], edges [variables][variables],
    /// an edge in each row.
    pub fn finn_domain_parallelepiped(
        variables: i32,
        corner: *const f64,
        edges: *const f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// matrix y + offset for all y of another domain: matrix [variables][variables], row-major,
    /// offset [variables]. u is that of y. The condition number of the matrix, once its rows and
    /// columns are brought to size 1, is at most 1e6. An affine image of an affine image counts as
    /// one, an open box as a box.
    pub fn finn_domain_affine(
        inner: *const finn_domain,
        matrix: *const f64,
        offset: *const f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// centre [2]. u = (share of the area from the centre outwards, angle in [0, 2 pi]).
    pub fn finn_domain_disk(
        centre: *const f64,
        radius: f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// 0 <= inner < outer.
    pub fn finn_domain_annulus(
        centre: *const f64,
        inner: f64,
        outer: f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// The part of an annulus with from <= angle <= to <= from + 2 pi; inner may be 0.
    pub fn finn_domain_sector(
        centre: *const f64,
        inner: f64,
        outer: f64,
        from: f64,
        to: f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// semi_axes [2] along the coordinate axes, then turned by `turn` radians. u is that of the
    /// disk.
    pub fn finn_domain_ellipse(
        centre: *const f64,
        semi_axes: *const f64,
        turn: f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// A disk by the map that the paper prints: u = (radius, angle), w = 1/radius, singular at the
    /// centre, where radii below 1e-8 of the disk's count as that.
    pub fn finn_domain_polar(
        centre: *const f64,
        radius: f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// centre [3]. u = (share of the volume from the centre outwards, cosine of the angle from the
    /// third axis, azimuth in [0, 2 pi]).
    pub fn finn_domain_ball(
        centre: *const f64,
        radius: f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// 0 <= inner < outer.
    pub fn finn_domain_shell(
        centre: *const f64,
        inner: f64,
        outer: f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// A disk in the first two variables times bottom <= x_3 <= top; centre [2].
    pub fn finn_domain_cylinder(
        centre: *const f64,
        radius: f64,
        bottom: f64,
        top: f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// The convex hull of vertices [variables + 1][variables]; a triangle for two variables.
    pub fn finn_domain_simplex(
        variables: i32,
        vertices: *const f64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// A convex polygon: vertices [count][2], count >= 3, in either order around it. A vertex that
    /// is the same as the one before it - the last one may be the first - or that lies on a side is
    /// left out.
    pub fn finn_domain_polygon(
        vertices: *const f64,
        count: i64,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// centre + t radius(d) d for all unit vectors d and 0 <= t <= 1, in two or three variables,
    /// centre [variables]. u is that of the disk or ball. A model file finds the domain again by
    /// its name, which may be NULL: the model cannot be saved then.
    pub fn finn_domain_star(
        name: *const c_char,
        variables: i32,
        centre: *const f64,
        radius: finn_radius_callback,
        user_data: *mut c_void,
        release: finn_release_callback,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// All points whose variables, one after the other, lie in the factors: factors [count],
    /// together at most FINN_MAX_VARIABLES variables; an open box counts as a box. u of a factor
    /// belongs to that factor alone.
    pub fn finn_domain_product(
        factors: *const *const finn_domain,
        count: i32,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// A map of your own. It is tried at 100 points of the box: fails, naming the point, when the
    /// round trip comes back elsewhere, the determinant is not that of differences of to_point, or
    /// vanishes, or changes its sign. A point that neither to_box nor Newton's method leads back to
    /// is outside.
    pub fn finn_domain_map(
        options: *const finn_map_options,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_domain_destroy(domain: *mut finn_domain);
    /// The number of variables; 0 for NULL. Any thread.
    pub fn finn_domain_variables(domain: *const finn_domain) -> i32;
    /// The kind of its map - "open box", "half-line" and so on - of static storage; "" for NULL. A
    /// disk is a "sector", a ball a "shell", a cylinder a "product", and what is skewed or turned
    /// is "affine". Any thread.
    pub fn finn_domain_kind(domain: *const finn_domain) -> *const c_char;
    /// The name that a star or a map was given; NULL without one. It lives as long as the domain.
    pub fn finn_domain_name(domain: *const finn_domain) -> *const c_char;
    /// The box of u, into lower and upper [variables]; length is that of each. Any thread.
    pub fn finn_domain_limits(
        domain: *const finn_domain,
        lower: *mut f64,
        upper: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// x [count][variables] = r(u) for u [count][variables]; u outside the box is moved to its
    /// edge. The infinite ends of an axis give the points with a share of 2^-64 or 2^-53 beyond.
    /// Any thread.
    pub fn finn_domain_to_point(
        domain: *const finn_domain,
        u: *const f64,
        count: i64,
        x: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// u [count][variables] of x [count][variables], and log_weight [count] = log w, which is
    /// -infinity for a point outside and may be NULL; length is that of u. u of a point outside
    /// lies on the edge of the box, so that a cdf, the integral from the lower limits to u, is
    /// defined everywhere. Of an open box u is x, and log w is 0 everywhere. Any thread.
    pub fn finn_domain_to_box(
        domain: *const finn_domain,
        x: *const f64,
        count: i64,
        u: *mut f64,
        length: i64,
        log_weight: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Write the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
    /// does not know. Any thread.
    pub fn finn_mixture_options_init(
        options: *mut finn_mixture_options,
        struct_size: u64,
    ) -> finn_status;
    /// See `finn_mixture_options_init`.
    pub fn finn_mlp_options_init(options: *mut finn_mlp_options, struct_size: u64) -> finn_status;
    /// variables is 1 .. FINN_MAX_MIXTURE_VARIABLES, outputs 1 .. 65536. options may be NULL: the
    /// defaults. Any thread.
    pub fn finn_network_mixture(
        variables: i32,
        outputs: i32,
        options: *const finn_mixture_options,
        network: *mut *mut finn_network,
        error: *mut finn_error,
    ) -> finn_status;
    /// variables is 1 .. FINN_MAX_VARIABLES, outputs 1 .. 65536. options may be NULL: the defaults.
    /// Any thread.
    pub fn finn_network_mlp(
        variables: i32,
        outputs: i32,
        options: *const finn_mlp_options,
        network: *mut *mut finn_network,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_network_destroy(network: *mut finn_network);
    /// The form; FINN_NETWORK_MIXTURE for NULL. Any thread.
    pub fn finn_network_get_form(network: *const finn_network) -> finn_network_form;
    /// 0 for NULL. Any thread.
    pub fn finn_network_variables(network: *const finn_network) -> i32;
    /// See `finn_network_variables`.
    pub fn finn_network_outputs(network: *const finn_network) -> i32;
    /// Copies the options of which the network was made into *options, whose struct_size is set by
    /// the caller; for FINN_ACTIVATION_AUTO the activation that it stood for. FINN_ERROR_ARGUMENT
    /// for a network of the other form. Any thread.
    pub fn finn_network_get_mixture(
        network: *const finn_network,
        options: *mut finn_mixture_options,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_network_get_mixture`.
    pub fn finn_network_get_mlp(
        network: *const finn_network,
        options: *mut finn_mlp_options,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
    /// does not know. Any thread.
    pub fn finn_constraint_options_init(
        options: *mut finn_constraint_options,
        struct_size: u64,
    ) -> finn_status;
    /// f is the mixed partial of the network as it stands.
    pub fn finn_constraint_none(
        constraint: *mut *mut finn_constraint,
        error: *mut finn_error,
    ) -> finn_status;
    /// J is target [outputs]; with SCALE and a positive network above 0.
    pub fn finn_constraint_equal(
        method: finn_method,
        outputs: i32,
        target: *const f64,
        options: *const finn_constraint_options,
        constraint: *mut *mut finn_constraint,
        error: *mut finn_error,
    ) -> finn_status;
    /// J is at least lower [outputs] and at most upper [outputs], each lower below its upper; one
    /// of the two may be NULL: no bound on that side. SMOOTH with SCALE needs a positive network.
    pub fn finn_constraint_bounded(
        method: finn_method,
        outputs: i32,
        lower: *const f64,
        upper: *const f64,
        transition: finn_transition,
        options: *const finn_constraint_options,
        constraint: *mut *mut finn_constraint,
        error: *mut finn_error,
    ) -> finn_status;
    /// J is any number, with SCALE any above 0, which is trained by itself and begins at start
    /// [outputs].
    pub fn finn_constraint_learned(
        method: finn_method,
        outputs: i32,
        start: *const f64,
        options: *const finn_constraint_options,
        constraint: *mut *mut finn_constraint,
        error: *mut finn_error,
    ) -> finn_status;
    /// The targets of a row are its last columns, one for each output. transition is CLIP for
    /// FINN_BOUND_EQUAL, CLIP or SMOOTH otherwise.
    pub fn finn_constraint_per_row(
        method: finn_method,
        bound: finn_bound,
        outputs: i32,
        transition: finn_transition,
        options: *const finn_constraint_options,
        constraint: *mut *mut finn_constraint,
        error: *mut finn_error,
    ) -> finn_status;
    /// The nearest f' + g in L2 for which all of count integrals, 1 .. 64, hold at once: that of
    /// prod_i u_i^powers[i] f over the box [lower, upper] is value. lower, upper and powers are
    /// [count][variables], value is [count][outputs]. -infinity and infinity stand for the limits
    /// of the domain, and lower and upper may be NULL: those limits everywhere. Powers are 0 .. 8,
    /// above 0 in at most three variables; powers may be NULL: all 0, the integrals themselves.
    /// variables is at most FINN_MAX_VARIABLES.
    pub fn finn_constraint_linear(
        variables: i32,
        outputs: i32,
        count: i32,
        lower: *const f64,
        upper: *const f64,
        powers: *const i32,
        value: *const f64,
        constraint: *mut *mut finn_constraint,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_constraint_destroy(constraint: *mut finn_constraint);
    /// FINN_CONSTRAINT_NONE for NULL. Any thread.
    pub fn finn_constraint_get_form(constraint: *const finn_constraint) -> finn_constraint_form;
    /// The outputs it was made for; 0 for NULL and for finn_constraint_none, which takes any.
    pub fn finn_constraint_outputs(constraint: *const finn_constraint) -> i32;
    /// The least and the largest J of each output, into lower and upper [outputs], length each:
    /// -infinity and infinity where there is no bound. FINN_ERROR_ARGUMENT for those without such
    /// numbers of their own, which are PER_ROW and LINEAR. Any thread.
    pub fn finn_constraint_bounds(
        constraint: *const finn_constraint,
        lower: *mut f64,
        upper: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
    /// does not know. Any thread.
    pub fn finn_conditioning_options_init(
        options: *mut finn_conditioning_options,
        struct_size: u64,
    ) -> finn_status;
    /// Feature-wise linear modulation (Perez et al. 2018): a network of c moves the biases or the
    /// centres of normals and scales the units and sums. The usual choice.
    pub fn finn_conditioning_film(
        conditions: i32,
        lower: *const f64,
        upper: *const f64,
        options: *const finn_conditioning_options,
        conditioning: *mut *mut finn_conditioning,
        error: *mut finn_error,
    ) -> finn_status;
    /// A hypernetwork (Ha et al. 2016), as in the paper: a network of c moves all parameters.
    pub fn finn_conditioning_hypernetwork(
        conditions: i32,
        lower: *const f64,
        upper: *const f64,
        options: *const finn_conditioning_options,
        conditioning: *mut *mut finn_conditioning,
        error: *mut finn_error,
    ) -> finn_status;
    /// Biases, or centres of normals, are linear in c, as if c were further inputs of every hidden
    /// unit, free in sign.
    pub fn finn_conditioning_inputs(
        conditions: i32,
        lower: *const f64,
        upper: *const f64,
        conditioning: *mut *mut finn_conditioning,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_conditioning_destroy(conditioning: *mut finn_conditioning);
    /// FINN_CONDITIONING_NONE for NULL. Any thread.
    pub fn finn_conditioning_get_form(
        conditioning: *const finn_conditioning,
    ) -> finn_conditioning_form;
    /// The number of conditions; 0 for NULL. Any thread.
    pub fn finn_conditioning_conditions(conditioning: *const finn_conditioning) -> i32;
    /// The range of c, into lower and upper [conditions], length each. Any thread.
    pub fn finn_conditioning_limits(
        conditioning: *const finn_conditioning,
        lower: *mut f64,
        upper: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Copies the options of which it was made into *options, whose struct_size is set by the
    /// caller. Any thread.
    pub fn finn_conditioning_get_options(
        conditioning: *const finn_conditioning,
        options: *mut finn_conditioning_options,
        error: *mut finn_error,
    ) -> finn_status;
    /// Makes a model with freshly drawn parameters (the initialisation from the statistics of the
    /// domain, docs/INITIALISATION.md). constraint may be NULL: J = 1 for each output, by SCALE for
    /// a positive network and by SHIFT otherwise. conditioning may be NULL: no conditions.
    /// FINN_ERROR_SIZE when parts have different numbers of variables or outputs; docs/ABI.md lists
    /// the few other pairs of parts that do not go together, all for reasons of mathematics. Any
    /// thread.
    pub fn finn_model_create(
        network: *const finn_network,
        domain: *const finn_domain,
        constraint: *const finn_constraint,
        conditioning: *const finn_conditioning,
        precision: finn_precision,
        seed: u64,
        model: *mut *mut finn_model,
        error: *mut finn_error,
    ) -> finn_status;
    /// A copy that shares nothing with the original but the parts, which never change. Any thread.
    pub fn finn_model_clone(
        model: *const finn_model,
        copy: *mut *mut finn_model,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_model_destroy(model: *mut finn_model);
    /// The parts of a model, each as a handle of the caller's. *constraint is what NULL stood for,
    /// too; *conditioning is NULL for a model without conditions. Any thread.
    pub fn finn_model_network(
        model: *const finn_model,
        network: *mut *mut finn_network,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_model_network`.
    pub fn finn_model_domain(
        model: *const finn_model,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_model_network`.
    pub fn finn_model_constraint(
        model: *const finn_model,
        constraint: *mut *mut finn_constraint,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_model_network`.
    pub fn finn_model_conditioning(
        model: *const finn_model,
        conditioning: *mut *mut finn_conditioning,
        error: *mut finn_error,
    ) -> finn_status;
    /// FINN_FLOAT64 for NULL. Any thread.
    pub fn finn_model_precision(model: *const finn_model) -> finn_precision;
    /// n, m, and the length of the flat parameter vector; 0 for NULL. Any thread.
    pub fn finn_model_variables(model: *const finn_model) -> i32;
    /// See `finn_model_variables`.
    pub fn finn_model_outputs(model: *const finn_model) -> i32;
    /// The length of a row of points, x in all functions below: the variables, then the conditions,
    /// then with finn_constraint_per_row the target of that row for each output. 0 for NULL. Any
    /// thread.
    pub fn finn_model_columns(model: *const finn_model) -> i32;
    /// See `finn_model_columns`.
    pub fn finn_model_parameter_count(model: *const finn_model) -> i64;
    /// Writes a description of the model, without its parameters, as one JSON object in UTF-8 with
    /// a terminating 0 into json [capacity], and the bytes that it takes with that 0 into *size,
    /// which may be NULL. json may be NULL: only the size. The object is that of model files:
    /// docs/FILES.md. Any thread.
    pub fn finn_model_describe(
        model: *const finn_model,
        json: *mut c_char,
        capacity: i64,
        size: *mut i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Draws the parameters anew, from the statistics of rows of x [rows][columns] in the domain
    /// instead of those of the domain: for data that fill only a part of it. Coordinates become
    /// those of the rows, and so does the range of conditions without limits; f(x | c) begins as
    /// f(x). The first fit of a fresh model does the same and more by itself (standardise). Each
    /// component of a mixture begins at a row, as wide as the rows around it lie apart, and the
    /// first one as wide as the domain. At most 1024 rows, drawn by the seed, are looked at.
    pub fn finn_model_initialise_from_data(
        model: *mut finn_model,
        x: *const f64,
        rows: i64,
        seed: u64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Copies the free parameters out of or into the model. Mlp: layer by layer, weights [out][in],
    /// then biases [out], with axis units before them log slopes log w and centres m, each
    /// [variables] [axis_units]; orthant by orthant, output by output under SHARING_NONE, each with
    /// its layers, then with skip the weights [outputs][in] of the hidden layers but the last.
    /// Mixture: log slopes log w, centres m and, if normals_per_axis > 1, logits of the shares a,
    /// each [variables][components] [normals_per_axis], then c [outputs][components]; under
    /// SHARING_NONE so for each output. With conditions the network of c follows, layer by layer,
    /// weights [out][in] and biases [out]; then, where J is learned, its free parameter tau
    /// [outputs]. Last come the standards, which no optimiser moves and whose gradient is 0: mean
    /// and log spread, each [variables], of x in units of the box; mean and log spread, each
    /// [conditions], of c in units of their limits; the log unit of f [outputs]. All of them are 0
    /// until a first fit (docs/INITIALISATION.md); where the exponential of a logarithm is not
    /// finite or 0, FINN_ERROR_ARGUMENT. length must be finn_model_parameter_count; values must be
    /// finite, in the precision of the model too. Parameters whose integral cannot be normalised
    /// may be set; it is the next query that returns FINN_ERROR_INTEGRAL.
    pub fn finn_model_get_parameters_f64(
        model: *const finn_model,
        parameters: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_model_get_parameters_f64`.
    pub fn finn_model_get_parameters_f32(
        model: *const finn_model,
        parameters: *mut f32,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_model_get_parameters_f64`.
    pub fn finn_model_set_parameters_f64(
        model: *mut finn_model,
        parameters: *const f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_model_get_parameters_f64`.
    pub fn finn_model_set_parameters_f32(
        model: *mut finn_model,
        parameters: *const f32,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the file without a name, flushes it to the disk and puts it at path at once: whatever
    /// fails, a file that was there before is whole, and nothing is left beside it. Only a process
    /// that is killed at the moment of replacing one may leave PATH.saving, which is whole; the
    /// next save takes it over. Links are followed, a file keeps its mode, and what is not a
    /// regular file is refused. Errors of the system give FINN_ERROR_FILE.
    pub fn finn_model_save(
        model: *const finn_model,
        path: *const c_char,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_model_save`.
    pub fn finn_model_load(
        path: *const c_char,
        domains: *const *const finn_domain,
        count: i32,
        model: *mut *mut finn_model,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the bytes of the file into buffer [capacity], and their number into *size. With
    /// buffer NULL only the number; FINN_ERROR_SIZE when capacity is too small.
    pub fn finn_model_save_bytes(
        model: *const finn_model,
        buffer: *mut c_void,
        capacity: i64,
        size: *mut i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_model_save_bytes`.
    pub fn finn_model_load_bytes(
        bytes: *const c_void,
        size: i64,
        domains: *const *const finn_domain,
        count: i32,
        model: *mut *mut finn_model,
        error: *mut finn_error,
    ) -> finn_status;
    /// threads: how many threads a call may use, at most 1024. 0: as many as the environment
    /// variable FINN_THREADS says; without it OMP_NUM_THREADS, the first number of its list;
    /// without both one per processor on which this process may run. They are read when the library
    /// is loaded. FINN_ERROR_ARGUMENT where FINN_THREADS is needed and is no number from 1 to 1024;
    /// what is wrong with OMP_NUM_THREADS is ignored. A call starts no more threads than it has
    /// tiles of 32 or 64 points, when it first needs them. They are the workspace's own and end
    /// with it; they take no signals. Where the system refuses a thread, the workspace goes on with
    /// fewer. The child of a fork may go on with the workspaces that its thread has. Results are
    /// the same bits for every number of threads. A library that was configured for OpenMP uses its
    /// threads instead, for which other rules hold, and one configured without threads has the
    /// caller's alone (docs/THREADS.md).
    pub fn finn_workspace_create(
        threads: i32,
        workspace: *mut *mut finn_workspace,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_workspace_destroy(workspace: *mut finn_workspace);
    /// f at points x [batch][columns], into f [batch][outputs]. With a positive network and the
    /// method SCALE, or without a constraint, f >= 0 always, also in float; SHIFT may push it below
    /// 0. Points outside an open box are allowed; far outside F grows like a polynomial and may
    /// overflow. Outside any other domain f is 0 and F that of the u that finn_domain_to_box gives.
    /// f is per volume of x, in the precision of the model: with FINN_FLOAT32 it is 0, or the call
    /// fails with FINN_ERROR_NOT_FINITE, where many variables of small or large size make it no
    /// float. Log likelihoods are not touched by that (docs/TRAINING.md). With conditions or
    /// targets per row each row is normalised by itself, in the precision of the model;
    /// FINN_ERROR_INTEGRAL names the row that cannot be.
    pub fn finn_integrand_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f64,
        batch: i64,
        f: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_integrand_f64`.
    pub fn finn_integrand_f32(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f32,
        batch: i64,
        f: *mut f32,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// F at points x [batch][columns], into F [batch][outputs], constrained like f: only
    /// differences over the corners of a box mean anything.
    pub fn finn_antiderivative_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f64,
        batch: i64,
        F: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_antiderivative_f64`.
    pub fn finn_antiderivative_f32(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f32,
        batch: i64,
        F: *mut f32,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// d^|S| F / prod_{i in S} dx_i into values [batch][outputs]; bit i of subset stands for
    /// variable i, counted from 0. Subset 0 is F, all ones is f; differenced over the corners of
    /// the other variables it is a marginal. With a domain that maps, the derivatives of a proper
    /// subset are those in u, at u(x); but where it covers all variables of a factor of
    /// finn_domain_product, they are those in x, times the weight of that factor: marginals over
    /// whole factors are densities of x. Of an mlp with several orthants see docs/NETWORKS.md.
    pub fn finn_mixed_partial_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        subset: u64,
        x: *const f64,
        batch: i64,
        values: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_mixed_partial_f64`.
    pub fn finn_mixed_partial_f32(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        subset: u64,
        x: *const f32,
        batch: i64,
        values: *mut f32,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Any derivative of F: d^|k| F / prod_i dx_i^k_i into values [batch][outputs], k = orders
    /// [variables], each 0 .. 8. All 1 is f, all 0 is F, f with one 2 in it a component of the
    /// gradient of f, with a 3 or two 2 an entry of its Hessian. Of an mlp the orders add up to at
    /// most 8, of a mixture to at most 72. Where u_i of the domain is not x_i itself an order is 0
    /// or 1, and the derivative is that of finn_mixed_partial; FINN_ERROR_ARGUMENT names the
    /// variable, or the sum, that is too much. What a constraint adds is differentiated as well;
    /// LINEAR without what is not smooth at the edges of its boxes. docs/DERIVATIVES.md has the
    /// cost and the error.
    pub fn finn_derivative_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        orders: *const i32,
        x: *const f64,
        batch: i64,
        values: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_derivative_f64`.
    pub fn finn_derivative_f32(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        orders: *const i32,
        x: *const f32,
        batch: i64,
        values: *mut f32,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The integral of f over the box [lower, upper] ([variables] each, lower <= upper), from F at
    /// its 2^n corners - of a mixture: from differences one variable at a time, with condition
    /// number 1 - always in double, whatever the precision of the model.
    ///     value             [outputs]
    ///   condition_number  [outputs] sum |F| / |sum F| of the difference: infinite when only the sum
    /// is 0, 1 when all F are; may be NULL error_estimate    [outputs] the rounding error to expect
    /// in value; may be NULL length is that of each of them.
    pub fn finn_integral(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        limits: finn_limits,
        lower: *const f64,
        upper: *const f64,
        value: *mut f64,
        condition_number: *mut f64,
        error_estimate: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The integral of f(x | c) over a box for each of count conditions [count][columns -
    /// variables]: conditions, and then the targets of a row with finn_constraint_per_row. For a
    /// model without such columns conditions may be NULL, and every row is finn_integral, which
    /// takes such models only. value, condition_number and error_estimate are [count][outputs], of
    /// length numbers each; the last two may be NULL.
    pub fn finn_conditional_integral(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        limits: finn_limits,
        lower: *const f64,
        upper: *const f64,
        conditions: *const f64,
        count: i64,
        value: *mut f64,
        condition_number: *mut f64,
        error_estimate: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Vector-Jacobian product of f, for a loss of your own: given f_adjoint [batch][outputs] =
    /// dLoss/df, writes
    ///     f                  [batch][outputs]   may be NULL
    ///     parameter_adjoint  [parameter_count]  dLoss/dparameters, through the constraint as well
    ///     x_adjoint          [batch][columns]   dLoss/dx, with conditions and targets; may be NULL
    /// each with its length, which is not looked at where the array is NULL. The arrays are
    /// overwritten, not added to.
    pub fn finn_integrand_vjp_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f64,
        batch: i64,
        f_adjoint: *const f64,
        f: *mut f64,
        f_length: i64,
        parameter_adjoint: *mut f64,
        parameter_length: i64,
        x_adjoint: *mut f64,
        x_length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_integrand_vjp_f64`.
    pub fn finn_integrand_vjp_f32(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f32,
        batch: i64,
        f_adjoint: *const f32,
        f: *mut f32,
        f_length: i64,
        parameter_adjoint: *mut f32,
        parameter_length: i64,
        x_adjoint: *mut f32,
        x_length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Vector-Jacobian product of any derivative of F, of these orders [variables], as
    /// finn_derivative_f64 takes them: given values_adjoint [batch][outputs], writes
    ///     values             [batch][outputs]   may be NULL
    ///     parameter_adjoint  [parameter_count]
    ///     x_adjoint          [batch][columns]   with conditions and targets; may be NULL
    /// as finn_integrand_vjp_f64 does for f. x_adjoint is all derivatives of one order more at the
    /// cost of one. Outside of a domain that maps, variables whose u is clamped to its box have the
    /// adjoint 0; outside of a disk and the like all of them have. Of a model in float the adjoints
    /// are sums in float.
    pub fn finn_derivative_vjp_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        orders: *const i32,
        x: *const f64,
        batch: i64,
        values_adjoint: *const f64,
        values: *mut f64,
        values_length: i64,
        parameter_adjoint: *mut f64,
        parameter_length: i64,
        x_adjoint: *mut f64,
        x_length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Vector-Jacobian product of finn_conditional_integral, for a loss that integrals over a box
    /// enter: given value_adjoint [count][outputs], writes
    ///     value              [count][outputs]              may be NULL
    ///     parameter_adjoint  [parameter_count]
    ///     lower_adjoint      [variables]                   sums over the rows; both may be NULL
    ///     upper_adjoint      [variables]                   with limit_length
    ///     condition_adjoint  [count][columns - variables]  may be NULL
    /// each with its length, which is not looked at where the array is NULL. Everything is in
    /// double, whatever the precision of the model. The adjoint of a limit beyond the domain is 0.
    pub fn finn_conditional_integral_vjp(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        limits: finn_limits,
        lower: *const f64,
        upper: *const f64,
        conditions: *const f64,
        count: i64,
        value_adjoint: *const f64,
        value: *mut f64,
        value_length: i64,
        parameter_adjoint: *mut f64,
        parameter_length: i64,
        lower_adjoint: *mut f64,
        upper_adjoint: *mut f64,
        limit_length: i64,
        condition_adjoint: *mut f64,
        condition_length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// That of an output of the model, 0 for the only one. FINN_ERROR_ARGUMENT for a model whose f
    /// may be negative: a network without positivity, or a constraint other than none and those
    /// that scale. FINN_ERROR_INTEGRAL where f has no integral above 0. Any thread.
    pub fn finn_distribution_create(
        model: *const finn_model,
        output: i32,
        distribution: *mut *mut finn_distribution,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_distribution_destroy(distribution: *mut finn_distribution);
    /// That of variables [count], in this order, whatever the others are. Any thread.
    pub fn finn_distribution_marginal(
        distribution: *const finn_distribution,
        variables: *const i32,
        count: i32,
        marginal: *mut *mut finn_distribution,
        error: *mut finn_error,
    ) -> finn_status;
    /// That of the other variables where variables [count] have the values that each row says; at
    /// least one variable has to be left. Any thread.
    pub fn finn_distribution_given(
        distribution: *const finn_distribution,
        variables: *const i32,
        count: i32,
        given: *mut *mut finn_distribution,
        error: *mut finn_error,
    ) -> finn_status;
    /// That within lower and upper [variables] each, which may be infinite, divided by the
    /// probability of that box; FINN_ERROR_ARGUMENT where nothing of the distribution is left. Any
    /// thread.
    pub fn finn_distribution_truncated(
        distribution: *const finn_distribution,
        lower: *const f64,
        upper: *const f64,
        truncated: *mut *mut finn_distribution,
        error: *mut finn_error,
    ) -> finn_status;
    /// How many variables it has, and the columns of a row x and of a row given; 0 for NULL. Any
    /// thread.
    pub fn finn_distribution_variables(distribution: *const finn_distribution) -> i32;
    /// See `finn_distribution_variables`.
    pub fn finn_distribution_columns(distribution: *const finn_distribution) -> i32;
    /// See `finn_distribution_variables`.
    pub fn finn_distribution_given_columns(distribution: *const finn_distribution) -> i32;
    /// The limits between which it has its probability, into lower and upper [variables], length
    /// each; infinite on unbounded domains. Any thread.
    pub fn finn_distribution_support(
        distribution: *const finn_distribution,
        lower: *mut f64,
        upper: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The density at x [rows][columns], into density [rows]; outside of the distribution 0.
    pub fn finn_distribution_density(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        x: *const f64,
        rows: i64,
        density: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Its logarithm, into log_density [rows]; outside of the distribution -infinity. That of a
    /// mixture is finite everywhere else, also where the density is too small for a number.
    pub fn finn_distribution_log_density(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        x: *const f64,
        rows: i64,
        log_density: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// P(X_1 <= x_1, .., X_n <= x_n) at x [rows][columns], whose variables may be infinite, into
    /// cdf [rows]. Small values keep their digits.
    pub fn finn_distribution_cdf(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        x: *const f64,
        rows: i64,
        cdf: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// P(X_1 > x_1, .., X_n > x_n) likewise: of one variable 1 - cdf, with its digits where that is
    /// small.
    pub fn finn_distribution_survival(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        x: *const f64,
        rows: i64,
        survival: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The probability of a box for each row: from lower to upper [rows][variables], which may be
    /// infinite, into value [rows]; never negative. error_estimate [rows] is the error to expect in
    /// it, and may be NULL. given [rows][given_columns].
    pub fn finn_distribution_probability(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        lower: *const f64,
        upper: *const f64,
        given: *const f64,
        rows: i64,
        value: *mut f64,
        error_estimate: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// That of boxes [lower, lower + width], for boxes so narrow that lower + width has too few
    /// digits of width; finite, width >= 0.
    pub fn finn_distribution_probability_of_width(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        lower: *const f64,
        width: *const f64,
        given: *const f64,
        rows: i64,
        value: *mut f64,
        error_estimate: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The gradient of the log density at x [rows][columns] by every column of a row - variables,
    /// what is given, conditions - into gradient [rows][columns]; 0 in rows outside of the
    /// distribution. That of a mixture by variables and by what is given is right also where the
    /// density is too small for a number; by conditions FINN_ERROR_NOT_FINITE names such a row.
    pub fn finn_distribution_log_density_gradient(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        x: *const f64,
        rows: i64,
        gradient: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The gradient of the cdf at x [rows][columns] by every column, into gradient [rows][columns];
    /// 0 by a variable that is infinite or beyond the distribution.
    pub fn finn_distribution_cdf_gradient(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        x: *const f64,
        rows: i64,
        gradient: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The gradient of finn_distribution_probability: by lower and by upper [rows][variables],
    /// which have limit_length, and by given [rows][given_columns]; any of the three may be NULL.
    pub fn finn_distribution_probability_gradient(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        lower: *const f64,
        upper: *const f64,
        given: *const f64,
        rows: i64,
        lower_gradient: *mut f64,
        upper_gradient: *mut f64,
        limit_length: i64,
        given_gradient: *mut f64,
        given_length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Where the cdf is p [rows], 0 .. 1, into x [rows]: the limits for 0 and 1, which on an
    /// unbounded domain are the farthest points that it has numbers for. Of a distribution of one
    /// variable; FINN_ERROR_ARGUMENT for any other. given [rows][given_columns].
    pub fn finn_distribution_quantile(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        p: *const f64,
        given: *const f64,
        rows: i64,
        x: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// u_k = P(X_k <= x_k | x_1 .. x_(k-1)) at x [rows][columns], into u [rows][variables]: uniform
    /// on the unit cube where x follows the distribution (Rosenblatt 1952).
    pub fn finn_distribution_rosenblatt(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        x: *const f64,
        rows: i64,
        u: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The x [rows][variables] of u [rows][variables], 0 .. 1: conditional quantiles, one variable
    /// after the other. given [rows][given_columns].
    pub fn finn_distribution_inverse_rosenblatt(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        u: *const f64,
        given: *const f64,
        rows: i64,
        x: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// At x [rows][columns], what finn_distribution_rosenblatt and its inverse change by:
    ///     jacobian  [rows][variables][columns]    du_k by every column; may be NULL
    ///     inverse   [rows][variables][variables]  dx_k/du_j at the u of this x; may be NULL
    /// Both are triangular in the variables: u_k depends on x_1 .. x_k. Along x = x(u, given) of
    /// fixed u dx/dgiven is -inverse times the columns of jacobian behind the variables.
    /// FINN_ERROR_NOT_FINITE where the density is 0, so that u has no inverse, and inverse is asked
    /// for.
    pub fn finn_distribution_rosenblatt_jacobian(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        x: *const f64,
        rows: i64,
        jacobian: *mut f64,
        jacobian_length: i64,
        inverse: *mut f64,
        inverse_length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Samples, into x [rows][variables]. Sample i of a seed, i >= 0, is the same whatever the
    /// threads and however many are drawn at once; these are the samples from first on. given
    /// [rows][given_columns] are the values under which each is drawn.
    pub fn finn_distribution_sample(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        seed: u64,
        first: i64,
        given: *const f64,
        rows: i64,
        x: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Mean [rows][variables] and covariance [rows][variables][variables] for each row of given
    /// [rows][given_columns], with the errors to expect in them, of the same shapes and lengths;
    /// any of the four may be NULL. In closed form for a mixture where x is u, otherwise by
    /// quadrature.
    pub fn finn_distribution_moments(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        given: *const f64,
        rows: i64,
        mean: *mut f64,
        mean_error: *mut f64,
        mean_length: i64,
        covariance: *mut f64,
        covariance_error: *mut f64,
        covariance_length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The mean of what the callback says of x, into value [outputs], and its standard_error
    /// [outputs]; length is outputs.
    pub fn finn_distribution_expectation(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        callback: finn_expectation_callback,
        user_data: *mut c_void,
        given: *const f64,
        samples: i64,
        seed: u64,
        value: *mut f64,
        standard_error: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The mean of -log density, in nats.
    pub fn finn_distribution_entropy(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        given: *const f64,
        samples: i64,
        seed: u64,
        value: *mut f64,
        standard_error: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The density above which the smallest region lies that holds this probability, 0 <
    /// probability < 1: the highest-density region is where finn_distribution_density is at least
    /// *level.
    pub fn finn_distribution_density_level(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        given: *const f64,
        probability: f64,
        samples: i64,
        seed: u64,
        level: *mut f64,
        standard_error: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Where the density is highest, into x [variables], length, with the logarithm of the density
    /// there into *log_density, which may be NULL: the best of a few peaks that are climbed from
    /// samples.
    pub fn finn_distribution_mode(
        distribution: *const finn_distribution,
        workspace: *mut finn_workspace,
        given: *const f64,
        samples: i64,
        seed: u64,
        x: *mut f64,
        length: i64,
        log_density: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
    /// does not know. Any thread.
    pub fn finn_training_options_init(
        options: *mut finn_training_options,
        struct_size: u64,
    ) -> finn_status;
    /// A trainer of this model, which it keeps: the handle may be destroyed before it. options may
    /// be NULL: the defaults.
    pub fn finn_trainer_create(
        model: *mut finn_model,
        options: *const finn_training_options,
        trainer: *mut *mut finn_trainer,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_trainer_destroy(trainer: *mut finn_trainer);
    /// The loss of FINN_LOSS_CUSTOM, to be set before a fit, in place of one that was set before;
    /// no checkpoint keeps it. release may be NULL.
    pub fn finn_trainer_set_loss(
        trainer: *mut finn_trainer,
        loss: finn_loss_callback,
        user_data: *mut c_void,
        release: finn_release_callback,
        error: *mut finn_error,
    ) -> finn_status;
    /// The numbers of a row of y that the loss of the options takes: the outputs of the model, its
    /// variables under FINN_LOSS_INTERVAL_LIKELIHOOD, and 0 where it takes none. 0 for NULL. Any
    /// thread.
    pub fn finn_trainer_target_columns(trainer: *const finn_trainer) -> i32;
    /// The validation rows, in place of a share of the data: x [rows][columns], y [rows][outputs]
    /// (NULL where the loss takes none, other columns where finn_trainer_target_columns says so)
    /// and weights [rows], which may be NULL. They are copied. Before the first step only.
    pub fn finn_trainer_set_validation(
        trainer: *mut finn_trainer,
        x: *const f64,
        y: *const f64,
        weights: *const f64,
        rows: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Trains on rows of x [rows][columns] and y [rows][outputs]; y is NULL under
    /// FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and FINN_LOSS_POISSON_PROCESS, may be NULL under
    /// FINN_LOSS_CUSTOM, and is [rows][variables] under FINN_LOSS_INTERVAL_LIKELIHOOD. Row i counts
    /// weights[i] times: weights [rows], >= 0, may be NULL, as it has to be under FINN_LOSS_CUSTOM.
    /// The loss is the mean of weight times loss, where weights are divided by their mean, so that
    /// only their ratios count; not so under FINN_LOSS_POISSON_PROCESS, where a weight is a number
    /// of events. Rows lie in the domain and are shuffled anew for each pass. Goes on from where
    /// the trainer stands until the run is over (finn_trainer_outcome), with as many rows as at the
    /// first call. progress may be NULL. A fit that the callback stopped goes on, in a further
    /// call, to the same bits as if it had not been stopped. A step whose loss, gradient or update
    /// is not finite ends the fit with FINN_ERROR_NOT_FINITE: parameters and optimiser are those of
    /// the step before. With validation rows, the run ends with the parameters that were best on
    /// them, which are running means over a hundred steps. A run that progress stopped has the
    /// latest ones.
    pub fn finn_trainer_fit_data(
        trainer: *mut finn_trainer,
        workspace: *mut finn_workspace,
        x: *const f64,
        y: *const f64,
        weights: *const f64,
        rows: i64,
        progress: finn_progress_callback,
        progress_data: *mut c_void,
        error: *mut finn_error,
    ) -> finn_status;
    /// Trains on mini-batches that a callback fills. progress may be NULL.
    pub fn finn_trainer_fit_sampler(
        trainer: *mut finn_trainer,
        workspace: *mut finn_workspace,
        sampler: finn_sampler_callback,
        sampler_data: *mut c_void,
        progress: finn_progress_callback,
        progress_data: *mut c_void,
        error: *mut finn_error,
    ) -> finn_status;
    /// Trains on rows from a file, which may be larger than memory: x [columns], then y as
    /// finn_trainer_fit_data has it (of FINN_LOSS_CUSTOM [outputs]), then a weight if weighted is 1
    /// and not 0. chosen [chosen_count] are the columns of a CSV file in that order, by name or
    /// number from 1; it may be NULL for a count of 0: all columns as they stand. The same bits as
    /// finn_trainer_fit_data with these rows. The file is read once to check it, before the first
    /// step, and then row by row; 8 bytes of memory a row for the order of the rows, and 8 more for
    /// a CSV file. Bad files give FINN_ERROR_FILE, FINN_ERROR_FORMAT or the status of the bad
    /// number, in messages that name path, line (or row) and column, counted from 1. progress may
    /// be NULL.
    pub fn finn_trainer_fit_file(
        trainer: *mut finn_trainer,
        workspace: *mut finn_workspace,
        path: *const c_char,
        format: finn_file_format,
        chosen: *const *const c_char,
        chosen_count: i32,
        weighted: i32,
        progress: finn_progress_callback,
        progress_data: *mut c_void,
        error: *mut finn_error,
    ) -> finn_status;
    /// How the run stands, or ended; FINN_OUTCOME_UNFINISHED for NULL.
    pub fn finn_trainer_outcome(trainer: *const finn_trainer) -> finn_outcome;
    /// The smallest loss of the validation rows, and after how many steps it was seen: 0, and an
    /// infinite loss, when there was none. Either may be NULL.
    pub fn finn_trainer_best(
        trainer: *const finn_trainer,
        validation_loss: *mut f64,
        step: *mut i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Steps done so far; 0 for NULL.
    pub fn finn_trainer_steps(trainer: *const finn_trainer) -> i64;
    /// Copies the loss of every step done into losses [length], length = finn_trainer_steps.
    pub fn finn_trainer_history(
        trainer: *const finn_trainer,
        losses: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes what happened into *summary, whose struct_size is set by the caller. It tells of the
    /// model as it is now, and looks at some rows, which takes as long as a few steps. A trainer
    /// that was loaded tells of the whole run, but of rows trained on it has none to look at until
    /// a fit was called with them; that may be after the run is over. FINN_ERROR_INTEGRAL where the
    /// model cannot be normalised. Trainer and workspace serve one thread at a time.
    pub fn finn_trainer_summary(
        trainer: *const finn_trainer,
        workspace: *mut finn_workspace,
        summary: *mut finn_training_summary,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes a summary as a few lines, of which those that warn begin with "warning: ", into text
    /// [capacity] with a terminating 0, and the bytes that they take with that 0 into *size, which
    /// may be NULL. text may be NULL: only the size. Any thread.
    pub fn finn_trainer_summary_text(
        summary: *const finn_training_summary,
        text: *mut c_char,
        capacity: i64,
        size: *mut i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// As finn_model_save and finn_model_save_bytes.
    pub fn finn_trainer_save(
        trainer: *const finn_trainer,
        path: *const c_char,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_trainer_save`.
    pub fn finn_trainer_save_bytes(
        trainer: *const finn_trainer,
        buffer: *mut c_void,
        capacity: i64,
        size: *mut i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// A trainer of model, which gets the parameters of the checkpoint. FINN_ERROR_SIZE when the
    /// checkpoint is one of another model: the message names the field that differs. When it fails
    /// the model is as it was.
    pub fn finn_trainer_load(
        model: *mut finn_model,
        path: *const c_char,
        trainer: *mut *mut finn_trainer,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_trainer_load`.
    pub fn finn_trainer_load_bytes(
        model: *mut finn_model,
        bytes: *const c_void,
        size: i64,
        trainer: *mut *mut finn_trainer,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
    /// does not know. Any thread.
    pub fn finn_chain_options_init(
        options: *mut finn_chain_options,
        struct_size: u64,
    ) -> finn_status;
    /// A chain without links, of which finn_chain_fit_data makes one with them. conditions is 0 or
    /// more, 1024 at most. lower and upper [variables], each lower below its upper, are the limits
    /// of the variables, which may be infinite and hold exactly; both may be NULL: no limits.
    /// options may be NULL: the defaults. Any thread.
    pub fn finn_chain_create(
        variables: i32,
        conditions: i32,
        lower: *const f64,
        upper: *const f64,
        options: *const finn_chain_options,
        chain: *mut *mut finn_chain,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_chain_destroy(chain: *mut finn_chain);
    /// Fits the links that are missing to rows of x [rows][variables + conditions], of which row i
    /// counts weights[i] times: weights [rows], >= 0, may be NULL. The steps of progress, which may
    /// be NULL, are those of all links. Where progress stops it the links that are done stay, and a
    /// further call with the same rows goes on to the same bits. One thread at a time.
    pub fn finn_chain_fit_data(
        chain: *mut finn_chain,
        workspace: *mut finn_workspace,
        x: *const f64,
        weights: *const f64,
        rows: i64,
        progress: finn_progress_callback,
        progress_data: *mut c_void,
        error: *mut finn_error,
    ) -> finn_status;
    /// The variables, the conditions, and how many links are fitted; 0 for NULL. Not during a fit.
    pub fn finn_chain_variables(chain: *const finn_chain) -> i32;
    /// See `finn_chain_variables`.
    pub fn finn_chain_conditions(chain: *const finn_chain) -> i32;
    /// See `finn_chain_variables`.
    pub fn finn_chain_links(chain: *const finn_chain) -> i32;
    /// Copies the options into *options, whose struct_size is set by the caller.
    pub fn finn_chain_get_options(
        chain: *const finn_chain,
        options: *mut finn_chain_options,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the form of a fitted link, counted from 0, into *form, and the mean log likelihoods
    /// of the rows held out under each of the first three, in the order of finn_link_form, into
    /// log_likelihoods [3]: NaN of one that was not tried; may be NULL. Not during a fit.
    pub fn finn_chain_link(
        chain: *const finn_chain,
        link: i32,
        form: *mut finn_link_form,
        log_likelihoods: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The distribution of a chain whose links are all fitted, a snapshot as that of a model. It
    /// has density, cdf, probability, quantile, Rosenblatt transform, samples, moments,
    /// expectation, entropy and density level; FINN_ERROR_ARGUMENT for the others. Its marginals
    /// are those of the first variables, and given are first variables too. Cdfs and probabilities
    /// of one variable are exact; of more, as moments, they are quasi-random sums over the chain,
    /// whose error_estimate is the standard error. Not during a fit.
    pub fn finn_chain_distribution(
        chain: *const finn_chain,
        distribution: *mut *mut finn_distribution,
        error: *mut finn_error,
    ) -> finn_status;
    /// As finn_model_save and so on; docs/FILES.md. A chain of which links are missing is a
    /// checkpoint: a fit goes on after the last one that is there.
    pub fn finn_chain_save(
        chain: *const finn_chain,
        path: *const c_char,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_chain_save`.
    pub fn finn_chain_load(
        path: *const c_char,
        chain: *mut *mut finn_chain,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_chain_save`.
    pub fn finn_chain_save_bytes(
        chain: *const finn_chain,
        buffer: *mut c_void,
        capacity: i64,
        size: *mut i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_chain_save`.
    pub fn finn_chain_load_bytes(
        bytes: *const c_void,
        size: i64,
        chain: *mut *mut finn_chain,
        error: *mut finn_error,
    ) -> finn_status;
    /// chosen [chosen_count] are the columns wanted in that order, by name or number from 1; it may
    /// be NULL for a count of 0: all columns as they stand. Only columns wanted have to be numbers.
    /// Missing values are refused with their line.
    pub fn finn_table_read(
        path: *const c_char,
        chosen: *const *const c_char,
        chosen_count: i32,
        table: *mut *mut finn_table,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_table_destroy(table: *mut finn_table);
    /// 0 for NULL.
    pub fn finn_table_rows(table: *const finn_table) -> i64;
    /// See `finn_table_rows`.
    pub fn finn_table_columns(table: *const finn_table) -> i32;
    /// The name of a column, counted from 0; "" when it has none or there is no such column. It
    /// lives as long as the table.
    pub fn finn_table_name(table: *const finn_table, column: i32) -> *const c_char;
    /// Copies the numbers into values [rows][columns].
    pub fn finn_table_values(
        table: *const finn_table,
        values: *mut f64,
        length: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// values [count][length]: values[k * length + i] = sigma_(order - k)(x[i]). order is 1 .. 8,
    /// count at least 1, order - count + 1 >= -8, length >= 0. values must not overlap x.
    pub fn finn_sigma_f64(
        order: i32,
        count: i32,
        x: *const f64,
        length: i64,
        values: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_sigma_f64`.
    pub fn finn_sigma_f32(
        order: i32,
        count: i32,
        x: *const f32,
        length: i64,
        values: *mut f32,
        error: *mut finn_error,
    ) -> finn_status;
    /// logs [length] = log sigma_order(x) and slopes [length] = its derivative, sigma_(order-1) /
    /// sigma_order; slopes may be NULL. order is 0 .. 8. Finite for every finite x, also where
    /// sigma_n underflows: what is beyond the largest number becomes that number. Errors at most 8
    /// unit roundoffs of the result; of 1, if that is larger, for logs of orders above 1, which
    /// have a zero.
    pub fn finn_log_sigma_f64(
        order: i32,
        x: *const f64,
        length: i64,
        logs: *mut f64,
        slopes: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_log_sigma_f64`.
    pub fn finn_log_sigma_f32(
        order: i32,
        x: *const f32,
        length: i64,
        logs: *mut f32,
        slopes: *mut f32,
        error: *mut finn_error,
    ) -> finn_status;
    /// Repeated integrals of erfc (DLMF 7.18): values [count][length], values[k * length + i] =
    /// i^(order - k)erfc(z[i]) = 2 sigma_(order - k + 1)(-z[i]). order is 0 .. 7, down to
    /// i^-1erfc(z) = 2 exp(-z^2) / sqrt(pi): 1 <= count <= order + 2. Errors as those of sigma.
    pub fn finn_repeated_erfc_f64(
        order: i32,
        count: i32,
        z: *const f64,
        length: i64,
        values: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_repeated_erfc_f64`.
    pub fn finn_repeated_erfc_f32(
        order: i32,
        count: i32,
        z: *const f32,
        length: i64,
        values: *mut f32,
        error: *mut finn_error,
    ) -> finn_status;
}
