# Domains: regions of x, boxes of u and the maps between them.

"""
    Domain

A region of x, a box of u and a map x = r(u) between them: the integral of f over the region is what
the constraint of a model fixes. [`OpenBox`](@ref) is the usual one, then [`Box`](@ref);
[`Domains`](@ref) makes the others. It never changes and serves any number of models and tasks at
once; models and domains made of it live on without it. `variables`, `limits`, `LibFinn.kind` and
`LibFinn.name`, of a star or a map, read it.
"""
mutable struct Domain
    handle::Ptr{C.finn_domain}
    # What C calls back, which is kept by every domain and model that may do so.
    functions::Vector{Any}

    Domain(handle::Ptr{C.finn_domain}, functions) =
        own!(new(handle, functions), C.finn_domain_destroy)
end

Base.unsafe_convert(::Type{Ptr{C.finn_domain}}, domain::Domain) = domain.handle

# A domain of what call(made, error) makes.
domain_of(call, functions = Any[]) = Domain(handle_of(call, C.finn_domain), functions)

# What C may call back for any of these domains.
functions_of(domains) = Any[kept for domain in domains for kept in domain.functions]

"""
    OpenBox(lower, upper)

The box `[lower, upper]`, up to 64 variables; f goes on outside of it, where it means nothing.
u = x.
"""
function OpenBox(lower, upper)
    ends = sized("upper", upper, length(lower))
    return domain_of() do made, error
        C.finn_domain_open_box(length(lower), vector(lower), ends, made, error)
    end
end

"""
    Box(lower, upper)

The box `[lower, upper]` with f = 0 outside, up to 8 variables. u = x.
"""
function Box(lower, upper)
    ends = sized("upper", upper, length(lower))
    return domain_of() do made, error
        C.finn_domain_box(length(lower), vector(lower), ends, made, error)
    end
end

variables(domain::Domain) = Int(C.finn_domain_variables(domain))
kind(domain::Domain) = unsafe_string(C.finn_domain_kind(domain))

# The name by which model files know a star or a map; nothing without one.
function name(domain::Domain)
    found = C.finn_domain_name(domain)
    return found == C_NULL ? nothing : unsafe_string(found)
end

function Base.show(io::IO, domain::Domain)
    print(io, "Domain(", kind(domain), ", ", variables(domain), " variables)")
end

"""
    limits(domain) -> (lower, upper)
    limits(conditioning) -> (lower, upper)

The box of u; the range of the conditions.
"""
function limits(domain::Domain)
    lower, upper = (Vector{Float64}(undef, variables(domain)) for _ in 1:2)
    checked(error -> C.finn_domain_limits(domain, lower, upper, length(lower), error))
    return (lower = lower, upper = upper)
end

# The number of points of two matrices (variables, count).
function count_of(domain, from_name, from, to_name, to)
    size(from, 1) == variables(domain) ||
        wrong_size(from_name, size(from), (variables(domain), size(from, 2)))
    require_contiguous(from_name, from)
    require_matrix(to_name, to, size(from)...)
    return size(from, 2)
end

"""
    to_point!(x, domain, u) -> x
    to_point(domain, u)

The points x (variables, count) = r(u) of u (variables, count); u outside the box is moved to its
edge. The infinite ends of an axis give the points with a share of 2^-64 or 2^-53 beyond.
"""
function to_point!(x::AbstractMatrix{Float64}, domain::Domain, u::AbstractMatrix{Float64})
    count = count_of(domain, "u", u, "x", x)
    checked(error -> C.finn_domain_to_point(domain, u, count, x, length(x), error))
    return x
end

function to_point(domain::Domain, u::AbstractMatrix{<:Real})
    from = dense(convert(AbstractMatrix{Float64}, u))
    return to_point!(Matrix{Float64}(undef, size(from)), domain, from)
end

"""
    to_box!(u, domain, x; log_weight = nothing) -> u
    to_box(domain, x) -> (u, log_weight)

u (variables, count) of the points x (variables, count), and log_weight (count,), the logarithm of
w = 1/|det dr/du|, which is -Inf for a point outside. u of a point outside lies on the edge of the
box.
"""
function to_box!(u::AbstractMatrix{Float64}, domain::Domain, x::AbstractMatrix{Float64};
        log_weight::Optional{Float64} = nothing)
    count = count_of(domain, "x", x, "u", u)
    log_weight === nothing || require_length("log_weight", log_weight, count)
    checked() do error
        C.finn_domain_to_box(domain, x, count, u, length(u), or_null(log_weight), error)
    end
    return u
end

function to_box(domain::Domain, x::AbstractMatrix{<:Real})
    from = dense(convert(AbstractMatrix{Float64}, x))
    u, log_weight = Matrix{Float64}(undef, size(from)), Vector{Float64}(undef, size(from, 2))
    to_box!(u, domain, from; log_weight = log_weight)
    return (u = u, log_weight = log_weight)
end
