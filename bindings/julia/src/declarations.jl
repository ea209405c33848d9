# Made from capi/finn.h by bindings/generate.py; do not edit.

const symbols = (:finn_version_number, :finn_version_string, :finn_build_info,
    :finn_instruction_set, :finn_max_variables, :finn_max_product_variables,
    :finn_status_name, :finn_status_text, :finn_model_options_init,
    :finn_model_options_init_sized, :finn_model_create, :finn_model_clone,
    :finn_model_destroy, :finn_model_initialise_from_data, :finn_model_variables,
    :finn_model_outputs, :finn_model_columns, :finn_model_parameter_count,
    :finn_model_get_parameters_f64, :finn_model_get_parameters_f32,
    :finn_model_set_parameters_f64, :finn_model_set_parameters_f32, :finn_workspace_create,
    :finn_workspace_destroy, :finn_integrand_f64, :finn_integrand_f32,
    :finn_antiderivative_f64, :finn_antiderivative_f32, :finn_mixed_partial_f64,
    :finn_mixed_partial_f32, :finn_integral, :finn_integral_given, :finn_integrand_vjp_f64,
    :finn_integrand_vjp_f32, :finn_training_options_init, :finn_training_options_init_sized,
    :finn_trainer_create, :finn_trainer_destroy, :finn_trainer_set_loss,
    :finn_trainer_set_validation, :finn_trainer_fit_data, :finn_trainer_fit_weighted,
    :finn_trainer_fit_sampler, :finn_trainer_fit_file, :finn_trainer_save,
    :finn_trainer_load, :finn_trainer_save_file, :finn_trainer_load_file,
    :finn_trainer_outcome, :finn_trainer_best, :finn_trainer_steps, :finn_trainer_history,
    :finn_sigma_f64, :finn_sigma_f32, :finn_log_sigma_f64, :finn_log_sigma_f32,
    :finn_repeated_erfc_f64, :finn_repeated_erfc_f32, :finn_domain_box, :finn_domain_line,
    :finn_domain_half_line, :finn_domain_parallelepiped, :finn_domain_affine,
    :finn_domain_disk, :finn_domain_annulus, :finn_domain_sector, :finn_domain_ellipse,
    :finn_domain_polar, :finn_domain_ball, :finn_domain_shell, :finn_domain_cylinder,
    :finn_domain_simplex, :finn_domain_polygon, :finn_domain_star, :finn_domain_product,
    :finn_domain_map, :finn_domain_destroy, :finn_domain_variables, :finn_domain_limits,
    :finn_domain_to_point, :finn_domain_to_box)
const FINN_VERSION_MAJOR = Int32(0)
const FINN_VERSION_MINOR = Int32(1)
const FINN_VERSION_PATCH = Int32(0)
# The largest number of integration variables of the head mlp, whose cost grows like 2^n,
# and of the head product, whose cost grows like n; also finn_max_variables() and
# finn_max_product_variables().
const FINN_MAX_VARIABLES = Int32(8)
const FINN_MAX_PRODUCT_VARIABLES = Int32(64)

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

"""
FINN_MAX_PRODUCT_VARIABLES of the library at run time. Any thread.
"""
function finn_max_product_variables()
    @ccall $(pointers[6])()::Int32
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
# a file cannot be read or written
const FINN_ERROR_FILE = Int32(10)
# bytes are not what their format says
const FINN_ERROR_FORMAT = Int32(11)
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
    @ccall $(pointers[7])(status::finn_status)::Cstring
end

"""
One sentence on a status. Any thread.
"""
function finn_status_text(status)
    @ccall $(pointers[8])(status::finn_status)::Cstring
end

const finn_precision = Int32
const FINN_FLOAT64 = Int32(0)
const FINN_FLOAT32 = Int32(1)

"""
The form of the network; docs/HEADS.md compares them.
"""
const finn_head = Int32
# MLP if any field is set that only the MLP has, else PRODUCT
const FINN_HEAD_AUTO = Int32(0)
# layers of sigma_n(P(W) h + b), as in the paper
const FINN_HEAD_MLP = Int32(1)
# sum_j c_j prod_i Phi_ij(x_i), Phi_ij increasing: linear in n, kappa 1
const FINN_HEAD_PRODUCT = Int32(2)

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
# EXP for HEAD_PRODUCT, ABS for HEAD_MLP
const FINN_POSITIVITY_AUTO = Int32(5)

const finn_activation = Int32
# sigma_n for a positive network, tanh otherwise
const FINN_ACTIVATION_AUTO = Int32(0)
# sigma_n, the (n-1)-fold integral of (1 + erf)/2
const FINN_ACTIVATION_SIGMA = Int32(1)
const FINN_ACTIVATION_TANH = Int32(2)
# log(1 + exp(x))
const FINN_ACTIVATION_SOFTPLUS = Int32(3)
const FINN_ACTIVATION_SINE = Int32(4)

const finn_last_layer = Int32
const FINN_LAST_LAYER_LINEAR = Int32(0)
# as the paper prints it: the activation follows here too
const FINN_LAST_LAYER_SIGMA = Int32(1)

const finn_read_out = Int32
# the output is a sum over the last hidden layer
const FINN_READ_OUT_LAST = Int32(0)
# over all of them: what three layers and more need to train
const FINN_READ_OUT_DENSE = Int32(1)

const finn_sharing = Int32
# several outputs are different sums over the same units or terms
const FINN_SHARING_TRUNK = Int32(0)
# each output has units or terms of its own
const FINN_SHARING_NONE = Int32(1)

const finn_constraint = Int32
# SCALE with positivity, SHIFT without
const FINN_CONSTRAINT_AUTO = Int32(0)
# f is the mixed partial of the network as it stands
const FINN_CONSTRAINT_NONE = Int32(1)
# f = J f'/I: the paper's equality, singular at I = 0
const FINN_CONSTRAINT_SCALE = Int32(2)
# f = f' + (J - I)/volume: the L2 projection, never singular
const FINN_CONSTRAINT_SHIFT = Int32(3)
# the nearest f' + g, in L2, that meets all linear_constraints
const FINN_CONSTRAINT_PROJECTION = Int32(4)

