# What a distribution says at points and of boxes.

# The number of points, when x is (columns, count) and values has one number for each.
function points_of(distribution, workspace, x, name, values)
    require_thread(distribution, workspace)
    count = batch_of(distribution, x)
    require_length(name, values, count)
    return count
end

# Points as C reads them: itself, or a copy.
points_in_c(x) = dense(convert(AbstractMatrix{Float64}, x))

# Writes what call!(values, distribution, workspace, x) says: a vector for a matrix of points, a
# number for one.
function values_at(call!, distribution, workspace, x::AbstractMatrix)
    points = points_in_c(x)
    return call!(Vector{Float64}(undef, size(points, 2)), distribution, workspace, points)
end
values_at(call!, distribution, workspace, x) =
    only(values_at(call!, distribution, workspace, reshape(vector(x), :, 1)))

"""
    pdf!(density, distribution, workspace, x) -> density
    pdf(distribution, workspace, x)

The density at the points x (columns, count), into density (count,); 0 outside of the distribution.
Of one point x (columns,), or x where there is one column, a number: so do `logpdf`, `cdf` and
`ccdf`.
"""
function pdf!(density::AbstractVector{Float64}, distribution::Distribution,
        workspace::Workspace, x::AbstractMatrix{Float64})
    count = points_of(distribution, workspace, x, "density", density)
    checked() do error
        C.finn_distribution_density(distribution, workspace, x, count, density, count, error)
    end
    return density
end

pdf(distribution::Distribution, workspace::Workspace, x) =
    values_at(pdf!, distribution, workspace, x)

"""
    logpdf!(log_density, distribution, workspace, x) -> log_density
    logpdf(distribution, workspace, x)

The logarithm of the density; -Inf outside of the distribution. That of a mixture is finite
everywhere else, also where the density is too small for a number.
"""
function logpdf!(log_density::AbstractVector{Float64}, distribution::Distribution,
        workspace::Workspace, x::AbstractMatrix{Float64})
    count = points_of(distribution, workspace, x, "log_density", log_density)
    checked(error -> C.finn_distribution_log_density(distribution, workspace, x, count,
        log_density, count, error))
    return log_density
end

logpdf(distribution::Distribution, workspace::Workspace, x) =
    values_at(logpdf!, distribution, workspace, x)

"""
    cdf!(values, distribution, workspace, x) -> values
    cdf(distribution, workspace, x)

P(X_1 <= x_1, .., X_n <= x_n); variables may be infinite. Small values keep their digits.
"""
function cdf!(values::AbstractVector{Float64}, distribution::Distribution,
        workspace::Workspace, x::AbstractMatrix{Float64})
    count = points_of(distribution, workspace, x, "values", values)
    checked() do error
        C.finn_distribution_cdf(distribution, workspace, x, count, values, count, error)
    end
    return values
end

cdf(distribution::Distribution, workspace::Workspace, x) =
    values_at(cdf!, distribution, workspace, x)

"""
    ccdf!(values, distribution, workspace, x) -> values
    ccdf(distribution, workspace, x)

P(X_1 > x_1, .., X_n > x_n): of one variable 1 - cdf, with its digits where that is small.
"""
function ccdf!(values::AbstractVector{Float64}, distribution::Distribution,
        workspace::Workspace, x::AbstractMatrix{Float64})
    count = points_of(distribution, workspace, x, "values", values)
    checked() do error
        C.finn_distribution_survival(distribution, workspace, x, count, values, count, error)
    end
    return values
end

ccdf(distribution::Distribution, workspace::Workspace, x) =
    values_at(ccdf!, distribution, workspace, x)

# Probabilities of boxes by two matrices (variables, count), with what is given as C reads it.
function probabilities(call, distribution, workspace, name, lower, other, given)
    require_thread(distribution, workspace)
    count = size(lower, 2)
    from = sized("lower", lower, variables(distribution), count)
    to = sized(name, other, variables(distribution), count)
    known = given_in_c(distribution, given, count)
    value, error_estimate = (Vector{Float64}(undef, count) for _ in 1:2)
    checked(error -> call(distribution, workspace, from, to, known, count, value,
        error_estimate, count, error))
    return (value = value, error_estimate = error_estimate)
end

# Of one box, by two vectors: numbers.
function probability_of(call, distribution, workspace, name, lower, other, given)
    ends = (reshape(vector(lower), :, 1), reshape(vector(other), :, 1))
    return map(only, probabilities(call, distribution, workspace, name, ends..., given))
end

"""
    probability(distribution, workspace, lower, upper; given = nothing) -> (value, error_estimate)

The probability of the box `[lower, upper]` (variables,), which may be infinite, and the error to
expect in it; of boxes (variables, count), vectors (count,). Never negative.
"""
probability(distribution::Distribution, workspace::Workspace, lower::AbstractMatrix{<:Real},
    upper::AbstractMatrix{<:Real}; given = nothing) = probabilities(
    C.finn_distribution_probability, distribution, workspace, "upper", lower, upper, given)
probability(distribution::Distribution, workspace::Workspace, lower, upper; given = nothing) =
    probability_of(C.finn_distribution_probability, distribution, workspace, "upper", lower,
        upper, given)

"""
    probability_of_width(distribution, workspace, lower, width; given = nothing)
        -> (value, error_estimate)

That of `[lower, lower + width]`, for boxes so narrow that `lower + width` has too few digits of
`width`; finite, widths at least 0.
"""
probability_of_width(distribution::Distribution, workspace::Workspace,
    lower::AbstractMatrix{<:Real}, width::AbstractMatrix{<:Real}; given = nothing) =
    probabilities(C.finn_distribution_probability_of_width, distribution, workspace, "width",
        lower, width, given)
probability_of_width(distribution::Distribution, workspace::Workspace, lower, width;
    given = nothing) = probability_of(C.finn_distribution_probability_of_width, distribution,
    workspace, "width", lower, width, given)
