# Conditionings: how f depends on conditions beside x.

"""
    Conditioning

How f depends on conditions c (covariates, context) beside x: f(x | c) has the integral that the
constraint says for every c. [`FiLM`](@ref), the usual one, [`Hypernetwork`](@ref) or
[`LinearInputs`](@ref). It never changes and serves any number of models and tasks at once.
`conditions`, `limits` and `options` read it.

`lower` and `upper` are the range of c, by which c is standardised; it is no limit. The number of
conditions alone leaves it to the first rows of the first fit; it is [-1, 1] before. `options(:conditioning)` lists the options of the network of c.
"""
abstract type Conditioning end

"""
    FiLM(lower, upper; widths = [64, 64], ...)
    FiLM(conditions; widths = [64, 64], ...)

Feature-wise linear modulation (Perez et al. 2018): a network of c moves the biases and scales the
units and sums.
"""
mutable struct FiLM <: Conditioning
    handle::Ptr{C.finn_conditioning}

    FiLM(handle::Ptr{C.finn_conditioning}) = own!(new(handle), C.finn_conditioning_destroy)
end

"""
    Hypernetwork(lower, upper; widths = [64, 64], ...)
    Hypernetwork(conditions; widths = [64, 64], ...)

A hypernetwork (Ha et al. 2016), as in the paper: a network of c moves all parameters.
"""
mutable struct Hypernetwork <: Conditioning
    handle::Ptr{C.finn_conditioning}

    Hypernetwork(handle::Ptr{C.finn_conditioning}) =
        own!(new(handle), C.finn_conditioning_destroy)
end

"""
    LinearInputs(lower, upper)
    LinearInputs(conditions)

Biases are linear in c, as if c were further inputs of every hidden unit, free in sign.
"""
mutable struct LinearInputs <: Conditioning
    handle::Ptr{C.finn_conditioning}

    LinearInputs(handle::Ptr{C.finn_conditioning}) =
        own!(new(handle), C.finn_conditioning_destroy)
end

# The number of conditions, and their range as C reads it.
range_of(conditions::Integer) = (conditions, C_NULL, C_NULL)
range_of(lower, upper) = (length(lower), vector(lower), sized("upper", upper, length(lower)))

function FiLM(range...; options...)
    count, lower, upper = range_of(range...)
    chosen = options_of(C.finn_conditioning_options, options)
    return FiLM(handle_of(C.finn_conditioning) do made, error
        C.finn_conditioning_film(count, lower, upper, chosen, made, error)
    end)
end

function Hypernetwork(range...; options...)
    count, lower, upper = range_of(range...)
    chosen = options_of(C.finn_conditioning_options, options)
    return Hypernetwork(handle_of(C.finn_conditioning) do made, error
        C.finn_conditioning_hypernetwork(count, lower, upper, chosen, made, error)
    end)
end

function LinearInputs(range...)
    count, lower, upper = range_of(range...)
    return LinearInputs(handle_of(C.finn_conditioning) do made, error
        C.finn_conditioning_inputs(count, lower, upper, made, error)
    end)
end

# The conditioning of a handle that the library has made.
function conditioning_of(handle)
    form = C.finn_conditioning_get_form(handle)
    form == C.FINN_CONDITIONING_FILM && return FiLM(handle)
    form == C.FINN_CONDITIONING_HYPERNETWORK && return Hypernetwork(handle)
    return LinearInputs(handle)
end

Base.unsafe_convert(::Type{Ptr{C.finn_conditioning}}, conditioning::Conditioning) =
    conditioning.handle

"""
    conditions(conditioning)

The number of conditions.
"""
conditions(conditioning::Conditioning) = Int(C.finn_conditioning_conditions(conditioning))

function limits(conditioning::Conditioning)
    lower, upper = (Vector{Float64}(undef, conditions(conditioning)) for _ in 1:2)
    checked() do error
        C.finn_conditioning_limits(conditioning, lower, upper, length(lower), error)
    end
    return (lower = lower, upper = upper)
end

function options(conditioning::Conditioning)
    read = initialised(C.finn_conditioning_options)
    succeed(error -> C.finn_conditioning_get_options(conditioning, read, error))
    return named_options(read)
end

function Base.show(io::IO, conditioning::Conditioning)
    print(io, nameof(typeof(conditioning)), "(", conditions(conditioning), " conditions)")
end
