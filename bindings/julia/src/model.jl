# Models: what they are made of, and their sizes.

"""
    Model(lower, upper; options...)
    Model(domain; options...)

A network F on the box `[lower, upper]`, or on a [`Domain`](@ref), whose full mixed partial f has a
fixed integral, with freshly drawn parameters.

- `epsilon = nothing`: the integral of each output over the domain, a number or one for each output;
  1 by default
- `outputs`: as many as `epsilon` has; 1 by default
- `head = :auto`: `:product`, a sum of products of increasing functions, for 1 .. 64 variables;
  `:mlp`, the layers of the paper, for 1 .. 8; `:auto` is the product unless an option asks for what
  only layers have
- `precision = Float64`: the type in which it computes, or `Float32`
- `positivity = :auto`: `:none`, `:abs`, `:softplus`, `:square` or `:exp`; `:exp` of the product,
  `:abs` of layers
- `constraint = :auto`: `:auto`, `:none`, `:scale`, `:shift` or `:projection`
- `bound = :equal`: what the integral has to be, with scale and shift; `:at_most`, `:at_least`, or
  `:between`, with `lower_epsilon`, a number or one for each output
- `approach = :hard`: how it follows that of the network; `:smooth`, or `:learned`: by itself
- `softness = 0`: how far from a bound a smooth shift feels it; 0 is 1
- `linear_constraints = ()`, of the projection: each `(value = 0.5, lower = [0, 0], upper = [1, 1],
  powers = [1, 0])`, the integral over a sub-box of a product of powers of the variables times f;
  without `lower` and `upper` the whole domain, without `powers` the integral of f
- `floor = 0`: the share of epsilon that is spread evenly, in [0, 1)
- `coordinates = :standard`: or `:raw`
- `sharing = :trunk`: outputs are sums over the same units or terms; or `:none`
- `seed = 0`: of the initial parameters

Of what a column of points holds beside x, in this order:

- `conditions = 0`: the number of conditions c of f(x | c)
- `conditioning = :auto`: `:modulation`, the default, `:hypernetwork` or `:inputs`
- `condition_range = nothing`: `(lower, upper)` of the conditions, by which they are standardised,
  no limit; [-1, 1] by default
- `condition_widths = nothing`: of the hidden layers of the network of c; two of 32 by default
- `sample_epsilon = false`: whether epsilon belongs to the sample, one for each output

Of layers only:

- `widths = nothing`: of the hidden layers; two of 32 by default
- `activation = :auto`: `:auto`, `:sigma`, `:tanh`, `:softplus` or `:sine`
- `last_layer = :linear`: or `:sigma`
- `patterns = 0`: of signs, each with hidden layers of its own; 0 is 1
- `read_out = :last`: or `:dense`, a sum over all hidden layers

Of the product only:

- `terms = 0`: of the sum; 0 is 64
- `steps = 0`: in each factor of a term, at most 64; 0 is 4

`copy(model)` shares nothing with the original.
"""
mutable struct Model
    handle::Ptr{C.finn_model}

    # The functions that its domain may call, which must live as long as it does.
    functions::Vector{Any}

    Model(handle::Ptr{C.finn_model}, functions) =
        own!(new(handle, functions), C.finn_model_destroy)
end

function Model(lower::AbstractVector{<:Real}, upper::AbstractVector{<:Real}; options...)
    length(lower) == length(upper) || wrong_size("upper", size(upper), size(lower))
    limits = (vector(lower), vector(upper))
    GC.@preserve limits begin
        place = (variables = length(lower), lower = pointer(limits[1]), upper = pointer(limits[2]))
        return Model(create_model(place; options...), Any[])
    end
end

function Model(domain::Domain; options...)
    GC.@preserve domain begin
        place = (variables = variables(domain), domain = domain.handle)
        return Model(create_model(place; options...), domain.functions)
    end
end

