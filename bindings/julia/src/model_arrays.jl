# The arrays of the options of a model, as C reads them.

# A number or a vector of this length, or nothing.
function optional_vector(name, values, expected)
    values === nothing && return nothing
    given = vector(vcat(values...))
    length(given) == expected || wrong_size(name, (length(given),), (expected,))
    return given
end

optional_widths(widths) = widths === nothing ? nothing : Int32[width for width in widths]
count_of(values) = values === nothing ? 0 : length(values)

# The arrays of a linear constraint.
struct LinearArrays
    value::Vector{Float64}
    lower::Union{Nothing,Vector{Float64}}
    upper::Union{Nothing,Vector{Float64}}
    powers::Union{Nothing,Vector{Int32}}
end

function LinearArrays(given, variables, outputs)
    for name in keys(given)
        name in fieldnames(LinearArrays) ||
            throw(ArgumentError("linear_constraints: $name is no part of a constraint"))
    end
    part(name) = get(given, name, nothing)
    limits(name) = optional_vector("linear_constraints: $name", part(name), variables)
    powers = optional_widths(part(:powers))
    powers === nothing || length(powers) == variables ||
        wrong_size("linear_constraints: powers", (length(powers),), (variables,))
    value = optional_vector("linear_constraints: value", part(:value), outputs)
    value === nothing && throw(ArgumentError("linear_constraints: no value given"))
    return LinearArrays(value, limits(:lower), limits(:upper), powers)
end

# The C struct, which points into the arrays.
C.finn_linear_constraint(arrays::LinearArrays) = C.finn_linear_constraint(
    sizeof(C.finn_linear_constraint),
    pointer_or_null(arrays.lower), pointer_or_null(arrays.upper), pointer_or_null(arrays.powers),
    pointer(arrays.value))
