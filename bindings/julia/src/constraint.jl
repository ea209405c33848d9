# Constraints: what the integral of f over the domain has to be.

"""
    Constraint

What the integral J of f over the domain has to be, whatever the parameters, for each output:
[`EqualTo`](@ref), [`BoundedBy`](@ref), [`Learned`](@ref), [`PerRow`](@ref),
[`LinearIntegrals`](@ref) or [`NoConstraint`](@ref). It never changes and serves any number of
models and tasks at once. `outputs` and `bounds` read it. I is the integral of the network alone.

`method = :scale` multiplies the integrand of the network, which keeps f >= 0; `:shift` adds to it,
which is never singular. `transition` says how J follows I within bounds: `:clip` is I or the bound
that it is beyond, `:smooth` a smooth function of I. `options(:constraint)` lists the other options.
"""
abstract type Constraint end

"""
    NoConstraint()

f is the mixed partial of the network as it stands.
"""
mutable struct NoConstraint <: Constraint
    handle::Ptr{C.finn_constraint}

    NoConstraint(handle::Ptr{C.finn_constraint}) = own!(new(handle), C.finn_constraint_destroy)
end

"""
    EqualTo(target; method = :scale, uniform_share = 0)

The integral is `target`, a number, or one for each output. `uniform_share` of it, in [0, 1), is
spread evenly over the domain, which keeps log f finite.
"""
mutable struct EqualTo <: Constraint
    handle::Ptr{C.finn_constraint}

    EqualTo(handle::Ptr{C.finn_constraint}) = own!(new(handle), C.finn_constraint_destroy)
end

"""
    BoundedBy(lower, upper; method = :scale, transition = :clip, options...)

The integral is at least `lower` and at most `upper`, numbers, or one for each output; `nothing` for
one of the two is no bound on that side. `transition` may also be `:learned`: the integral is
trained by itself.
"""
mutable struct BoundedBy <: Constraint
    handle::Ptr{C.finn_constraint}

    BoundedBy(handle::Ptr{C.finn_constraint}) = own!(new(handle), C.finn_constraint_destroy)
end

"""
    Learned(start; method = :scale, options...)

The integral is trained by itself, and begins at `start`, a number, or one for each output.
"""
mutable struct Learned <: Constraint
    handle::Ptr{C.finn_constraint}

    Learned(handle::Ptr{C.finn_constraint}) = own!(new(handle), C.finn_constraint_destroy)
end

"""
    PerRow(outputs = 1; bound = :equal, method = :scale, transition = :clip, options...)

Each point has targets of its own, one for each output, below its variables and conditions. `bound`
is what a target is to the integral: `:equal`, `:at_most` or `:at_least`.
"""
mutable struct PerRow <: Constraint
    handle::Ptr{C.finn_constraint}

    PerRow(handle::Ptr{C.finn_constraint}) = own!(new(handle), C.finn_constraint_destroy)
end

"""
    LinearIntegrals(variables, integrals)

All of up to 64 integrals at once, by the least change of f in L2. Each is
`(value = 0.5, lower = [0, 0], upper = [1, 1], powers = [1, 0])`: the integral of f times
prod_i u_i^powers[i] over a box of u; without `lower` or `upper` it goes to the limit of the domain,
without `powers` it is the integral of f. `value` is a number, or one for each output.
"""
mutable struct LinearIntegrals <: Constraint
    handle::Ptr{C.finn_constraint}

    LinearIntegrals(handle::Ptr{C.finn_constraint}) =
        own!(new(handle), C.finn_constraint_destroy)
end

method_of(method) = enumerator(C.finn_method_values, method, "method")
transition_of(transition) = enumerator(C.finn_transition_values, transition, "transition")

NoConstraint() = NoConstraint(handle_of(C.finn_constraint_none, C.finn_constraint))

function EqualTo(target; method = :scale, options...)
    way, numbers = method_of(method), vector(target)
    chosen = options_of(C.finn_constraint_options, options)
    return EqualTo(handle_of(C.finn_constraint) do made, error
        C.finn_constraint_equal(way, length(numbers), numbers, chosen, made, error)
    end)
