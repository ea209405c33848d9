// Made from capi/finn.h by bindings/generate.py; do not edit.

use core::ffi::{c_char, c_void};
use core::marker::{PhantomData, PhantomPinned};

pub const FINN_VERSION_MAJOR: i32 = 0;
pub const FINN_VERSION_MINOR: i32 = 1;
pub const FINN_VERSION_PATCH: i32 = 0;
/// The largest number of integration variables; also finn_max_variables().
pub const FINN_MAX_VARIABLES: i32 = 8;

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

pub type finn_activation = i32;
/// sigma_n for a positive network, tanh otherwise
pub const FINN_ACTIVATION_AUTO: finn_activation = 0;
/// sigma_n, the (n-1)-fold integral of (1 + erf)/2
pub const FINN_ACTIVATION_SIGMA: finn_activation = 1;
/// not with positivity: its second derivative changes sign
pub const FINN_ACTIVATION_TANH: finn_activation = 2;

pub type finn_last_layer = i32;
pub const FINN_LAST_LAYER_LINEAR: finn_last_layer = 0;
/// as the paper prints it: the activation follows here too
pub const FINN_LAST_LAYER_SIGMA: finn_last_layer = 1;

pub type finn_constraint = i32;
/// SCALE with positivity, SHIFT without
pub const FINN_CONSTRAINT_AUTO: finn_constraint = 0;
/// f is the mixed partial of the network as it stands
pub const FINN_CONSTRAINT_NONE: finn_constraint = 1;
/// f = epsilon f'/I: the paper's equality, singular at I = 0
pub const FINN_CONSTRAINT_SCALE: finn_constraint = 2;
/// f = f' + (epsilon - I)/volume: the L2 projection, never singular
pub const FINN_CONSTRAINT_SHIFT: finn_constraint = 3;

pub type finn_coordinates = i32;
/// the network sees each x_i mapped to unit variance in the box
pub const FINN_COORDINATES_STANDARD: finn_coordinates = 0;
/// the network sees x as it is
pub const FINN_COORDINATES_RAW: finn_coordinates = 1;

/// What a model is made of. Fill with finn_model_options_init, which sets struct_size, then change
/// what you need.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_model_options {
    pub struct_size: u64,
    /// n, 1 .. FINN_MAX_VARIABLES; no default
    pub variables: i32,
    /// m >= 1; default 1
    pub outputs: i32,
    /// [variables] limits of the domain; finite; no default
    pub lower: *const f64,
    /// [variables] each above its lower
    pub upper: *const f64,
    /// [hidden_layers]; may be NULL: two hidden layers of 32
    pub widths: *const i32,
    /// length of widths, 0 .. 64; ignored while widths is NULL
    pub hidden_layers: i32,
    pub precision: finn_precision,
    /// default FINN_POSITIVITY_ABS
    pub positivity: finn_positivity,
    pub activation: finn_activation,
    pub last_layer: finn_last_layer,
    pub constraint: finn_constraint,
    /// [outputs] integral over the domain; may be NULL: 1 for each output
    pub epsilon: *const f64,
    /// share of epsilon spread evenly, in [0, 1); with SCALE only; default 0
    pub floor: f64,
    pub coordinates: finn_coordinates,
    /// 0
    pub reserved: i32,
    /// of the initial parameters; default 0
    pub seed: u64,
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

pub type finn_schedule = i32;
/// from learning_rate to 0 along half a cosine
pub const FINN_SCHEDULE_COSINE: finn_schedule = 0;
pub const FINN_SCHEDULE_CONSTANT: finn_schedule = 1;

/// How a model is trained: Adam (Kingma & Ba, arXiv 1412.6980) on mini-batches.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct finn_training_options {
    pub struct_size: u64,
    /// in all; default 6000
    pub steps: i64,
    /// rows per step; default 0: 512, or all rows of a smaller data set
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
    /// of shuffles and of the sampler's points; default 0
    pub seed: u64,
}

/// State of a training run: the optimiser's moments, the step, the random numbers, the losses.
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
}

/// Return 0 to go on and anything else to stop, which gives FINN_STOPPED also after the last step.
/// Called on the caller's thread.
pub type finn_progress_callback =
    Option<unsafe extern "C" fn(progress: *const finn_progress, user_data: *mut c_void) -> i32>;

