// Made from capi/finn.h by bindings/generate.py; do not edit.

use core::ffi::{c_char, c_void};
use core::marker::{PhantomData, PhantomPinned};

pub const FINN_VERSION_MAJOR: i32 = 0;
pub const FINN_VERSION_MINOR: i32 = 1;
pub const FINN_VERSION_PATCH: i32 = 0;
/// The largest number of integration variables of the head mlp, whose cost grows like 2^n, and of
/// the head product, whose cost grows like n; also finn_max_variables() and
/// finn_max_product_variables().
pub const FINN_MAX_VARIABLES: i32 = 8;
pub const FINN_MAX_PRODUCT_VARIABLES: i32 = 64;

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
/// the progress callback asked to stop; the work so far is kept
pub const FINN_STOPPED: finn_status = 9;
/// a file cannot be read or written
pub const FINN_ERROR_FILE: finn_status = 10;
/// bytes are not what their format says
pub const FINN_ERROR_FORMAT: finn_status = 11;
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

pub type finn_precision = i32;
pub const FINN_FLOAT64: finn_precision = 0;
pub const FINN_FLOAT32: finn_precision = 1;

/// The form of the network; docs/HEADS.md compares them.
pub type finn_head = i32;
/// MLP if any field is set that only the MLP has, else PRODUCT
pub const FINN_HEAD_AUTO: finn_head = 0;
/// layers of sigma_n(P(W) h + b), as in the paper
pub const FINN_HEAD_MLP: finn_head = 1;
/// sum_j c_j prod_i Phi_ij(x_i), Phi_ij increasing: linear in n, kappa 1
pub const FINN_HEAD_PRODUCT: finn_head = 2;

/// The map from free parameters to the weights of a positive network; biases are always free.
pub type finn_positivity = i32;
/// plain weights: f may take either sign
pub const FINN_POSITIVITY_NONE: finn_positivity = 0;
/// |w|, as in the paper
pub const FINN_POSITIVITY_ABS: finn_positivity = 1;
/// log(1 + exp(w))
pub const FINN_POSITIVITY_SOFTPLUS: finn_positivity = 2;
/// w^2
pub const FINN_POSITIVITY_SQUARE: finn_positivity = 3;
/// exp(w)
pub const FINN_POSITIVITY_EXP: finn_positivity = 4;
/// EXP for HEAD_PRODUCT, ABS for HEAD_MLP
pub const FINN_POSITIVITY_AUTO: finn_positivity = 5;

pub type finn_activation = i32;
/// sigma_n for a positive network, tanh otherwise
pub const FINN_ACTIVATION_AUTO: finn_activation = 0;
/// sigma_n, the (n-1)-fold integral of (1 + erf)/2
pub const FINN_ACTIVATION_SIGMA: finn_activation = 1;
pub const FINN_ACTIVATION_TANH: finn_activation = 2;
/// log(1 + exp(x))
pub const FINN_ACTIVATION_SOFTPLUS: finn_activation = 3;
pub const FINN_ACTIVATION_SINE: finn_activation = 4;

pub type finn_last_layer = i32;
pub const FINN_LAST_LAYER_LINEAR: finn_last_layer = 0;
/// as the paper prints it: the activation follows here too
pub const FINN_LAST_LAYER_SIGMA: finn_last_layer = 1;

pub type finn_read_out = i32;
/// the output is a sum over the last hidden layer
pub const FINN_READ_OUT_LAST: finn_read_out = 0;
/// over all of them: what three layers and more need to train
pub const FINN_READ_OUT_DENSE: finn_read_out = 1;

pub type finn_sharing = i32;
/// several outputs are different sums over the same units or terms
pub const FINN_SHARING_TRUNK: finn_sharing = 0;
/// each output has units or terms of its own
pub const FINN_SHARING_NONE: finn_sharing = 1;