"""
What J, the integral of f over the domain, has to be.
"""
const finn_bound = Int32
# epsilon
const FINN_BOUND_EQUAL = Int32(0)
# at most epsilon
const FINN_BOUND_AT_MOST = Int32(1)
const FINN_BOUND_AT_LEAST = Int32(2)
# at least lower_epsilon and at most epsilon
const FINN_BOUND_BETWEEN = Int32(3)

"""
How J follows I, the integral of the network, within its bounds; docs/CONSTRAINTS.md.
"""
const finn_approach = Int32
# J = I, or the bound that I is beyond
const FINN_APPROACH_HARD = Int32(0)
# a smooth increasing function of I; not with BOUND_EQUAL
const FINN_APPROACH_SMOOTH = Int32(1)
# J is trained by itself: a function of parameters tau [outputs], the last ones of the
# model. BOUND_EQUAL: any J (SCALE: above 0), which begins at epsilon
const FINN_APPROACH_LEARNED = Int32(2)

"""
One of the linear constraints of FINN_CONSTRAINT_PROJECTION: the integral over a sub-box of
prod_i x_i^powers[i] f is to be value. With a domain limits and powers are those of u. Set
struct_size, or use FINN_LINEAR_CONSTRAINT_INIT, in each element of an array: it is the same
in all of them, and the distance from one to the next. Fields are only ever added at the
end.
"""
struct finn_linear_constraint
    struct_size::UInt64
    # [variables] of the sub-box, within the domain; NULL: that of the domain
    lower::Ptr{Float64}
    # [variables]
    upper::Ptr{Float64}
    # [variables] each 0 .. 8, above 0 in at most three of them; NULL: all 0, the integral
    # itself
    powers::Ptr{Int32}
    # [outputs]
    value::Ptr{Float64}
end

"""
How f depends on conditions c beside x: f(x | c) has the integral that the constraint says
for every c. docs/CONDITIONING.md compares the forms.
"""
const finn_conditioning = Int32
# MODULATION
const FINN_CONDITIONING_AUTO = Int32(0)
# a network of c moves biases and scales units and sums
const FINN_CONDITIONING_MODULATION = Int32(1)
# a network of c moves all parameters, as in the paper
const FINN_CONDITIONING_HYPERNETWORK = Int32(2)
# biases are linear in c, as if c were further inputs of every hidden unit, free in sign; no
# condition_widths
const FINN_CONDITIONING_INPUTS = Int32(3)

const finn_coordinates = Int32
# the network sees each x_i mapped to unit variance in the box
const FINN_COORDINATES_STANDARD = Int32(0)
# the network sees x as it is
const FINN_COORDINATES_RAW = Int32(1)

"""
A region other than a box, with the map that makes a box of it: section 8.
"""
mutable struct finn_domain end

"""
What a model is made of. Fill with finn_model_options_init, which sets struct_size, then
change what you need. Fields are only ever added at the end: a struct that ends before one
of them (struct_size says where) is accepted; what it lacks is 0, and its head is
FINN_HEAD_MLP.
"""
struct finn_model_options
    struct_size::UInt64
    # n, 1 .. FINN_MAX_VARIABLES or, with HEAD_PRODUCT, FINN_MAX_PRODUCT_VARIABLES; no
    # default
    variables::Int32
    # m >= 1; default 1
    outputs::Int32
    # [variables] limits of the domain; finite; no default
    lower::Ptr{Float64}
    # [variables] each above its lower
    upper::Ptr{Float64}
    # [hidden_layers] of the mlp; may be NULL: two hidden layers of 32
    widths::Ptr{Int32}
    # length of widths, 0 .. 64; ignored while widths is NULL
    hidden_layers::Int32
    precision::finn_precision
    # default FINN_POSITIVITY_AUTO
    positivity::finn_positivity
    activation::finn_activation
    last_layer::finn_last_layer
    constraint::finn_constraint
    # [outputs] integral over the domain; may be NULL: 1 for each output; NULL with
    # PROJECTION
    epsilon::Ptr{Float64}
    # share of epsilon spread evenly, in [0, 1); with SCALE only; default 0
    floor::Float64
    coordinates::finn_coordinates
    # 0
    reserved::Int32
    # of the initial parameters; default 0
    seed::UInt64
    # default FINN_HEAD_AUTO: MLP with widths, activation, last_layer, patterns, read_out or
    # POSITIVITY_NONE, PRODUCT otherwise
    head::finn_head
    # of signs, 1 .. 2^variables, each with hidden layers of its own and with positivity; 0
    # means 1
    patterns::Int32
    read_out::finn_read_out
    sharing::finn_sharing
    # of the sum; 0 means 64
    terms::Int32
    # of sigma_1 in each Phi_ij, at most 64; 0 means 4
    steps::Int32
    # may be NULL: the box [lower, upper]; otherwise variables is that of the domain, at
    # most FINN_MAX_VARIABLES, and lower and upper are NULL; may be destroyed once the model
    # is made
    domain::Ptr{finn_domain}
    # with SCALE and SHIFT; default FINN_BOUND_EQUAL
    bound::finn_bound
    # default FINN_APPROACH_HARD
    approach::finn_approach
    # [outputs] with BOUND_BETWEEN, each below its epsilon
    lower_epsilon::Ptr{Float64}
    # SMOOTH with SHIFT, AT_MOST or AT_LEAST: width, in units of the integral, of the
    # transition at the bound, > 0; 0 means 1
    softness::Float64
    # [linear_constraint_count], with PROJECTION
    linear_constraints::Ptr{finn_linear_constraint}
    # at most 64
    linear_constraint_count::Int32
    # 1: epsilon is NULL and belongs to the sample: the last columns of a row, [outputs];
    # not with LEARNED and BETWEEN; default 0
    sample_epsilon::Int32
    # q >= 0: columns of a row after x; default 0
    conditions::Int32
    conditioning::finn_conditioning
    # [conditions] the range of c, by which it is standardised, no limit; may be NULL: [-1,
    # 1]
    condition_lower::Ptr{Float64}
    # [conditions]
    condition_upper::Ptr{Float64}
    # [condition_layers] hidden layers of the network of c; may be NULL: two of 32
    condition_widths::Ptr{Int32}
    # 0 .. 64; ignored while condition_widths is NULL
    condition_layers::Int32
    # 0
    condition_reserved::Int32
end

"""
A network on a box with its constraint and its parameters.
"""
mutable struct finn_model end

