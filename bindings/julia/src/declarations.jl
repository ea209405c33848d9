# Made from capi/finn.h by bindings/generate.py; do not edit.

const symbols = (:finn_version_number, :finn_version_string, :finn_build_info,
    :finn_instruction_set, :finn_max_variables, :finn_status_name, :finn_status_text,
    :finn_model_options_init, :finn_model_create, :finn_model_clone, :finn_model_destroy,
    :finn_model_variables, :finn_model_outputs, :finn_model_parameter_count,
    :finn_model_get_parameters_f64, :finn_model_get_parameters_f32,
    :finn_model_set_parameters_f64, :finn_model_set_parameters_f32, :finn_workspace_create,
    :finn_workspace_destroy, :finn_integrand_f64, :finn_integrand_f32,
    :finn_antiderivative_f64, :finn_antiderivative_f32, :finn_mixed_partial_f64,
    :finn_mixed_partial_f32, :finn_integral, :finn_integrand_vjp_f64,
    :finn_integrand_vjp_f32, :finn_training_options_init, :finn_trainer_create,
    :finn_trainer_destroy, :finn_trainer_fit_data, :finn_trainer_fit_sampler,
    :finn_trainer_steps, :finn_trainer_history, :finn_sigma_f64, :finn_sigma_f32,
    :finn_log_sigma_f64, :finn_log_sigma_f32, :finn_repeated_erfc_f64,
    :finn_repeated_erfc_f32)
const FINN_VERSION_MAJOR = Int32(0)
const FINN_VERSION_MINOR = Int32(1)
const FINN_VERSION_PATCH = Int32(0)
# The largest number of integration variables; also finn_max_variables().
const FINN_MAX_VARIABLES = Int32(8)

"""
Version of the library at run time, as FINN_VERSION_NUMBER. Any thread.
"""
function finn_version_number()
    @ccall $(pointers[1])()::Int32
end

"""
"0.1.0"; static storage. Any thread.
"""
function finn_version_string()
    @ccall $(pointers[2])()::Cstring
end

"""
One line on compiler, OpenMP and the active instruction set; static storage. Any thread.
"""
function finn_build_info()
    @ccall $(pointers[3])()::Cstring
end

"""
The instruction set whose kernels are in use: "avx512", "avx2", "sse2", "neon", "fma" (one
number at a time, with fused multiply-adds) or "portable"; static storage. It is chosen when
the library is loaded: the widest that the processor has, or the one that the environment
variable FINN_SIMD names, "portable" if that one is not to be had. avx512, avx2, neon and
fma give the same bits. Any thread.
"""
function finn_instruction_set()
    @ccall $(pointers[4])()::Cstring
end

"""
FINN_MAX_VARIABLES of the library at run time. Any thread.
"""
function finn_max_variables()
    @ccall $(pointers[5])()::Int32
end

const finn_status = Int32
const FINN_OK = Int32(0)
# a required pointer is NULL
const FINN_ERROR_NULL = Int32(1)
# a value is outside its range, or a handle is not one of ours
const FINN_ERROR_ARGUMENT = Int32(2)
# a length or shape does not fit
const FINN_ERROR_SIZE = Int32(3)
# an input or a result is NaN or infinite
const FINN_ERROR_NOT_FINITE = Int32(4)
# the integral of the network cannot be normalised
const FINN_ERROR_INTEGRAL = Int32(5)
# memory was refused
const FINN_ERROR_MEMORY = Int32(6)
# a callback reported an error of its own
const FINN_ERROR_CALLBACK = Int32(7)
# a defect of the library; please report it
const FINN_ERROR_INTERNAL = Int32(8)
# the progress callback asked to stop; the work so far is kept
const FINN_STOPPED = Int32(9)
const FINN_ERROR_MESSAGE_SIZE = Int32(512)

"""
Supplied by the caller, filled on failure: set struct_size, or use FINN_ERROR_INIT. One
whose struct_size is smaller than that of this header is left alone.
"""
struct finn_error
    struct_size::UInt64
    status::finn_status
    # always terminated; cut when too long
    message::NTuple{Int(FINN_ERROR_MESSAGE_SIZE),UInt8}
end

"""
"FINN_ERROR_SIZE" and the like; "FINN_UNKNOWN" for any other number. Any thread.
"""
function finn_status_name(status)
    @ccall $(pointers[6])(status::finn_status)::Cstring
end

"""
One sentence on a status. Any thread.
"""
function finn_status_text(status)
    @ccall $(pointers[7])(status::finn_status)::Cstring