pub type finn_constraint = i32;
/// SCALE with positivity, SHIFT without
pub const FINN_CONSTRAINT_AUTO: finn_constraint = 0;
/// f is the mixed partial of the network as it stands
pub const FINN_CONSTRAINT_NONE: finn_constraint = 1;
/// f = J f'/I: the paper's equality, singular at I = 0
pub const FINN_CONSTRAINT_SCALE: finn_constraint = 2;
/// f = f' + (J - I)/volume: the L2 projection, never singular
pub const FINN_CONSTRAINT_SHIFT: finn_constraint = 3;
/// the nearest f' + g, in L2, that meets all linear_constraints
pub const FINN_CONSTRAINT_PROJECTION: finn_constraint = 4;

/// What J, the integral of f over the domain, has to be.
pub type finn_bound = i32;
/// epsilon
pub const FINN_BOUND_EQUAL: finn_bound = 0;
/// at most epsilon
pub const FINN_BOUND_AT_MOST: finn_bound = 1;
pub const FINN_BOUND_AT_LEAST: finn_bound = 2;
/// at least lower_epsilon and at most epsilon
pub const FINN_BOUND_BETWEEN: finn_bound = 3;

/// How J follows I, the integral of the network, within its bounds; docs/CONSTRAINTS.md.
pub type finn_approach = i32;
/// J = I, or the bound that I is beyond
pub const FINN_APPROACH_HARD: finn_approach = 0;
/// a smooth increasing function of I; not with BOUND_EQUAL
pub const FINN_APPROACH_SMOOTH: finn_approach = 1;
/// J is trained by itself: a function of parameters tau [outputs], the last ones of the model.
/// BOUND_EQUAL: any J (SCALE: above 0), which begins at epsilon
pub const FINN_APPROACH_LEARNED: finn_approach = 2;

/// One of the linear constraints of FINN_CONSTRAINT_PROJECTION: the integral over a sub-box of
/// prod_i x_i^powers[i] f is to be value. With a domain limits and powers are those of u. Set
/// struct_size, or use FINN_LINEAR_CONSTRAINT_INIT, in each element of an array: it is the same in
/// all of them, and the distance from one to the next. Fields are only ever added at the end.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_linear_constraint {
    pub struct_size: u64,
    /// [variables] of the sub-box, within the domain; NULL: that of the domain
    pub lower: *const f64,
    /// [variables]
    pub upper: *const f64,
    /// [variables] each 0 .. 8, above 0 in at most three of them; NULL: all 0, the integral itself
    pub powers: *const i32,
    /// [outputs]
    pub value: *const f64,
}

/// How f depends on conditions c beside x: f(x | c) has the integral that the constraint says for
/// every c. docs/CONDITIONING.md compares the forms.
pub type finn_conditioning = i32;
/// MODULATION
pub const FINN_CONDITIONING_AUTO: finn_conditioning = 0;
/// a network of c moves biases and scales units and sums
pub const FINN_CONDITIONING_MODULATION: finn_conditioning = 1;
/// a network of c moves all parameters, as in the paper
pub const FINN_CONDITIONING_HYPERNETWORK: finn_conditioning = 2;
/// biases are linear in c, as if c were further inputs of every hidden unit, free in sign; no
/// condition_widths
pub const FINN_CONDITIONING_INPUTS: finn_conditioning = 3;

pub type finn_coordinates = i32;
/// the network sees each x_i mapped to unit variance in the box
pub const FINN_COORDINATES_STANDARD: finn_coordinates = 0;
/// the network sees x as it is
pub const FINN_COORDINATES_RAW: finn_coordinates = 1;