"""
Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread. In C
and C++ it is a macro that passes the size of the struct of this header. The function of
this name is the one of the first header: it writes the struct of that header and its
defaults. Other languages call finn_model_options_init_sized with the size of the struct
that they know, which must not be larger than that of the library: FINN_ERROR_ARGUMENT
otherwise.
"""
function finn_model_options_init(options)
    @ccall $(pointers[9])(options::Ptr{finn_model_options})::finn_status
end

"""
See `finn_model_options_init`.
"""
function finn_model_options_init_sized(options, size)
    @ccall $(pointers[10])(options::Ptr{finn_model_options}, size::UInt64)::finn_status
end

"""
Makes a model with freshly drawn parameters (the initialisation from the statistics of the
domain, docs/INITIALISATION.md). All arrays in options are copied. Any thread.
"""
function finn_model_create(options, model, error)
    @ccall $(pointers[11])(options::Ptr{finn_model_options}, model::Ptr{Ptr{finn_model}},
        error::Ptr{finn_error})::finn_status
end

"""
A copy that shares nothing with the original. Any thread.
"""
function finn_model_clone(model, copy, error)
    @ccall $(pointers[12])(model::Ptr{finn_model}, copy::Ptr{Ptr{finn_model}},
        error::Ptr{finn_error})::finn_status
end

"""
Releases what the function beside it made; does nothing with NULL.
"""
function finn_model_destroy(model)
    @ccall $(pointers[13])(model::Ptr{finn_model})::Cvoid
end

"""
Draws the parameters anew, from the statistics of rows of x [rows][columns] in the domain
instead of those of the domain: for data that fill only a part of it. Conditions are not
looked at: f(x | c) begins as f(x). With HEAD_PRODUCT each term begins at a row. At most
1024 rows, drawn by the seed, are looked at.
"""
function finn_model_initialise_from_data(model, x, rows, seed, error)
    @ccall $(pointers[14])(model::Ptr{finn_model}, x::Ptr{Float64}, rows::Int64,
        seed::UInt64, error::Ptr{finn_error})::finn_status
end

"""
n, m, and the length of the flat parameter vector; 0 for NULL. Any thread.
"""
function finn_model_variables(model)
    @ccall $(pointers[15])(model::Ptr{finn_model})::Int32
end

"""
See `finn_model_variables`.
"""
function finn_model_outputs(model)
    @ccall $(pointers[16])(model::Ptr{finn_model})::Int32
end

"""
The length of a row of points, x in all functions below: the variables, then the conditions,
then with sample_epsilon the epsilon of that sample for each output. 0 for NULL. Any thread.
"""
function finn_model_columns(model)
    @ccall $(pointers[17])(model::Ptr{finn_model})::Int32
end

"""
See `finn_model_columns`.
"""
function finn_model_parameter_count(model)
    @ccall $(pointers[18])(model::Ptr{finn_model})::Int64
end

"""
Copies the free parameters out of or into the model. HEAD_MLP: layer by layer, weights
[out][in], then biases [out]; pattern by pattern, output by output under SHARING_NONE, each
with its layers, then under READ_OUT_DENSE the weights [outputs][in] of the hidden layers
but the last. HEAD_PRODUCT: slopes w, biases b and, if steps > 1, logits of the shares a,
each [variables][terms][steps], then c [outputs][terms]; under SHARING_NONE so for each
output. With conditions the network of c follows, layer by layer, weights [out][in] and
biases [out]; last, under APPROACH_LEARNED, tau [outputs]. length must be
finn_model_parameter_count; values must be finite, in the precision of the model too.
Parameters whose integral cannot be normalised may be set; it is the next query that returns
FINN_ERROR_INTEGRAL.
"""
function finn_model_get_parameters_f64(model, parameters, length, error)
    @long_call $(pointers[19])(model::Ptr{finn_model}, parameters::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_get_parameters_f64`.
"""
function finn_model_get_parameters_f32(model, parameters, length, error)
    @long_call $(pointers[20])(model::Ptr{finn_model}, parameters::Ptr{Float32},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_get_parameters_f64`.
"""
function finn_model_set_parameters_f64(model, parameters, length, error)
    @long_call $(pointers[21])(model::Ptr{finn_model}, parameters::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_get_parameters_f64`.
"""
function finn_model_set_parameters_f32(model, parameters, length, error)
    @long_call $(pointers[22])(model::Ptr{finn_model}, parameters::Ptr{Float32},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
Scratch memory of an evaluation: grows at first use and is then reused, so that a call
repeated with the same sizes allocates nothing. Serves any model, one thread at a time.
"""
mutable struct finn_workspace end

"""
threads: how many threads a call may use, at most 1024; 0 for the number that OpenMP takes,
which is OMP_NUM_THREADS or, where that is not set, one per processor. A call starts no more
of them than it has tiles of 32 or 64 points. Where the system refuses a thread, the
workspace goes on with fewer. Results are the same bits for every number of threads.
"""
function finn_workspace_create(threads, workspace, error)
    @ccall $(pointers[23])(threads::Int32, workspace::Ptr{Ptr{finn_workspace}},
        error::Ptr{finn_error})::finn_status
end

"""
Releases what the function beside it made; does nothing with NULL.
"""
function finn_workspace_destroy(workspace)
    @ccall $(pointers[24])(workspace::Ptr{finn_workspace})::Cvoid
end

"""
f at points x [batch][columns], into f [batch][outputs]. With positivity and the constraint
SCALE or NONE, f >= 0 always, also in float; SHIFT may push it below 0. Points outside a box
that is no finn_domain are allowed; far outside F grows like a polynomial and may overflow.
Outside a finn_domain f is 0 and F that of the u that finn_domain_to_box gives. With
conditions or sample_epsilon each row is normalised by itself, in the precision of the
model; FINN_ERROR_INTEGRAL names the row that cannot be.
"""
function finn_integrand_f64(model, workspace, x, batch, f, error)
    @long_call $(pointers[25])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, batch::Int64, f::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_integrand_f64`.
"""
function finn_integrand_f32(model, workspace, x, batch, f, error)
    @long_call $(pointers[26])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float32}, batch::Int64, f::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

"""
F at points x, constrained like f: only differences over the corners of a box mean anything.
"""
function finn_antiderivative_f64(model, workspace, x, batch, F, error)
    @long_call $(pointers[27])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, batch::Int64, F::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_antiderivative_f64`.
"""
function finn_antiderivative_f32(model, workspace, x, batch, F, error)
    @long_call $(pointers[28])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float32}, batch::Int64, F::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

"""
d^|S| F / prod_{i in S} dx_i into values [batch][outputs]; bit i of subset stands for
variable i, counted from 0. Subset 0 is F, all ones is f; differenced over the corners of
the other variables it is a marginal. With a finn_domain the derivatives of a proper subset
are those in u, at u(x); but where it covers all variables of a factor of
finn_domain_product, they are those in x, times the weight of that factor: marginals over
whole factors are densities of x. With several patterns and with HEAD_PRODUCT beyond 32
variables see docs/HEADS.md.
"""
function finn_mixed_partial_f64(model, workspace, subset, x, batch, values, error)
    @long_call $(pointers[29])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        subset::UInt32, x::Ptr{Float64}, batch::Int64, values::Ptr{Float64},
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_mixed_partial_f64`.
"""
function finn_mixed_partial_f32(model, workspace, subset, x, batch, values, error)
    @long_call $(pointers[30])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        subset::UInt32, x::Ptr{Float32}, batch::Int64, values::Ptr{Float32},
        error::Ptr{finn_error})::finn_status
end

"""
The integral of f over the box [lower, upper] ([variables] each, lower <= upper, finite),
from F at its 2^n corners - HEAD_PRODUCT: from differences one variable at a time, with
kappa 1 - always in double, whatever the precision of the model. With a finn_domain the
limits are those of u, within finn_domain_limits unless u_i is x_i itself, and the integral
is over their image.
    value           [outputs]
  kappa  [outputs] sum |F| / |sum F|, the condition of the difference: infinite when
                    only the sum is 0, 1 when all F are; may be NULL
    error_estimate  [outputs] the rounding error to expect in value; may be NULL
"""
function finn_integral(model, workspace, lower, upper, value, kappa, error_estimate, error)
    @long_call $(pointers[31])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        lower::Ptr{Float64}, upper::Ptr{Float64}, value::Ptr{Float64}, kappa::Ptr{Float64},
        error_estimate::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
The integral of f(x | c) over a box for each of count conditions, given [count][columns -
variables]: conditions, and then epsilons with sample_epsilon. For a model without such
columns given may be NULL, and every row is finn_integral, which takes such models only.
value, kappa and error_estimate are [count][outputs]; the last two may be NULL.
"""
function finn_integral_given(model, workspace, lower, upper, given, count, value, kappa,
    error_estimate, error)
    @long_call $(pointers[32])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        lower::Ptr{Float64}, upper::Ptr{Float64}, given::Ptr{Float64}, count::Int64,
        value::Ptr{Float64}, kappa::Ptr{Float64}, error_estimate::Ptr{Float64},
        error::Ptr{finn_error})::finn_status
