# Networks: the form of F and its sizes, without parameters.

"""
    Network

The form of F and its sizes: [`Mixture`](@ref), the usual one, or [`Mlp`](@ref). It never changes
and serves any number of models and tasks at once. `variables`, `outputs` and `options` read it.
"""
abstract type Network end

"""
    Mixture(variables, outputs = 1; components = 64, ...)

A sum of `components`, each a product of increasing functions of one variable, each of which is a
mixture of cdfs of normals: f >= 0, for 1 .. 64 variables. `options(:mixture)` lists the options.
"""
mutable struct Mixture <: Network
    handle::Ptr{C.finn_network}

    Mixture(handle::Ptr{C.finn_network}) = own!(new(handle), C.finn_network_destroy)
end

"""
    Mlp(variables, outputs = 1; widths = [32, 32], ...)

Layers as in the paper, of these `widths`, for 1 .. 8 variables; with `positivity = :none` f may
take either sign. `options(:mlp)` lists the options.
"""
mutable struct Mlp <: Network
    handle::Ptr{C.finn_network}

    Mlp(handle::Ptr{C.finn_network}) = own!(new(handle), C.finn_network_destroy)
end

function Mixture(variables::Integer, outputs::Integer = 1; options...)
    chosen = options_of(C.finn_mixture_options, options)
    return Mixture(handle_of(C.finn_network) do made, error
        C.finn_network_mixture(variables, outputs, chosen, made, error)
    end)
end

function Mlp(variables::Integer, outputs::Integer = 1; options...)
    chosen = options_of(C.finn_mlp_options, options)
    return Mlp(handle_of(C.finn_network) do made, error
        C.finn_network_mlp(variables, outputs, chosen, made, error)
    end)
end

# The network of a handle that the library has made.
function network_of(handle)
    form = C.finn_network_get_form(handle)
    return form == C.FINN_NETWORK_MIXTURE ? Mixture(handle) : Mlp(handle)
end

Base.unsafe_convert(::Type{Ptr{C.finn_network}}, network::Network) = network.handle

variables(network::Network) = Int(C.finn_network_variables(network))
outputs(network::Network) = Int(C.finn_network_outputs(network))

"""
    options(part) -> named tuple

The options of which a network or a conditioning was made.
"""
function options(network::Mixture)
    read = initialised(C.finn_mixture_options)
    succeed(error -> C.finn_network_get_mixture(network, read, error))
    return named_options(read)
end

function options(network::Mlp)
    read = initialised(C.finn_mlp_options)
    succeed(error -> C.finn_network_get_mlp(network, read, error))
    return named_options(read)
end

function Base.show(io::IO, network::Network)
    print(io, nameof(typeof(network)), "(", variables(network), " variables, ", outputs(network),
        " outputs)")
end