/// A region other than a box, with the map that makes a box of it: section 8.
#[repr(C)]
pub struct finn_domain {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

/// What a model is made of. Fill with finn_model_options_init, which sets struct_size, then change
/// what you need. Fields are only ever added at the end: a struct that ends before one of them
/// (struct_size says where) is accepted; what it lacks is 0, and its head is FINN_HEAD_MLP.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_model_options {
    pub struct_size: u64,
    /// n, 1 .. FINN_MAX_VARIABLES or, with HEAD_PRODUCT, FINN_MAX_PRODUCT_VARIABLES; no default
    pub variables: i32,
    /// m >= 1; default 1
    pub outputs: i32,
    /// [variables] limits of the domain; finite; no default
    pub lower: *const f64,
    /// [variables] each above its lower
    pub upper: *const f64,
    /// [hidden_layers] of the mlp; may be NULL: two hidden layers of 32
    pub widths: *const i32,
    /// length of widths, 0 .. 64; ignored while widths is NULL
    pub hidden_layers: i32,
    pub precision: finn_precision,
    /// default FINN_POSITIVITY_AUTO
    pub positivity: finn_positivity,
    pub activation: finn_activation,
    pub last_layer: finn_last_layer,
    pub constraint: finn_constraint,
    /// [outputs] integral over the domain; may be NULL: 1 for each output; NULL with PROJECTION
    pub epsilon: *const f64,
    /// share of epsilon spread evenly, in [0, 1); with SCALE only; default 0
    pub floor: f64,
    pub coordinates: finn_coordinates,
    /// 0
    pub reserved: i32,
    /// of the initial parameters; default 0
    pub seed: u64,
    /// default FINN_HEAD_AUTO: MLP with widths, activation, last_layer, patterns, read_out or
    /// POSITIVITY_NONE, PRODUCT otherwise
    pub head: finn_head,
    /// of signs, 1 .. 2^variables, each with hidden layers of its own and with positivity; 0 means
    /// 1
    pub patterns: i32,
    pub read_out: finn_read_out,
    pub sharing: finn_sharing,
    /// of the sum; 0 means 64
    pub terms: i32,
    /// of sigma_1 in each Phi_ij, at most 64; 0 means 4
    pub steps: i32,
    /// may be NULL: the box [lower, upper]; otherwise variables is that of the domain, at most
    /// FINN_MAX_VARIABLES, and lower and upper are NULL; may be destroyed once the model is made
    pub domain: *const finn_domain,
    /// with SCALE and SHIFT; default FINN_BOUND_EQUAL
    pub bound: finn_bound,
    /// default FINN_APPROACH_HARD
    pub approach: finn_approach,
    /// [outputs] with BOUND_BETWEEN, each below its epsilon
    pub lower_epsilon: *const f64,
    /// SMOOTH with SHIFT, AT_MOST or AT_LEAST: width, in units of the integral, of the transition
    /// at the bound, > 0; 0 means 1
    pub softness: f64,
    /// [linear_constraint_count], with PROJECTION
    pub linear_constraints: *const finn_linear_constraint,
    /// at most 64
    pub linear_constraint_count: i32,
    /// 1: epsilon is NULL and belongs to the sample: the last columns of a row, [outputs]; not with
    /// LEARNED and BETWEEN; default 0
    pub sample_epsilon: i32,
    /// q >= 0: columns of a row after x; default 0
    pub conditions: i32,
    pub conditioning: finn_conditioning,
    /// [conditions] the range of c, by which it is standardised, no limit; may be NULL: [-1, 1]
    pub condition_lower: *const f64,
    /// [conditions]
    pub condition_upper: *const f64,
    /// [condition_layers] hidden layers of the network of c; may be NULL: two of 32
    pub condition_widths: *const i32,
    /// 0 .. 64; ignored while condition_widths is NULL
    pub condition_layers: i32,
    /// 0
    pub condition_reserved: i32,
}

/// A network on a box with its constraint and its parameters.
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

pub type finn_loss = i32;
/// mean over rows and outputs of (f - y)^2
pub const FINN_LOSS_SQUARED_ERROR: finn_loss = 0;
/// mean of -log f; positivity, not SHIFT
pub const FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD: finn_loss = 1;
/// mean of |f - y|
pub const FINN_LOSS_ABSOLUTE_ERROR: finn_loss = 2;
/// r = f - y: mean of r^2 / 2, linear where |r| > huber_delta
pub const FINN_LOSS_HUBER: finn_loss = 3;
/// f is the intensity of a point process and x its events: mean of -log f, plus the integral of f
/// over the domain / poisson_events; positivity, not SHIFT, no conditions, and an integral that is
/// not fixed: CONSTRAINT_NONE, LEARNED, or a bound other than EQUAL
pub const FINN_LOSS_POISSON_PROCESS: finn_loss = 4;
/// of your own: finn_trainer_set_loss
pub const FINN_LOSS_CUSTOM: finn_loss = 5;

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