end

function BoundedBy(lower, upper; method = :scale, transition = :clip, options...)
    way, change = method_of(method), transition_of(transition)
    least, most = vector_or_nothing(lower), vector_or_nothing(upper)
    count = length(something(least, most, Float64[]))
    most === nothing || length(most) == count || wrong_size("upper", size(most), (count,))
    chosen = options_of(C.finn_constraint_options, options)
    return BoundedBy(handle_of(C.finn_constraint) do made, error
        C.finn_constraint_bounded(way, count, or_null(least), or_null(most), change, chosen, made,
            error)
    end)
end

function Learned(start; method = :scale, options...)
    way, numbers = method_of(method), vector(start)
    chosen = options_of(C.finn_constraint_options, options)
    return Learned(handle_of(C.finn_constraint) do made, error
        C.finn_constraint_learned(way, length(numbers), numbers, chosen, made, error)
    end)
end

function PerRow(outputs::Integer = 1; bound = :equal, method = :scale, transition = :clip,
        options...)
    way, change = method_of(method), transition_of(transition)
    relation = enumerator(C.finn_bound_values, bound, "bound")
    chosen = options_of(C.finn_constraint_options, options)
    return PerRow(handle_of(C.finn_constraint) do made, error
        C.finn_constraint_per_row(way, relation, outputs, change, chosen, made, error)
    end)
end

function LinearIntegrals(variables::Integer, integrals)
    for each in integrals, name in keys(each)
        name in (:value, :lower, :upper, :powers) ||
            throw(ArgumentError("integrals: $name is no part of one"))
    end
    part(name, otherwise) = [vector(get(each, name, otherwise)) for each in integrals]
    lower, upper, powers = (joined(name, part(name, fill(otherwise, variables)), variables)
        for (name, otherwise) in ((:lower, -Inf), (:upper, Inf), (:powers, 0)))
    outputs = reduce(max, map(length, part(:value, ())); init = 1)
    values = joined(:value, part(:value, ()), outputs)
    return LinearIntegrals(handle_of(C.finn_constraint) do made, error
        C.finn_constraint_linear(variables, outputs, size(values, 2), lower, upper,
            convert(Matrix{Int32}, powers), values, made, error)
    end)
end

# A part of all integrals, (rows, count).
function joined(name, vectors, rows)
    for values in vectors
        length(values) == rows || wrong_size("integrals: $name", size(values), (rows,))
    end
    return reduce(hcat, vectors; init = zeros(rows, 0))
end

# The constraint of a handle that the library has made.
function constraint_of(handle)
    form = C.finn_constraint_get_form(handle)
    form == C.FINN_CONSTRAINT_EQUAL && return EqualTo(handle)
    form == C.FINN_CONSTRAINT_BOUNDED && return BoundedBy(handle)
    form == C.FINN_CONSTRAINT_LEARNED && return Learned(handle)
    form == C.FINN_CONSTRAINT_PER_ROW && return PerRow(handle)
    form == C.FINN_CONSTRAINT_LINEAR && return LinearIntegrals(handle)
    return NoConstraint(handle)
end

Base.unsafe_convert(::Type{Ptr{C.finn_constraint}}, constraint::Constraint) = constraint.handle

outputs(constraint::Constraint) = Int(C.finn_constraint_outputs(constraint))

"""
    bounds(constraint) -> (lower, upper)

The least and the largest integral of each output, infinite where there is no bound. A `FinnError`
for [`PerRow`](@ref) and [`LinearIntegrals`](@ref), which have no such numbers.
"""
function bounds(constraint::Constraint)
    lower, upper = (Vector{Float64}(undef, outputs(constraint)) for _ in 1:2)
    checked() do error
        C.finn_constraint_bounds(constraint, lower, upper, length(lower), error)
    end
    return (lower = lower, upper = upper)
end

function Base.show(io::IO, constraint::Constraint)
    print(io, nameof(typeof(constraint)), "(", outputs(constraint), " outputs)")
end
