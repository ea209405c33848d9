# Models and workspaces: owned handles, options, parameters.

# Finalizers run at any time on any thread: they call the library, which neither throws nor waits.
function own!(object, destroy)
    return finalizer(object) do owner
        destroy(owner.handle)
        owner.handle = C_NULL
    end
end

"""
    Workspace(threads = 0)

Scratch memory of an evaluation, which grows at first use. `threads` is how many threads a call may
use: 0 for one per processor, at most 1024; results are the same bits for every number. Serves any
model, one task at a time.
"""
mutable struct Workspace
    handle::Ptr{C.finn_workspace}

    function Workspace(threads::Integer = 0)
        made = Ref{Ptr{C.finn_workspace}}(C_NULL)
        status_of(error -> C.finn_workspace_create(threads, made, error))
        return own!(new(made[]), C.finn_workspace_destroy)
    end
end

Base.unsafe_convert(::Type{Ptr{C.finn_workspace}}, workspace::Workspace) = workspace.handle

# The number of an option in finn.h.
function enumerator(table, chosen, name)
    haskey(table, chosen) && return table[chosen]
    expected = join(map(repr, keys(table)), ", ")
    throw(ArgumentError("$name: $(repr(chosen)) given, one of $expected expected"))
end

# The defaults of a struct that the library fills.
function initialised(::Type{T}, init) where {T}
    options = Ref{T}()
    init(options)
    return options[]
end

# The same struct with some fields changed.
function changed(options::T; fields...) where {T}
    value_of(name) = haskey(fields, name) ? fields[name] : getfield(options, name)
    return T(map(value_of, fieldnames(T))...)
end

"""
    Model(lower, upper; options...)

A network F on the box `[lower, upper]`, whose full mixed partial f has a fixed integral, with
freshly drawn parameters.

- `epsilon = nothing`: the integral of each output over the domain, a number or one for each output;
  1 by default
- `outputs`: as many as `epsilon` has; 1 by default
- `widths = nothing`: of the hidden layers; two of 32 by default
- `precision = Float64`: the type in which it computes, or `Float32`
- `positivity = :abs`: `:none`, `:abs`, `:softplus`, `:square` or `:exp`
- `activation = :auto`: `:auto`, `:sigma` or `:tanh`
- `last_layer = :linear`: or `:sigma`
- `constraint = :auto`: `:auto`, `:none`, `:scale` or `:shift`
- `floor = 0`: the share of epsilon that is spread evenly, in [0, 1)
- `coordinates = :standard`: or `:raw`
- `seed = 0`: of the initial parameters

`copy(model)` shares nothing with the original.
"""
mutable struct Model
    handle::Ptr{C.finn_model}

    Model(handle::Ptr{C.finn_model}) = own!(new(handle), C.finn_model_destroy)
end

function Model(lower::AbstractVector{<:Real}, upper::AbstractVector{<:Real};
        epsilon = nothing, outputs = epsilon === nothing ? 1 : length(epsilon), widths = nothing,
        precision::Type = Float64, positivity = :abs, activation = :auto, last_layer = :linear,
        constraint = :auto, floor = 0, coordinates = :standard, seed = 0)
    length(lower) == length(upper) || wrong_size("upper", size(upper), size(lower))
    epsilon === nothing || length(epsilon) == outputs ||
        wrong_size("epsilon", (length(epsilon),), (outputs,))
    precision in (Float64, Float32) ||
        throw(ArgumentError("precision: $precision given, Float64 or Float32 expected"))
    limits = (vector(lower), vector(upper))
    integrals = epsilon === nothing ? nothing : vector(vcat(epsilon...))
    layers = widths === nothing ? nothing : Int32[width for width in widths]
    pointer_or_null(values) = values === nothing ? C_NULL : pointer(values)
    made = Ref{Ptr{C.finn_model}}(C_NULL)
    GC.@preserve limits integrals layers begin
        options = Ref(changed(initialised(C.finn_model_options, C.finn_model_options_init);
            variables = length(lower), outputs = outputs, lower = pointer(limits[1]),
            upper = pointer(limits[2]), widths = pointer_or_null(layers),
            hidden_layers = layers === nothing ? 0 : length(layers),
            precision = precision === Float64 ? C.FINN_FLOAT64 : C.FINN_FLOAT32,
            positivity = enumerator(C.finn_positivity_values, positivity, "positivity"),
            activation = enumerator(C.finn_activation_values, activation, "activation"),
            last_layer = enumerator(C.finn_last_layer_values, last_layer, "last_layer"),
            constraint = enumerator(C.finn_constraint_values, constraint, "constraint"),
            epsilon = pointer_or_null(integrals), floor = floor,
            coordinates = enumerator(C.finn_coordinates_values, coordinates, "coordinates"),
            seed = seed))
        status_of(error -> C.finn_model_create(options, made, error))
    end
    return Model(made[])
end

Base.unsafe_convert(::Type{Ptr{C.finn_model}}, model::Model) = model.handle

function Base.copy(model::Model)
    made = Ref{Ptr{C.finn_model}}(C_NULL)
    status_of(error -> C.finn_model_clone(model, made, error))
    return Model(made[])
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

"""
    parameters!(values, model) -> values
    parameters(model, T = Float64)

The free parameters. Layer by layer: weights, with the inputs of an output beside each other, then
biases.
"""
function parameters!(values::AbstractVector{T}, model::Model) where {T<:Real64or32}
    require_length("parameters", values, parameter_count(model))
    checked(error -> get_parameters(model, values, length(values), error))
    return values
end

parameters(model::Model, ::Type{T} = Float64) where {T<:Real64or32} =
    parameters!(Vector{T}(undef, parameter_count(model)), model)

get_parameters(model, values::AbstractVector{Float64}, length, error) =
    C.finn_model_get_parameters_f64(model, values, length, error)
get_parameters(model, values::AbstractVector{Float32}, length, error) =
    C.finn_model_get_parameters_f32(model, values, length, error)

"""
    set_parameters!(model, values) -> model

Sets the free parameters, which must be finite; a failure leaves the model as it was. Parameters
whose integral cannot be normalised may be set: the next query says so.
"""
function set_parameters!(model::Model, values::AbstractVector{<:Real64or32})
    require_length("parameters", values, parameter_count(model))
    checked(error -> put_parameters(model, values, length(values), error))
    return model
end

put_parameters(model, values::AbstractVector{Float64}, length, error) =
    C.finn_model_set_parameters_f64(model, values, length, error)
put_parameters(model, values::AbstractVector{Float32}, length, error) =
    C.finn_model_set_parameters_f32(model, values, length, error)
