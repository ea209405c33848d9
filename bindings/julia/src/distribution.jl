# What a positive model knows as a distribution: the handle, and those that are made of it.

"""
    Distribution(model, output = 1)

f of one output of a positive model divided by its integral: from one antiderivative come densities,
cdfs, probabilities of boxes, marginals, conditionals, quantiles and samples, all of one
distribution and none by fitting anything again. A model whose f may be negative is refused.

    joint, workspace = Distribution(model), Workspace()
    second = marginal(joint, 2)              # of x_2, whatever x_1 is
    quantile(second, workspace, 0.5)         # its median
    first = given(joint, 2)                  # of x_1 where x_2 is what each column says
    pdf(first, workspace, [0.3, 1.5])        # at x_1 = 0.3 where x_2 = 1.5
    rand(7, first, workspace, 100; given = [1.5])
    rand(joint, workspace, 1000)             # (2, 1000)

It is a snapshot: later changes of the model do not reach it. It never changes, and any number of
tasks may ask it at once, each with a [`Workspace`](@ref) of its own. [`marginal`](@ref),
[`given`](@ref) and [`truncated`](@ref) make others of it, in any order, which share the snapshot.
Everything is computed in double.

Variables are counted from 1 as they stand in the distribution at hand: after a marginal of 3 and 1
these are 1 and 2. A column of x (columns,) holds the variables, then what is given, in the order in
which it was, then the conditions of the model; a column of the keyword `given` (given_columns,) is
that without the variables, and a vector serves for all columns. `variables`, `columns`,
`given_columns` and `support` read it.

On a domain that maps one variable at a time - a box, a line, a half-line, products and diagonal
affine images of them - everything is in x. On any other, such as a disk, there are the density,
samples and what is computed from them; the other calls are refused.
"""
mutable struct Distribution
    handle::Ptr{C.finn_distribution}

    # The functions that its domain may call, which must live as long as it does.
    functions::Vector{Any}

    Distribution(handle::Ptr{C.finn_distribution}, functions) =
        own!(new(handle, functions), C.finn_distribution_destroy)
end

function Distribution(model::Model, output::Integer = 1)
    1 <= output <= outputs(model) || throw(ArgumentError(
        "output: $output given, 1 .. $(outputs(model)) expected"))
    handle = handle_of(C.finn_distribution) do made, error
        C.finn_distribution_create(model, output - 1, made, error)
    end
    return Distribution(handle, model.functions)
end

Base.unsafe_convert(::Type{Ptr{C.finn_distribution}}, distribution::Distribution) =
    distribution.handle

# Variables, counted from 1, as those of finn.h, counted from 0.
function variables_in_c(distribution, chosen)
    most = variables(distribution)
    for variable in chosen
        1 <= variable <= most || throw(ArgumentError(
            "variables: $variable given, 1 .. $most expected"))
    end
    allunique(chosen) || throw(ArgumentError("variables: $chosen given, one of them twice"))
    return Int32[variable - 1 for variable in chosen]
end

"""
    marginal(distribution, variables) -> Distribution

That of some variables, in this order, whatever the others are: `marginal(d, (3, 1))`,
`marginal(d, 2)`.
"""
function marginal(distribution::Distribution, variables)
    chosen = variables_in_c(distribution, variables)
    handle = handle_of(C.finn_distribution) do made, error
        C.finn_distribution_marginal(distribution, chosen, length(chosen), made, error)
    end
    return Distribution(handle, distribution.functions)
end

"""
    given(distribution, variables) -> Distribution

That of the other variables where these have the values that each column says; at least one variable
has to be left.
"""
function given(distribution::Distribution, variables)
    chosen = variables_in_c(distribution, variables)
    handle = handle_of(C.finn_distribution) do made, error
        C.finn_distribution_given(distribution, chosen, length(chosen), made, error)
    end
    return Distribution(handle, distribution.functions)
end

"""
    truncated(distribution, lower, upper) -> Distribution

That within the box `[lower, upper]`, which may be infinite, divided by the probability of that box.
Refused where nothing of the distribution is left.
"""
function truncated(distribution::Distribution, lower, upper)
    count = variables(distribution)
    ends = (sized("lower", lower, count), sized("upper", upper, count))
    handle = handle_of(C.finn_distribution) do made, error
        C.finn_distribution_truncated(distribution, ends[1], ends[2], made, error)
    end
    return Distribution(handle, distribution.functions)
end

variables(distribution::Distribution) = Int(C.finn_distribution_variables(distribution))
columns(distribution::Distribution) = Int(C.finn_distribution_columns(distribution))

"""
    given_columns(distribution)

The numbers of a column of x beside the variables: what is given, then conditions.
"""
given_columns(distribution::Distribution) =
    Int(C.finn_distribution_given_columns(distribution))

"""
    support(distribution) -> (lower, upper)
    minimum(distribution), maximum(distribution)

The limits (variables,) between which it has its probability; infinite on unbounded domains.
"""
function support(distribution::Distribution)
    lower, upper = (Vector{Float64}(undef, variables(distribution)) for _ in 1:2)
    checked() do error
        C.finn_distribution_support(distribution, lower, upper, length(lower), error)
    end
    return (lower = lower, upper = upper)
end

Base.minimum(distribution::Distribution) = support(distribution).lower
Base.maximum(distribution::Distribution) = support(distribution).upper

function Base.show(io::IO, distribution::Distribution)
    print(io, "Distribution(", variables(distribution), " variables, ",
        given_columns(distribution), " given)")
end

# What is given, as C reads it for so many columns: NULL where there is nothing, and a vector as
# often as it is needed.
function given_in_c(distribution, given, count)
    rows = given_columns(distribution)
    given === nothing && rows == 0 && return C_NULL
    given === nothing && wrong_size("given", (0, count), (rows, count))
    given isa AbstractVector || return sized("given", given, rows, count)
    return repeat(sized("given", given, rows), 1, count)
end

# What is given once.
given_in_c(distribution, given) =
    given isa AbstractMatrix ? given_in_c(distribution, given, 1) :
    given === nothing ? given_in_c(distribution, nothing, 1) :
    sized("given", given, given_columns(distribution))
