"""
The regions beside [`OpenBox`](@ref) and [`Box`](@ref): docs/DOMAINS.md of the library says which to
use when. Each function returns a [`Domain`](@ref), or throws a `FinnError` for what is no region: a
radius or scale that is not in 1e-100 .. 1e100, a singular matrix, a polygon that is not convex, and
so on. Vertices and edges are columns. They are `line`, `half_line`, `parallelepiped`, `affine`,
`disk`, `annulus`, `sector`, `ellipse`, `polar`, `ball`, `shell`, `cylinder`, `simplex`, `polygon`
and `product`; `star` and `map` take functions of Julia, which only a `Workspace(1)` may call.
"""
module Domains

using ..LibFinn: C, Domain, domain_of, functions_of, variables, vector, sized, wrong_size,
    enumerator, guarded, address_of, or_null

"""
    line(centre = 0, scale = 1; tail = :gaussian)

The whole line. u in [0, 1] is the share of a normal, logistic (`:exponential`) or Cauchy
(`:rational`) density of (x - centre)/scale.
"""
function line(centre = 0, scale = 1; tail = :gaussian)
    chosen = enumerator(C.finn_tail_values, tail, "tail")
    return domain_of((made, error) -> C.finn_domain_line(centre, scale, chosen, made, error))
end

"""
    half_line(start = 0, direction = :upward; scale = 1, tail = :exponential)

[start, infinity) `:upward` and (-infinity, start] `:downward`. u in [0, 1] is the share below x of
a density of z = |x - start|/scale: half-normal (`:gaussian`), exponential, or 1/(1 + z)^2
(`:rational`).
"""
function half_line(start = 0, direction = :upward; scale = 1, tail = :exponential)
    way = enumerator(C.finn_direction_values, direction, "direction")
    chosen = enumerator(C.finn_tail_values, tail, "tail")
    return domain_of() do made, error
        C.finn_domain_half_line(start, way, scale, chosen, made, error)
    end
end

"""
    parallelepiped(corner, edges)

corner + edges * u, u in [0, 1]^n: corner (n,), edges (n, n), an edge in each column.
"""
function parallelepiped(corner, edges)
    n = length(corner)
    columns = sized("edges", edges, n, n)
    return domain_of() do made, error
        C.finn_domain_parallelepiped(n, vector(corner), columns, made, error)
    end
end

"""
    affine(inner, matrix, offset)

matrix * y + offset for all y of another domain: matrix (n, n), offset (n,). u is that of y.
"""
function affine(inner::Domain, matrix, offset)
    n = variables(inner)
    rows = permutedims(sized("matrix", matrix, n, n))
    shift = sized("offset", offset, n)
    return domain_of(inner.functions) do made, error
        C.finn_domain_affine(inner, rows, shift, made, error)
    end
end

"""
    disk(centre, radius)

u = (share of the area from the centre outwards, angle in [0, 2pi]).
"""
function disk(centre, radius)
    middle = sized("centre", centre, 2)
    return domain_of((made, error) -> C.finn_domain_disk(middle, radius, made, error))
end

"""
    annulus(centre, inner, outer)

Between two circles: 0 <= inner < outer. u as that of the disk.
"""
function annulus(centre, inner, outer)
    middle = sized("centre", centre, 2)
    return domain_of((made, error) -> C.finn_domain_annulus(middle, inner, outer, made, error))
end

"""
    sector(centre, inner, outer, from, to)

The part of an annulus with from <= angle <= to <= from + 2pi; inner may be 0.
"""
function sector(centre, inner, outer, from, to)
    middle = sized("centre", centre, 2)
    return domain_of() do made, error
        C.finn_domain_sector(middle, inner, outer, from, to, made, error)
    end
end

"""
    ellipse(centre, semi_axes, turn = 0)

semi_axes (2,) along the coordinate axes, then turned by `turn` radians. u is that of the disk.
"""
function ellipse(centre, semi_axes, turn = 0)
    middle, axes = sized("centre", centre, 2), sized("semi_axes", semi_axes, 2)
    return domain_of((made, error) -> C.finn_domain_ellipse(middle, axes, turn, made, error))
end

"""
    polar(centre, radius)

A disk by the map that the paper prints: u = (radius, angle), singular at the centre.
"""
function polar(centre, radius)
    middle = sized("centre", centre, 2)
    return domain_of((made, error) -> C.finn_domain_polar(middle, radius, made, error))
end

"""
    ball(centre, radius)

u = (share of the volume from the centre outwards, cosine of the angle from the third axis, azimuth
in [0, 2pi]).
"""
function ball(centre, radius)
    middle = sized("centre", centre, 3)
    return domain_of((made, error) -> C.finn_domain_ball(middle, radius, made, error))
end

"""
    shell(centre, inner, outer)

Between two spheres: 0 <= inner < outer. u as that of the ball.
"""
function shell(centre, inner, outer)
    middle = sized("centre", centre, 3)
    return domain_of((made, error) -> C.finn_domain_shell(middle, inner, outer, made, error))
end

"""
    cylinder(centre, radius, bottom, top)

A disk in the first two variables, centre (2,), times bottom <= x_3 <= top.
"""
function cylinder(centre, radius, bottom, top)
    middle = sized("centre", centre, 2)
    return domain_of() do made, error
        C.finn_domain_cylinder(middle, radius, bottom, top, made, error)
    end
end

"""
    simplex(vertices)

The convex hull of vertices (n, n + 1), one a column; a triangle for n = 2.
"""
function simplex(vertices)
    n = size(vertices, 1)
    columns = sized("vertices", vertices, n, n + 1)
    return domain_of((made, error) -> C.finn_domain_simplex(n, columns, made, error))
end

"""
    polygon(vertices)

A convex polygon: vertices (2, count), count >= 3, in either order around it.
"""
function polygon(vertices)
    count = size(vertices, 2)
    columns = sized("vertices", vertices, 2, count)
    return domain_of((made, error) -> C.finn_domain_polygon(columns, count, made, error))
end

"""
    product(factors...)

All points whose variables, one after the other, lie in the factors, together at most 8 variables.
u of a factor belongs to that factor alone.
"""
function product(factors::Domain...)
    handles = Domain[factors...]
    return domain_of(functions_of(handles)) do made, error
        C.finn_domain_product(handles, length(handles), made, error)
    end
end

include("own_domains.jl")

end
