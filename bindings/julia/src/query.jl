# f, F, mixed partials, integrals and the vector-Jacobian product.

# Julia 1.5 cannot be called from threads of the library.
@noinline several_threads(threads) = throw(ArgumentError(
    "workspace: it may use $(threads == 0 ? "all" : threads) threads, but the domain of this " *
    "model calls functions of Julia, which takes a Workspace(1)"))

require_thread(model, workspace) =
    isempty(model.functions) || workspace.threads == 1 || several_threads(workspace.threads)

# The number of points, when x is (columns, batch) in memory that C can read.
function batch_of(model, x)
    size(x, 1) == columns(model) || wrong_size("x", size(x), (columns(model), size(x, 2)))
    require_contiguous("x", x)
    return size(x, 2)
end

results(model, x::AbstractMatrix{T}) where {T} = Matrix{T}(undef, outputs(model), size(x, 2))

"""
    integrand!(f, model, workspace, x) -> f
    integrand(model, workspace, x)

f at the points x (columns, batch), into f (outputs, batch), or (batch,) where there is one output.
Never below 0 with a positive network and a constraint that scales, or none.
"""
function integrand!(f::AbstractVecOrMat{T}, model::Model, workspace::Workspace,
        x::AbstractMatrix{T}) where {T<:Real64or32}
    require_thread(model, workspace)
    batch = batch_of(model, x)
    require_matrix("f", f, outputs(model), batch)
    checked(error -> call_integrand(model, workspace, x, batch, f, error))
    return f
end

function integrand(model::Model, workspace::Workspace, x::AbstractMatrix{<:Real})
    points = dense(x)
    return integrand!(results(model, points), model, workspace, points)
end

call_integrand(model, workspace, x::AbstractMatrix{Float64}, batch, f, error) =
    C.finn_integrand_f64(model, workspace, x, batch, f, length(f), error)
call_integrand(model, workspace, x::AbstractMatrix{Float32}, batch, f, error) =
    C.finn_integrand_f32(model, workspace, x, batch, f, length(f), error)

"""
    antiderivative!(F, model, workspace, x) -> F
    antiderivative(model, workspace, x)

F at the points x: only differences over the corners of a box mean anything.
"""
function antiderivative!(F::AbstractVecOrMat{T}, model::Model, workspace::Workspace,
        x::AbstractMatrix{T}) where {T<:Real64or32}
    require_thread(model, workspace)
    batch = batch_of(model, x)
    require_matrix("F", F, outputs(model), batch)
    checked(error -> call_antiderivative(model, workspace, x, batch, F, error))
    return F
end

function antiderivative(model::Model, workspace::Workspace, x::AbstractMatrix{<:Real})
    points = dense(x)
    return antiderivative!(results(model, points), model, workspace, points)
end

call_antiderivative(model, workspace, x::AbstractMatrix{Float64}, batch, F, error) =
    C.finn_antiderivative_f64(model, workspace, x, batch, F, length(F), error)
call_antiderivative(model, workspace, x::AbstractMatrix{Float32}, batch, F, error) =
    C.finn_antiderivative_f32(model, workspace, x, batch, F, length(F), error)

# Variables, counted from 1, as the bits of finn.h, counted from 0.
function subset_of(model, chosen)
    subset, most = UInt64(0), variables(model)
    for variable in chosen
        1 <= variable <= most || throw(ArgumentError(
            "variables: $variable given, 1 .. $most expected"))
        subset |= UInt64(1) << (variable - 1)
    end
    return subset
end

"""
    mixed_partial!(values, model, workspace, chosen, x) -> values
    mixed_partial(model, workspace, chosen, x)

The derivative of F once in each of the chosen variables, counted from 1: `(1, 3)` is
d^2F/dx_1 dx_3, `()` is F and all of them f. Differenced over the corners of the other variables it
is a marginal. On a domain that maps, the derivatives are those in u, except over whole factors of a
product.
"""
function mixed_partial!(values::AbstractVecOrMat{T}, model::Model, workspace::Workspace, chosen,
        x::AbstractMatrix{T}) where {T<:Real64or32}
    require_thread(model, workspace)
    batch = batch_of(model, x)
    require_matrix("values", values, outputs(model), batch)
    subset = subset_of(model, chosen)
    checked(error -> call_mixed_partial(model, workspace, subset, x, batch, values, error))
    return values
end

function mixed_partial(model::Model, workspace::Workspace, chosen, x::AbstractMatrix{<:Real})
    points = dense(x)
    return mixed_partial!(results(model, points), model, workspace, chosen, points)
end

call_mixed_partial(model, workspace, subset, x::AbstractMatrix{Float64}, batch, values, error) =
    C.finn_mixed_partial_f64(model, workspace, subset, x, batch, values, length(values), error)
call_mixed_partial(model, workspace, subset, x::AbstractMatrix{Float32}, batch, values, error) =
    C.finn_mixed_partial_f32(model, workspace, subset, x, batch, values, length(values), error)

