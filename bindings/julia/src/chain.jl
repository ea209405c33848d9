# Chains: densities of many variables, fitted link by link.

"""
    Chain(variables; conditions = 0, lower = nothing, upper = nothing, steps = 3000, ...)

A density of many variables as a chain of conditionals, f(x | c) = prod_i f_i(x_i | c, x_1 ..
x_(i-1)): each link is a network in one variable, whose integral is 1 whatever stands before it, so
that f is normalised exactly. It is what to take for tables of three and more variables that hang
together; the order of the variables is that of the rows of x. docs/CHAINS.md.

    chain, workspace = Chain(3; steps = 1000), Workspace()
    fit!(chain, workspace, x)                # x (3, count)
    joint = Distribution(chain)
    rand(7, joint, workspace, 100)
    [link(chain, i).form for i in 1:3]
    save("chain.safetensors", chain)

`lower` and `upper` (variables,) are the limits of the variables, which may be infinite and hold
exactly; without them there are none. `options(:chain)` lists the options, `options(chain)` are
those of this one. [`fit!`](@ref) fits it, [`link`](@ref) says what became of a link, `variables`,
`conditions`, `columns` and [`links`](@ref) count what it has.
"""
mutable struct Chain
    handle::Ptr{C.finn_chain}

    Chain(handle::Ptr{C.finn_chain}) = own!(new(handle), C.finn_chain_destroy)
end

function Chain(variables::Integer; conditions::Integer = 0, lower = nothing, upper = nothing,
        options...)
    chosen = options_of(C.finn_chain_options, options)
    ends = map((("lower", lower), ("upper", upper))) do (name, values)
        values === nothing ? C_NULL : sized(name, values, variables)
    end
    handle = handle_of(C.finn_chain) do made, error
        C.finn_chain_create(variables, conditions, ends[1], ends[2], chosen, made, error)
    end
    return Chain(handle)
end

Base.unsafe_convert(::Type{Ptr{C.finn_chain}}, chain::Chain) = chain.handle

variables(chain::Chain) = Int(C.finn_chain_variables(chain))
conditions(chain::Chain) = Int(C.finn_chain_conditions(chain))
columns(chain::Chain) = variables(chain) + conditions(chain)

"""
    links(chain)

How many links are fitted: all `variables(chain)` of one that is complete.
"""
links(chain::Chain) = Int(C.finn_chain_links(chain))

function options(chain::Chain)
    read = initialised(C.finn_chain_options)
    succeed(error -> C.finn_chain_get_options(chain, read, error))
    return named_options(read)
end

"""
    fit!(chain, workspace, x; weights = nothing, progress = nothing) -> Bool

Fits the links that are missing to the columns of x (variables and conditions, rows), of which
column i counts weights[i] times, and says whether the chain is complete. `progress(told)` is called
after each step, counted over all links; where it returns `false` the fit stops, the links that are
done stay, and a further call with the same x goes on to the same bits. An exception in it ends the
fit and comes out as itself. Arrays that are not dense Float64 are copied.
"""
function fit!(chain::Chain, workspace::Workspace, x::AbstractMatrix{<:Real};
        weights::Union{Nothing,AbstractVector{<:Real}} = nothing, progress = nothing)
    count = size(x, 2)
    points = sized("x", x, columns(chain), count)
    counts = weights === nothing ? C_NULL : sized("weights", weights, count)
    run_told(progress) do told, user_data, error
        C.finn_chain_fit_data(chain, workspace, points, counts, count, told, user_data, error)
    end
    return links(chain) == variables(chain)
end

"""
    link(chain, i) -> (form, linear, residual, network)

What became of the link i, counted from 1: its form, `:linear`, the conditional of a mixture of
normals with full covariances, `:residual`, a mixture around a linear regression, `:network`, the
same under a network of the variables before it, or `:stacked`, these side by side, each with a
share; and the mean log likelihoods of the rows held out under each of the first three, NaN of one
that was not tried.
"""
function link(chain::Chain, i::Integer)
    1 <= i <= links(chain) || throw(ArgumentError(
        "link: $i given, 1 .. $(links(chain)) expected: those that are fitted"))
    form, means = Ref(Int32(0)), Vector{Float64}(undef, 3)
    succeed(error -> C.finn_chain_link(chain, i - 1, form, means, error))
    return (form = enumerated(C.finn_link_form_values, form[]), linear = means[1],
        residual = means[2], network = means[3])
end

"""
    Distribution(chain)
    distribution(chain)

The distribution of a chain that is complete, a snapshot as that of a model. It has density, cdf,
probability, quantile, Rosenblatt transform, samples, moments, expectation, entropy and density
level; marginals and what is given are of first variables, and the other calls are refused.
"""
function Distribution(chain::Chain)
    handle = handle_of(C.finn_distribution) do made, error
        C.finn_chain_distribution(chain, made, error)
    end
    return Distribution(handle, Any[])
end

distribution(chain::Chain) = Distribution(chain)

"""
    save(path, chain) -> path

Writes the file of a chain, as that of a model; [`load`](@ref) gives the same bits. One of which
links are missing is a checkpoint: [`fit!`](@ref) goes on after the last that is there.
"""
function save(path::AbstractString, chain::Chain)
    checked(error -> C.finn_chain_save(chain, path, error))
    return path
end

to_bytes(chain::Chain) = bytes_of() do buffer, capacity, size, error
    C.finn_chain_save_bytes(chain, buffer, capacity, size, error)
end

"""
    load(Chain, path) -> chain
    load(Chain, bytes) -> chain

The chain of a file that [`save`](@ref) has written. Bytes that are damaged or hostile are a
[`FinnError`](@ref).
"""
function load(::Type{Chain}, path::AbstractString)
    handle = handle_of(C.finn_chain) do made, error
        C.finn_chain_load(path, made, error)
    end
    return Chain(handle)
end

function load(::Type{Chain}, bytes::AbstractVector{UInt8})
    content = contiguous(bytes)
    handle = handle_of(C.finn_chain) do made, error
        C.finn_chain_load_bytes(content, length(content), made, error)
    end
    return Chain(handle)
end

function Base.show(io::IO, chain::Chain)
    print(io, "Chain(", variables(chain), " variables, ", conditions(chain), " conditions, ",
        links(chain), " links fitted)")
end