# A handle made of the fields that say where the model lives and of the options of `Model`.
function create_model(place; epsilon = nothing, outputs = epsilon === nothing ? 1 : length(epsilon),
        widths = nothing, precision::Type = Float64, head = :auto, positivity = :auto,
        activation = :auto, last_layer = :linear, constraint = :auto, floor = 0,
        coordinates = :standard, read_out = :last, sharing = :trunk, bound = :equal,
        approach = :hard, lower_epsilon = nothing, linear_constraints = (), conditions = 0,
        conditioning = :auto, condition_range = nothing, condition_widths = nothing,
        sample_epsilon::Bool = false, fields...)
    precision in (Float64, Float32) ||
        throw(ArgumentError("precision: $precision given, Float64 or Float32 expected"))
    all(name in (:softness, :patterns, :terms, :steps, :seed) for name in keys(fields)) ||
        throw(ArgumentError("$(first(keys(fields))) is no option"))
    integrals, lower_integrals = optional_vector("epsilon", epsilon, outputs),
        optional_vector("lower_epsilon", lower_epsilon, outputs)
    range = condition_range === nothing ? (nothing, nothing) : condition_range
    limits = map(values -> optional_vector("condition_range", values, conditions), Tuple(range))
    layers, condition_layers = optional_widths(widths), optional_widths(condition_widths)
    linear = [LinearArrays(each, place.variables, outputs) for each in linear_constraints]
    views = map(C.finn_linear_constraint, linear)
    made = Ref{Ptr{C.finn_model}}(C_NULL)
    GC.@preserve integrals lower_integrals limits layers condition_layers linear views begin
        options = Ref(changed(initialised(C.finn_model_options);
            outputs = outputs, widths = pointer_or_null(layers), hidden_layers = count_of(layers),
            precision = precision === Float64 ? C.FINN_FLOAT64 : C.FINN_FLOAT32,
            head = enumerator(C.finn_head_values, head, "head"),
            positivity = enumerator(C.finn_positivity_values, positivity, "positivity"),
            activation = enumerator(C.finn_activation_values, activation, "activation"),
            last_layer = enumerator(C.finn_last_layer_values, last_layer, "last_layer"),
            constraint = enumerator(C.finn_constraint_values, constraint, "constraint"),
            epsilon = pointer_or_null(integrals), floor = floor,
            coordinates = enumerator(C.finn_coordinates_values, coordinates, "coordinates"),
            read_out = enumerator(C.finn_read_out_values, read_out, "read_out"),
            sharing = enumerator(C.finn_sharing_values, sharing, "sharing"),
            bound = enumerator(C.finn_bound_values, bound, "bound"),
            approach = enumerator(C.finn_approach_values, approach, "approach"),
            lower_epsilon = pointer_or_null(lower_integrals),
            linear_constraints = isempty(views) ? C_NULL : pointer(views),
            linear_constraint_count = length(views), sample_epsilon = sample_epsilon,
            conditions = conditions,
            conditioning = enumerator(C.finn_conditioning_values, conditioning, "conditioning"),
            condition_lower = pointer_or_null(limits[1]),
            condition_upper = pointer_or_null(limits[2]),
            condition_widths = pointer_or_null(condition_layers),
            condition_layers = count_of(condition_layers), fields..., place...))
        status_of(error -> C.finn_model_create(options, made, error))
    end
    return made[]
end

Base.unsafe_convert(::Type{Ptr{C.finn_model}}, model::Model) = model.handle

function Base.copy(model::Model)
    made = Ref{Ptr{C.finn_model}}(C_NULL)
    status_of(error -> C.finn_model_clone(model, made, error))
    return Model(made[], model.functions)
end

"""
    variables(model), columns(model), outputs(model), parameter_count(model)

The dimensions of x; the numbers of a point, which are more where there are conditions or epsilons
of the sample; the number of outputs; the length of the flat parameter vector.
"""
variables(model::Model) = Int(C.finn_model_variables(model))
columns(model::Model) = Int(C.finn_model_columns(model))
outputs(model::Model) = Int(C.finn_model_outputs(model))
parameter_count(model::Model) = Int(C.finn_model_parameter_count(model))

function Base.show(io::IO, model::Model)
    print(io, "Model(", variables(model), " variables, ", outputs(model), " outputs, ",
        parameter_count(model), " parameters)")
end