"""
    integral!(value, model, workspace, lower, upper; limits, condition_number, error_estimate)
        -> value
    integral(model, workspace, lower, upper; limits = :x)
        -> (value, condition_number, error_estimate)

The integral of f over the box `[lower, upper]`, one entry for each output, from F at its corners;
always in double. `limits = :x` are those of the points, which takes a domain that maps one variable
at a time, such as boxes and lines; `:u` are those of the box of u, [`limits`](@ref) of the domain.
`condition_number` is that of the difference, `error_estimate` the rounding error to expect. The
first form takes vectors of Float64.
"""
function integral!(value::AbstractVector{Float64}, model::Model, workspace::Workspace,
        lower::AbstractVector{Float64}, upper::AbstractVector{Float64}; limits = :x,
        condition_number::Optional{Float64} = nothing, error_estimate::Optional{Float64} = nothing)
    of = enumerator(C.finn_limits_values, limits, "limits")
    require_length("lower", lower, variables(model))
    require_length("upper", upper, variables(model))
    count = outputs(model)
    require_length("value", value, count)
    condition_number === nothing || require_length("condition_number", condition_number, count)
    error_estimate === nothing || require_length("error_estimate", error_estimate, count)
    checked(error -> C.finn_integral(model, workspace, of, lower, upper, value,
        or_null(condition_number), or_null(error_estimate), count, error))
    return value
end

function integral(model::Model, workspace::Workspace, lower, upper; limits = :x)
    value, condition_number, error_estimate =
        (Vector{Float64}(undef, outputs(model)) for _ in 1:3)
    integral!(value, model, workspace, vector(lower), vector(upper); limits = limits,
        condition_number = condition_number, error_estimate = error_estimate)
    return (value = value, condition_number = condition_number, error_estimate = error_estimate)
end

"""
    conditional_integral(model, workspace, lower, upper, conditions; limits = :x)
        -> (value, condition_number, error_estimate)

The integral of f(x | c) over the box `[lower, upper]` for each column of `conditions` (columns -
variables, count): conditions, then the targets of a row. Results are (outputs, count).
"""
function conditional_integral(model::Model, workspace::Workspace, lower, upper,
        conditions::AbstractMatrix{<:Real}; limits = :x)
    require_thread(model, workspace)
    of = enumerator(C.finn_limits_values, limits, "limits")
    ends = (sized("lower", lower, variables(model)), sized("upper", upper, variables(model)))
    count = size(conditions, 2)
    given = sized("conditions", conditions, columns(model) - variables(model), count)
    value, condition_number, error_estimate =
        (Matrix{Float64}(undef, outputs(model), count) for _ in 1:3)
    checked(error -> C.finn_conditional_integral(model, workspace, of, ends[1], ends[2], given,
        count, value, condition_number, error_estimate, length(value), error))
    return (value = value, condition_number = condition_number, error_estimate = error_estimate)
end

"""
    integrand_vjp!(parameter_adjoint, model, workspace, x, f_adjoint; f, x_adjoint)
    integrand_vjp(model, workspace, x, f_adjoint) -> (f, parameters, x)

Vector-Jacobian product of f, for a loss of your own: given f_adjoint (outputs, batch) = dLoss/df,
writes dLoss/dparameters, through the constraint as well, and where wanted f and dLoss/dx. The
results are overwritten, not added to.
"""
function integrand_vjp!(parameter_adjoint::AbstractVector{T}, model::Model, workspace::Workspace,
        x::AbstractMatrix{T}, f_adjoint::AbstractVecOrMat{T}; f::Optional{T} = nothing,
        x_adjoint::Optional{T} = nothing) where {T<:Real64or32}
    require_thread(model, workspace)
    batch = batch_of(model, x)
    require_length("parameter_adjoint", parameter_adjoint, parameter_count(model))
    require_matrix("f_adjoint", f_adjoint, outputs(model), batch)
    f === nothing || require_matrix("f", f, outputs(model), batch)
    x_adjoint === nothing || require_matrix("x_adjoint", x_adjoint, columns(model), batch)
    checked(error -> call_vjp(model, workspace, x, batch, f_adjoint, or_null(f),
        parameter_adjoint, or_null(x_adjoint), error))
    return parameter_adjoint
end

function integrand_vjp(model::Model, workspace::Workspace, x::AbstractMatrix{<:Real},
        f_adjoint::AbstractVecOrMat{<:Real})
    points = dense(x)
    adjoint = convert(AbstractArray{eltype(points)}, dense(f_adjoint))
    f, x_adjoint = results(model, points), similar(points, size(points))
    gradient = Vector{eltype(points)}(undef, parameter_count(model))
    integrand_vjp!(gradient, model, workspace, points, adjoint; f = f, x_adjoint = x_adjoint)
    return (f = f, parameters = gradient, x = x_adjoint)
end

call_vjp(model, workspace, x::AbstractMatrix{Float64}, batch, f_adjoint, f, parameters, x_adjoint,
    error) = C.finn_integrand_vjp_f64(model, workspace, x, batch, f_adjoint, f, length_of(f),
    parameters, length(parameters), x_adjoint, length_of(x_adjoint), error)
call_vjp(model, workspace, x::AbstractMatrix{Float32}, batch, f_adjoint, f, parameters, x_adjoint,
    error) = C.finn_integrand_vjp_f32(model, workspace, x, batch, f_adjoint, f, length_of(f),
    parameters, length(parameters), x_adjoint, length_of(x_adjoint), error)

length_of(values) = length(values)
length_of(::Ptr) = 0
