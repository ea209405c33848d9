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
- `constraint = :auto`: `:auto`, `:none`, `:scale` or `:shift`
- `floor = 0`: the share of epsilon that is spread evenly, in [0, 1)
- `coordinates = :standard`: or `:raw`
- `sharing = :trunk`: outputs are sums over the same units or terms; or `:none`
- `seed = 0`: of the initial parameters

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
        coordinates = :standard, read_out = :last, sharing = :trunk, patterns = 0, terms = 0,
        steps = 0, seed = 0)
    epsilon === nothing || length(epsilon) == outputs ||
        wrong_size("epsilon", (length(epsilon),), (outputs,))
    precision in (Float64, Float32) ||
        throw(ArgumentError("precision: $precision given, Float64 or Float32 expected"))
    integrals = epsilon === nothing ? nothing : vector(vcat(epsilon...))
    layers = widths === nothing ? nothing : Int32[width for width in widths]
    made = Ref{Ptr{C.finn_model}}(C_NULL)
    GC.@preserve integrals layers begin
        options = Ref(changed(initialised(C.finn_model_options);
            outputs = outputs, widths = pointer_or_null(layers),
            hidden_layers = layers === nothing ? 0 : length(layers),
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
            patterns = patterns, terms = terms, steps = steps, seed = seed, place...))
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
    variables(model), outputs(model), parameter_count(model)

The dimensions of x, the number of outputs, the length of the flat parameter vector.
"""
variables(model::Model) = Int(C.finn_model_variables(model))
outputs(model::Model) = Int(C.finn_model_outputs(model))
parameter_count(model::Model) = Int(C.finn_model_parameter_count(model))

function Base.show(io::IO, model::Model)
    print(io, "Model(", variables(model), " variables, ", outputs(model), " outputs, ",
        parameter_count(model), " parameters)")
end