/// How a model is trained. Fields are only ever added at the end: a struct that ends before one of
/// them (struct_size says where; the first one ended with seed) is accepted, and what it lacks
/// takes its default.
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
    /// default 1e-8
    pub adam_epsilon: f64,
    pub loss: finn_loss,
    pub schedule: finn_schedule,
    /// of shuffles, of the sampler's points and of the rows held out; default 0
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
    /// L-BFGS: converged when no entry is larger; default 1e-8
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
    /// of the rows of a data set, held out, in [0, 1); default 0
    pub validation_share: f64,
    /// steps between looks at the rows held out; default 50
    pub validation_interval: i64,
    /// looks without a new best before the fit ends; default 0: it does not
    pub patience: i64,
    /// by how much a new best must be better; default 0
    pub min_delta: f64,
}

/// State of a training run: the optimiser's moments, the step, the random numbers, the losses, the
/// rows held out and the best parameters.
#[repr(C)]
pub struct finn_trainer {
    _private: [u8; 0],
    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,
}

/// What a progress callback is told after each step.
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
    /// the last one of the rows held out; NaN before the first
    pub validation_loss: f64,
}

/// Return 0 to go on and anything else to stop, which gives FINN_STOPPED also after the last step.
/// Called on the caller's thread.
pub type finn_progress_callback =
    Option<unsafe extern "C" fn(progress: *const finn_progress, user_data: *mut c_void) -> i32>;

/// Supplies the mini-batch of a step, counted from 0. On entry x [batch][columns] holds uniform
/// points of the domain, drawn from the trainer's seed; with a finn_domain they are uniform in u,
/// so in x too where the determinant is constant. Conditions are uniform in [condition_lower,
/// condition_upper], epsilons are 1. The callback may overwrite it with any finite points. It fills
/// y [batch][outputs], which is NULL under FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and
/// FINN_LOSS_POISSON_PROCESS. Return 0, or anything else to end the fit with FINN_ERROR_CALLBACK,
/// which keeps the steps done. Called on the caller's thread.
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
/// rows held out. step counts from 0. Return 0, or anything else to end the fit with
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
/// a line a row, numbers between commas; a first line of names, empty lines and lines that begin
/// with # are passed over
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

/// How fast the weight du/dx falls off on an unbounded axis; z is distance / scale.
pub type finn_tail = i32;
/// like exp(-z^2/2)
pub const FINN_TAIL_GAUSSIAN: finn_tail = 0;
/// like exp(-z)
pub const FINN_TAIL_EXPONENTIAL: finn_tail = 1;
/// like 1/z^2
pub const FINN_TAIL_RATIONAL: finn_tail = 2;

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

/// Called once with the user data of a domain when the last domain and model that use it are gone,
/// and also if the domain could not be made; not if the struct_size of finn_map_options is none
/// that the library knows, as it reads nothing else of it then. It must not throw: what a callback
/// in C++ throws is dropped, and what it has not done by then stays undone.
pub type finn_release_callback = Option<unsafe extern "C" fn(user_data: *mut c_void)>;

/// A map of your own. Set struct_size, and what you do not need to NULL.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_map_options {
    pub struct_size: u64,
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

