# Domains by functions of Julia. C calls them as long as a domain or model that came of them lives:
# each Domain and Model keeps them, so the library has nothing to release. They run on the thread of
# the caller: in queries and fits because of `require_thread`, elsewhere by themselves.

# The user_data of a star.
mutable struct StarFunctions
    radius::Any
    variables::Int
end

function on_radius(direction::Ptr{Float64}, radius::Ptr{Float64}, user_data::Ptr{Cvoid})
    return guarded(StarFunctions, user_data) do star
        unsafe_store!(radius, Float64(star.radius(unsafe_wrap(Array, direction, star.variables))))
        true
    end
end

"""
    star(radius, centre; name = nothing)

centre + t radius(d) d for all unit vectors d and 0 <= t <= 1, in two or three variables.
`radius(d)` is the distance above 0 from the centre to the edge; d (n,) belongs to the library: do
not keep it or write into it. u is that of the disk or ball. An exception in the function comes out
of the call, here or of a model, as itself. Models of the domain take a `Workspace(1)`.

A model file finds the domain again by its `name`: without one the model cannot be saved.
"""
function star(radius, centre; name = nothing)
    functions = StarFunctions(radius, length(centre))
    called = @cfunction(on_radius, Int32, (Ptr{Float64}, Ptr{Float64}, Ptr{Cvoid}))
    GC.@preserve functions begin
        return domain_of(Any[functions]) do made, error
            C.finn_domain_star(or_null(name), length(centre), vector(centre), called,
                address_of(functions), C_NULL, made, error)
        end
    end
end

# The user_data of a map.
mutable struct MapFunctions
    to_point::Any
    to_box::Any
    determinant::Any
    variables::Int
end

# Calls a function of a point and writes the point that it returns.
function write_point(name, to, from, call, n)
    values = call(unsafe_wrap(Array, from, n))
    length(values) == n || wrong_size("the result of $name", (length(values),), (n,))
    for (i, value) in enumerate(values)
        unsafe_store!(to, Float64(value), i)
    end
    return true
end

function on_to_point(u::Ptr{Float64}, x::Ptr{Float64}, user_data::Ptr{Cvoid})
    return guarded(MapFunctions, user_data) do map
        write_point("to_point", x, u, map.to_point, map.variables)
    end
end

function on_to_box(x::Ptr{Float64}, u::Ptr{Float64}, user_data::Ptr{Cvoid})
    return guarded(MapFunctions, user_data) do map
        write_point("to_box", u, x, map.to_box, map.variables)
    end
end

function on_determinant(u::Ptr{Float64}, determinant::Ptr{Float64}, user_data::Ptr{Cvoid})
    return guarded(MapFunctions, user_data) do map
        unsafe_store!(determinant, Float64(map.determinant(unsafe_wrap(Array, u, map.variables))))
        true
    end
end

"""
    map(to_point, lower, upper; to_box = nothing, determinant = nothing, name = nothing)

A map of your own of the box `[lower, upper]` of u: `to_point(u)` returns the n numbers of x = r(u);
`to_box(x)` those of u, by Newton's method when it is nothing; `determinant(u)` is det dr/du, of any
sign, by differences when it is nothing. They are tried at 100 points of the box, and must agree. u
and x (n,) belong to the library: do not keep them or write into them. An exception in a function
comes out of the call, here or of a model, as itself. Models of the domain take a `Workspace(1)`.

A model file finds the domain again by its `name`: without one the model cannot be saved.
"""
function map(to_point, lower, upper; to_box = nothing, determinant = nothing, name = nothing)
    ends = (vector(lower), sized("upper", upper, length(lower)))
    functions = MapFunctions(to_point, to_box, determinant, length(lower))
    inverse = to_box === nothing ? C_NULL :
        @cfunction(on_to_box, Int32, (Ptr{Float64}, Ptr{Float64}, Ptr{Cvoid}))
    slope = determinant === nothing ? C_NULL :
        @cfunction(on_determinant, Int32, (Ptr{Float64}, Ptr{Float64}, Ptr{Cvoid}))
    called = @cfunction(on_to_point, Int32, (Ptr{Float64}, Ptr{Float64}, Ptr{Cvoid}))
    text = Base.cconvert(Cstring, or_null(name))
    GC.@preserve ends functions text begin
        options = Ref(C.finn_map_options(sizeof(C.finn_map_options),
            Base.unsafe_convert(Cstring, text), length(lower), 0, pointer(ends[1]),
            pointer(ends[2]), called, inverse, slope, address_of(functions), C_NULL))
        return domain_of(Any[functions]) do made, error
            C.finn_domain_map(options, made, error)
        end
    end
end