end

const finn_precision = Int32
const FINN_FLOAT64 = Int32(0)
const FINN_FLOAT32 = Int32(1)

"""
The map from free parameters to the weights of a positive network; biases are always free.
"""
const finn_positivity = Int32
# plain weights: f may take either sign
const FINN_POSITIVITY_NONE = Int32(0)
# |w|, as in the paper
const FINN_POSITIVITY_ABS = Int32(1)
# log(1 + exp(w))
const FINN_POSITIVITY_SOFTPLUS = Int32(2)
# w^2
const FINN_POSITIVITY_SQUARE = Int32(3)
# exp(w)
const FINN_POSITIVITY_EXP = Int32(4)

const finn_activation = Int32
# sigma_n for a positive network, tanh otherwise
const FINN_ACTIVATION_AUTO = Int32(0)
# sigma_n, the (n-1)-fold integral of (1 + erf)/2
const FINN_ACTIVATION_SIGMA = Int32(1)
# not with positivity: its second derivative changes sign
const FINN_ACTIVATION_TANH = Int32(2)

const finn_last_layer = Int32
const FINN_LAST_LAYER_LINEAR = Int32(0)
# as the paper prints it: the activation follows here too
const FINN_LAST_LAYER_SIGMA = Int32(1)

const finn_constraint = Int32
# SCALE with positivity, SHIFT without
const FINN_CONSTRAINT_AUTO = Int32(0)
# f is the mixed partial of the network as it stands
const FINN_CONSTRAINT_NONE = Int32(1)
# f = epsilon f'/I: the paper's equality, singular at I = 0
const FINN_CONSTRAINT_SCALE = Int32(2)
# f = f' + (epsilon - I)/volume: the L2 projection, never singular
const FINN_CONSTRAINT_SHIFT = Int32(3)

const finn_coordinates = Int32
# the network sees each x_i mapped to unit variance in the box
const FINN_COORDINATES_STANDARD = Int32(0)
# the network sees x as it is
const FINN_COORDINATES_RAW = Int32(1)

"""
What a model is made of. Fill with finn_model_options_init, which sets struct_size, then
change what you need.
"""
struct finn_model_options
    struct_size::UInt64
    # n, 1 .. FINN_MAX_VARIABLES; no default
    variables::Int32
    # m >= 1; default 1
    outputs::Int32
    # [variables] limits of the domain; finite; no default
    lower::Ptr{Float64}
    # [variables] each above its lower
    upper::Ptr{Float64}
    # [hidden_layers]; may be NULL: two hidden layers of 32
    widths::Ptr{Int32}
    # length of widths, 0 .. 64; ignored while widths is NULL
    hidden_layers::Int32
    precision::finn_precision
    # default FINN_POSITIVITY_ABS
    positivity::finn_positivity
    activation::finn_activation
    last_layer::finn_last_layer
    constraint::finn_constraint
    # [outputs] integral over the domain; may be NULL: 1 for each output
    epsilon::Ptr{Float64}
    # share of epsilon spread evenly, in [0, 1); with SCALE only; default 0
    floor::Float64
    coordinates::finn_coordinates
    # 0
    reserved::Int32
    # of the initial parameters; default 0
    seed::UInt64
end

"""
A network on a box with its constraint and its parameters.
"""
mutable struct finn_model end

"""
Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread.
"""
function finn_model_options_init(options)
    @ccall $(pointers[8])(options::Ptr{finn_model_options})::finn_status
end

"""
Makes a model with freshly drawn parameters (the initialisation from the statistics of the
domain, docs/INITIALISATION.md). All arrays in options are copied. Any thread.
"""
function finn_model_create(options, model, error)
    @ccall $(pointers[9])(options::Ptr{finn_model_options}, model::Ptr{Ptr{finn_model}},
        error::Ptr{finn_error})::finn_status
end

"""
A copy that shares nothing with the original. Any thread.
"""
function finn_model_clone(model, copy, error)
    @ccall $(pointers[10])(model::Ptr{finn_model}, copy::Ptr{Ptr{finn_model}},
        error::Ptr{finn_error})::finn_status
end

"""
Releases what the function beside it made; does nothing with NULL.
"""
function finn_model_destroy(model)
    @ccall $(pointers[11])(model::Ptr{finn_model})::Cvoid
end

"""
n, m, and the length of the flat parameter vector; 0 for NULL. Any thread.
"""
function finn_model_variables(model)
    @ccall $(pointers[12])(model::Ptr{finn_model})::Int32