/// Supplies the mini-batch of a step, counted from 0. On entry x [batch][variables] holds uniform
/// points of the domain, drawn from the trainer's seed; the callback may overwrite it with any
/// finite points. It fills y [batch][outputs], which is NULL under
/// FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD. Return 0, or anything else to end the fit with
/// FINN_ERROR_CALLBACK, which keeps the steps done. Called on the caller's thread.
pub type finn_sampler_callback = Option<
    unsafe extern "C" fn(
        step: i64,
        batch: i64,
        x: *mut f64,
        y: *mut f64,
        user_data: *mut c_void,
    ) -> i32,
>;

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
    /// "FINN_ERROR_SIZE" and the like; "FINN_UNKNOWN" for any other number. Any thread.
    pub fn finn_status_name(status: finn_status) -> *const c_char;
    /// One sentence on a status. Any thread.
    pub fn finn_status_text(status: finn_status) -> *const c_char;
    /// Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread.
    pub fn finn_model_options_init(options: *mut finn_model_options) -> finn_status;
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
    /// n, m, and the length of the flat parameter vector; 0 for NULL. Any thread.
    pub fn finn_model_variables(model: *const finn_model) -> i32;
    /// See `finn_model_variables`.
    pub fn finn_model_outputs(model: *const finn_model) -> i32;
    /// See `finn_model_variables`.
    pub fn finn_model_parameter_count(model: *const finn_model) -> i64;
    /// Copies the free parameters out of or into the model. Layer by layer: weights [out][in], then
    /// biases [out]. length must be finn_model_parameter_count; values must be finite, in the
    /// precision of the model too. Parameters whose integral cannot be normalised may be set; it is
    /// the next query that returns FINN_ERROR_INTEGRAL.
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
    /// threads: how many threads a call may use; 0 for one per processor, at most 1024. Results are
    /// the same bits for every number of threads.
    pub fn finn_workspace_create(
        threads: i32,
        workspace: *mut *mut finn_workspace,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_workspace_destroy(workspace: *mut finn_workspace);
    /// f at points x [batch][variables], into f [batch][outputs]. With positivity and the
    /// constraint SCALE or NONE, f >= 0 always, also in float; SHIFT may push it below 0. Points
    /// outside the domain are allowed; far outside F grows like a polynomial and may overflow.
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
    /// the other variables it is a marginal.
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
    /// from F at its 2^n corners, always in double, whatever the precision of the model.
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
    /// Vector-Jacobian product of f, for a loss of your own: given f_adjoint [batch][outputs] =
    /// dLoss/df, writes
    ///     f                  [batch][outputs]   may be NULL
    ///     parameter_adjoint  [parameter_count]  dLoss/dparameters, through the constraint as well
    ///     x_adjoint          [batch][variables] dLoss/dx; may be NULL
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
    /// Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread.
    pub fn finn_training_options_init(options: *mut finn_training_options) -> finn_status;
    /// A trainer for models of the shape of this one.
    pub fn finn_trainer_create(
        model: *const finn_model,
        options: *const finn_training_options,
        trainer: *mut *mut finn_trainer,
        error: *mut finn_error,
    ) -> finn_status;
    /// Releases what the function beside it made; does nothing with NULL.
    pub fn finn_trainer_destroy(trainer: *mut finn_trainer);
    /// Trains on rows of x [rows][variables] and y [rows][outputs]; y is NULL under
    /// FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD. Rows lie in the domain and are shuffled anew for each
    /// pass. Goes on from where the trainer stands until options.steps are done, with as many rows
    /// as at the first call. progress may be NULL. Returns FINN_STOPPED when the callback stopped
    /// it: model and trainer are valid, and a further call goes on to the same bits as if it had
    /// not been stopped. A step whose loss or gradient is not finite ends the fit with
    /// FINN_ERROR_NOT_FINITE before it touches the parameters.
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
    /// The same with mini-batches from a callback; user_data goes to both callbacks.
    pub fn finn_trainer_fit_sampler(
        trainer: *mut finn_trainer,
        model: *mut finn_model,
        workspace: *mut finn_workspace,
        sampler: finn_sampler_callback,
        progress: finn_progress_callback,
        user_data: *mut c_void,
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
}
