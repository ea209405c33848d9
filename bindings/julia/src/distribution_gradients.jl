# What the answers of a distribution change by.

# Writes what call says of points (columns, count): an array of that shape.
function gradients_at(call, distribution, workspace, x::AbstractMatrix)
    require_thread(distribution, workspace)
    points = points_in_c(x)
    count = batch_of(distribution, points)
    gradient = Matrix{Float64}(undef, size(points))
    checked() do error
        call(distribution, workspace, points, count, gradient, length(gradient), error)
    end
    return gradient
end
gradients_at(call, distribution, workspace, x) =
    vec(gradients_at(call, distribution, workspace, reshape(vector(x), :, 1)))

"""
    gradlogpdf(distribution, workspace, x)

The gradient of the log density at the points x (columns, count) by every row of x - variables, what
is given, conditions - of the shape of x; 0 outside of the distribution. That of a mixture by
variables and by what is given is right also where the density is too small for a number.
"""
gradlogpdf(distribution::Distribution, workspace::Workspace, x) =
    gradients_at(C.finn_distribution_log_density_gradient, distribution, workspace, x)

"""
    cdf_gradient(distribution, workspace, x)

The gradient of the cdf likewise; 0 by a variable that is infinite or beyond the distribution.
"""
cdf_gradient(distribution::Distribution, workspace::Workspace, x) =
    gradients_at(C.finn_distribution_cdf_gradient, distribution, workspace, x)

"""
    probability_gradient(distribution, workspace, lower, upper; given = nothing)
        -> (lower, upper, given)

The gradient of [`probability`](@ref) of boxes (variables, count) by their limits, and by what is
given (given_columns, count).
"""
function probability_gradient(distribution::Distribution, workspace::Workspace,
        lower::AbstractMatrix{<:Real}, upper::AbstractMatrix{<:Real}; given = nothing)
    require_thread(distribution, workspace)
    count = size(lower, 2)
    from = sized("lower", lower, variables(distribution), count)
    to = sized("upper", upper, variables(distribution), count)
    known = given_in_c(distribution, given, count)
    by_lower, by_upper = similar(from), similar(to)
    by_given = Matrix{Float64}(undef, given_columns(distribution), count)
    checked(error -> C.finn_distribution_probability_gradient(distribution, workspace, from, to,
        known, count, by_lower, by_upper, length(by_lower), by_given, length(by_given), error))
    return (lower = by_lower, upper = by_upper, given = by_given)
end

"""
    rosenblatt_jacobian(distribution, workspace, x) -> (jacobian, inverse)

What [`rosenblatt`](@ref) changes by at the points x (columns, count), and what its inverse does:
`jacobian[c, k, i]` is du_k by row c of x at point i, `inverse[j, k, i]` is dx_k/du_j. Refused where
the density is 0.
"""
function rosenblatt_jacobian(distribution::Distribution, workspace::Workspace,
        x::AbstractMatrix{<:Real})
    require_thread(distribution, workspace)
    points = points_in_c(x)
    count, n = batch_of(distribution, points), variables(distribution)
    jacobian = Array{Float64}(undef, columns(distribution), n, count)
    inverse = Array{Float64}(undef, n, n, count)
    checked(error -> C.finn_distribution_rosenblatt_jacobian(distribution, workspace, points,
        count, jacobian, length(jacobian), inverse, length(inverse), error))
    return (jacobian = jacobian, inverse = inverse)
end
