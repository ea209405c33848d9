# Models: parts put together, and what can be asked back from one.

"""
    Model(network, domain; constraint = nothing, conditioning = nothing, precision = Float64,
          seed = 0)

A network on a domain with freshly drawn parameters, which `seed` decides. Without a
[`Constraint`](@ref) the integral of each output is 1: by scaling for a positive network, by
shifting otherwise. Without a [`Conditioning`](@ref) f has no conditions. `precision` is the type in
which the model computes, or `Float32`.

`network`, `domain`, `constraint`, `conditioning` and `precision` of a model give back its parts,
`describe` says all of them, `copy(model)` shares nothing with the original that can change.
"""
mutable struct Model
    handle::Ptr{C.finn_model}

    # The functions that its domain may call, which must live as long as it does.
    functions::Vector{Any}

    Model(handle::Ptr{C.finn_model}, functions) =
        own!(new(handle, functions), C.finn_model_destroy)
end

precision_of(::Type{Float64}) = C.FINN_FLOAT64
precision_of(::Type{Float32}) = C.FINN_FLOAT32
precision_of(type) = throw(ArgumentError("precision: $type given, Float64 or Float32 expected"))

function Model(network::Network, domain::Domain; constraint::Union{Nothing,Constraint} = nothing,
        conditioning::Union{Nothing,Conditioning} = nothing, precision = Float64, seed = 0)
    number = precision_of(precision)
    handle = handle_of(C.finn_model) do made, error
        C.finn_model_create(network, domain, or_null(constraint), or_null(conditioning), number,
            seed, made, error)
    end
    return Model(handle, domain.functions)
end

Base.unsafe_convert(::Type{Ptr{C.finn_model}}, model::Model) = model.handle

function Base.copy(model::Model)
    handle = handle_of(C.finn_model) do made, error
        C.finn_model_clone(model, made, error)
    end
    return Model(handle, model.functions)
end

# A part of a model, which call(model, made, error) makes.
part_of(call, ::Type{T}, model) where {T} =
    handle_of((made, error) -> call(model, made, error), T)

"""
    network(model), domain(model), constraint(model), conditioning(model), precision(model)

The parts of a model: its [`Network`](@ref), its [`Domain`](@ref), its [`Constraint`](@ref), also
where it was made without one, its [`Conditioning`](@ref), or nothing, and `Float64` or `Float32`.
"""
network(model::Model) = network_of(part_of(C.finn_model_network, C.finn_network, model))
domain(model::Model) =
    Domain(part_of(C.finn_model_domain, C.finn_domain, model), model.functions)
constraint(model::Model) =
    constraint_of(part_of(C.finn_model_constraint, C.finn_constraint, model))

function conditioning(model::Model)
    handle = part_of(C.finn_model_conditioning, C.finn_conditioning, model)
    return handle == C_NULL ? nothing : conditioning_of(handle)
end

Base.precision(model::Model) =
    C.finn_model_precision(model) == C.FINN_FLOAT64 ? Float64 : Float32

"""
    describe(model)

All parts of a model with their options as one JSON object, that of model files.
"""
describe(model::Model) = text_of() do buffer, capacity, size, error
    C.finn_model_describe(model, buffer, capacity, size, error)
end

"""
    variables(model), columns(model), outputs(model), parameter_count(model)

The dimensions of x; the numbers of a point, which are more where there are conditions or a target
per row; the number of outputs; the length of the flat parameter vector.
"""
variables(model::Model) = Int(C.finn_model_variables(model))
columns(model::Model) = Int(C.finn_model_columns(model))
outputs(model::Model) = Int(C.finn_model_outputs(model))
parameter_count(model::Model) = Int(C.finn_model_parameter_count(model))

function Base.show(io::IO, model::Model)
    print(io, "Model(", variables(model), " variables, ", outputs(model), " outputs, ",
        parameter_count(model), " parameters)")
end
