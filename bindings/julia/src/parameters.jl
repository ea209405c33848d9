# The free parameters of a model.

"""
    parameters!(values, model) -> values
    parameters(model, T = Float64)

The free parameters, in the order that finn.h gives. Of an [`Mlp`](@ref), layer by layer: weights,
with the inputs of an output beside each other, then biases.
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

"""
    initialise_from_data!(model, x; seed = 0) -> model

Draws the parameters anew, from the statistics of the points x (columns, rows) in the domain instead
of those of the domain: for data that fill only a part of it. Conditions are not looked at: f(x | c)
begins as f(x). Each component of a mixture begins at a row. At most 1024 rows, drawn by the seed,
are looked at. A failure leaves the model as it was.
"""
function initialise_from_data!(model::Model, x::AbstractMatrix{<:Real}; seed = 0)
    points = dense(convert(AbstractMatrix{Float64}, x))
    rows = batch_of(model, points)
    checked(error -> C.finn_model_initialise_from_data(model, points, rows, seed, error))
    return model
end