end

"""
See `finn_model_variables`.
"""
function finn_model_outputs(model)
    @ccall $(pointers[13])(model::Ptr{finn_model})::Int32
end

"""
See `finn_model_variables`.
"""
function finn_model_parameter_count(model)
    @ccall $(pointers[14])(model::Ptr{finn_model})::Int64
end

"""
Copies the free parameters out of or into the model. Layer by layer: weights [out][in], then
biases [out]. length must be finn_model_parameter_count; values must be finite, in the
precision of the model too. Parameters whose integral cannot be normalised may be set; it is
the next query that returns FINN_ERROR_INTEGRAL.
"""
function finn_model_get_parameters_f64(model, parameters, length, error)
    @long_call $(pointers[15])(model::Ptr{finn_model}, parameters::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_get_parameters_f64`.
"""
function finn_model_get_parameters_f32(model, parameters, length, error)
    @long_call $(pointers[16])(model::Ptr{finn_model}, parameters::Ptr{Float32},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_get_parameters_f64`.
"""
function finn_model_set_parameters_f64(model, parameters, length, error)
    @long_call $(pointers[17])(model::Ptr{finn_model}, parameters::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_get_parameters_f64`.
"""
function finn_model_set_parameters_f32(model, parameters, length, error)
    @long_call $(pointers[18])(model::Ptr{finn_model}, parameters::Ptr{Float32},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
Scratch memory of an evaluation: grows at first use and is then reused, so that a call
repeated with the same sizes allocates nothing. Serves any model, one thread at a time.
"""
mutable struct finn_workspace end

"""
threads: how many threads a call may use; 0 for one per processor, at most 1024. Results are
the same bits for every number of threads.
"""
function finn_workspace_create(threads, workspace, error)
    @ccall $(pointers[19])(threads::Int32, workspace::Ptr{Ptr{finn_workspace}},
        error::Ptr{finn_error})::finn_status
end

"""
Releases what the function beside it made; does nothing with NULL.
"""
function finn_workspace_destroy(workspace)
    @ccall $(pointers[20])(workspace::Ptr{finn_workspace})::Cvoid
end

"""
f at points x [batch][variables], into f [batch][outputs]. With positivity and the
constraint SCALE or NONE, f >= 0 always, also in float; SHIFT may push it below 0. Points
outside the domain are allowed; far outside F grows like a polynomial and may overflow.
"""
function finn_integrand_f64(model, workspace, x, batch, f, error)
    @long_call $(pointers[21])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, batch::Int64, f::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_integrand_f64`.
"""
function finn_integrand_f32(model, workspace, x, batch, f, error)
    @long_call $(pointers[22])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float32}, batch::Int64, f::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

"""
F at points x, constrained like f: only differences over the corners of a box mean anything.
"""
function finn_antiderivative_f64(model, workspace, x, batch, F, error)
    @long_call $(pointers[23])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, batch::Int64, F::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_antiderivative_f64`.
"""
function finn_antiderivative_f32(model, workspace, x, batch, F, error)
    @long_call $(pointers[24])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float32}, batch::Int64, F::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

"""
d^|S| F / prod_{i in S} dx_i into values [batch][outputs]; bit i of subset stands for
variable i, counted from 0. Subset 0 is F, all ones is f; differenced over the corners of
the other variables it is a marginal.
"""
function finn_mixed_partial_f64(model, workspace, subset, x, batch, values, error)
    @long_call $(pointers[25])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        subset::UInt32, x::Ptr{Float64}, batch::Int64, values::Ptr{Float64},
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_mixed_partial_f64`.
"""
function finn_mixed_partial_f32(model, workspace, subset, x, batch, values, error)
    @long_call $(pointers[26])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        subset::UInt32, x::Ptr{Float32}, batch::Int64, values::Ptr{Float32},
        error::Ptr{finn_error})::finn_status
end

"""
The integral of f over the box [lower, upper] ([variables] each, lower <= upper, finite),
from F at its 2^n corners, always in double, whatever the precision of the model.
    value           [outputs]
  kappa  [outputs] sum |F| / |sum F|, the condition of the difference: infinite when
                    only the sum is 0, 1 when all F are; may be NULL
    error_estimate  [outputs] the rounding error to expect in value; may be NULL
"""
function finn_integral(model, workspace, lower, upper, value, kappa, error_estimate, error)
    @long_call $(pointers[27])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        lower::Ptr{Float64}, upper::Ptr{Float64}, value::Ptr{Float64}, kappa::Ptr{Float64},
        error_estimate::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
Vector-Jacobian product of f, for a loss of your own: given f_adjoint [batch][outputs] =
dLoss/df, writes
    f                  [batch][outputs]   may be NULL
    parameter_adjoint  [parameter_count]  dLoss/dparameters, through the constraint as well
    x_adjoint          [batch][variables] dLoss/dx; may be NULL
The outputs are overwritten, not added to.
"""
function finn_integrand_vjp_f64(model, workspace, x, batch, f_adjoint, f, parameter_adjoint,
    x_adjoint, error)
    @long_call $(pointers[28])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, batch::Int64, f_adjoint::Ptr{Float64}, f::Ptr{Float64},
        parameter_adjoint::Ptr{Float64}, x_adjoint::Ptr{Float64},
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_integrand_vjp_f64`.
"""
function finn_integrand_vjp_f32(model, workspace, x, batch, f_adjoint, f, parameter_adjoint,
    x_adjoint, error)
    @long_call $(pointers[29])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float32}, batch::Int64, f_adjoint::Ptr{Float32}, f::Ptr{Float32},
        parameter_adjoint::Ptr{Float32}, x_adjoint::Ptr{Float32},
        error::Ptr{finn_error})::finn_status
end

const finn_loss = Int32
# mean over rows and outputs of (f - y)^2
const FINN_LOSS_SQUARED_ERROR = Int32(0)
# mean of -log f; positivity, not SHIFT
const FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD = Int32(1)

const finn_schedule = Int32
# from learning_rate to 0 along half a cosine
const FINN_SCHEDULE_COSINE = Int32(0)
const FINN_SCHEDULE_CONSTANT = Int32(1)

"""
How a model is trained: Adam (Kingma & Ba, arXiv 1412.6980) on mini-batches.
"""
struct finn_training_options
    struct_size::UInt64
    # in all; default 6000
    steps::Int64
    # rows per step; default 0: 512, or all rows of a smaller data set
    batch::Int64
    # default 0.01
    learning_rate::Float64
    # default 0.9
    beta1::Float64
    # default 0.999
    beta2::Float64
    # default 1e-8
    adam_epsilon::Float64
    loss::finn_loss
    schedule::finn_schedule
    # of shuffles and of the sampler's points; default 0
    seed::UInt64
end

"""
State of a training run: the optimiser's moments, the step, the random numbers, the losses.
"""
mutable struct finn_trainer end

"""
What a progress callback is told after each step.
"""
struct finn_progress
    struct_size::UInt64
    # steps done, 1 .. steps
    step::Int64
    steps::Int64
    # of this step's mini-batch, before the update
    loss::Float64
    # of this step
    learning_rate::Float64
    # since this fit call began
    seconds::Float64
end

"""
Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread.
"""
function finn_training_options_init(options)
    @ccall $(pointers[30])(options::Ptr{finn_training_options})::finn_status
end

"""
A trainer for models of the shape of this one.
"""
function finn_trainer_create(model, options, trainer, error)
    @ccall $(pointers[31])(model::Ptr{finn_model}, options::Ptr{finn_training_options},
        trainer::Ptr{Ptr{finn_trainer}}, error::Ptr{finn_error})::finn_status
end

"""
Releases what the function beside it made; does nothing with NULL.
"""
function finn_trainer_destroy(trainer)
    @ccall $(pointers[32])(trainer::Ptr{finn_trainer})::Cvoid
end

"""
Trains on rows of x [rows][variables] and y [rows][outputs]; y is NULL under
FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD. Rows lie in the domain and are shuffled anew for each
pass. Goes on from where the trainer stands until options.steps are done, with as many rows
as at the first call. progress may be NULL. Returns FINN_STOPPED when the callback stopped
it: model and trainer are valid, and a further call goes on to the same bits as if it had
not been stopped. A step whose loss or gradient is not finite ends the fit with
FINN_ERROR_NOT_FINITE before it touches the parameters.
"""
function finn_trainer_fit_data(trainer, model, workspace, x, y, rows, progress, user_data,
    error)
    @ccall $(pointers[33])(trainer::Ptr{finn_trainer}, model::Ptr{finn_model},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, y::Ptr{Float64}, rows::Int64,
        progress::Ptr{Cvoid}, user_data::Ptr{Cvoid}, error::Ptr{finn_error})::finn_status
end

"""
The same with mini-batches from a callback; user_data goes to both callbacks.
"""
function finn_trainer_fit_sampler(trainer, model, workspace, sampler, progress, user_data,
    error)
    @ccall $(pointers[34])(trainer::Ptr{finn_trainer}, model::Ptr{finn_model},
        workspace::Ptr{finn_workspace}, sampler::Ptr{Cvoid}, progress::Ptr{Cvoid},
        user_data::Ptr{Cvoid}, error::Ptr{finn_error})::finn_status
end

"""
Steps done so far; 0 for NULL.
"""
function finn_trainer_steps(trainer)
    @ccall $(pointers[35])(trainer::Ptr{finn_trainer})::Int64
end

"""
Copies the loss of every step done into losses [length], length = finn_trainer_steps.
"""
function finn_trainer_history(trainer, losses, length, error)
    @long_call $(pointers[36])(trainer::Ptr{finn_trainer}, losses::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
values [count][length]: values[k * length + i] = sigma_(order - k)(x[i]). order is 1 .. 8,
count at least 1, order - count + 1 >= -8, length >= 0. values must not overlap x.
"""
function finn_sigma_f64(order, count, x, length, values, error)
    @long_call $(pointers[37])(order::Int32, count::Int32, x::Ptr{Float64}, length::Int64,
        values::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_sigma_f64`.
"""
function finn_sigma_f32(order, count, x, length, values, error)
    @long_call $(pointers[38])(order::Int32, count::Int32, x::Ptr{Float32}, length::Int64,
        values::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

"""
logs [length] = log sigma_order(x) and slopes [length] = its derivative, sigma_(order-1) /
sigma_order; slopes may be NULL. order is 0 .. 8. Finite for every finite x, also where
sigma_n underflows: what is beyond the largest number becomes that number. Errors at most 8
unit roundoffs of the result; of 1, if that is larger, for logs of orders above 1, which
have a zero.
"""
function finn_log_sigma_f64(order, x, length, logs, slopes, error)
    @long_call $(pointers[39])(order::Int32, x::Ptr{Float64}, length::Int64,
        logs::Ptr{Float64}, slopes::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_log_sigma_f64`.
"""
function finn_log_sigma_f32(order, x, length, logs, slopes, error)
    @long_call $(pointers[40])(order::Int32, x::Ptr{Float32}, length::Int64,
        logs::Ptr{Float32}, slopes::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

"""
Repeated integrals of erfc (DLMF 7.18): values [count][length], values[k * length + i] =
i^(order - k)erfc(z[i]) = 2 sigma_(order - k + 1)(-z[i]). order is 0 .. 7, down to
i^-1erfc(z) = 2 exp(-z^2) / sqrt(pi): 1 <= count <= order + 2. Errors as those of sigma.
"""
function finn_repeated_erfc_f64(order, count, z, length, values, error)
    @long_call $(pointers[41])(order::Int32, count::Int32, z::Ptr{Float64}, length::Int64,
        values::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_repeated_erfc_f64`.
"""
function finn_repeated_erfc_f32(order, count, z, length, values, error)
    @long_call $(pointers[42])(order::Int32, count::Int32, z::Ptr{Float32}, length::Int64,
        values::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

const finn_positivity_values = (none = FINN_POSITIVITY_NONE, abs = FINN_POSITIVITY_ABS,
    softplus = FINN_POSITIVITY_SOFTPLUS, square = FINN_POSITIVITY_SQUARE,
    exp = FINN_POSITIVITY_EXP)
const finn_activation_values = (auto = FINN_ACTIVATION_AUTO, sigma = FINN_ACTIVATION_SIGMA,
    tanh = FINN_ACTIVATION_TANH)
const finn_last_layer_values = (linear = FINN_LAST_LAYER_LINEAR,
    sigma = FINN_LAST_LAYER_SIGMA)
const finn_constraint_values = (auto = FINN_CONSTRAINT_AUTO, none = FINN_CONSTRAINT_NONE,
    scale = FINN_CONSTRAINT_SCALE, shift = FINN_CONSTRAINT_SHIFT)
const finn_coordinates_values = (standard = FINN_COORDINATES_STANDARD,
    raw = FINN_COORDINATES_RAW)
const finn_loss_values = (squared_error = FINN_LOSS_SQUARED_ERROR,
    negative_log_likelihood = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD)
const finn_schedule_values = (cosine = FINN_SCHEDULE_COSINE,
    constant = FINN_SCHEDULE_CONSTANT)
