# Derivatives of F of any orders, and vector-Jacobian products of them and of integrals.

# How often F is differentiated in each variable, as C reads it.
function orders_in_c(model, orders)
    counts = convert(Vector{Int32}, vec(collect(orders)))
    require_length("orders", counts, variables(model))
    return counts
end

"""
    derivative!(values, model, workspace, orders, x) -> values
    derivative(model, workspace, orders, x)

The derivative of F, `orders[i]` times in variable i: `(1, 1)` is f of two variables, `(0, 0)` F,
`(2, 1)` the first component of the gradient of f. Of an mlp the orders add up to at most 8, of a
mixture to at most 72, each at most 8; of a variable that the domain maps, at most 1.
"""
function derivative!(values::AbstractVecOrMat{T}, model::Model, workspace::Workspace, orders,
        x::AbstractMatrix{T}) where {T<:Real64or32}
    require_thread(model, workspace)
    batch = batch_of(model, x)
    require_matrix("values", values, outputs(model), batch)
    counts = orders_in_c(model, orders)
    checked(error -> call_derivative(model, workspace, counts, x, batch, values, error))
    return values
end

function derivative(model::Model, workspace::Workspace, orders, x::AbstractMatrix{<:Real})
    points = dense(x)
    return derivative!(results(model, points), model, workspace, orders, points)
end

call_derivative(model, workspace, orders, x::AbstractMatrix{Float64}, batch, values, error) =
    C.finn_derivative_f64(model, workspace, orders, x, batch, values, length(values), error)
call_derivative(model, workspace, orders, x::AbstractMatrix{Float32}, batch, values, error) =
    C.finn_derivative_f32(model, workspace, orders, x, batch, values, length(values), error)

"""
    derivative_vjp(model, workspace, orders, x, values_adjoint) -> (values, parameters, x)

Vector-Jacobian product of a derivative, in Float64: given values_adjoint (outputs, batch), what the
loss changes by with the parameters and with x (columns, batch), conditions and targets.
"""
function derivative_vjp(model::Model, workspace::Workspace, orders, x::AbstractMatrix{<:Real},
        values_adjoint::AbstractMatrix{<:Real})
    require_thread(model, workspace)
    points = dense(convert(AbstractMatrix{Float64}, x))
    batch = batch_of(model, points)
    adjoint = sized("values_adjoint", values_adjoint, outputs(model), batch)
    counts = orders_in_c(model, orders)
    values, x_adjoint = results(model, points), similar(points, size(points))
    gradient = Vector{Float64}(undef, parameter_count(model))
    checked(error -> C.finn_derivative_vjp_f64(model, workspace, counts, points, batch, adjoint,
        values, length(values), gradient, length(gradient), x_adjoint, length(x_adjoint), error))
    return (values = values, parameters = gradient, x = x_adjoint)
end

"""
    conditional_integral_vjp(model, workspace, lower, upper, conditions, value_adjoint; limits = :x)
        -> (value, parameters, lower, upper, conditions)

Vector-Jacobian product of [`conditional_integral`](@ref), given value_adjoint (outputs, count).
`conditions` (columns - variables, count) has no rows where a model has no such columns. What the
loss changes by with the limits is summed over the columns.
"""
function conditional_integral_vjp(model::Model, workspace::Workspace, lower, upper,
        conditions::AbstractMatrix{<:Real}, value_adjoint::AbstractMatrix{<:Real}; limits = :x)
    require_thread(model, workspace)
    of = enumerator(C.finn_limits_values, limits, "limits")
    ends = (sized("lower", lower, variables(model)), sized("upper", upper, variables(model)))
    count = size(value_adjoint, 2)
    given = sized("conditions", conditions, columns(model) - variables(model), count)
    adjoint = sized("value_adjoint", value_adjoint, outputs(model), count)
    value, condition_adjoint = similar(adjoint), similar(given)
    gradient = Vector{Float64}(undef, parameter_count(model))
    of_lower, of_upper = (Vector{Float64}(undef, variables(model)) for _ in 1:2)
    checked(error -> C.finn_conditional_integral_vjp(model, workspace, of, ends[1], ends[2], given,
        count, adjoint, value, length(value), gradient, length(gradient), of_lower, of_upper,
        length(of_lower), condition_adjoint, length(condition_adjoint), error))
    return (value = value, parameters = gradient, lower = of_lower, upper = of_upper,
        conditions = condition_adjoint)
end