end

"""
Vector-Jacobian product of f, for a loss of your own: given f_adjoint [batch][outputs] =
dLoss/df, writes
    f                  [batch][outputs]   may be NULL
    parameter_adjoint  [parameter_count]  dLoss/dparameters, through the constraint as well
    x_adjoint          [batch][columns] dLoss/dx, with conditions and epsilons; may be NULL
The outputs are overwritten, not added to.
"""
function finn_integrand_vjp_f64(model, workspace, x, batch, f_adjoint, f, parameter_adjoint,
    x_adjoint, error)
    @long_call $(pointers[33])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, batch::Int64, f_adjoint::Ptr{Float64}, f::Ptr{Float64},
        parameter_adjoint::Ptr{Float64}, x_adjoint::Ptr{Float64},
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_integrand_vjp_f64`.
"""
function finn_integrand_vjp_f32(model, workspace, x, batch, f_adjoint, f, parameter_adjoint,
    x_adjoint, error)
    @long_call $(pointers[34])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float32}, batch::Int64, f_adjoint::Ptr{Float32}, f::Ptr{Float32},
        parameter_adjoint::Ptr{Float32}, x_adjoint::Ptr{Float32},
        error::Ptr{finn_error})::finn_status
end

const finn_loss = Int32
# mean over rows and outputs of (f - y)^2
const FINN_LOSS_SQUARED_ERROR = Int32(0)
# mean of -log f; positivity, not SHIFT
const FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD = Int32(1)
# mean of |f - y|
const FINN_LOSS_ABSOLUTE_ERROR = Int32(2)
# r = f - y: mean of r^2 / 2, linear where |r| > huber_delta
const FINN_LOSS_HUBER = Int32(3)
# f is the intensity of a point process and x its events: mean of -log f, plus the integral
# of f over the domain / poisson_events; positivity, not SHIFT, no conditions, and an
# integral that is not fixed: CONSTRAINT_NONE, LEARNED, or a bound other than EQUAL
const FINN_LOSS_POISSON_PROCESS = Int32(4)
# of your own: finn_trainer_set_loss
const FINN_LOSS_CUSTOM = Int32(5)

const finn_schedule = Int32
# from learning_rate to final_learning_rate along half a cosine
const FINN_SCHEDULE_COSINE = Int32(0)
const FINN_SCHEDULE_CONSTANT = Int32(1)
# to final_learning_rate along a line
const FINN_SCHEDULE_LINEAR = Int32(2)
# times decay_factor after every decay_interval steps
const FINN_SCHEDULE_STEP = Int32(3)
# the same, in each step by its share
const FINN_SCHEDULE_EXPONENTIAL = Int32(4)
# from learning_rate / 25 up to it, then down to final_learning_rate, along cosines
const FINN_SCHEDULE_ONE_CYCLE = Int32(5)

const finn_optimiser = Int32
# Kingma & Ba, arXiv 1412.6980
const FINN_OPTIMISER_ADAM = Int32(0)
# with decoupled weight decay: Loshchilov & Hutter, arXiv 1711.05101
const FINN_OPTIMISER_ADAMW = Int32(1)
# gradient descent with momentum
const FINN_OPTIMISER_SGD = Int32(2)
# on all rows, or on the batch of the first step, kept for all steps; learning_rate and
# schedule are not used
const FINN_OPTIMISER_LBFGS = Int32(3)

"""
How a model is trained. Fields are only ever added at the end: a struct that ends before one
of them (struct_size says where; the first one ended with seed) is accepted, and what it
lacks takes its default.
"""
struct finn_training_options
    struct_size::UInt64
    # in all; default 6000
    steps::Int64
    # rows per step; default 0: 512 (L-BFGS: all), or all rows of a smaller data set
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
    # of shuffles, of the sampler's points and of the rows held out; default 0
    seed::UInt64
    # default FINN_OPTIMISER_ADAM
    optimiser::finn_optimiser
    # SGD: 1 for Nesterov's momentum; default 0
    nesterov::Int32
    # AdamW; default 0.01
    weight_decay::Float64
    # SGD, in [0, 1); default 0.9
    momentum::Float64
    # L-BFGS: pairs kept, 1 .. 1000; default 10
    lbfgs_memory::Int64
    # L-BFGS: converged when no entry is larger; default 1e-8
    gradient_tolerance::Float64
    # L-BFGS: converged when a step gains a smaller share; default 1e-9
    loss_tolerance::Float64
    # steps in which the rate first rises, fewer than steps; default 0
    warmup_steps::Int64
    # cosine, linear, one cycle; 0 .. learning_rate; default 0
    final_learning_rate::Float64
    # step, exponential; default 1000
    decay_interval::Int64
    # step, exponential, in (0, 1]; default 0.5
    decay_factor::Float64
    # largest norm of a gradient; default 0: any; not with L-BFGS
    gradient_clip::Float64
    # default 1
    huber_delta::Float64
    # events in one realisation; default 0: as many as there are rows
    poisson_events::Float64
    # of the rows of a data set, held out, in [0, 1); default 0
    validation_share::Float64
    # steps between looks at the rows held out; default 50
    validation_interval::Int64
    # looks without a new best before the fit ends; default 0: it does not
    patience::Int64
    # by how much a new best must be better; default 0
    min_delta::Float64
end

"""
State of a training run: the optimiser's moments, the step, the random numbers, the losses,
the rows held out and the best parameters.
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
    # the last one of the rows held out; NaN before the first
    validation_loss::Float64
end

"""
Writes the defaults into *options and returns FINN_OK, or FINN_ERROR_NULL. Any thread. The
name is a macro that passes the size of the struct with it; the function of that name writes
the struct of version 0.1.0, for programs that were built with it.
"""
function finn_training_options_init(options)
    @ccall $(pointers[35])(options::Ptr{finn_training_options})::finn_status
end

"""
See `finn_training_options_init`.
"""
function finn_training_options_init_sized(options, struct_size)
    @ccall $(pointers[36])(options::Ptr{finn_training_options},
        struct_size::UInt64)::finn_status
end

"""
A trainer for this model and others that differ from it in their parameters alone.
"""
function finn_trainer_create(model, options, trainer, error)
    @ccall $(pointers[37])(model::Ptr{finn_model}, options::Ptr{finn_training_options},
        trainer::Ptr{Ptr{finn_trainer}}, error::Ptr{finn_error})::finn_status
end

"""
Releases what the function beside it made; does nothing with NULL.
"""
function finn_trainer_destroy(trainer)
    @ccall $(pointers[38])(trainer::Ptr{finn_trainer})::Cvoid
end

"""
The loss of FINN_LOSS_CUSTOM, to be set before a fit; the trainer keeps both pointers, and
no checkpoint does.
"""
function finn_trainer_set_loss(trainer, loss, user_data, error)
    @ccall $(pointers[39])(trainer::Ptr{finn_trainer}, loss::Ptr{Cvoid},
        user_data::Ptr{Cvoid}, error::Ptr{finn_error})::finn_status
end

"""
Holds these rows out, in place of a share of the data: x [rows][columns], y [rows][outputs]
(NULL where the loss takes none) and weights [rows], which may be NULL. They are copied.
Before the first step only.
"""
function finn_trainer_set_validation(trainer, model, x, y, weights, rows, error)
    @ccall $(pointers[40])(trainer::Ptr{finn_trainer}, model::Ptr{finn_model},
        x::Ptr{Float64}, y::Ptr{Float64}, weights::Ptr{Float64}, rows::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
Trains on rows of x [rows][columns] and y [rows][outputs]; y is NULL under
FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and FINN_LOSS_POISSON_PROCESS, and may be NULL under
FINN_LOSS_CUSTOM. Rows lie in the domain and are shuffled anew for each pass. Goes on from
where the trainer stands until the run is over (finn_trainer_outcome), with as many rows as
at the first call. progress may be NULL. Returns FINN_STOPPED when the callback stopped it:
model and trainer are valid, and a further call goes on to the same bits as if it had not
been stopped. A step whose loss, gradient or update is not finite ends the fit with
FINN_ERROR_NOT_FINITE: parameters and optimiser are those of the step before. With rows held
out, the run ends with the parameters that were best on them.
"""
function finn_trainer_fit_data(trainer, model, workspace, x, y, rows, progress, user_data,
    error)
    @ccall $(pointers[41])(trainer::Ptr{finn_trainer}, model::Ptr{finn_model},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, y::Ptr{Float64}, rows::Int64,
        progress::Ptr{Cvoid}, user_data::Ptr{Cvoid}, error::Ptr{finn_error})::finn_status
end

"""
finn_trainer_fit_data where row i counts weights[i] times: weights [rows], >= 0, may be
NULL. The loss is the mean of weight times loss, so weights of mean 1 keep its scale. Not
with FINN_LOSS_CUSTOM.
"""
function finn_trainer_fit_weighted(trainer, model, workspace, x, y, weights, rows, progress,
    user_data, error)
    @ccall $(pointers[42])(trainer::Ptr{finn_trainer}, model::Ptr{finn_model},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, y::Ptr{Float64},
        weights::Ptr{Float64}, rows::Int64, progress::Ptr{Cvoid}, user_data::Ptr{Cvoid},
        error::Ptr{finn_error})::finn_status
end

"""
Trains on mini-batches that a callback fills; user_data goes to both callbacks.
"""
function finn_trainer_fit_sampler(trainer, model, workspace, sampler, progress, user_data,
    error)
    @ccall $(pointers[43])(trainer::Ptr{finn_trainer}, model::Ptr{finn_model},
        workspace::Ptr{finn_workspace}, sampler::Ptr{Cvoid}, progress::Ptr{Cvoid},
        user_data::Ptr{Cvoid}, error::Ptr{finn_error})::finn_status
end

const finn_file_format = Int32
# a line a row, numbers between commas; a first line of names, empty lines and lines that
# begin with # are passed over
const FINN_FILE_CSV = Int32(0)
# numbers of 64 bits and no more, least significant byte first
const FINN_FILE_FLOAT64 = Int32(1)
# the same of 32 bits
const FINN_FILE_FLOAT32 = Int32(2)

"""
Trains on rows from a file, which may be larger than memory: x [columns], then y [outputs]
where the loss takes targets (FINN_LOSS_CUSTOM does), then a weight if weighted is 1 and not
0. The same bits as finn_trainer_fit_weighted with these rows. The file is read once to
check it, before the first step, and then row by row; 8 bytes of memory a row for the order
of the rows, and 8 more for a CSV file. Bad files give FINN_ERROR_FILE, FINN_ERROR_FORMAT or
the status of the bad number, in messages that name path, line (or row) and column, counted
from 1.
"""
function finn_trainer_fit_file(trainer, model, workspace, path, format, weighted, progress,
    user_data, error)
    @ccall $(pointers[44])(trainer::Ptr{finn_trainer}, model::Ptr{finn_model},
        workspace::Ptr{finn_workspace}, path::Cstring, format::finn_file_format,
        weighted::Int32, progress::Ptr{Cvoid}, user_data::Ptr{Cvoid},
        error::Ptr{finn_error})::finn_status
end

const finn_outcome = Int32
const FINN_OUTCOME_UNFINISHED = Int32(0)
const FINN_OUTCOME_STEPS_DONE = Int32(1)
# patience came to its end
const FINN_OUTCOME_EARLY_STOPPED = Int32(2)
# L-BFGS: one of the tolerances is met
const FINN_OUTCOME_CONVERGED = Int32(3)
# L-BFGS: rounding leaves no step that lowers the loss
const FINN_OUTCOME_STALLED = Int32(4)

"""
Writes the checkpoint into buffer [capacity], and its size in bytes to *size, which must not
be NULL. With buffer NULL only the size; FINN_ERROR_SIZE when capacity is too small, or the
model none that the trainer can train.
"""
function finn_trainer_save(trainer, model, buffer, capacity, size, error)
    @ccall $(pointers[45])(trainer::Ptr{finn_trainer}, model::Ptr{finn_model},
        buffer::Ptr{Cvoid}, capacity::Int64, size::Ptr{Int64},
        error::Ptr{finn_error})::finn_status
end

"""
A trainer from the size bytes at buffer, which gives model the parameters. FINN_ERROR_SIZE
when the model is another: network, domain, limits, coordinates, conditions, constraint or
precision; the message names what differs. A custom loss is to be set again.
"""
function finn_trainer_load(model, buffer, size, trainer, error)
    @ccall $(pointers[46])(model::Ptr{finn_model}, buffer::Ptr{Cvoid}, size::Int64,
        trainer::Ptr{Ptr{finn_trainer}}, error::Ptr{finn_error})::finn_status
end

"""
finn_trainer_save and _load with a file. It is written beside path, flushed to the disk and
renamed: whatever fails, a file that was there before is whole. Links are followed, a file
keeps its mode, and what is not a regular file is refused. Errors of the system give
FINN_ERROR_FILE.
"""
function finn_trainer_save_file(trainer, model, path, error)
    @ccall $(pointers[47])(trainer::Ptr{finn_trainer}, model::Ptr{finn_model},
        path::Cstring, error::Ptr{finn_error})::finn_status
end

"""
See `finn_trainer_save_file`.
"""
function finn_trainer_load_file(model, path, trainer, error)
    @ccall $(pointers[48])(model::Ptr{finn_model}, path::Cstring,
        trainer::Ptr{Ptr{finn_trainer}}, error::Ptr{finn_error})::finn_status
end

"""
How the run stands, or ended; FINN_OUTCOME_UNFINISHED for NULL.
"""
function finn_trainer_outcome(trainer)
    @ccall $(pointers[49])(trainer::Ptr{finn_trainer})::finn_outcome
end

"""
The smallest loss of the rows held out, and after how many steps it was seen: 0, and an
infinite loss, when there was none. Either may be NULL.
"""
function finn_trainer_best(trainer, validation_loss, step, error)
    @ccall $(pointers[50])(trainer::Ptr{finn_trainer}, validation_loss::Ptr{Float64},
        step::Ptr{Int64}, error::Ptr{finn_error})::finn_status
end

"""
Steps done so far; 0 for NULL.
"""
function finn_trainer_steps(trainer)
    @ccall $(pointers[51])(trainer::Ptr{finn_trainer})::Int64
end

"""
Copies the loss of every step done into losses [length], length = finn_trainer_steps.
"""
function finn_trainer_history(trainer, losses, length, error)
    @long_call $(pointers[52])(trainer::Ptr{finn_trainer}, losses::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
values [count][length]: values[k * length + i] = sigma_(order - k)(x[i]). order is 1 .. 8,
count at least 1, order - count + 1 >= -8, length >= 0. values must not overlap x.
"""
function finn_sigma_f64(order, count, x, length, values, error)
    @long_call $(pointers[53])(order::Int32, count::Int32, x::Ptr{Float64}, length::Int64,
        values::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_sigma_f64`.
