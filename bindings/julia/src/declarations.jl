# Made from capi/finn.h by bindings/generate.py; do not edit.

const symbols = (:finn_version_number, :finn_version_string, :finn_build_info,
    :finn_instruction_set, :finn_max_variables, :finn_max_mixture_variables,
    :finn_status_name, :finn_status_text, :finn_option_count, :finn_option_row,
    :finn_option_set, :finn_option_get, :finn_map_options_init, :finn_domain_open_box,
    :finn_domain_box, :finn_domain_line, :finn_domain_half_line,
    :finn_domain_parallelepiped, :finn_domain_affine, :finn_domain_disk,
    :finn_domain_annulus, :finn_domain_sector, :finn_domain_ellipse, :finn_domain_polar,
    :finn_domain_ball, :finn_domain_shell, :finn_domain_cylinder, :finn_domain_simplex,
    :finn_domain_polygon, :finn_domain_star, :finn_domain_product, :finn_domain_map,
    :finn_domain_destroy, :finn_domain_variables, :finn_domain_kind, :finn_domain_name,
    :finn_domain_limits, :finn_domain_to_point, :finn_domain_to_box,
    :finn_mixture_options_init, :finn_mlp_options_init, :finn_network_mixture,
    :finn_network_mlp, :finn_network_destroy, :finn_network_get_form,
    :finn_network_variables, :finn_network_outputs, :finn_network_get_mixture,
    :finn_network_get_mlp, :finn_constraint_options_init, :finn_constraint_none,
    :finn_constraint_equal, :finn_constraint_bounded, :finn_constraint_learned,
    :finn_constraint_per_row, :finn_constraint_linear, :finn_constraint_destroy,
    :finn_constraint_get_form, :finn_constraint_outputs, :finn_constraint_bounds,
    :finn_conditioning_options_init, :finn_conditioning_film,
    :finn_conditioning_hypernetwork, :finn_conditioning_inputs, :finn_conditioning_destroy,
    :finn_conditioning_get_form, :finn_conditioning_conditions, :finn_conditioning_limits,
    :finn_conditioning_get_options, :finn_model_create, :finn_model_clone,
    :finn_model_destroy, :finn_model_network, :finn_model_domain, :finn_model_constraint,
    :finn_model_conditioning, :finn_model_precision, :finn_model_variables,
    :finn_model_outputs, :finn_model_columns, :finn_model_parameter_count,
    :finn_model_describe, :finn_model_initialise_from_data, :finn_model_get_parameters_f64,
    :finn_model_get_parameters_f32, :finn_model_set_parameters_f64,
    :finn_model_set_parameters_f32, :finn_model_save, :finn_model_load,
    :finn_model_save_bytes, :finn_model_load_bytes, :finn_workspace_create,
    :finn_workspace_destroy, :finn_integrand_f64, :finn_integrand_f32,
    :finn_antiderivative_f64, :finn_antiderivative_f32, :finn_mixed_partial_f64,
    :finn_mixed_partial_f32, :finn_derivative_f64, :finn_derivative_f32, :finn_integral,
    :finn_conditional_integral, :finn_integrand_vjp_f64, :finn_integrand_vjp_f32,
    :finn_derivative_vjp_f64, :finn_conditional_integral_vjp, :finn_distribution_create,
    :finn_distribution_destroy, :finn_distribution_marginal, :finn_distribution_given,
    :finn_distribution_truncated, :finn_distribution_variables, :finn_distribution_columns,
    :finn_distribution_given_columns, :finn_distribution_support,
    :finn_distribution_density, :finn_distribution_log_density, :finn_distribution_cdf,
    :finn_distribution_survival, :finn_distribution_probability,
    :finn_distribution_probability_of_width, :finn_distribution_log_density_gradient,
    :finn_distribution_cdf_gradient, :finn_distribution_probability_gradient,
    :finn_distribution_quantile, :finn_distribution_rosenblatt,
    :finn_distribution_inverse_rosenblatt, :finn_distribution_rosenblatt_jacobian,
    :finn_distribution_sample, :finn_distribution_moments, :finn_distribution_expectation,
    :finn_distribution_entropy, :finn_distribution_density_level, :finn_distribution_mode,
    :finn_training_options_init, :finn_trainer_create, :finn_trainer_destroy,
    :finn_trainer_set_loss, :finn_trainer_target_columns, :finn_trainer_set_validation,
    :finn_trainer_fit_data, :finn_trainer_fit_sampler, :finn_trainer_fit_file,
    :finn_trainer_outcome, :finn_trainer_best, :finn_trainer_steps, :finn_trainer_history,
    :finn_trainer_summary, :finn_trainer_summary_text, :finn_trainer_save,
    :finn_trainer_save_bytes, :finn_trainer_load, :finn_trainer_load_bytes,
    :finn_chain_options_init, :finn_chain_create, :finn_chain_destroy, :finn_chain_fit_data,
    :finn_chain_variables, :finn_chain_conditions, :finn_chain_links,
    :finn_chain_get_options, :finn_chain_link, :finn_chain_distribution, :finn_chain_save,
    :finn_chain_load, :finn_chain_save_bytes, :finn_chain_load_bytes, :finn_table_read,
    :finn_table_destroy, :finn_table_rows, :finn_table_columns, :finn_table_name,
    :finn_table_values, :finn_sigma_f64, :finn_sigma_f32, :finn_log_sigma_f64,
    :finn_log_sigma_f32, :finn_repeated_erfc_f64, :finn_repeated_erfc_f32)
const FINN_VERSION_MAJOR = Int32(0)
const FINN_VERSION_MINOR = Int32(2)
const FINN_VERSION_PATCH = Int32(0)
# The largest number of variables of an mlp, whose cost grows like 2^n, and of a domain with
# a map; also finn_max_variables().
const FINN_MAX_VARIABLES = Int32(8)
# The largest number of variables of a mixture, whose cost grows like n; also
# finn_max_mixture_variables().
const FINN_MAX_MIXTURE_VARIABLES = Int32(64)
# The largest number of hidden layers of a network.
const FINN_MAX_HIDDEN_LAYERS = Int32(64)

"""
Version of the library at run time, as FINN_VERSION_NUMBER. Any thread.
"""
function finn_version_number()
    @ccall $(pointers[1])()::Int32
end

"""
"0.2.0"; static storage. Any thread.
"""
function finn_version_string()
    @ccall $(pointers[2])()::Cstring
end

"""
One line on compiler, kind of threads and the active instruction set; static storage. Any
thread.
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
FINN_MAX_MIXTURE_VARIABLES of the library at run time. Any thread.
"""
function finn_max_mixture_variables()
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
# a file cannot be read or written
const FINN_ERROR_FILE = Int32(9)
# bytes are not what their format says
const FINN_ERROR_FORMAT = Int32(10)
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

"""
The options structs below.
"""
const finn_options_kind = Int32
# finn_mixture_options
const FINN_OPTIONS_MIXTURE = Int32(0)
# finn_mlp_options
const FINN_OPTIONS_MLP = Int32(1)
# finn_constraint_options
const FINN_OPTIONS_CONSTRAINT = Int32(2)
# finn_conditioning_options
const FINN_OPTIONS_CONDITIONING = Int32(3)
# finn_training_options
const FINN_OPTIONS_TRAINING = Int32(4)
# finn_chain_options
const FINN_OPTIONS_CHAIN = Int32(5)

const finn_option_type = Int32
# "64"
const FINN_OPTION_INTEGER = Int32(0)
# "0.01", "1e-8"
const FINN_OPTION_NUMBER = Int32(1)
# "true" or "false"
const FINN_OPTION_FLAG = Int32(2)
# one of choices: "adamw"
const FINN_OPTION_CHOICE = Int32(3)
# "64, 64"; nothing for none
const FINN_OPTION_INTEGERS = Int32(4)

"""
What the table says of one option. All strings have static storage.
"""
struct finn_option
    struct_size::UInt64
    # that of the field
    name::Cstring
    default_value::Cstring
    # of a choice, separated by ", "; "" otherwise
    choices::Cstring
    # what the option is for: "sgd"; "" for everything that takes it
    applies_to::Cstring
    # what it does
    sentence::Cstring
    # of an integer or number, or of each of several integers
    least::Float64
    most::Float64
    type::finn_option_type
    # 1: the value is above least
    least_is_excluded::Int32
    # 1: the value is below most
    most_is_excluded::Int32
end

"""
The number of options of a struct; 0 for an unknown kind. Any thread.
"""
function finn_option_count(kind)
    @ccall $(pointers[9])(kind::finn_options_kind)::Int32
end

"""
Writes the row of the table with this index, 0 .. finn_option_count - 1, into *option, whose
struct_size is set by the caller. Any thread.
"""
function finn_option_row(kind, index, option, error)
    @ccall $(pointers[10])(kind::finn_options_kind, index::Int32, option::Ptr{finn_option},
        error::Ptr{finn_error})::finn_status
end

"""
Sets the option of this name in *options, a struct of this kind, to a value in the form that
its type says. A name that is not there is refused with the nearest one that is, a value
outside its limits with the limits. Any thread.
"""
function finn_option_set(kind, options, name, value, error)
    @ccall $(pointers[11])(kind::finn_options_kind, options::Ptr{Cvoid}, name::Cstring,
        value::Cstring, error::Ptr{finn_error})::finn_status
end

"""
Writes the value of the option of this name, as finn_option_set reads it, into value
[capacity] with a terminating 0, and the bytes that it takes with that 0 into *size, which
may be NULL. value may be NULL: only the size. Any thread.
"""
function finn_option_get(kind, options, name, value, capacity, size, error)
    @ccall $(pointers[12])(kind::finn_options_kind, options::Ptr{Cvoid}, name::Cstring,
        value::Ptr{UInt8}, capacity::Int64, size::Ptr{Int64},
        error::Ptr{finn_error})::finn_status
end

"""
A region with its map.
"""
mutable struct finn_domain end

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
Where a half-line goes from its end.
"""
const finn_direction = Int32
# [end, infinity)
const FINN_UPWARD = Int32(0)
# (-infinity, end]
const FINN_DOWNWARD = Int32(1)

"""
A map of your own. release is called once the last domain and model that use the map are
gone, and also if the domain could not be made; not if struct_size is none that the library
knows, as it reads nothing else of the struct then.
"""
struct finn_map_options
    struct_size::UInt64
    # by which a model file finds the map again; may be NULL: the model cannot be saved
    name::Cstring
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
Writes NULL and 0 into all fields but struct_size. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE
for a size that the library does not know. Any thread.
"""
function finn_map_options_init(options, struct_size)
    @ccall $(pointers[13])(options::Ptr{finn_map_options}, struct_size::UInt64)::finn_status
end

