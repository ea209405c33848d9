# Points of a distribution: quantiles, the Rosenblatt transform, samples.

"""
    quantile(distribution, workspace, p; given = nothing)
    quantile!(x, distribution, workspace, p; given = nothing) -> x

Where the cdf is p, 0 .. 1: a number for a number, a vector for a vector. 0 and 1 give the limits,
which on an unbounded domain are the farthest points that it has numbers for. Of a distribution of
one variable; any other is refused.
"""
Statistics.quantile(distribution::Distribution, workspace::Workspace, p::AbstractVector{<:Real};
    given = nothing) = quantile!(Vector{Float64}(undef, length(p)), distribution, workspace,
    vector(p); given = given)
Statistics.quantile(distribution::Distribution, workspace::Workspace, p::Real; given = nothing) =
    only(quantile(distribution, workspace, [p]; given = given))

function Statistics.quantile!(x::AbstractVector{Float64}, distribution::Distribution,
        workspace::Workspace, p::AbstractVector{Float64}; given = nothing)
    require_thread(distribution, workspace)
    count = length(p)
    require_contiguous("p", p)
    require_length("x", x, count)
    known = given_in_c(distribution, given, count)
    checked() do error
        C.finn_distribution_quantile(distribution, workspace, p, known, count, x, count, error)
    end
    return x
end

"""
    rosenblatt!(u, distribution, workspace, x) -> u
    rosenblatt(distribution, workspace, x)

u_k = P(X_k <= x_k | x_1 .. x_(k-1)) at x (columns, count), into u (variables, count): uniform on
the unit cube where x follows the distribution (Rosenblatt 1952).
"""
function rosenblatt!(u::AbstractMatrix{Float64}, distribution::Distribution,
        workspace::Workspace, x::AbstractMatrix{Float64})
    require_thread(distribution, workspace)
    count = batch_of(distribution, x)
    require_matrix("u", u, variables(distribution), count)
    checked(error -> C.finn_distribution_rosenblatt(distribution, workspace, x, count, u,
        length(u), error))
    return u
end

function rosenblatt(distribution::Distribution, workspace::Workspace, x::AbstractMatrix{<:Real})
    u = Matrix{Float64}(undef, variables(distribution), size(x, 2))
    return rosenblatt!(u, distribution, workspace, points_in_c(x))
end

"""
    inverse_rosenblatt!(x, distribution, workspace, u; given = nothing) -> x
    inverse_rosenblatt(distribution, workspace, u; given = nothing)

The x of u, 0 .. 1, both (variables, count): conditional quantiles, one variable after the other.
"""
function inverse_rosenblatt!(x::AbstractMatrix{Float64}, distribution::Distribution,
        workspace::Workspace, u::AbstractMatrix{Float64}; given = nothing)
    require_thread(distribution, workspace)
    count = size(u, 2)
    require_matrix("u", u, variables(distribution), count)
    require_matrix("x", x, variables(distribution), count)
    known = given_in_c(distribution, given, count)
    checked(error -> C.finn_distribution_inverse_rosenblatt(distribution, workspace, u, known,
        count, x, length(x), error))
    return x
end

function inverse_rosenblatt(distribution::Distribution, workspace::Workspace,
        u::AbstractMatrix{<:Real}; given = nothing)
    x = Matrix{Float64}(undef, variables(distribution), size(u, 2))
    return inverse_rosenblatt!(x, distribution, workspace, points_in_c(u); given = given)
end

# The seed of samples: a number, or the next one of a generator.
seed_of(seed::Integer) = seed
seed_of(generator::Random.AbstractRNG) = rand(generator, UInt64)

"""
    rand([seed or generator], distribution, workspace, count; given = nothing, first = 1)
    rand([seed or generator], distribution, workspace; given = nothing, first = 1)
    rand!([seed or generator], distribution, workspace, x; given = nothing, first = 1) -> x

Samples x (variables, count), or one (variables,). Sample i of a seed is the same whatever the
threads and however many are drawn at once; these are those from `first` on. A generator, by default
Julia's own, draws a seed. `given` are the values under which each is drawn, or all of them.
"""
function Base.rand(source::Union{Integer,Random.AbstractRNG}, distribution::Distribution,
        workspace::Workspace, count::Integer; given = nothing, first::Integer = 1)
    x = Matrix{Float64}(undef, variables(distribution), count)
    return Random.rand!(source, distribution, workspace, x; given = given, first = first)
end

Base.rand(source::Union{Integer,Random.AbstractRNG}, distribution::Distribution,
    workspace::Workspace; options...) = vec(rand(source, distribution, workspace, 1; options...))

Base.rand(distribution::Distribution, workspace::Workspace, count::Integer...; options...) =
    rand(Random.default_rng(), distribution, workspace, count...; options...)

function Random.rand!(source::Union{Integer,Random.AbstractRNG}, distribution::Distribution,
        workspace::Workspace, x::AbstractMatrix{Float64}; given = nothing, first::Integer = 1)
    require_thread(distribution, workspace)
    first >= 1 || throw(ArgumentError("first: $first given, at least 1 expected"))
    count, seed = size(x, 2), seed_of(source)
    require_matrix("x", x, variables(distribution), count)
    known = given_in_c(distribution, given, count)
    checked(error -> C.finn_distribution_sample(distribution, workspace, seed, first - 1, known,
        count, x, length(x), error))
    return x
end

Random.rand!(distribution::Distribution, workspace::Workspace, x::AbstractMatrix{Float64};
    options...) = Random.rand!(Random.default_rng(), distribution, workspace, x; options...)