"""
function finn_sigma_f32(order, count, x, length, values, error)
    @long_call $(pointers[54])(order::Int32, count::Int32, x::Ptr{Float32}, length::Int64,
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
    @long_call $(pointers[55])(order::Int32, x::Ptr{Float64}, length::Int64,
        logs::Ptr{Float64}, slopes::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_log_sigma_f64`.
"""
function finn_log_sigma_f32(order, x, length, logs, slopes, error)
    @long_call $(pointers[56])(order::Int32, x::Ptr{Float32}, length::Int64,
        logs::Ptr{Float32}, slopes::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

"""
Repeated integrals of erfc (DLMF 7.18): values [count][length], values[k * length + i] =
i^(order - k)erfc(z[i]) = 2 sigma_(order - k + 1)(-z[i]). order is 0 .. 7, down to
i^-1erfc(z) = 2 exp(-z^2) / sqrt(pi): 1 <= count <= order + 2. Errors as those of sigma.
"""
function finn_repeated_erfc_f64(order, count, z, length, values, error)
    @long_call $(pointers[57])(order::Int32, count::Int32, z::Ptr{Float64}, length::Int64,
        values::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_repeated_erfc_f64`.
"""
function finn_repeated_erfc_f32(order, count, z, length, values, error)
    @long_call $(pointers[58])(order::Int32, count::Int32, z::Ptr{Float32}, length::Int64,
        values::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

"""
How fast the weight du/dx falls off on an unbounded axis; z is distance / scale.
"""
const finn_tail = Int32
# like exp(-z^2/2)
const FINN_TAIL_GAUSSIAN = Int32(0)
# like exp(-z)
const FINN_TAIL_EXPONENTIAL = Int32(1)
# like 1/z^2
const FINN_TAIL_RATIONAL = Int32(2)

"""
A map of your own. Set struct_size, and what you do not need to NULL.
"""
struct finn_map_options
    struct_size::UInt64
    variables::Int32
    # 0
    reserved::Int32
    # [variables] the box of u
    lower::Ptr{Float64}
    # [variables]
    upper::Ptr{Float64}
    # x = r(u), called for u in the box only
    to_point::Ptr{Cvoid}
    # u of x; may be NULL: Newton's method
    to_box::Ptr{Cvoid}
    # det dr/du at u, of any sign; may be NULL: differences
    determinant::Ptr{Cvoid}
    # goes to all callbacks
    user_data::Ptr{Cvoid}
    # may be NULL
    release::Ptr{Cvoid}
end

"""
The box [lower, upper] as a domain: like the box of a model, but with f = 0 outside. u = x.
"""
function finn_domain_box(variables, lower, upper, domain, error)
    @ccall $(pointers[59])(variables::Int32, lower::Ptr{Float64}, upper::Ptr{Float64},
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
The whole line, one variable. u in [0, 1] is the share of a normal, logistic or Cauchy
density with z = (x - centre)/scale.
"""
function finn_domain_line(centre, scale, tail, domain, error)
    @ccall $(pointers[60])(centre::Float64, scale::Float64, tail::finn_tail,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
[end, infinity) for direction = 1 and (-infinity, end] for -1, one variable. u in [0, 1] is
the share below x of a density of z = |x - end|/scale: half-normal, exponential, or 1/(1 +
z)^2.
"""
function finn_domain_half_line(end_, direction, scale, tail, domain, error)
    @ccall $(pointers[61])(end_::Float64, direction::Int32, scale::Float64, tail::finn_tail,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
corner + sum_i u_i edges_i, u in [0, 1]^n: corner [variables], edges [variables][variables],
an edge in each row.
"""
function finn_domain_parallelepiped(variables, corner, edges, domain, error)
    @ccall $(pointers[62])(variables::Int32, corner::Ptr{Float64}, edges::Ptr{Float64},
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
matrix y + offset for all y of another domain: matrix [variables][variables], row-major,
offset [variables]. u is that of y. The condition number of the matrix, once its rows and
columns are brought to size 1, is at most 1e6. An affine image of an affine image counts as
one.
"""
function finn_domain_affine(inner, matrix, offset, domain, error)
    @ccall $(pointers[63])(inner::Ptr{finn_domain}, matrix::Ptr{Float64},
        offset::Ptr{Float64}, domain::Ptr{Ptr{finn_domain}},
        error::Ptr{finn_error})::finn_status
end

"""
centre [2]. u = (share of the area from the centre outwards, angle in [0, 2 pi]).
"""
function finn_domain_disk(centre, radius, domain, error)
    @ccall $(pointers[64])(centre::Ptr{Float64}, radius::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
0 <= inner < outer.
"""
function finn_domain_annulus(centre, inner, outer, domain, error)
    @ccall $(pointers[65])(centre::Ptr{Float64}, inner::Float64, outer::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
The part of an annulus with from <= angle <= to <= from + 2 pi; inner may be 0.
"""
function finn_domain_sector(centre, inner, outer, from, to, domain, error)
    @ccall $(pointers[66])(centre::Ptr{Float64}, inner::Float64, outer::Float64,
        from::Float64, to::Float64, domain::Ptr{Ptr{finn_domain}},
        error::Ptr{finn_error})::finn_status
end

"""
semi_axes [2] along the coordinate axes, then turned by `turn` radians. u is that of the
disk.
"""
function finn_domain_ellipse(centre, semi_axes, turn, domain, error)
    @ccall $(pointers[67])(centre::Ptr{Float64}, semi_axes::Ptr{Float64}, turn::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
A disk by the map that the paper prints: u = (radius, angle), w = 1/radius, singular at the
centre, where radii below 1e-8 of the disk's count as that.
"""
function finn_domain_polar(centre, radius, domain, error)
    @ccall $(pointers[68])(centre::Ptr{Float64}, radius::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
centre [3]. u = (share of the volume from the centre outwards, cosine of the angle from the
third axis, azimuth in [0, 2 pi]).
"""
function finn_domain_ball(centre, radius, domain, error)
    @ccall $(pointers[69])(centre::Ptr{Float64}, radius::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
0 <= inner < outer.
"""
function finn_domain_shell(centre, inner, outer, domain, error)
    @ccall $(pointers[70])(centre::Ptr{Float64}, inner::Float64, outer::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
A disk in the first two variables times bottom <= x_3 <= top; centre [2].
"""
function finn_domain_cylinder(centre, radius, bottom, top, domain, error)
    @ccall $(pointers[71])(centre::Ptr{Float64}, radius::Float64, bottom::Float64,
        top::Float64, domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
The convex hull of vertices [variables + 1][variables]; a triangle for two variables.
"""
function finn_domain_simplex(variables, vertices, domain, error)
    @ccall $(pointers[72])(variables::Int32, vertices::Ptr{Float64},
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
A convex polygon: vertices [count][2], count >= 3, in either order around it. A vertex that
is the same as the one before it - the last one may be the first - or that lies on a side is
left out.
"""
function finn_domain_polygon(vertices, count, domain, error)
    @ccall $(pointers[73])(vertices::Ptr{Float64}, count::Int64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
centre + t radius(d) d for all unit vectors d and 0 <= t <= 1, in two or three variables,
centre [variables]. u is that of the disk or ball. release may be NULL.
"""
function finn_domain_star(variables, centre, radius, user_data, release, domain, error)
    @ccall $(pointers[74])(variables::Int32, centre::Ptr{Float64}, radius::Ptr{Cvoid},
        user_data::Ptr{Cvoid}, release::Ptr{Cvoid}, domain::Ptr{Ptr{finn_domain}},
        error::Ptr{finn_error})::finn_status
end

"""
All points whose variables, one after the other, lie in the factors: factors [count],
together at most FINN_MAX_VARIABLES variables. u of a factor belongs to that factor alone.
"""
function finn_domain_product(factors, count, domain, error)
    @ccall $(pointers[75])(factors::Ptr{Ptr{finn_domain}}, count::Int32,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
A map of your own. It is tried at 100 points of the box: fails, naming the point, when the
round trip comes back elsewhere, the determinant is not that of differences of to_point, or
vanishes, or changes its sign. A point that neither to_box nor Newton's method leads back to
is outside.
"""
function finn_domain_map(options, domain, error)
    @ccall $(pointers[76])(options::Ptr{finn_map_options}, domain::Ptr{Ptr{finn_domain}},
        error::Ptr{finn_error})::finn_status
end

"""
Releases what the function beside it made; does nothing with NULL.
"""
function finn_domain_destroy(domain)
    @ccall $(pointers[77])(domain::Ptr{finn_domain})::Cvoid
end

"""
The number of variables; 0 for NULL. Any thread.
"""
function finn_domain_variables(domain)
    @ccall $(pointers[78])(domain::Ptr{finn_domain})::Int32
end

"""
The box of u, into lower and upper [variables]. Any thread.
"""
function finn_domain_limits(domain, lower, upper, error)
    @ccall $(pointers[79])(domain::Ptr{finn_domain}, lower::Ptr{Float64},
        upper::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
x [count][variables] = r(u) for u [count][variables]; u outside the box is moved to its
edge. The infinite ends of an axis give the points with a share of 2^-64 or 2^-53 beyond.
Any thread.
"""
function finn_domain_to_point(domain, u, count, x, error)
    @ccall $(pointers[80])(domain::Ptr{finn_domain}, u::Ptr{Float64}, count::Int64,
        x::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
u [count][variables] of x [count][variables], and log_weight [count] = log w, which is
-infinity for a point outside and may be NULL. u of a point outside lies on the edge of the
box, so that a cdf, the integral from the lower limits to u, is defined everywhere. Any
thread.
"""
function finn_domain_to_box(domain, x, count, u, log_weight, error)
    @ccall $(pointers[81])(domain::Ptr{finn_domain}, x::Ptr{Float64}, count::Int64,
        u::Ptr{Float64}, log_weight::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

const finn_head_values = (auto = FINN_HEAD_AUTO, mlp = FINN_HEAD_MLP,
    product = FINN_HEAD_PRODUCT)
const finn_positivity_values = (none = FINN_POSITIVITY_NONE, abs = FINN_POSITIVITY_ABS,
    softplus = FINN_POSITIVITY_SOFTPLUS, square = FINN_POSITIVITY_SQUARE,
    exp = FINN_POSITIVITY_EXP, auto = FINN_POSITIVITY_AUTO)
const finn_activation_values = (auto = FINN_ACTIVATION_AUTO, sigma = FINN_ACTIVATION_SIGMA,
    tanh = FINN_ACTIVATION_TANH, softplus = FINN_ACTIVATION_SOFTPLUS,
    sine = FINN_ACTIVATION_SINE)
const finn_last_layer_values = (linear = FINN_LAST_LAYER_LINEAR,
    sigma = FINN_LAST_LAYER_SIGMA)
const finn_read_out_values = (last = FINN_READ_OUT_LAST, dense = FINN_READ_OUT_DENSE)
const finn_sharing_values = (trunk = FINN_SHARING_TRUNK, none = FINN_SHARING_NONE)
const finn_constraint_values = (auto = FINN_CONSTRAINT_AUTO, none = FINN_CONSTRAINT_NONE,
    scale = FINN_CONSTRAINT_SCALE, shift = FINN_CONSTRAINT_SHIFT,
    projection = FINN_CONSTRAINT_PROJECTION)
const finn_bound_values = (equal = FINN_BOUND_EQUAL, at_most = FINN_BOUND_AT_MOST,
    at_least = FINN_BOUND_AT_LEAST, between = FINN_BOUND_BETWEEN)
const finn_approach_values = (hard = FINN_APPROACH_HARD, smooth = FINN_APPROACH_SMOOTH,
    learned = FINN_APPROACH_LEARNED)
const finn_conditioning_values = (auto = FINN_CONDITIONING_AUTO,
    modulation = FINN_CONDITIONING_MODULATION,
    hypernetwork = FINN_CONDITIONING_HYPERNETWORK, inputs = FINN_CONDITIONING_INPUTS)
const finn_coordinates_values = (standard = FINN_COORDINATES_STANDARD,
    raw = FINN_COORDINATES_RAW)
const finn_loss_values = (squared_error = FINN_LOSS_SQUARED_ERROR,
    negative_log_likelihood = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD,
    absolute_error = FINN_LOSS_ABSOLUTE_ERROR, huber = FINN_LOSS_HUBER,
    poisson_process = FINN_LOSS_POISSON_PROCESS, custom = FINN_LOSS_CUSTOM)
const finn_schedule_values = (cosine = FINN_SCHEDULE_COSINE,
    constant = FINN_SCHEDULE_CONSTANT, linear = FINN_SCHEDULE_LINEAR,
    step = FINN_SCHEDULE_STEP, exponential = FINN_SCHEDULE_EXPONENTIAL,
    one_cycle = FINN_SCHEDULE_ONE_CYCLE)
const finn_optimiser_values = (adam = FINN_OPTIMISER_ADAM, adamw = FINN_OPTIMISER_ADAMW,
    sgd = FINN_OPTIMISER_SGD, lbfgs = FINN_OPTIMISER_LBFGS)
const finn_outcome_values = (unfinished = FINN_OUTCOME_UNFINISHED,
    steps_done = FINN_OUTCOME_STEPS_DONE, early_stopped = FINN_OUTCOME_EARLY_STOPPED,
    converged = FINN_OUTCOME_CONVERGED, stalled = FINN_OUTCOME_STALLED)
const finn_tail_values = (gaussian = FINN_TAIL_GAUSSIAN,
    exponential = FINN_TAIL_EXPONENTIAL, rational = FINN_TAIL_RATIONAL)