"""
The box [lower, upper], each lower below its upper and finite. f goes on outside of it,
where it means nothing; up to FINN_MAX_MIXTURE_VARIABLES variables. u = x.
"""
function finn_domain_open_box(variables, lower, upper, domain, error)
    @ccall $(pointers[14])(variables::Int32, lower::Ptr{Float64}, upper::Ptr{Float64},
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
The same box with f = 0 outside; up to FINN_MAX_VARIABLES variables, like all that follow.
"""
function finn_domain_box(variables, lower, upper, domain, error)
    @ccall $(pointers[15])(variables::Int32, lower::Ptr{Float64}, upper::Ptr{Float64},
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
The whole line, one variable. u in [0, 1] is the share of a normal, logistic or Cauchy
density with z = (x - centre)/scale.
"""
function finn_domain_line(centre, scale, tail, domain, error)
    @ccall $(pointers[16])(centre::Float64, scale::Float64, tail::finn_tail,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
From end to infinity or minus infinity, one variable. u in [0, 1] is the share below x of a
density of z = |x - end|/scale: half-normal, exponential, or 1/(1 + z)^2.
"""
function finn_domain_half_line(end_, direction, scale, tail, domain, error)
    @ccall $(pointers[17])(end_::Float64, direction::finn_direction, scale::Float64,
        tail::finn_tail, domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
corner + sum_i u_i edges_i, u in [0, 1]^n: corner [variables], edges [variables][variables],
an edge in each row.
"""
function finn_domain_parallelepiped(variables, corner, edges, domain, error)
    @ccall $(pointers[18])(variables::Int32, corner::Ptr{Float64}, edges::Ptr{Float64},
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
matrix y + offset for all y of another domain: matrix [variables][variables], row-major,
offset [variables]. u is that of y. The condition number of the matrix, once its rows and
columns are brought to size 1, is at most 1e6. An affine image of an affine image counts as
one, an open box as a box.
"""
function finn_domain_affine(inner, matrix, offset, domain, error)
    @ccall $(pointers[19])(inner::Ptr{finn_domain}, matrix::Ptr{Float64},
        offset::Ptr{Float64}, domain::Ptr{Ptr{finn_domain}},
        error::Ptr{finn_error})::finn_status
end

"""
centre [2]. u = (share of the area from the centre outwards, angle in [0, 2 pi]).
"""
function finn_domain_disk(centre, radius, domain, error)
    @ccall $(pointers[20])(centre::Ptr{Float64}, radius::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
0 <= inner < outer.
"""
function finn_domain_annulus(centre, inner, outer, domain, error)
    @ccall $(pointers[21])(centre::Ptr{Float64}, inner::Float64, outer::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
The part of an annulus with from <= angle <= to <= from + 2 pi; inner may be 0.
"""
function finn_domain_sector(centre, inner, outer, from, to, domain, error)
    @ccall $(pointers[22])(centre::Ptr{Float64}, inner::Float64, outer::Float64,
        from::Float64, to::Float64, domain::Ptr{Ptr{finn_domain}},
        error::Ptr{finn_error})::finn_status
end

"""
semi_axes [2] along the coordinate axes, then turned by `turn` radians. u is that of the
disk.
"""
function finn_domain_ellipse(centre, semi_axes, turn, domain, error)
    @ccall $(pointers[23])(centre::Ptr{Float64}, semi_axes::Ptr{Float64}, turn::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
A disk by the map that the paper prints: u = (radius, angle), w = 1/radius, singular at the
centre, where radii below 1e-8 of the disk's count as that.
"""
function finn_domain_polar(centre, radius, domain, error)
    @ccall $(pointers[24])(centre::Ptr{Float64}, radius::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
centre [3]. u = (share of the volume from the centre outwards, cosine of the angle from the
third axis, azimuth in [0, 2 pi]).
"""
function finn_domain_ball(centre, radius, domain, error)
    @ccall $(pointers[25])(centre::Ptr{Float64}, radius::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
0 <= inner < outer.
"""
function finn_domain_shell(centre, inner, outer, domain, error)
    @ccall $(pointers[26])(centre::Ptr{Float64}, inner::Float64, outer::Float64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
A disk in the first two variables times bottom <= x_3 <= top; centre [2].
"""
function finn_domain_cylinder(centre, radius, bottom, top, domain, error)
    @ccall $(pointers[27])(centre::Ptr{Float64}, radius::Float64, bottom::Float64,
        top::Float64, domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
The convex hull of vertices [variables + 1][variables]; a triangle for two variables.
"""
function finn_domain_simplex(variables, vertices, domain, error)
    @ccall $(pointers[28])(variables::Int32, vertices::Ptr{Float64},
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
A convex polygon: vertices [count][2], count >= 3, in either order around it. A vertex that
is the same as the one before it - the last one may be the first - or that lies on a side is
left out.
"""
function finn_domain_polygon(vertices, count, domain, error)
    @ccall $(pointers[29])(vertices::Ptr{Float64}, count::Int64,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
centre + t radius(d) d for all unit vectors d and 0 <= t <= 1, in two or three variables,
centre [variables]. u is that of the disk or ball. A model file finds the domain again by
its name, which may be NULL: the model cannot be saved then.
"""
function finn_domain_star(name, variables, centre, radius, user_data, release, domain,
    error)
    @ccall $(pointers[30])(name::Cstring, variables::Int32, centre::Ptr{Float64},
        radius::Ptr{Cvoid}, user_data::Ptr{Cvoid}, release::Ptr{Cvoid},
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
All points whose variables, one after the other, lie in the factors: factors [count],
together at most FINN_MAX_VARIABLES variables; an open box counts as a box. u of a factor
belongs to that factor alone.
"""
function finn_domain_product(factors, count, domain, error)
    @ccall $(pointers[31])(factors::Ptr{Ptr{finn_domain}}, count::Int32,
        domain::Ptr{Ptr{finn_domain}}, error::Ptr{finn_error})::finn_status
end

"""
A map of your own. It is tried at 100 points of the box: fails, naming the point, when the
round trip comes back elsewhere, the determinant is not that of differences of to_point, or
vanishes, or changes its sign. A point that neither to_box nor Newton's method leads back to
is outside.
"""
function finn_domain_map(options, domain, error)
    @ccall $(pointers[32])(options::Ptr{finn_map_options}, domain::Ptr{Ptr{finn_domain}},
        error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_domain_destroy(domain)
    @ccall $(pointers[33])(domain::Ptr{finn_domain})::Cvoid
end

"""
The number of variables; 0 for NULL. Any thread.
"""
function finn_domain_variables(domain)
    @ccall $(pointers[34])(domain::Ptr{finn_domain})::Int32
end

"""
The kind of its map - "open box", "half-line" and so on - of static storage; "" for NULL. A
disk is a "sector", a ball a "shell", a cylinder a "product", and what is skewed or turned
is "affine". Any thread.
"""
function finn_domain_kind(domain)
    @ccall $(pointers[35])(domain::Ptr{finn_domain})::Cstring
end

"""
The name that a star or a map was given; NULL without one. It lives as long as the domain.
"""
function finn_domain_name(domain)
    @ccall $(pointers[36])(domain::Ptr{finn_domain})::Cstring
end

"""
The box of u, into lower and upper [variables]; length is that of each. Any thread.
"""
function finn_domain_limits(domain, lower, upper, length, error)
    @ccall $(pointers[37])(domain::Ptr{finn_domain}, lower::Ptr{Float64},
        upper::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
x [count][variables] = r(u) for u [count][variables]; u outside the box is moved to its
edge. The infinite ends of an axis give the points with a share of 2^-64 or 2^-53 beyond.
Any thread.
"""
function finn_domain_to_point(domain, u, count, x, length, error)
    @ccall $(pointers[38])(domain::Ptr{finn_domain}, u::Ptr{Float64}, count::Int64,
        x::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
u [count][variables] of x [count][variables], and log_weight [count] = log w, which is
-infinity for a point outside and may be NULL; length is that of u. u of a point outside
lies on the edge of the box, so that a cdf, the integral from the lower limits to u, is
defined everywhere. Of an open box u is x, and log w is 0 everywhere. Any thread.
"""
function finn_domain_to_box(domain, x, count, u, length, log_weight, error)
    @ccall $(pointers[39])(domain::Ptr{finn_domain}, x::Ptr{Float64}, count::Int64,
        u::Ptr{Float64}, length::Int64, log_weight::Ptr{Float64},
        error::Ptr{finn_error})::finn_status
end

"""
The form of F and its sizes, without parameters; docs/NETWORKS.md compares the forms.
"""
mutable struct finn_network end

const finn_network_form = Int32
const FINN_NETWORK_MIXTURE = Int32(0)
const FINN_NETWORK_MLP = Int32(1)

"""
The map from free parameters to the weights of a positive network; biases are always free.
"""
const finn_positivity = Int32
# plain weights: f may take either sign; not of a mixture
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
const FINN_ACTIVATION_TANH = Int32(2)
# log(1 + exp(x))
const FINN_ACTIVATION_SOFTPLUS = Int32(3)
const FINN_ACTIVATION_SINE = Int32(4)

const finn_sharing = Int32
# several outputs are different sums over the same units or components
const FINN_SHARING_TRUNK = Int32(0)
# each output has units or components of its own
const FINN_SHARING_NONE = Int32(1)

const finn_input_scaling = Int32
# the network sees each u_i mapped to unit variance in the box
const FINN_INPUT_SCALING_STANDARD = Int32(0)
# the network sees u as it is
const FINN_INPUT_SCALING_NONE = Int32(1)

"""
sum_j c_j prod_i Phi_ij(x_i): each component j is a product of increasing functions of one
variable, each a mixture of cdfs of normals. Linear in n, with condition numbers of 1.
"""
struct finn_mixture_options
    struct_size::UInt64
    # of the sum, 1 .. 65536; default 64
    components::Int32
    # in each Phi_ij, 1 .. 64; default 4
    normals_per_axis::Int32
    # default EXP; not NONE
    positivity::finn_positivity
    sharing::finn_sharing
    input_scaling::finn_input_scaling
    # 0
    reserved::Int32
end

"""
Layers of sigma_n(P(W) h + b), as in the paper.
"""
struct finn_mlp_options
    struct_size::UInt64
    # 0 .. FINN_MAX_HIDDEN_LAYERS; default 2
    hidden_layers::Int32
    # of each of them, 1 .. 65536; default 32
    widths::NTuple{Int(FINN_MAX_HIDDEN_LAYERS),Int32}
    # default ABS
    positivity::finn_positivity
    activation::finn_activation
    # 1: the activation follows on the output too, as the paper prints it; default 0
    output_activation::Int32
    # 1 .. 2^variables sign patterns, each with hidden layers of its own; above 1 with
    # positivity only; default 1
    orthants::Int32
    # 0 .. 64: cdfs of normals of each variable that the first layer sees beside x, with
    # positivity; default 8; 0 is the network of the paper
    axis_units::Int32
    # 1: the output is a sum over all hidden layers and not the last alone; not with
    # output_activation; default 0
    skip::Int32
    sharing::finn_sharing
    input_scaling::finn_input_scaling
    # 0
    reserved::Int32
end

"""
Write the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
does not know. Any thread.
"""
function finn_mixture_options_init(options, struct_size)
    @ccall $(pointers[40])(options::Ptr{finn_mixture_options},
        struct_size::UInt64)::finn_status
end

"""
See `finn_mixture_options_init`.
"""
function finn_mlp_options_init(options, struct_size)
    @ccall $(pointers[41])(options::Ptr{finn_mlp_options}, struct_size::UInt64)::finn_status
end

"""
variables is 1 .. FINN_MAX_MIXTURE_VARIABLES, outputs 1 .. 65536. options may be NULL: the
defaults. Any thread.
"""
function finn_network_mixture(variables, outputs, options, network, error)
    @ccall $(pointers[42])(variables::Int32, outputs::Int32,
        options::Ptr{finn_mixture_options}, network::Ptr{Ptr{finn_network}},
        error::Ptr{finn_error})::finn_status
end

"""
variables is 1 .. FINN_MAX_VARIABLES, outputs 1 .. 65536. options may be NULL: the defaults.
Any thread.
"""
function finn_network_mlp(variables, outputs, options, network, error)
    @ccall $(pointers[43])(variables::Int32, outputs::Int32, options::Ptr{finn_mlp_options},
        network::Ptr{Ptr{finn_network}}, error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_network_destroy(network)
    @ccall $(pointers[44])(network::Ptr{finn_network})::Cvoid
end

"""
The form; FINN_NETWORK_MIXTURE for NULL. Any thread.
"""
function finn_network_get_form(network)
    @ccall $(pointers[45])(network::Ptr{finn_network})::finn_network_form
end

"""
0 for NULL. Any thread.
"""
function finn_network_variables(network)
    @ccall $(pointers[46])(network::Ptr{finn_network})::Int32
end

"""
See `finn_network_variables`.
"""
function finn_network_outputs(network)
    @ccall $(pointers[47])(network::Ptr{finn_network})::Int32
end

"""
Copies the options of which the network was made into *options, whose struct_size is set by
the caller; for FINN_ACTIVATION_AUTO the activation that it stood for. FINN_ERROR_ARGUMENT
for a network of the other form. Any thread.
"""
function finn_network_get_mixture(network, options, error)
    @ccall $(pointers[48])(network::Ptr{finn_network}, options::Ptr{finn_mixture_options},
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_network_get_mixture`.
"""
function finn_network_get_mlp(network, options, error)
    @ccall $(pointers[49])(network::Ptr{finn_network}, options::Ptr{finn_mlp_options},
        error::Ptr{finn_error})::finn_status
end

"""
What the integral J of f over the domain has to be, and how f is made of f', the mixed
partial of the network, whose integral is I, to have it; V is the volume of the box of u.
docs/CONSTRAINTS.md derives all of them. f has the integral exactly, whatever the
parameters.
"""
mutable struct finn_constraint end

const finn_constraint_form = Int32
const FINN_CONSTRAINT_NONE = Int32(0)
const FINN_CONSTRAINT_EQUAL = Int32(1)
const FINN_CONSTRAINT_BOUNDED = Int32(2)
const FINN_CONSTRAINT_LEARNED = Int32(3)
const FINN_CONSTRAINT_PER_ROW = Int32(4)
const FINN_CONSTRAINT_LINEAR = Int32(5)

const finn_method = Int32
# f = J f'/I: the paper's equality; keeps f >= 0, singular at I = 0
const FINN_METHOD_SCALE = Int32(0)
# f = f' + (J - I)/V: the nearest in L2, never singular
const FINN_METHOD_SHIFT = Int32(1)

"""
What the target of a row is to its integral.
"""
const finn_bound = Int32
const FINN_BOUND_EQUAL = Int32(0)
const FINN_BOUND_AT_MOST = Int32(1)
const FINN_BOUND_AT_LEAST = Int32(2)

"""
How J follows I within its bounds.
"""
const finn_transition = Int32
# J = I, or the bound that I is beyond
const FINN_TRANSITION_CLIP = Int32(0)
# a smooth increasing function of I
const FINN_TRANSITION_SMOOTH = Int32(1)
# J is trained by itself: one more parameter for each output
const FINN_TRANSITION_LEARNED = Int32(2)

struct finn_constraint_options
    struct_size::UInt64
    # of J, spread evenly over the domain, in [0, 1); with SCALE only; keeps log f finite;
    # default 0
    uniform_share::Float64
    # of SMOOTH at one bound with SHIFT, in units of the integral, above 0; default 1
    transition_width::Float64
end

"""
Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
does not know. Any thread.
"""
function finn_constraint_options_init(options, struct_size)
    @ccall $(pointers[50])(options::Ptr{finn_constraint_options},
        struct_size::UInt64)::finn_status
end

"""
f is the mixed partial of the network as it stands.
"""
function finn_constraint_none(constraint, error)
    @ccall $(pointers[51])(constraint::Ptr{Ptr{finn_constraint}},
        error::Ptr{finn_error})::finn_status
end

"""
J is target [outputs]; with SCALE and a positive network above 0.
"""
function finn_constraint_equal(method, outputs, target, options, constraint, error)
    @ccall $(pointers[52])(method::finn_method, outputs::Int32, target::Ptr{Float64},
        options::Ptr{finn_constraint_options}, constraint::Ptr{Ptr{finn_constraint}},
        error::Ptr{finn_error})::finn_status
end

"""
J is at least lower [outputs] and at most upper [outputs], each lower below its upper; one
of the two may be NULL: no bound on that side. SMOOTH with SCALE needs a positive network.
"""
function finn_constraint_bounded(method, outputs, lower, upper, transition, options,
    constraint, error)
    @ccall $(pointers[53])(method::finn_method, outputs::Int32, lower::Ptr{Float64},
        upper::Ptr{Float64}, transition::finn_transition,
        options::Ptr{finn_constraint_options}, constraint::Ptr{Ptr{finn_constraint}},
        error::Ptr{finn_error})::finn_status
end

"""
J is any number, with SCALE any above 0, which is trained by itself and begins at start
[outputs].
"""
function finn_constraint_learned(method, outputs, start, options, constraint, error)
    @ccall $(pointers[54])(method::finn_method, outputs::Int32, start::Ptr{Float64},
        options::Ptr{finn_constraint_options}, constraint::Ptr{Ptr{finn_constraint}},
        error::Ptr{finn_error})::finn_status
end

"""
The targets of a row are its last columns, one for each output. transition is CLIP for
FINN_BOUND_EQUAL, CLIP or SMOOTH otherwise.
"""
function finn_constraint_per_row(method, bound, outputs, transition, options, constraint,
    error)
    @ccall $(pointers[55])(method::finn_method, bound::finn_bound, outputs::Int32,
        transition::finn_transition, options::Ptr{finn_constraint_options},
        constraint::Ptr{Ptr{finn_constraint}}, error::Ptr{finn_error})::finn_status
end

"""
The nearest f' + g in L2 for which all of count integrals, 1 .. 64, hold at once: that of
prod_i u_i^powers[i] f over the box [lower, upper] is value. lower, upper and powers are
[count][variables], value is [count][outputs]. -infinity and infinity stand for the limits
of the domain, and lower and upper may be NULL: those limits everywhere. Powers are 0 .. 8,
above 0 in at most three variables; powers may be NULL: all 0, the integrals themselves.
variables is at most FINN_MAX_VARIABLES.
"""
function finn_constraint_linear(variables, outputs, count, lower, upper, powers, value,
    constraint, error)
    @ccall $(pointers[56])(variables::Int32, outputs::Int32, count::Int32,
        lower::Ptr{Float64}, upper::Ptr{Float64}, powers::Ptr{Int32}, value::Ptr{Float64},
        constraint::Ptr{Ptr{finn_constraint}}, error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_constraint_destroy(constraint)
    @ccall $(pointers[57])(constraint::Ptr{finn_constraint})::Cvoid
end

"""
FINN_CONSTRAINT_NONE for NULL. Any thread.
"""
function finn_constraint_get_form(constraint)
    @ccall $(pointers[58])(constraint::Ptr{finn_constraint})::finn_constraint_form
end

"""
The outputs it was made for; 0 for NULL and for finn_constraint_none, which takes any.
"""
function finn_constraint_outputs(constraint)
    @ccall $(pointers[59])(constraint::Ptr{finn_constraint})::Int32
end

"""
The least and the largest J of each output, into lower and upper [outputs], length each:
-infinity and infinity where there is no bound. FINN_ERROR_ARGUMENT for those without such
numbers of their own, which are PER_ROW and LINEAR. Any thread.
"""
function finn_constraint_bounds(constraint, lower, upper, length, error)
    @ccall $(pointers[60])(constraint::Ptr{finn_constraint}, lower::Ptr{Float64},
        upper::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
How f depends on conditions c (covariates, context) beside x: f(x | c) has the integral that
the constraint says for every c. docs/CONDITIONING.md compares the forms.
"""
mutable struct finn_conditioning end

const finn_conditioning_form = Int32
# of NULL: no conditions
const FINN_CONDITIONING_NONE = Int32(0)
const FINN_CONDITIONING_FILM = Int32(1)
const FINN_CONDITIONING_HYPERNETWORK = Int32(2)
const FINN_CONDITIONING_INPUTS = Int32(3)

"""
The network of c.
"""
struct finn_conditioning_options
    struct_size::UInt64
    # 0 .. FINN_MAX_HIDDEN_LAYERS; default 2
    hidden_layers::Int32
    # of each of them, 1 .. 65536; default 64
    widths::NTuple{Int(FINN_MAX_HIDDEN_LAYERS),Int32}
    # 0
    reserved::Int32
end

"""
Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
does not know. Any thread.
"""
function finn_conditioning_options_init(options, struct_size)
    @ccall $(pointers[61])(options::Ptr{finn_conditioning_options},
        struct_size::UInt64)::finn_status
end

"""
Feature-wise linear modulation (Perez et al. 2018): a network of c moves the biases or the
centres of normals and scales the units and sums. The usual choice.
"""
function finn_conditioning_film(conditions, lower, upper, options, conditioning, error)
    @ccall $(pointers[62])(conditions::Int32, lower::Ptr{Float64}, upper::Ptr{Float64},
        options::Ptr{finn_conditioning_options}, conditioning::Ptr{Ptr{finn_conditioning}},
        error::Ptr{finn_error})::finn_status
end

"""
A hypernetwork (Ha et al. 2016), as in the paper: a network of c moves all parameters.
"""
function finn_conditioning_hypernetwork(conditions, lower, upper, options, conditioning,
    error)
    @ccall $(pointers[63])(conditions::Int32, lower::Ptr{Float64}, upper::Ptr{Float64},
        options::Ptr{finn_conditioning_options}, conditioning::Ptr{Ptr{finn_conditioning}},
        error::Ptr{finn_error})::finn_status
end

"""
Biases, or centres of normals, are linear in c, as if c were further inputs of every hidden
unit, free in sign.
"""
function finn_conditioning_inputs(conditions, lower, upper, conditioning, error)
    @ccall $(pointers[64])(conditions::Int32, lower::Ptr{Float64}, upper::Ptr{Float64},
        conditioning::Ptr{Ptr{finn_conditioning}}, error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_conditioning_destroy(conditioning)
    @ccall $(pointers[65])(conditioning::Ptr{finn_conditioning})::Cvoid
end

"""
FINN_CONDITIONING_NONE for NULL. Any thread.
"""
function finn_conditioning_get_form(conditioning)
    @ccall $(pointers[66])(conditioning::Ptr{finn_conditioning})::finn_conditioning_form
end

"""
The number of conditions; 0 for NULL. Any thread.
"""
function finn_conditioning_conditions(conditioning)
    @ccall $(pointers[67])(conditioning::Ptr{finn_conditioning})::Int32
end

"""
The range of c, into lower and upper [conditions], length each. Any thread.
"""
function finn_conditioning_limits(conditioning, lower, upper, length, error)
    @ccall $(pointers[68])(conditioning::Ptr{finn_conditioning}, lower::Ptr{Float64},
        upper::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
Copies the options of which it was made into *options, whose struct_size is set by the
caller. Any thread.
"""
function finn_conditioning_get_options(conditioning, options, error)
    @ccall $(pointers[69])(conditioning::Ptr{finn_conditioning},
        options::Ptr{finn_conditioning_options}, error::Ptr{finn_error})::finn_status
end

const finn_precision = Int32
const FINN_FLOAT64 = Int32(0)
const FINN_FLOAT32 = Int32(1)

"""
Parts put together, and parameters.
"""
mutable struct finn_model end

"""
Makes a model with freshly drawn parameters (the initialisation from the statistics of the
domain, docs/INITIALISATION.md). constraint may be NULL: J = 1 for each output, by SCALE for
a positive network and by SHIFT otherwise. conditioning may be NULL: no conditions.
FINN_ERROR_SIZE when parts have different numbers of variables or outputs; docs/ABI.md lists
the few other pairs of parts that do not go together, all for reasons of mathematics. Any
thread.
"""
function finn_model_create(network, domain, constraint, conditioning, precision, seed,
    model, error)
    @ccall $(pointers[70])(network::Ptr{finn_network}, domain::Ptr{finn_domain},
        constraint::Ptr{finn_constraint}, conditioning::Ptr{finn_conditioning},
        precision::finn_precision, seed::UInt64, model::Ptr{Ptr{finn_model}},
        error::Ptr{finn_error})::finn_status
end

"""
A copy that shares nothing with the original but the parts, which never change. Any thread.
"""
function finn_model_clone(model, copy, error)
    @ccall $(pointers[71])(model::Ptr{finn_model}, copy::Ptr{Ptr{finn_model}},
        error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_model_destroy(model)
    @ccall $(pointers[72])(model::Ptr{finn_model})::Cvoid
end

"""
The parts of a model, each as a handle of the caller's. *constraint is what NULL stood for,
too; *conditioning is NULL for a model without conditions. Any thread.
"""
function finn_model_network(model, network, error)
    @ccall $(pointers[73])(model::Ptr{finn_model}, network::Ptr{Ptr{finn_network}},
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_network`.
"""
function finn_model_domain(model, domain, error)
    @ccall $(pointers[74])(model::Ptr{finn_model}, domain::Ptr{Ptr{finn_domain}},
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_network`.
"""
function finn_model_constraint(model, constraint, error)
    @ccall $(pointers[75])(model::Ptr{finn_model}, constraint::Ptr{Ptr{finn_constraint}},
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_network`.
"""
function finn_model_conditioning(model, conditioning, error)
    @ccall $(pointers[76])(model::Ptr{finn_model},
        conditioning::Ptr{Ptr{finn_conditioning}}, error::Ptr{finn_error})::finn_status
end

"""
FINN_FLOAT64 for NULL. Any thread.
"""
function finn_model_precision(model)
    @ccall $(pointers[77])(model::Ptr{finn_model})::finn_precision
end

"""
n, m, and the length of the flat parameter vector; 0 for NULL. Any thread.
"""
function finn_model_variables(model)
    @ccall $(pointers[78])(model::Ptr{finn_model})::Int32
end

"""
See `finn_model_variables`.
"""
function finn_model_outputs(model)
    @ccall $(pointers[79])(model::Ptr{finn_model})::Int32
end

"""
The length of a row of points, x in all functions below: the variables, then the conditions,
then with finn_constraint_per_row the target of that row for each output. 0 for NULL. Any
thread.
"""
function finn_model_columns(model)
    @ccall $(pointers[80])(model::Ptr{finn_model})::Int32
end

"""
See `finn_model_columns`.
"""
function finn_model_parameter_count(model)
    @ccall $(pointers[81])(model::Ptr{finn_model})::Int64
end

"""
Writes a description of the model, without its parameters, as one JSON object in UTF-8 with
a terminating 0 into json [capacity], and the bytes that it takes with that 0 into *size,
which may be NULL. json may be NULL: only the size. The object is that of model files:
docs/FILES.md. Any thread.
"""
function finn_model_describe(model, json, capacity, size, error)
    @ccall $(pointers[82])(model::Ptr{finn_model}, json::Ptr{UInt8}, capacity::Int64,
        size::Ptr{Int64}, error::Ptr{finn_error})::finn_status
end

"""
Draws the parameters anew, from the statistics of rows of x [rows][columns] in the domain
instead of those of the domain: for data that fill only a part of it. Coordinates become
those of the rows, and so does the range of conditions without limits; f(x | c) begins as
f(x). The first fit of a fresh model does the same and more by itself (standardise). Each
component of a mixture begins at a row, as wide as the rows around it lie apart, and the
first one as wide as the domain. At most 1024 rows, drawn by the seed, are looked at.
"""
function finn_model_initialise_from_data(model, x, rows, seed, error)
    @ccall $(pointers[83])(model::Ptr{finn_model}, x::Ptr{Float64}, rows::Int64,
        seed::UInt64, error::Ptr{finn_error})::finn_status
end

"""
Copies the free parameters out of or into the model. Mlp: layer by layer, weights [out][in],
then biases [out], with axis units before them log slopes log w and centres m, each
[variables] [axis_units]; orthant by orthant, output by output under SHARING_NONE, each with
its layers, then with skip the weights [outputs][in] of the hidden layers but the last.
Mixture: log slopes log w, centres m and, if normals_per_axis > 1, logits of the shares a,
each [variables][components] [normals_per_axis], then c [outputs][components]; under
SHARING_NONE so for each output. With conditions the network of c follows, layer by layer,
weights [out][in] and biases [out]; then, where J is learned, its free parameter tau
[outputs]. Last come the standards, which no optimiser moves and whose gradient is 0: mean
and log spread, each [variables], of x in units of the box; mean and log spread, each
[conditions], of c in units of their limits; the log unit of f [outputs]. All of them are 0
until a first fit (docs/INITIALISATION.md); where the exponential of a logarithm is not
finite or 0, FINN_ERROR_ARGUMENT. length must be finn_model_parameter_count; values must be
finite, in the precision of the model too. Parameters whose integral cannot be normalised
may be set; it is the next query that returns FINN_ERROR_INTEGRAL.
"""
function finn_model_get_parameters_f64(model, parameters, length, error)
    @ccall $(pointers[84])(model::Ptr{finn_model}, parameters::Ptr{Float64}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_get_parameters_f64`.
"""
function finn_model_get_parameters_f32(model, parameters, length, error)
    @ccall $(pointers[85])(model::Ptr{finn_model}, parameters::Ptr{Float32}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_get_parameters_f64`.
"""
function finn_model_set_parameters_f64(model, parameters, length, error)
    @ccall $(pointers[86])(model::Ptr{finn_model}, parameters::Ptr{Float64}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_get_parameters_f64`.
"""
function finn_model_set_parameters_f32(model, parameters, length, error)
    @ccall $(pointers[87])(model::Ptr{finn_model}, parameters::Ptr{Float32}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
Writes the file without a name, flushes it to the disk and puts it at path at once: whatever
fails, a file that was there before is whole, and nothing is left beside it. Only a process
that is killed at the moment of replacing one may leave PATH.saving, which is whole; the
next save takes it over. Links are followed, a file keeps its mode, and what is not a
regular file is refused. Errors of the system give FINN_ERROR_FILE.
"""
function finn_model_save(model, path, error)
    @long_call $(pointers[88])(model::Ptr{finn_model}, path::Cstring,
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_save`.
"""
function finn_model_load(path, domains, count, model, error)
    @long_call $(pointers[89])(path::Cstring, domains::Ptr{Ptr{finn_domain}}, count::Int32,
        model::Ptr{Ptr{finn_model}}, error::Ptr{finn_error})::finn_status
end

"""
Writes the bytes of the file into buffer [capacity], and their number into *size. With
buffer NULL only the number; FINN_ERROR_SIZE when capacity is too small.
"""
function finn_model_save_bytes(model, buffer, capacity, size, error)
    @ccall $(pointers[90])(model::Ptr{finn_model}, buffer::Ptr{Cvoid}, capacity::Int64,
        size::Ptr{Int64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_model_save_bytes`.
"""
function finn_model_load_bytes(bytes, size, domains, count, model, error)
    @ccall $(pointers[91])(bytes::Ptr{Cvoid}, size::Int64, domains::Ptr{Ptr{finn_domain}},
        count::Int32, model::Ptr{Ptr{finn_model}}, error::Ptr{finn_error})::finn_status
end

"""
Scratch memory of an evaluation: grows at first use and is then reused, so that a call
repeated with the same sizes allocates nothing. Serves any model, one thread at a time.
"""
mutable struct finn_workspace end

"""
threads: how many threads a call may use, at most 1024. 0: as many as the environment
variable FINN_THREADS says; without it OMP_NUM_THREADS, the first number of its list;
without both one per processor on which this process may run. They are read when the library
is loaded. FINN_ERROR_ARGUMENT where FINN_THREADS is needed and is no number from 1 to 1024;
what is wrong with OMP_NUM_THREADS is ignored. A call starts no more threads than it has
tiles of 32 or 64 points, when it first needs them. They are the workspace's own and end
with it; they take no signals. Where the system refuses a thread, the workspace goes on with
fewer. The child of a fork may go on with the workspaces that its thread has. Results are
the same bits for every number of threads. A library that was configured for OpenMP uses its
threads instead, for which other rules hold, and one configured without threads has the
caller's alone (docs/THREADS.md).
"""
function finn_workspace_create(threads, workspace, error)
    @ccall $(pointers[92])(threads::Int32, workspace::Ptr{Ptr{finn_workspace}},
        error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_workspace_destroy(workspace)
    @ccall $(pointers[93])(workspace::Ptr{finn_workspace})::Cvoid
end

"""
f at points x [batch][columns], into f [batch][outputs]. With a positive network and the
method SCALE, or without a constraint, f >= 0 always, also in float; SHIFT may push it below
0. Points outside an open box are allowed; far outside F grows like a polynomial and may
overflow. Outside any other domain f is 0 and F that of the u that finn_domain_to_box gives.
f is per volume of x, in the precision of the model: with FINN_FLOAT32 it is 0, or the call
fails with FINN_ERROR_NOT_FINITE, where many variables of small or large size make it no
float. Log likelihoods are not touched by that (docs/TRAINING.md). With conditions or
targets per row each row is normalised by itself, in the precision of the model;
FINN_ERROR_INTEGRAL names the row that cannot be.
"""
function finn_integrand_f64(model, workspace, x, batch, f, length, error)
    @long_call $(pointers[94])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, batch::Int64, f::Ptr{Float64}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_integrand_f64`.
"""
function finn_integrand_f32(model, workspace, x, batch, f, length, error)
    @long_call $(pointers[95])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float32}, batch::Int64, f::Ptr{Float32}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
F at points x [batch][columns], into F [batch][outputs], constrained like f: only
differences over the corners of a box mean anything.
"""
function finn_antiderivative_f64(model, workspace, x, batch, F, length, error)
    @long_call $(pointers[96])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, batch::Int64, F::Ptr{Float64}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_antiderivative_f64`.
"""
function finn_antiderivative_f32(model, workspace, x, batch, F, length, error)
    @long_call $(pointers[97])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float32}, batch::Int64, F::Ptr{Float32}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
d^|S| F / prod_{i in S} dx_i into values [batch][outputs]; bit i of subset stands for
variable i, counted from 0. Subset 0 is F, all ones is f; differenced over the corners of
the other variables it is a marginal. With a domain that maps, the derivatives of a proper
subset are those in u, at u(x); but where it covers all variables of a factor of
finn_domain_product, they are those in x, times the weight of that factor: marginals over
whole factors are densities of x. Of an mlp with several orthants see docs/NETWORKS.md.
"""
function finn_mixed_partial_f64(model, workspace, subset, x, batch, values, length, error)
    @long_call $(pointers[98])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        subset::UInt64, x::Ptr{Float64}, batch::Int64, values::Ptr{Float64}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_mixed_partial_f64`.
"""
function finn_mixed_partial_f32(model, workspace, subset, x, batch, values, length, error)
    @long_call $(pointers[99])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        subset::UInt64, x::Ptr{Float32}, batch::Int64, values::Ptr{Float32}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
Any derivative of F: d^|k| F / prod_i dx_i^k_i into values [batch][outputs], k = orders
[variables], each 0 .. 8. All 1 is f, all 0 is F, f with one 2 in it a component of the
gradient of f, with a 3 or two 2 an entry of its Hessian. Of an mlp the orders add up to at
most 8, of a mixture to at most 72. Where u_i of the domain is not x_i itself an order is 0
or 1, and the derivative is that of finn_mixed_partial; FINN_ERROR_ARGUMENT names the
variable, or the sum, that is too much. What a constraint adds is differentiated as well;
LINEAR without what is not smooth at the edges of its boxes. docs/DERIVATIVES.md has the
cost and the error.
"""
function finn_derivative_f64(model, workspace, orders, x, batch, values, length, error)
    @long_call $(pointers[100])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        orders::Ptr{Int32}, x::Ptr{Float64}, batch::Int64, values::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
See `finn_derivative_f64`.
"""
function finn_derivative_f32(model, workspace, orders, x, batch, values, length, error)
    @long_call $(pointers[101])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        orders::Ptr{Int32}, x::Ptr{Float32}, batch::Int64, values::Ptr{Float32},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
In which coordinates the limits of an integral are given.
"""
const finn_limits = Int32
# those of the points x. The map of the domain has to take one variable at a time - boxes,
# lines, half-lines, products and diagonal affine images of them: FINN_ERROR_ARGUMENT for
# any other. Beyond the domain f is 0, so that limits may be infinite; those of an open box
# have to be finite
const FINN_LIMITS_X = Int32(0)
# those of the box of u, within finn_domain_limits unless u_i is x_i itself; the integral is
# over their image
const FINN_LIMITS_U = Int32(1)

"""
The integral of f over the box [lower, upper] ([variables] each, lower <= upper), from F at
its 2^n corners - of a mixture: from differences one variable at a time, with condition
number 1 - always in double, whatever the precision of the model.
    value             [outputs]
  condition_number  [outputs] sum |F| / |sum F| of the difference: infinite when only the sum
is 0, 1 when all F are; may be NULL error_estimate    [outputs] the rounding error to expect
in value; may be NULL length is that of each of them.
"""
function finn_integral(model, workspace, limits, lower, upper, value, condition_number,
    error_estimate, length, error)
    @long_call $(pointers[102])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        limits::finn_limits, lower::Ptr{Float64}, upper::Ptr{Float64}, value::Ptr{Float64},
        condition_number::Ptr{Float64}, error_estimate::Ptr{Float64}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
The integral of f(x | c) over a box for each of count conditions [count][columns -
variables]: conditions, and then the targets of a row with finn_constraint_per_row. For a
model without such columns conditions may be NULL, and every row is finn_integral, which
takes such models only. value, condition_number and error_estimate are [count][outputs], of
length numbers each; the last two may be NULL.
"""
function finn_conditional_integral(model, workspace, limits, lower, upper, conditions,
    count, value, condition_number, error_estimate, length, error)
    @long_call $(pointers[103])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        limits::finn_limits, lower::Ptr{Float64}, upper::Ptr{Float64},
        conditions::Ptr{Float64}, count::Int64, value::Ptr{Float64},
        condition_number::Ptr{Float64}, error_estimate::Ptr{Float64}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
Vector-Jacobian product of f, for a loss of your own: given f_adjoint [batch][outputs] =
dLoss/df, writes
    f                  [batch][outputs]   may be NULL
    parameter_adjoint  [parameter_count]  dLoss/dparameters, through the constraint as well
    x_adjoint          [batch][columns]   dLoss/dx, with conditions and targets; may be NULL
each with its length, which is not looked at where the array is NULL. The arrays are
overwritten, not added to.
"""
function finn_integrand_vjp_f64(model, workspace, x, batch, f_adjoint, f, f_length,
    parameter_adjoint, parameter_length, x_adjoint, x_length, error)
    @long_call $(pointers[104])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, batch::Int64, f_adjoint::Ptr{Float64}, f::Ptr{Float64},
        f_length::Int64, parameter_adjoint::Ptr{Float64}, parameter_length::Int64,
        x_adjoint::Ptr{Float64}, x_length::Int64, error::Ptr{finn_error})::finn_status
end

"""
See `finn_integrand_vjp_f64`.
"""
function finn_integrand_vjp_f32(model, workspace, x, batch, f_adjoint, f, f_length,
    parameter_adjoint, parameter_length, x_adjoint, x_length, error)
    @long_call $(pointers[105])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        x::Ptr{Float32}, batch::Int64, f_adjoint::Ptr{Float32}, f::Ptr{Float32},
        f_length::Int64, parameter_adjoint::Ptr{Float32}, parameter_length::Int64,
        x_adjoint::Ptr{Float32}, x_length::Int64, error::Ptr{finn_error})::finn_status
end

"""
Vector-Jacobian product of any derivative of F, of these orders [variables], as
finn_derivative_f64 takes them: given values_adjoint [batch][outputs], writes
    values             [batch][outputs]   may be NULL
    parameter_adjoint  [parameter_count]
    x_adjoint          [batch][columns]   with conditions and targets; may be NULL
as finn_integrand_vjp_f64 does for f. x_adjoint is all derivatives of one order more at the
cost of one. Outside of a domain that maps, variables whose u is clamped to its box have the
adjoint 0; outside of a disk and the like all of them have. Of a model in float the adjoints
are sums in float.
"""
function finn_derivative_vjp_f64(model, workspace, orders, x, batch, values_adjoint, values,
    values_length, parameter_adjoint, parameter_length, x_adjoint, x_length, error)
    @long_call $(pointers[106])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        orders::Ptr{Int32}, x::Ptr{Float64}, batch::Int64, values_adjoint::Ptr{Float64},
        values::Ptr{Float64}, values_length::Int64, parameter_adjoint::Ptr{Float64},
        parameter_length::Int64, x_adjoint::Ptr{Float64}, x_length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
Vector-Jacobian product of finn_conditional_integral, for a loss that integrals over a box
enter: given value_adjoint [count][outputs], writes
    value              [count][outputs]              may be NULL
    parameter_adjoint  [parameter_count]
    lower_adjoint      [variables]                   sums over the rows; both may be NULL
    upper_adjoint      [variables]                   with limit_length
    condition_adjoint  [count][columns - variables]  may be NULL
each with its length, which is not looked at where the array is NULL. Everything is in
double, whatever the precision of the model. The adjoint of a limit beyond the domain is 0.
"""
function finn_conditional_integral_vjp(model, workspace, limits, lower, upper, conditions,
    count, value_adjoint, value, value_length, parameter_adjoint, parameter_length,
    lower_adjoint, upper_adjoint, limit_length, condition_adjoint, condition_length, error)
    @long_call $(pointers[107])(model::Ptr{finn_model}, workspace::Ptr{finn_workspace},
        limits::finn_limits, lower::Ptr{Float64}, upper::Ptr{Float64},
        conditions::Ptr{Float64}, count::Int64, value_adjoint::Ptr{Float64},
        value::Ptr{Float64}, value_length::Int64, parameter_adjoint::Ptr{Float64},
        parameter_length::Int64, lower_adjoint::Ptr{Float64}, upper_adjoint::Ptr{Float64},
        limit_length::Int64, condition_adjoint::Ptr{Float64}, condition_length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
What a positive model knows as a distribution: f of one output divided by its integral. From
one antiderivative come densities, cdfs, probabilities of boxes, marginals, conditionals,
quantiles and samples, all of one distribution and none by fitting anything again.
docs/DISTRIBUTIONS.md has the formula, the cost and the error of each.

A distribution is a snapshot: later changes of the model do not reach it. It never changes,
and any number of threads may ask it at once, each with a workspace of its own. marginal,
given and truncated make new ones of it, in any order and as often as wanted, which share
the snapshot and cost next to nothing. Everything is computed in double, whatever the
precision of the model.

Variables are counted from 0 as they stand in the distribution at hand: after a marginal of
2 and 0 these are 0 and 1. A row x [columns] holds the variables, then what is given, in the
order in which it was, then the conditions of the model; given [given_columns] is that
without the variables, and may be NULL where it has no columns. Targets of rows
(finn_constraint_per_row) cancel and are no columns here.

Where the domain has a map for each variable - a box, a line, a half-line, products and
diagonal affine images of them - everything is in x. On any other domain, such as a disk, a
distribution has its density, its samples and what is computed from them; the other
functions give FINN_ERROR_ARGUMENT.
"""
mutable struct finn_distribution end

"""
That of an output of the model, 0 for the only one. FINN_ERROR_ARGUMENT for a model whose f
may be negative: a network without positivity, or a constraint other than none and those
that scale. FINN_ERROR_INTEGRAL where f has no integral above 0. Any thread.
"""
function finn_distribution_create(model, output, distribution, error)
    @ccall $(pointers[108])(model::Ptr{finn_model}, output::Int32,
        distribution::Ptr{Ptr{finn_distribution}}, error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_distribution_destroy(distribution)
    @ccall $(pointers[109])(distribution::Ptr{finn_distribution})::Cvoid
end

"""
That of variables [count], in this order, whatever the others are. Any thread.
"""
function finn_distribution_marginal(distribution, variables, count, marginal, error)
    @ccall $(pointers[110])(distribution::Ptr{finn_distribution}, variables::Ptr{Int32},
        count::Int32, marginal::Ptr{Ptr{finn_distribution}},
        error::Ptr{finn_error})::finn_status
end

"""
That of the other variables where variables [count] have the values that each row says; at
least one variable has to be left. Any thread.
"""
function finn_distribution_given(distribution, variables, count, given, error)
    @ccall $(pointers[111])(distribution::Ptr{finn_distribution}, variables::Ptr{Int32},
        count::Int32, given::Ptr{Ptr{finn_distribution}},
        error::Ptr{finn_error})::finn_status
end

"""
That within lower and upper [variables] each, which may be infinite, divided by the
probability of that box; FINN_ERROR_ARGUMENT where nothing of the distribution is left. Any
thread.
"""
function finn_distribution_truncated(distribution, lower, upper, truncated, error)
    @ccall $(pointers[112])(distribution::Ptr{finn_distribution}, lower::Ptr{Float64},
        upper::Ptr{Float64}, truncated::Ptr{Ptr{finn_distribution}},
        error::Ptr{finn_error})::finn_status
end

"""
How many variables it has, and the columns of a row x and of a row given; 0 for NULL. Any
thread.
"""
function finn_distribution_variables(distribution)
    @ccall $(pointers[113])(distribution::Ptr{finn_distribution})::Int32
end

"""
See `finn_distribution_variables`.
"""
function finn_distribution_columns(distribution)
    @ccall $(pointers[114])(distribution::Ptr{finn_distribution})::Int32
end

"""
See `finn_distribution_variables`.
"""
function finn_distribution_given_columns(distribution)
    @ccall $(pointers[115])(distribution::Ptr{finn_distribution})::Int32
end

"""
The limits between which it has its probability, into lower and upper [variables], length
each; infinite on unbounded domains. Any thread.
"""
function finn_distribution_support(distribution, lower, upper, length, error)
    @ccall $(pointers[116])(distribution::Ptr{finn_distribution}, lower::Ptr{Float64},
        upper::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
The density at x [rows][columns], into density [rows]; outside of the distribution 0.
"""
function finn_distribution_density(distribution, workspace, x, rows, density, length, error)
    @long_call $(pointers[117])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, rows::Int64, density::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
Its logarithm, into log_density [rows]; outside of the distribution -infinity. That of a
mixture is finite everywhere else, also where the density is too small for a number.
"""
function finn_distribution_log_density(distribution, workspace, x, rows, log_density,
    length, error)
    @long_call $(pointers[118])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, rows::Int64,
        log_density::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
P(X_1 <= x_1, .., X_n <= x_n) at x [rows][columns], whose variables may be infinite, into
cdf [rows]. Small values keep their digits.
"""
function finn_distribution_cdf(distribution, workspace, x, rows, cdf, length, error)
    @long_call $(pointers[119])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, rows::Int64, cdf::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
P(X_1 > x_1, .., X_n > x_n) likewise: of one variable 1 - cdf, with its digits where that is
small.
"""
function finn_distribution_survival(distribution, workspace, x, rows, survival, length,
    error)
    @long_call $(pointers[120])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, rows::Int64,
        survival::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
The probability of a box for each row: from lower to upper [rows][variables], which may be
infinite, into value [rows]; never negative. error_estimate [rows] is the error to expect in
it, and may be NULL. given [rows][given_columns].
"""
function finn_distribution_probability(distribution, workspace, lower, upper, given, rows,
    value, error_estimate, length, error)
    @long_call $(pointers[121])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, lower::Ptr{Float64}, upper::Ptr{Float64},
        given::Ptr{Float64}, rows::Int64, value::Ptr{Float64}, error_estimate::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
That of boxes [lower, lower + width], for boxes so narrow that lower + width has too few
digits of width; finite, width >= 0.
"""
function finn_distribution_probability_of_width(distribution, workspace, lower, width,
    given, rows, value, error_estimate, length, error)
    @long_call $(pointers[122])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, lower::Ptr{Float64}, width::Ptr{Float64},
        given::Ptr{Float64}, rows::Int64, value::Ptr{Float64}, error_estimate::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
The gradient of the log density at x [rows][columns] by every column of a row - variables,
what is given, conditions - into gradient [rows][columns]; 0 in rows outside of the
distribution. That of a mixture by variables and by what is given is right also where the
density is too small for a number; by conditions FINN_ERROR_NOT_FINITE names such a row.
"""
function finn_distribution_log_density_gradient(distribution, workspace, x, rows, gradient,
    length, error)
    @long_call $(pointers[123])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, rows::Int64,
        gradient::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
The gradient of the cdf at x [rows][columns] by every column, into gradient [rows][columns];
0 by a variable that is infinite or beyond the distribution.
"""
function finn_distribution_cdf_gradient(distribution, workspace, x, rows, gradient, length,
    error)
    @long_call $(pointers[124])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, rows::Int64,
        gradient::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
The gradient of finn_distribution_probability: by lower and by upper [rows][variables],
which have limit_length, and by given [rows][given_columns]; any of the three may be NULL.
"""
function finn_distribution_probability_gradient(distribution, workspace, lower, upper,
    given, rows, lower_gradient, upper_gradient, limit_length, given_gradient, given_length,
    error)
    @long_call $(pointers[125])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, lower::Ptr{Float64}, upper::Ptr{Float64},
        given::Ptr{Float64}, rows::Int64, lower_gradient::Ptr{Float64},
        upper_gradient::Ptr{Float64}, limit_length::Int64, given_gradient::Ptr{Float64},
        given_length::Int64, error::Ptr{finn_error})::finn_status
end

"""
Where the cdf is p [rows], 0 .. 1, into x [rows]: the limits for 0 and 1, which on an
unbounded domain are the farthest points that it has numbers for. Of a distribution of one
variable; FINN_ERROR_ARGUMENT for any other. given [rows][given_columns].
"""
function finn_distribution_quantile(distribution, workspace, p, given, rows, x, length,
    error)
    @long_call $(pointers[126])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, p::Ptr{Float64}, given::Ptr{Float64}, rows::Int64,
        x::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
u_k = P(X_k <= x_k | x_1 .. x_(k-1)) at x [rows][columns], into u [rows][variables]: uniform
on the unit cube where x follows the distribution (Rosenblatt 1952).
"""
function finn_distribution_rosenblatt(distribution, workspace, x, rows, u, length, error)
    @long_call $(pointers[127])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, rows::Int64, u::Ptr{Float64},
        length::Int64, error::Ptr{finn_error})::finn_status
end

"""
The x [rows][variables] of u [rows][variables], 0 .. 1: conditional quantiles, one variable
after the other. given [rows][given_columns].
"""
function finn_distribution_inverse_rosenblatt(distribution, workspace, u, given, rows, x,
    length, error)
    @long_call $(pointers[128])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, u::Ptr{Float64}, given::Ptr{Float64}, rows::Int64,
        x::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
At x [rows][columns], what finn_distribution_rosenblatt and its inverse change by:
    jacobian  [rows][variables][columns]    du_k by every column; may be NULL
    inverse   [rows][variables][variables]  dx_k/du_j at the u of this x; may be NULL
Both are triangular in the variables: u_k depends on x_1 .. x_k. Along x = x(u, given) of
fixed u dx/dgiven is -inverse times the columns of jacobian behind the variables.
FINN_ERROR_NOT_FINITE where the density is 0, so that u has no inverse, and inverse is asked
for.
"""
function finn_distribution_rosenblatt_jacobian(distribution, workspace, x, rows, jacobian,
    jacobian_length, inverse, inverse_length, error)
    @long_call $(pointers[129])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, x::Ptr{Float64}, rows::Int64,
        jacobian::Ptr{Float64}, jacobian_length::Int64, inverse::Ptr{Float64},
        inverse_length::Int64, error::Ptr{finn_error})::finn_status
end

"""
Samples, into x [rows][variables]. Sample i of a seed, i >= 0, is the same whatever the
threads and however many are drawn at once; these are the samples from first on. given
[rows][given_columns] are the values under which each is drawn.
"""
function finn_distribution_sample(distribution, workspace, seed, first, given, rows, x,
    length, error)
    @long_call $(pointers[130])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, seed::UInt64, first::Int64, given::Ptr{Float64},
        rows::Int64, x::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
Mean [rows][variables] and covariance [rows][variables][variables] for each row of given
[rows][given_columns], with the errors to expect in them, of the same shapes and lengths;
any of the four may be NULL. In closed form for a mixture where x is u, otherwise by
quadrature.
"""
function finn_distribution_moments(distribution, workspace, given, rows, mean, mean_error,
    mean_length, covariance, covariance_error, covariance_length, error)
    @long_call $(pointers[131])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, given::Ptr{Float64}, rows::Int64,
        mean::Ptr{Float64}, mean_error::Ptr{Float64}, mean_length::Int64,
        covariance::Ptr{Float64}, covariance_error::Ptr{Float64}, covariance_length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
The mean of what the callback says of x, into value [outputs], and its standard_error
[outputs]; length is outputs.
"""
function finn_distribution_expectation(distribution, workspace, callback, user_data, given,
    samples, seed, value, standard_error, length, error)
    @ccall $(pointers[132])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, callback::Ptr{Cvoid}, user_data::Ptr{Cvoid},
        given::Ptr{Float64}, samples::Int64, seed::UInt64, value::Ptr{Float64},
        standard_error::Ptr{Float64}, length::Int64, error::Ptr{finn_error})::finn_status
end

"""
The mean of -log density, in nats.
"""
function finn_distribution_entropy(distribution, workspace, given, samples, seed, value,
    standard_error, error)
    @long_call $(pointers[133])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, given::Ptr{Float64}, samples::Int64, seed::UInt64,
        value::Ptr{Float64}, standard_error::Ptr{Float64},
        error::Ptr{finn_error})::finn_status
end

"""
The density above which the smallest region lies that holds this probability, 0 <
probability < 1: the highest-density region is where finn_distribution_density is at least
*level.
"""
function finn_distribution_density_level(distribution, workspace, given, probability,
    samples, seed, level, standard_error, error)
    @long_call $(pointers[134])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, given::Ptr{Float64}, probability::Float64,
        samples::Int64, seed::UInt64, level::Ptr{Float64}, standard_error::Ptr{Float64},
        error::Ptr{finn_error})::finn_status
end

"""
Where the density is highest, into x [variables], length, with the logarithm of the density
there into *log_density, which may be NULL: the best of a few peaks that are climbed from
samples.
"""
function finn_distribution_mode(distribution, workspace, given, samples, seed, x, length,
    log_density, error)
    @long_call $(pointers[135])(distribution::Ptr{finn_distribution},
        workspace::Ptr{finn_workspace}, given::Ptr{Float64}, samples::Int64, seed::UInt64,
        x::Ptr{Float64}, length::Int64, log_density::Ptr{Float64},
        error::Ptr{finn_error})::finn_status
end

const finn_loss = Int32
# mean over rows and outputs of (f - y)^2
const FINN_LOSS_SQUARED_ERROR = Int32(0)
# mean of -log f; f >= 0
const FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD = Int32(1)
# mean of |f - y|
const FINN_LOSS_ABSOLUTE_ERROR = Int32(2)
# r = f - y: mean of r^2 / 2, linear where |r| > huber_delta
const FINN_LOSS_HUBER = Int32(3)
# f is the intensity of a point process and x its events: mean of -log f, plus the integral
# of f over the domain / poisson_events; f >= 0, no conditions, and an integral that is not
# fixed: no constraint, LEARNED, or BOUNDED
const FINN_LOSS_POISSON_PROCESS = Int32(4)
# of your own: finn_trainer_set_loss
const FINN_LOSS_CUSTOM = Int32(5)
# bins, rounded and censored rows: mean of -log of the mass of a row, whose variables are
# known or lie in intervals. A row of x has their lower ends, then conditions, and a row of
# y [variables] their upper ends; where both are the same the variable is known, and f is
# the density of these. Ends may be infinite, and what lies outside the domain is cut off;
# at most 6 intervals a row. f >= 0, one output, and a domain whose map takes one variable
# at a time where there are intervals
const FINN_LOSS_INTERVAL_LIKELIHOOD = Int32(6)

"""
What a loss compares with y.
"""
const finn_loss_of = Int32
# f
const FINN_LOSS_OF_INTEGRAND = Int32(0)
# F, as finn_antiderivative gives it: under positivity it grows with every variable of an
# mlp, which is monotone regression. Not for log likelihoods. Most fits want no constraint
const FINN_LOSS_OF_ANTIDERIVATIVE = Int32(1)

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
How a model is trained.
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
    # of the root mean square of the gradient; default 1e-8
    adam_epsilon::Float64
    loss::finn_loss
    schedule::finn_schedule
    # of shuffles, of the sampler's points and of the validation rows; default 0
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
    # L-BFGS: converged when no entry is larger than this share of the largest one at first;
    # default 1e-8
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
    # of the rows of a data set, in [0, 1); default -1: for a log likelihood under
    # conditions a tenth of 50 rows or more, at most 4096, else none
    validation_share::Float64
    # steps between validation checks; default 50
    validation_interval::Int64
    # checks without a new best before the fit ends; default 0: it does not
    patience::Int64
    # by how much a new best must be better; default 0
    min_delta::Float64
    # of a density fitted to rows, not with L-BFGS: how strongly few rows keep the normals
    # of a mixture wide, or are moved by noise under any other network; default 100; 0: not
    # at all
    width_prior::Float64
    # 1: a model that nothing has touched since finn_model_create takes its coordinates,
    # first parameters and the size of f from the first rows of the fit
    # (docs/INITIALISATION.md); default 1
    standardise::Int32
    # default FINN_LOSS_OF_INTEGRAND
    loss_of::finn_loss_of
end

"""
State of a training run: the optimiser's moments, the step, the random numbers, the losses,
the validation rows and the best parameters. It belongs to one model, which it keeps.
"""
mutable struct finn_trainer end

"""
What a progress callback gets after each step.
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
    # of the last validation check; NaN before the first
    validation_loss::Float64
end

"""
Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
does not know. Any thread.
"""
function finn_training_options_init(options, struct_size)
    @ccall $(pointers[136])(options::Ptr{finn_training_options},
        struct_size::UInt64)::finn_status
end

"""
A trainer of this model, which it keeps: the handle may be destroyed before it. options may
be NULL: the defaults.
"""
function finn_trainer_create(model, options, trainer, error)
    @ccall $(pointers[137])(model::Ptr{finn_model}, options::Ptr{finn_training_options},
        trainer::Ptr{Ptr{finn_trainer}}, error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_trainer_destroy(trainer)
    @ccall $(pointers[138])(trainer::Ptr{finn_trainer})::Cvoid
end

"""
The loss of FINN_LOSS_CUSTOM, to be set before a fit, in place of one that was set before;
no checkpoint keeps it. release may be NULL.
"""
function finn_trainer_set_loss(trainer, loss, user_data, release, error)
    @ccall $(pointers[139])(trainer::Ptr{finn_trainer}, loss::Ptr{Cvoid},
        user_data::Ptr{Cvoid}, release::Ptr{Cvoid}, error::Ptr{finn_error})::finn_status
end

"""
The numbers of a row of y that the loss of the options takes: the outputs of the model, its
variables under FINN_LOSS_INTERVAL_LIKELIHOOD, and 0 where it takes none. 0 for NULL. Any
thread.
"""
function finn_trainer_target_columns(trainer)
    @ccall $(pointers[140])(trainer::Ptr{finn_trainer})::Int32
end

"""
The validation rows, in place of a share of the data: x [rows][columns], y [rows][outputs]
(NULL where the loss takes none, other columns where finn_trainer_target_columns says so)
and weights [rows], which may be NULL. They are copied. Before the first step only.
"""
function finn_trainer_set_validation(trainer, x, y, weights, rows, error)
    @ccall $(pointers[141])(trainer::Ptr{finn_trainer}, x::Ptr{Float64}, y::Ptr{Float64},
        weights::Ptr{Float64}, rows::Int64, error::Ptr{finn_error})::finn_status
end

"""
Trains on rows of x [rows][columns] and y [rows][outputs]; y is NULL under
FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD and FINN_LOSS_POISSON_PROCESS, may be NULL under
FINN_LOSS_CUSTOM, and is [rows][variables] under FINN_LOSS_INTERVAL_LIKELIHOOD. Row i counts
weights[i] times: weights [rows], >= 0, may be NULL, as it has to be under FINN_LOSS_CUSTOM.
The loss is the mean of weight times loss, where weights are divided by their mean, so that
only their ratios count; not so under FINN_LOSS_POISSON_PROCESS, where a weight is a number
of events. Rows lie in the domain and are shuffled anew for each pass. Goes on from where
the trainer stands until the run is over (finn_trainer_outcome), with as many rows as at the
first call. progress may be NULL. A fit that the callback stopped goes on, in a further
call, to the same bits as if it had not been stopped. A step whose loss, gradient or update
is not finite ends the fit with FINN_ERROR_NOT_FINITE: parameters and optimiser are those of
the step before. With validation rows, the run ends with the parameters that were best on
them, which are running means over a hundred steps. A run that progress stopped has the
latest ones.
"""
function finn_trainer_fit_data(trainer, workspace, x, y, weights, rows, progress,
    progress_data, error)
    @ccall $(pointers[142])(trainer::Ptr{finn_trainer}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, y::Ptr{Float64}, weights::Ptr{Float64}, rows::Int64,
        progress::Ptr{Cvoid}, progress_data::Ptr{Cvoid},
        error::Ptr{finn_error})::finn_status
end

"""
Trains on mini-batches that a callback fills. progress may be NULL.
"""
function finn_trainer_fit_sampler(trainer, workspace, sampler, sampler_data, progress,
    progress_data, error)
    @ccall $(pointers[143])(trainer::Ptr{finn_trainer}, workspace::Ptr{finn_workspace},
        sampler::Ptr{Cvoid}, sampler_data::Ptr{Cvoid}, progress::Ptr{Cvoid},
        progress_data::Ptr{Cvoid}, error::Ptr{finn_error})::finn_status
end

const finn_file_format = Int32
# a line a row; docs/FILES.md says what is taken for a number and a name
const FINN_FILE_CSV = Int32(0)
# numbers of 64 bits and no more, least significant byte first
const FINN_FILE_FLOAT64 = Int32(1)
# the same of 32 bits
const FINN_FILE_FLOAT32 = Int32(2)

"""
Trains on rows from a file, which may be larger than memory: x [columns], then y as
finn_trainer_fit_data has it (of FINN_LOSS_CUSTOM [outputs]), then a weight if weighted is 1
and not 0. chosen [chosen_count] are the columns of a CSV file in that order, by name or
number from 1; it may be NULL for a count of 0: all columns as they stand. The same bits as
finn_trainer_fit_data with these rows. The file is read once to check it, before the first
step, and then row by row; 8 bytes of memory a row for the order of the rows, and 8 more for
a CSV file. Bad files give FINN_ERROR_FILE, FINN_ERROR_FORMAT or the status of the bad
number, in messages that name path, line (or row) and column, counted from 1. progress may
be NULL.
"""
function finn_trainer_fit_file(trainer, workspace, path, format, chosen, chosen_count,
    weighted, progress, progress_data, error)
    @ccall $(pointers[144])(trainer::Ptr{finn_trainer}, workspace::Ptr{finn_workspace},
        path::Cstring, format::finn_file_format, chosen::Ptr{Cstring}, chosen_count::Int32,
        weighted::Int32, progress::Ptr{Cvoid}, progress_data::Ptr{Cvoid},
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
# the progress callback stopped the last fit, which can go on
const FINN_OUTCOME_STOPPED = Int32(5)

"""
How the run stands, or ended; FINN_OUTCOME_UNFINISHED for NULL.
"""
function finn_trainer_outcome(trainer)
    @ccall $(pointers[145])(trainer::Ptr{finn_trainer})::finn_outcome
end

"""
The smallest loss of the validation rows, and after how many steps it was seen: 0, and an
infinite loss, when there was none. Either may be NULL.
"""
function finn_trainer_best(trainer, validation_loss, step, error)
    @ccall $(pointers[146])(trainer::Ptr{finn_trainer}, validation_loss::Ptr{Float64},
        step::Ptr{Int64}, error::Ptr{finn_error})::finn_status
end

"""
Steps done so far; 0 for NULL.
"""
function finn_trainer_steps(trainer)
    @ccall $(pointers[147])(trainer::Ptr{finn_trainer})::Int64
end

"""
Copies the loss of every step done into losses [length], length = finn_trainer_steps.
"""
function finn_trainer_history(trainer, losses, length, error)
    @ccall $(pointers[148])(trainer::Ptr{finn_trainer}, losses::Ptr{Float64}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
What finn_training_summary warns of; the numbers add up.
"""
const finn_warning = Int32
# f is only the floor, or 0 without one, at some rows
const FINN_WARNING_ROWS_AT_FLOOR = Int32(1)
# the integral is off its only bound by more than half of it
const FINN_WARNING_FAR_FROM_BOUND = Int32(2)
# the validation rows were best in the first half of the steps, and the rows trained on
# gained since
const FINN_WARNING_OVERFITTED = Int32(4)
# the last tenth of the steps lowered the loss by more than its noise, and by 1 % of what
# all of them did
const FINN_WARNING_STILL_FALLING = Int32(8)

"""
What happened in a run. Set struct_size.
"""
struct finn_training_summary
    struct_size::UInt64
    # done
    steps::Int64
    # of the last step, before its update; NaN without steps
    loss::Float64
    # the mean of the last 100 steps, or of all if fewer
    smoothed_loss::Float64
    # of the last check; NaN without one
    validation_loss::Float64
    # infinite without one
    best_validation_loss::Float64
    # after how many steps that was; 0 without one
    best_step::Int64
    # trained on, without validation rows; 0 with a sampler
    rows::Int64
    validation_rows::Int64
    # with a log likelihood: at these rows, at most 2048 of those trained on and 2048 of the
    # validation rows, f was computed
    rows_looked_at::Int64
    # of these, where the network adds less than 1 % to the floor
    rows_at_floor::Int64
    # share of the integral that is the floor: uniform_share
    floor_share::Float64
    # of f over the domain; NaN where every row has its own
    integral::Float64
    # the bound of the integral on one side; NaN where there is none
    bound::Float64
    # of which integral and bound are: the one farthest from its bound
    output::Int32
    outcome::finn_outcome
    # 1: x, conditions or f are counted in units that came from rows
    has_standards::Int32
    # a sum of finn_warning
    warnings::Int32
end

"""
Writes what happened into *summary, whose struct_size is set by the caller. It tells of the
model as it is now, and looks at some rows, which takes as long as a few steps. A trainer
that was loaded tells of the whole run, but of rows trained on it has none to look at until
a fit was called with them; that may be after the run is over. FINN_ERROR_INTEGRAL where the
model cannot be normalised. Trainer and workspace serve one thread at a time.
"""
function finn_trainer_summary(trainer, workspace, summary, error)
    @long_call $(pointers[149])(trainer::Ptr{finn_trainer}, workspace::Ptr{finn_workspace},
        summary::Ptr{finn_training_summary}, error::Ptr{finn_error})::finn_status
end

"""
Writes a summary as a few lines, of which those that warn begin with "warning: ", into text
[capacity] with a terminating 0, and the bytes that they take with that 0 into *size, which
may be NULL. text may be NULL: only the size. Any thread.
"""
function finn_trainer_summary_text(summary, text, capacity, size, error)
    @ccall $(pointers[150])(summary::Ptr{finn_training_summary}, text::Ptr{UInt8},
        capacity::Int64, size::Ptr{Int64}, error::Ptr{finn_error})::finn_status
end

"""
As finn_model_save and finn_model_save_bytes.
"""
function finn_trainer_save(trainer, path, error)
    @long_call $(pointers[151])(trainer::Ptr{finn_trainer}, path::Cstring,
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_trainer_save`.
"""
function finn_trainer_save_bytes(trainer, buffer, capacity, size, error)
    @ccall $(pointers[152])(trainer::Ptr{finn_trainer}, buffer::Ptr{Cvoid}, capacity::Int64,
        size::Ptr{Int64}, error::Ptr{finn_error})::finn_status
end

"""
A trainer of model, which gets the parameters of the checkpoint. FINN_ERROR_SIZE when the
checkpoint is one of another model: the message names the field that differs. When it fails
the model is as it was.
"""
function finn_trainer_load(model, path, trainer, error)
    @long_call $(pointers[153])(model::Ptr{finn_model}, path::Cstring,
        trainer::Ptr{Ptr{finn_trainer}}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_trainer_load`.
"""
function finn_trainer_load_bytes(model, bytes, size, trainer, error)
    @ccall $(pointers[154])(model::Ptr{finn_model}, bytes::Ptr{Cvoid}, size::Int64,
        trainer::Ptr{Ptr{finn_trainer}}, error::Ptr{finn_error})::finn_status
end

"""
A density of many variables as a chain of conditionals, f(x | c) = prod_i f_i(x_i | c, x_1
.. x_(i-1)): each link is a FINN in one variable, whose integral is 1 whatever stands before
it, so that f is normalised exactly, every conditional cdf is exact, and samples come one
variable after the other. It is what to take for tables of three and more variables that
hang together; n is 1 .. FINN_MAX_MIXTURE_VARIABLES, and the order of the variables is that
of the columns. docs/CHAINS.md.

A link begins as the linear regression on the variables before it. Rows that are held out
choose which form it takes: the conditional of a mixture of normals with full covariances, a
mixture around the regression, or one whose centres and weights a network of the variables
before it moves, or these side by side. The simpler form stays where the other one is not
better by more than chance.
"""
mutable struct finn_chain end

"""
How a chain is fitted.
"""
struct finn_chain_options
    struct_size::UInt64
    # of each link; default 3000
    steps::Int64
    # rows of a step; default 256
    batch::Int64
    # default 0.003
    learning_rate::Float64
    # of the rows, held out, in (0, 1); default 0.1
    validation_share::Float64
    # default 0
    seed::UInt64
    # of the mixture of a link; default 64
    components::Int32
    # of each of them; default 1
    normals_per_axis::Int32
    # normals with full covariances, at most; 0: none are tried; default 16
    linear_components::Int32
    # of the network of what stands before; default 2
    hidden_layers::Int32
    # of each of them; default 64
    widths::NTuple{Int(FINN_MAX_HIDDEN_LAYERS),Int32}
    # of the networks in training; default FINN_FLOAT64
    precision::finn_precision
    # 0
    reserved::Int32
end

"""
Writes the defaults. FINN_ERROR_NULL for NULL, FINN_ERROR_SIZE for a size that the library
does not know. Any thread.
"""
function finn_chain_options_init(options, struct_size)
    @ccall $(pointers[155])(options::Ptr{finn_chain_options},
        struct_size::UInt64)::finn_status
end

"""
A chain without links, of which finn_chain_fit_data makes one with them. conditions is 0 or
more, 1024 at most. lower and upper [variables], each lower below its upper, are the limits
of the variables, which may be infinite and hold exactly; both may be NULL: no limits.
options may be NULL: the defaults. Any thread.
"""
function finn_chain_create(variables, conditions, lower, upper, options, chain, error)
    @ccall $(pointers[156])(variables::Int32, conditions::Int32, lower::Ptr{Float64},
        upper::Ptr{Float64}, options::Ptr{finn_chain_options}, chain::Ptr{Ptr{finn_chain}},
        error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_chain_destroy(chain)
    @ccall $(pointers[157])(chain::Ptr{finn_chain})::Cvoid
end

"""
Fits the links that are missing to rows of x [rows][variables + conditions], of which row i
counts weights[i] times: weights [rows], >= 0, may be NULL. The steps of progress, which may
be NULL, are those of all links. Where progress stops it the links that are done stay, and a
further call with the same rows goes on to the same bits. One thread at a time.
"""
function finn_chain_fit_data(chain, workspace, x, weights, rows, progress, progress_data,
    error)
    @ccall $(pointers[158])(chain::Ptr{finn_chain}, workspace::Ptr{finn_workspace},
        x::Ptr{Float64}, weights::Ptr{Float64}, rows::Int64, progress::Ptr{Cvoid},
        progress_data::Ptr{Cvoid}, error::Ptr{finn_error})::finn_status
end

"""
The variables, the conditions, and how many links are fitted; 0 for NULL. Not during a fit.
"""
function finn_chain_variables(chain)
    @ccall $(pointers[159])(chain::Ptr{finn_chain})::Int32
end

"""
See `finn_chain_variables`.
"""
function finn_chain_conditions(chain)
    @ccall $(pointers[160])(chain::Ptr{finn_chain})::Int32
end

"""
See `finn_chain_variables`.
"""
function finn_chain_links(chain)
    @ccall $(pointers[161])(chain::Ptr{finn_chain})::Int32
end

"""
Copies the options into *options, whose struct_size is set by the caller.
"""
function finn_chain_get_options(chain, options, error)
    @ccall $(pointers[162])(chain::Ptr{finn_chain}, options::Ptr{finn_chain_options},
        error::Ptr{finn_error})::finn_status
end

"""
What a link is.
"""
const finn_link_form = Int32
# the conditional of a mixture of normals with full covariances
const FINN_LINK_LINEAR = Int32(0)
# a mixture of normals around a linear regression
const FINN_LINK_RESIDUAL = Int32(1)
# the same under a network of the variables before it
const FINN_LINK_NETWORK = Int32(2)
# these side by side, each with a share
const FINN_LINK_STACKED = Int32(3)

"""
Writes the form of a fitted link, counted from 0, into *form, and the mean log likelihoods
of the rows held out under each of the first three, in the order of finn_link_form, into
log_likelihoods [3]: NaN of one that was not tried; may be NULL. Not during a fit.
"""
function finn_chain_link(chain, link, form, log_likelihoods, error)
    @ccall $(pointers[163])(chain::Ptr{finn_chain}, link::Int32, form::Ptr{finn_link_form},
        log_likelihoods::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
The distribution of a chain whose links are all fitted, a snapshot as that of a model. It
has density, cdf, probability, quantile, Rosenblatt transform, samples, moments,
expectation, entropy and density level; FINN_ERROR_ARGUMENT for the others. Its marginals
are those of the first variables, and given are first variables too. Cdfs and probabilities
of one variable are exact; of more, as moments, they are quasi-random sums over the chain,
whose error_estimate is the standard error. Not during a fit.
"""
function finn_chain_distribution(chain, distribution, error)
    @ccall $(pointers[164])(chain::Ptr{finn_chain},
        distribution::Ptr{Ptr{finn_distribution}}, error::Ptr{finn_error})::finn_status
end

"""
As finn_model_save and so on; docs/FILES.md. A chain of which links are missing is a
checkpoint: a fit goes on after the last one that is there.
"""
function finn_chain_save(chain, path, error)
    @long_call $(pointers[165])(chain::Ptr{finn_chain}, path::Cstring,
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_chain_save`.
"""
function finn_chain_load(path, chain, error)
    @long_call $(pointers[166])(path::Cstring, chain::Ptr{Ptr{finn_chain}},
        error::Ptr{finn_error})::finn_status
end

"""
See `finn_chain_save`.
"""
function finn_chain_save_bytes(chain, buffer, capacity, size, error)
    @ccall $(pointers[167])(chain::Ptr{finn_chain}, buffer::Ptr{Cvoid}, capacity::Int64,
        size::Ptr{Int64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_chain_save`.
"""
function finn_chain_load_bytes(bytes, size, chain, error)
    @ccall $(pointers[168])(bytes::Ptr{Cvoid}, size::Int64, chain::Ptr{Ptr{finn_chain}},
        error::Ptr{finn_error})::finn_status
end

"""
The numbers of a CSV file in memory, with the names of its columns; docs/FILES.md. Any
number of threads may read it.
"""
mutable struct finn_table end

"""
chosen [chosen_count] are the columns wanted in that order, by name or number from 1; it may
be NULL for a count of 0: all columns as they stand. Only columns wanted have to be numbers.
Missing values are refused with their line.
"""
function finn_table_read(path, chosen, chosen_count, table, error)
    @long_call $(pointers[169])(path::Cstring, chosen::Ptr{Cstring}, chosen_count::Int32,
        table::Ptr{Ptr{finn_table}}, error::Ptr{finn_error})::finn_status
end

"""
Releases the handle; does nothing with NULL.
"""
function finn_table_destroy(table)
    @ccall $(pointers[170])(table::Ptr{finn_table})::Cvoid
end

"""
0 for NULL.
"""
function finn_table_rows(table)
    @ccall $(pointers[171])(table::Ptr{finn_table})::Int64
end

"""
See `finn_table_rows`.
"""
function finn_table_columns(table)
    @ccall $(pointers[172])(table::Ptr{finn_table})::Int32
end

"""
The name of a column, counted from 0; "" when it has none or there is no such column. It
lives as long as the table.
"""
function finn_table_name(table, column)
    @ccall $(pointers[173])(table::Ptr{finn_table}, column::Int32)::Cstring
end

"""
Copies the numbers into values [rows][columns].
"""
function finn_table_values(table, values, length, error)
    @ccall $(pointers[174])(table::Ptr{finn_table}, values::Ptr{Float64}, length::Int64,
        error::Ptr{finn_error})::finn_status
end

"""
values [count][length]: values[k * length + i] = sigma_(order - k)(x[i]). order is 1 .. 8,
count at least 1, order - count + 1 >= -8, length >= 0. values must not overlap x.
"""
function finn_sigma_f64(order, count, x, length, values, error)
    @long_call $(pointers[175])(order::Int32, count::Int32, x::Ptr{Float64}, length::Int64,
        values::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_sigma_f64`.
"""
function finn_sigma_f32(order, count, x, length, values, error)
    @long_call $(pointers[176])(order::Int32, count::Int32, x::Ptr{Float32}, length::Int64,
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
    @long_call $(pointers[177])(order::Int32, x::Ptr{Float64}, length::Int64,
        logs::Ptr{Float64}, slopes::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_log_sigma_f64`.
"""
function finn_log_sigma_f32(order, x, length, logs, slopes, error)
    @long_call $(pointers[178])(order::Int32, x::Ptr{Float32}, length::Int64,
        logs::Ptr{Float32}, slopes::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

"""
Repeated integrals of erfc (DLMF 7.18): values [count][length], values[k * length + i] =
i^(order - k)erfc(z[i]) = 2 sigma_(order - k + 1)(-z[i]). order is 0 .. 7, down to
i^-1erfc(z) = 2 exp(-z^2) / sqrt(pi): 1 <= count <= order + 2. Errors as those of sigma.
"""
function finn_repeated_erfc_f64(order, count, z, length, values, error)
    @long_call $(pointers[179])(order::Int32, count::Int32, z::Ptr{Float64}, length::Int64,
        values::Ptr{Float64}, error::Ptr{finn_error})::finn_status
end

"""
See `finn_repeated_erfc_f64`.
"""
function finn_repeated_erfc_f32(order, count, z, length, values, error)
    @long_call $(pointers[180])(order::Int32, count::Int32, z::Ptr{Float32}, length::Int64,
        values::Ptr{Float32}, error::Ptr{finn_error})::finn_status
end

const finn_status_values = (ok = FINN_OK, error_null = FINN_ERROR_NULL,
    error_argument = FINN_ERROR_ARGUMENT, error_size = FINN_ERROR_SIZE,
    error_not_finite = FINN_ERROR_NOT_FINITE, error_integral = FINN_ERROR_INTEGRAL,
    error_memory = FINN_ERROR_MEMORY, error_callback = FINN_ERROR_CALLBACK,
    error_internal = FINN_ERROR_INTERNAL, error_file = FINN_ERROR_FILE,
    error_format = FINN_ERROR_FORMAT)
const finn_options_kind_values = (mixture = FINN_OPTIONS_MIXTURE, mlp = FINN_OPTIONS_MLP,
    constraint = FINN_OPTIONS_CONSTRAINT, conditioning = FINN_OPTIONS_CONDITIONING,
    training = FINN_OPTIONS_TRAINING, chain = FINN_OPTIONS_CHAIN)
const finn_option_type_values = (integer = FINN_OPTION_INTEGER, number = FINN_OPTION_NUMBER,
    flag = FINN_OPTION_FLAG, choice = FINN_OPTION_CHOICE, integers = FINN_OPTION_INTEGERS)
const finn_tail_values = (gaussian = FINN_TAIL_GAUSSIAN,
    exponential = FINN_TAIL_EXPONENTIAL, rational = FINN_TAIL_RATIONAL)
const finn_direction_values = (upward = FINN_UPWARD, downward = FINN_DOWNWARD)
const finn_network_form_values = (mixture = FINN_NETWORK_MIXTURE, mlp = FINN_NETWORK_MLP)
const finn_positivity_values = (none = FINN_POSITIVITY_NONE, abs = FINN_POSITIVITY_ABS,
    softplus = FINN_POSITIVITY_SOFTPLUS, square = FINN_POSITIVITY_SQUARE,
    exp = FINN_POSITIVITY_EXP)
const finn_activation_values = (auto = FINN_ACTIVATION_AUTO, sigma = FINN_ACTIVATION_SIGMA,
    tanh = FINN_ACTIVATION_TANH, softplus = FINN_ACTIVATION_SOFTPLUS,
    sine = FINN_ACTIVATION_SINE)
const finn_sharing_values = (trunk = FINN_SHARING_TRUNK, none = FINN_SHARING_NONE)
const finn_input_scaling_values = (standard = FINN_INPUT_SCALING_STANDARD,
    none = FINN_INPUT_SCALING_NONE)
const finn_constraint_form_values = (none = FINN_CONSTRAINT_NONE,
    equal = FINN_CONSTRAINT_EQUAL, bounded = FINN_CONSTRAINT_BOUNDED,
    learned = FINN_CONSTRAINT_LEARNED, per_row = FINN_CONSTRAINT_PER_ROW,
    linear = FINN_CONSTRAINT_LINEAR)
const finn_method_values = (scale = FINN_METHOD_SCALE, shift = FINN_METHOD_SHIFT)
const finn_bound_values = (equal = FINN_BOUND_EQUAL, at_most = FINN_BOUND_AT_MOST,
    at_least = FINN_BOUND_AT_LEAST)
const finn_transition_values = (clip = FINN_TRANSITION_CLIP,
    smooth = FINN_TRANSITION_SMOOTH, learned = FINN_TRANSITION_LEARNED)
const finn_conditioning_form_values = (none = FINN_CONDITIONING_NONE,
    film = FINN_CONDITIONING_FILM, hypernetwork = FINN_CONDITIONING_HYPERNETWORK,
    inputs = FINN_CONDITIONING_INPUTS)
const finn_precision_values = (float64 = FINN_FLOAT64, float32 = FINN_FLOAT32)
const finn_limits_values = (x = FINN_LIMITS_X, u = FINN_LIMITS_U)
const finn_loss_values = (squared_error = FINN_LOSS_SQUARED_ERROR,
    negative_log_likelihood = FINN_LOSS_NEGATIVE_LOG_LIKELIHOOD,
    absolute_error = FINN_LOSS_ABSOLUTE_ERROR, huber = FINN_LOSS_HUBER,
    poisson_process = FINN_LOSS_POISSON_PROCESS, custom = FINN_LOSS_CUSTOM,
    interval_likelihood = FINN_LOSS_INTERVAL_LIKELIHOOD)
const finn_loss_of_values = (integrand = FINN_LOSS_OF_INTEGRAND,
    antiderivative = FINN_LOSS_OF_ANTIDERIVATIVE)
const finn_schedule_values = (cosine = FINN_SCHEDULE_COSINE,
    constant = FINN_SCHEDULE_CONSTANT, linear = FINN_SCHEDULE_LINEAR,
    step = FINN_SCHEDULE_STEP, exponential = FINN_SCHEDULE_EXPONENTIAL,
    one_cycle = FINN_SCHEDULE_ONE_CYCLE)
const finn_optimiser_values = (adam = FINN_OPTIMISER_ADAM, adamw = FINN_OPTIMISER_ADAMW,
    sgd = FINN_OPTIMISER_SGD, lbfgs = FINN_OPTIMISER_LBFGS)
const finn_file_format_values = (csv = FINN_FILE_CSV, float64 = FINN_FILE_FLOAT64,
    float32 = FINN_FILE_FLOAT32)
const finn_outcome_values = (unfinished = FINN_OUTCOME_UNFINISHED,
    steps_done = FINN_OUTCOME_STEPS_DONE, early_stopped = FINN_OUTCOME_EARLY_STOPPED,
    converged = FINN_OUTCOME_CONVERGED, stalled = FINN_OUTCOME_STALLED,
    stopped = FINN_OUTCOME_STOPPED)
const finn_warning_values = (rows_at_floor = FINN_WARNING_ROWS_AT_FLOOR,
    far_from_bound = FINN_WARNING_FAR_FROM_BOUND, overfitted = FINN_WARNING_OVERFITTED,
    still_falling = FINN_WARNING_STILL_FALLING)
const finn_link_form_values = (linear = FINN_LINK_LINEAR, residual = FINN_LINK_RESIDUAL,
    network = FINN_LINK_NETWORK, stacked = FINN_LINK_STACKED)