unsafe extern "C" {
    /// Version of the library at run time, as FINN_VERSION_NUMBER. Any thread.
    pub fn finn_version_number() -> i32;
    /// "0.1.0"; static storage. Any thread.
    pub fn finn_version_string() -> *const c_char;
    /// One line on compiler, OpenMP and the active instruction set; static storage. Any thread.
    pub fn finn_build_info() -> *const c_char;
    /// The instruction set whose kernels are in use: "avx512", "avx2", "sse2", "neon", "fma" (one
    /// number at a time, with fused multiply-adds) or "portable"; static storage. It is chosen when
    /// the library is loaded: the widest that the processor has, or the one that the environment
    /// variable FINN_SIMD names, "portable" if that one is not to be had. avx512, avx2, neon and
    /// fma give the same bits. Any thread.
    pub fn finn_instruction_set() -> *const c_char;
    /// FINN_MAX_VARIABLES of the library at run time. Any thread.
    pub fn finn_max_variables() -> i32;
    /// FINN_MAX_PRODUCT_VARIABLES of the library at run time. Any thread.
    pub fn finn_max_product_variables() -> i32;
    /// "FINN_ERROR_SIZE" and the like; "FINN_UNKNOWN" for any other number. Any thread.
    pub fn finn_status_name(status: finn_status) -> *const c_char;
    /// One sentence on a status. Any thread.
    pub fn finn_status_text(status: finn_status) -> *const c_char;
    /// Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread. In C
    /// and C++ it is a macro that passes the size of the struct of this header. The function of
    /// this name is the one of the first header: it writes the struct of that header and its
    /// defaults. Other languages call finn_model_options_init_sized with the size of the struct
    /// that they know, which must not be larger than that of the library: FINN_ERROR_ARGUMENT
    /// otherwise.
    pub fn finn_model_options_init(options: *mut finn_model_options) -> finn_status;
    /// See `finn_model_options_init`.
    pub fn finn_model_options_init_sized(
        options: *mut finn_model_options,
        size: u64,
    ) -> finn_status;
    /// Makes a model with freshly drawn parameters (the initialisation from the statistics of the
    /// domain, docs/INITIALISATION.md). All arrays in options are copied. Any thread.
    pub fn finn_model_create(
        options: *const finn_model_options,
        model: *mut *mut finn_model,
        error: *mut finn_error,
    ) -> finn_status;
    /// A copy that shares nothing with the original. Any thread.
    pub fn finn_model_clone(
        model: *const finn_model,
        copy: *mut *mut finn_model,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_model_destroy(model: *mut finn_model);
    /// Draws the parameters anew, from the statistics of rows of x [rows][columns] in the domain
    /// instead of those of the domain: for data that fill only a part of it. Conditions are not
    /// looked at: f(x | c) begins as f(x). With HEAD_PRODUCT each term begins at a row. At most
    /// 1024 rows, drawn by the seed, are looked at.
    pub fn finn_model_initialise_from_data(
        model: *mut finn_model,
        x: *const f64,
        rows: i64,
        seed: u64,
        error: *mut finn_error,
    ) -> finn_status;
    /// n, m, and the length of the flat parameter vector; 0 for NULL. Any thread.
    pub fn finn_model_variables(model: *const finn_model) -> i32;
    /// See `finn_model_variables`.
    pub fn finn_model_outputs(model: *const finn_model) -> i32;
    /// The length of a row of points, x in all functions below: the variables, then the conditions,
    /// then with sample_epsilon the epsilon of that sample for each output. 0 for NULL. Any thread.
    pub fn finn_model_columns(model: *const finn_model) -> i32;
    /// See `finn_model_columns`.
    pub fn finn_model_parameter_count(model: *const finn_model) -> i64;
    /// Copies the free parameters out of or into the model. HEAD_MLP: layer by layer, weights
    /// [out][in], then biases [out]; pattern by pattern, output by output under SHARING_NONE, each
    /// with its layers, then under READ_OUT_DENSE the weights [outputs][in] of the hidden layers
    /// but the last. HEAD_PRODUCT: slopes w, biases b and, if steps > 1, logits of the shares a,
    /// each [variables][terms][steps], then c [outputs][terms]; under SHARING_NONE so for each
    /// output. With conditions the network of c follows, layer by layer, weights [out][in] and
    /// biases [out]; last, under APPROACH_LEARNED, tau [outputs]. length must be
    /// finn_model_parameter_count; values must be finite, in the precision of the model too.
    /// Parameters whose integral cannot be normalised may be set; it is the next query that returns
    /// FINN_ERROR_INTEGRAL.
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
    /// threads: how many threads a call may use, at most 1024; 0 for the number that OpenMP takes,
    /// which is OMP_NUM_THREADS or, where that is not set, one per processor. A call starts no more
    /// of them than it has tiles of 32 or 64 points. Where the system refuses a thread, the
    /// workspace goes on with fewer. Results are the same bits for every number of threads.
    pub fn finn_workspace_create(
        threads: i32,
        workspace: *mut *mut finn_workspace,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_workspace_destroy(workspace: *mut finn_workspace);
    /// f at points x [batch][columns], into f [batch][outputs]. With positivity and the constraint
    /// SCALE or NONE, f >= 0 always, also in float; SHIFT may push it below 0. Points outside a box
    /// that is no finn_domain are allowed; far outside F grows like a polynomial and may overflow.
    /// Outside a finn_domain f is 0 and F that of the u that finn_domain_to_box gives. With
    /// conditions or sample_epsilon each row is normalised by itself, in the precision of the
    /// model; FINN_ERROR_INTEGRAL names the row that cannot be.
    pub fn finn_integrand_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f64,
        batch: i64,
        f: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_integrand_f64`.
    pub fn finn_integrand_f32(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f32,
        batch: i64,
        f: *mut f32,
        error: *mut finn_error,
    ) -> finn_status;
    /// F at points x, constrained like f: only differences over the corners of a box mean anything.
    pub fn finn_antiderivative_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f64,
        batch: i64,
        F: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_antiderivative_f64`.
    pub fn finn_antiderivative_f32(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f32,
        batch: i64,
        F: *mut f32,
        error: *mut finn_error,
    ) -> finn_status;
    /// d^|S| F / prod_{i in S} dx_i into values [batch][outputs]; bit i of subset stands for
    /// variable i, counted from 0. Subset 0 is F, all ones is f; differenced over the corners of
    /// the other variables it is a marginal. With a finn_domain the derivatives of a proper subset
    /// are those in u, at u(x); but where it covers all variables of a factor of
    /// finn_domain_product, they are those in x, times the weight of that factor: marginals over
    /// whole factors are densities of x. With several patterns and with HEAD_PRODUCT beyond 32
    /// variables see docs/HEADS.md.
    pub fn finn_mixed_partial_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        subset: u32,
        x: *const f64,
        batch: i64,
        values: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_mixed_partial_f64`.
    pub fn finn_mixed_partial_f32(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        subset: u32,
        x: *const f32,
        batch: i64,
        values: *mut f32,
        error: *mut finn_error,
    ) -> finn_status;
    /// The integral of f over the box [lower, upper] ([variables] each, lower <= upper, finite),
    /// from F at its 2^n corners - HEAD_PRODUCT: from differences one variable at a time, with
    /// kappa 1 - always in double, whatever the precision of the model. With a finn_domain the
    /// limits are those of u, within finn_domain_limits unless u_i is x_i itself, and the integral
    /// is over their image.
    ///     value           [outputs]
    ///   kappa  [outputs] sum |F| / |sum F|, the condition of the difference: infinite when
    ///                     only the sum is 0, 1 when all F are; may be NULL
    ///     error_estimate  [outputs] the rounding error to expect in value; may be NULL
    pub fn finn_integral(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        lower: *const f64,
        upper: *const f64,
        value: *mut f64,
        kappa: *mut f64,
        error_estimate: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// The integral of f(x | c) over a box for each of count conditions, given [count][columns -
    /// variables]: conditions, and then epsilons with sample_epsilon. For a model without such
    /// columns given may be NULL, and every row is finn_integral, which takes such models only.
    /// value, kappa and error_estimate are [count][outputs]; the last two may be NULL.
    pub fn finn_integral_given(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        lower: *const f64,
        upper: *const f64,
        given: *const f64,
        count: i64,
        value: *mut f64,
        kappa: *mut f64,
        error_estimate: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Vector-Jacobian product of f, for a loss of your own: given f_adjoint [batch][outputs] =
    /// dLoss/df, writes
    ///     f                  [batch][outputs]   may be NULL
    ///     parameter_adjoint  [parameter_count]  dLoss/dparameters, through the constraint as well
    ///     x_adjoint          [batch][columns] dLoss/dx, with conditions and epsilons; may be NULL
    /// The outputs are overwritten, not added to.
    pub fn finn_integrand_vjp_f64(
        model: *const finn_model,
        workspace: *mut finn_workspace,
        x: *const f64,
        batch: i64,
        f_adjoint: *const f64,
        f: *mut f64,
        parameter_adjoint: *mut f64,
        x_adjoint: *mut f64,
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
        parameter_adjoint: *mut f32,
        x_adjoint: *mut f32,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread. The
    /// name is a macro that passes the size of the struct with it; the function of that name writes
    /// the struct of version 0.1.0, for programs that were built with it.
    pub fn finn_training_options_init(options: *mut finn_training_options) -> finn_status;
    /// See `finn_training_options_init`.
    pub fn finn_training_options_init_sized(
        options: *mut finn_training_options,
        struct_size: u64,
    ) -> finn_status;
    /// A trainer for this model and others that differ from it in their parameters alone.
    pub fn finn_trainer_create(
        model: *const finn_model,
        options: *const finn_training_options,
        trainer: *mut *mut finn_trainer,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_trainer_destroy(trainer: *mut finn_trainer);
    /// The loss of FINN_LOSS_CUSTOM, to be set before a fit; the trainer keeps both pointers, and
    /// no checkpoint does.
    pub fn finn_trainer_set_loss(
        trainer: *mut finn_trainer,
        loss: finn_loss_callback,
        user_data: *mut c_void,
        error: *mut finn_error,
    ) -> finn_status;
    /// Holds these rows out, in place of a share of the data: x [rows][columns], y [rows][outputs]
    /// (NULL where the loss takes none) and weights [rows], which may be NULL. They are copied.
    /// Before the first step only.
    pub fn finn_trainer_set_validation(
        trainer: *mut finn_trainer,
        model: *const finn_model,
        x: *const f64,
        y: *const f64,
        weights: *const f64,
        rows: i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// Trains on rows of x [rows][columns] and y [rows][outputs]; y is NULL under
    /// FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and FINN_LOSS_POISSON_PROCESS, and may be NULL under
    /// FINN_LOSS_CUSTOM. Rows lie in the domain and are shuffled anew for each pass. Goes on from
    /// where the trainer stands until the run is over (finn_trainer_outcome), with as many rows as
    /// at the first call. progress may be NULL. Returns FINN_STOPPED when the callback stopped it:
    /// model and trainer are valid, and a further call goes on to the same bits as if it had not
    /// been stopped. A step whose loss, gradient or update is not finite ends the fit with
    /// FINN_ERROR_NOT_FINITE: parameters and optimiser are those of the step before. With rows held
    /// out, the run ends with the parameters that were best on them.
    pub fn finn_trainer_fit_data(
        trainer: *mut finn_trainer,
        model: *mut finn_model,
        workspace: *mut finn_workspace,
        x: *const f64,
        y: *const f64,
        rows: i64,
        progress: finn_progress_callback,
        user_data: *mut c_void,
        error: *mut finn_error,
    ) -> finn_status;
    /// finn_trainer_fit_data where row i counts weights[i] times: weights [rows], >= 0, may be
    /// NULL. The loss is the mean of weight times loss, so weights of mean 1 keep its scale. Not
    /// with FINN_LOSS_CUSTOM.
    pub fn finn_trainer_fit_weighted(
        trainer: *mut finn_trainer,
        model: *mut finn_model,
        workspace: *mut finn_workspace,
        x: *const f64,
        y: *const f64,
        weights: *const f64,
        rows: i64,
        progress: finn_progress_callback,
        user_data: *mut c_void,
        error: *mut finn_error,
    ) -> finn_status;
    /// Trains on mini-batches that a callback fills; user_data goes to both callbacks.
    pub fn finn_trainer_fit_sampler(
        trainer: *mut finn_trainer,
        model: *mut finn_model,
        workspace: *mut finn_workspace,
        sampler: finn_sampler_callback,
        progress: finn_progress_callback,
        user_data: *mut c_void,
        error: *mut finn_error,
    ) -> finn_status;
    /// Trains on rows from a file, which may be larger than memory: x [columns], then y [outputs]
    /// where the loss takes targets (FINN_LOSS_CUSTOM does), then a weight if weighted is 1 and not
    /// 0. The same bits as finn_trainer_fit_weighted with these rows. The file is read once to
    /// check it, before the first step, and then row by row; 8 bytes of memory a row for the order
    /// of the rows, and 8 more for a CSV file. Bad files give FINN_ERROR_FILE, FINN_ERROR_FORMAT or
    /// the status of the bad number, in messages that name path, line (or row) and column, counted
    /// from 1.
    pub fn finn_trainer_fit_file(
        trainer: *mut finn_trainer,
        model: *mut finn_model,
        workspace: *mut finn_workspace,
        path: *const c_char,
        format: finn_file_format,
        weighted: i32,
        progress: finn_progress_callback,
        user_data: *mut c_void,
        error: *mut finn_error,
    ) -> finn_status;
    /// Writes the checkpoint into buffer [capacity], and its size in bytes to *size, which must not
    /// be NULL. With buffer NULL only the size; FINN_ERROR_SIZE when capacity is too small, or the
    /// model none that the trainer can train.
    pub fn finn_trainer_save(
        trainer: *const finn_trainer,
        model: *const finn_model,
        buffer: *mut c_void,
        capacity: i64,
        size: *mut i64,
        error: *mut finn_error,
    ) -> finn_status;
    /// A trainer from the size bytes at buffer, which gives model the parameters. FINN_ERROR_SIZE
    /// when the model is another: network, domain, limits, coordinates, conditions, constraint or
    /// precision; the message names what differs. A custom loss is to be set again.
    pub fn finn_trainer_load(
        model: *mut finn_model,
        buffer: *const c_void,
        size: i64,
        trainer: *mut *mut finn_trainer,
        error: *mut finn_error,
    ) -> finn_status;
    /// finn_trainer_save and _load with a file. It is written beside path, flushed to the disk and
    /// renamed: whatever fails, a file that was there before is whole. Links are followed, a file
    /// keeps its mode, and what is not a regular file is refused. Errors of the system give
    /// FINN_ERROR_FILE.
    pub fn finn_trainer_save_file(
        trainer: *const finn_trainer,
        model: *const finn_model,
        path: *const c_char,
        error: *mut finn_error,
    ) -> finn_status;
    /// See `finn_trainer_save_file`.
    pub fn finn_trainer_load_file(
        model: *mut finn_model,
        path: *const c_char,
        trainer: *mut *mut finn_trainer,
        error: *mut finn_error,
    ) -> finn_status;
    /// How the run stands, or ended; FINN_OUTCOME_UNFINISHED for NULL.
    pub fn finn_trainer_outcome(trainer: *const finn_trainer) -> finn_outcome;
    /// The smallest loss of the rows held out, and after how many steps it was seen: 0, and an
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
    /// The box [lower, upper] as a domain: like the box of a model, but with f = 0 outside. u = x.
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
    /// [end, infinity) for direction = 1 and (-infinity, end] for -1, one variable. u in [0, 1] is
    /// the share below x of a density of z = |x - end|/scale: half-normal, exponential, or 1/(1 +
    /// z)^2.
    pub fn finn_domain_half_line(
        end: f64,
        direction: i32,
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
    /// one.
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
    /// centre [variables]. u is that of the disk or ball. release may be NULL.
    pub fn finn_domain_star(
        variables: i32,
        centre: *const f64,
        radius: finn_radius_callback,
        user_data: *mut c_void,
        release: finn_release_callback,
        domain: *mut *mut finn_domain,
        error: *mut finn_error,
    ) -> finn_status;
    /// All points whose variables, one after the other, lie in the factors: factors [count],
    /// together at most FINN_MAX_VARIABLES variables. u of a factor belongs to that factor alone.
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
    /// The box of u, into lower and upper [variables]. Any thread.
    pub fn finn_domain_limits(
        domain: *const finn_domain,
        lower: *mut f64,
        upper: *mut f64,
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
        error: *mut finn_error,
    ) -> finn_status;
    /// u [count][variables] of x [count][variables], and log_weight [count] = log w, which is
    /// -infinity for a point outside and may be NULL. u of a point outside lies on the edge of the
    /// box, so that a cdf, the integral from the lower limits to u, is defined everywhere. Any
    /// thread.
    pub fn finn_domain_to_box(
        domain: *const finn_domain,
        x: *const f64,
        count: i64,
        u: *mut f64,
        log_weight: *mut f64,
        error: *mut finn_error,
    ) -> finn_status;
}
