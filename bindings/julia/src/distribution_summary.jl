# Numbers that sum a distribution up: moments, expectations, entropy, levels, the mode.

# For how many columns of given moments are wanted; a vector, or nothing, is one.
count_of_given(given) = given isa AbstractMatrix ? size(given, 2) : 1

# Of two arrays of one shape, of which either may be nothing.
length_in_c(a, b) = a === nothing ? (b === nothing ? 0 : length(b)) : length(a)

# Writes the moments for each column of given; those that are nothing are not computed.
function write_moments(distribution, workspace, given, mean, covariance, mean_error,
        covariance_error)
    require_thread(distribution, workspace)
    count = count_of_given(given)
    known = given_in_c(distribution, given, count)
    checked(error -> C.finn_distribution_moments(distribution, workspace, known, count,
        or_null(mean), or_null(mean_error), length_in_c(mean, mean_error),
        or_null(covariance), or_null(covariance_error),
        length_in_c(covariance, covariance_error), error))
    return nothing
end

# Room for means and for covariances.
function room_for_moments(distribution, given)
    n, count = variables(distribution), count_of_given(given)
    given isa AbstractMatrix &&
        return Matrix{Float64}(undef, n, count), Array{Float64}(undef, n, n, count)
    return Vector{Float64}(undef, n), Matrix{Float64}(undef, n, n)
end

"""
    moments(distribution, workspace; given = nothing)
        -> (mean, covariance, mean_error, covariance_error)
    mean(distribution, workspace; given = nothing)
    cov(distribution, workspace; given = nothing)

Mean (variables,) and covariance (variables, variables), with the errors to expect in them; for a
matrix `given` (given_columns, count) they are (variables, count) and (variables, variables, count).
In closed form for a mixture where x is u, otherwise by quadrature; refused where tails are too
heavy for it.
"""
function moments(distribution::Distribution, workspace::Workspace; given = nothing)
    mean, covariance = room_for_moments(distribution, given)
    mean_error, covariance_error = similar(mean), similar(covariance)
    write_moments(distribution, workspace, given, mean, covariance, mean_error, covariance_error)
    return (mean = mean, covariance = covariance, mean_error = mean_error,
        covariance_error = covariance_error)
end

function Statistics.mean(distribution::Distribution, workspace::Workspace; given = nothing)
    mean, _ = room_for_moments(distribution, given)
    write_moments(distribution, workspace, given, mean, nothing, nothing, nothing)
    return mean
end

function Statistics.cov(distribution::Distribution, workspace::Workspace; given = nothing)
    _, covariance = room_for_moments(distribution, given)
    write_moments(distribution, workspace, given, nothing, covariance, nothing, nothing)
    return covariance
end

# The user_data of an expectation.
mutable struct Averaged
    call::Any
    variables::Int
    outputs::Int
end

function on_values(x::Ptr{Float64}, count::Int64, values::Ptr{Float64}, user_data::Ptr{Cvoid})
    return guarded(Averaged, user_data) do averaged
        points = wrapped(x, averaged.variables, count)
        results = wrapped(values, averaged.outputs, count)
        for i in axes(points, 2)
            found = averaged.call(view(points, :, i))
            length(found) == averaged.outputs || wrong_size("the result of the function",
                (length(found),), (averaged.outputs,))
            for (k, value) in enumerate(found)
                results[k, i] = value
            end
        end
        true
    end
end

"""
    expectation(call, distribution, workspace; outputs = 1, given = nothing, samples = 10_000,
                seed = 0) -> (value, standard_error)

The mean of what `call(x)` returns, a number or as many as there are `outputs`, over samples of a
seed under one column of given; `standard_error` says by how much it would differ with another seed.
Both are (outputs,). x (variables,) belongs to the library: do not keep it or write into it, nor use
the workspace. An exception in the function comes out as itself.
"""
function expectation(call, distribution::Distribution, workspace::Workspace; outputs = 1,
        given = nothing, samples = 10_000, seed = 0)
    require_thread(distribution, workspace)
    averaged = Averaged(call, variables(distribution), outputs)
    known = given_in_c(distribution, given)
    value, standard_error = (Vector{Float64}(undef, outputs) for _ in 1:2)
    called = @cfunction(on_values, Int32, (Ptr{Float64}, Int64, Ptr{Float64}, Ptr{Cvoid}))
    GC.@preserve averaged begin
        succeed(error -> C.finn_distribution_expectation(distribution, workspace, called,
            address_of(averaged), known, samples, seed, value, standard_error, outputs, error))
    end
    return (value = value, standard_error = standard_error)
end

"""
    entropy(distribution, workspace; given = nothing, samples = 10_000, seed = 0)
        -> (value, standard_error)

The mean of -log density, in nats, over samples of a seed under one column of given;
`standard_error` says by how much it would differ with another seed.
"""
function entropy(distribution::Distribution, workspace::Workspace; given = nothing,
        samples = 10_000, seed = 0)
    require_thread(distribution, workspace)
    known, value, standard_error = given_in_c(distribution, given), Ref(0.0), Ref(0.0)
    checked(error -> C.finn_distribution_entropy(distribution, workspace, known, samples, seed,
        value, standard_error, error))
    return (value = value[], standard_error = standard_error[])
end

"""
    density_level(distribution, workspace, probability; given = nothing, samples = 10_000, seed = 0)
        -> (value, standard_error)

The density above which the smallest region lies that holds this probability, above 0 and below 1:
the highest-density region is where [`pdf`](@ref) is at least `value`. From samples as in
[`entropy`](@ref).
"""
function density_level(distribution::Distribution, workspace::Workspace, probability;
        given = nothing, samples = 10_000, seed = 0)
    require_thread(distribution, workspace)
    known, value, standard_error = given_in_c(distribution, given), Ref(0.0), Ref(0.0)
    checked(error -> C.finn_distribution_density_level(distribution, workspace, known,
        probability, samples, seed, value, standard_error, error))
    return (value = value[], standard_error = standard_error[])
end

"""
    mode(distribution, workspace; given = nothing, samples = 1000, seed = 0) -> (x, log_density)

Where the density is highest, x (variables,), and its logarithm there: the best of a few peaks that
are climbed from samples of a seed under one column of given.
"""
function mode(distribution::Distribution, workspace::Workspace; given = nothing, samples = 1000,
        seed = 0)
    require_thread(distribution, workspace)
    known, log_density = given_in_c(distribution, given), Ref(0.0)
    x = Vector{Float64}(undef, variables(distribution))
    checked(error -> C.finn_distribution_mode(distribution, workspace, known, samples, seed, x,
        length(x), log_density, error))
    return (x = x, log_density = log_density[])
end
