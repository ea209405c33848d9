# Arrays whose memory C may use as it is.

const Real64or32 = Union{Float64,Float32}

@noinline wrong_size(name, given, expected) =
    throw(DimensionMismatch("$name has size $given, expected $expected"))

@noinline not_contiguous(name, values) = throw(ArgumentError(
    "$name: the columns of a $(typeof(values)) do not lie one after the other in memory; " *
    "pass a copy, such as Array($name)"))

# Whether the elements lie one after the other: true of arrays, and of views of whole columns.
is_contiguous(::Array) = true
is_contiguous(values::StridedArray) =
    strides(values) == Base.size_to_strides(1, size(values)...)
is_contiguous(values) = false

# Refuses arrays that C cannot read.
function require_contiguous(name, values)
    is_contiguous(values) || not_contiguous(name, values)
    return nothing
end

function require_length(name, values, expected)
    length(values) == expected || wrong_size(name, size(values), (expected,))
    require_contiguous(name, values)
end

# Results (rows, columns); a vector serves where there is one row.
function require_matrix(name, values::AbstractVecOrMat, rows, columns)
    fits = size(values) == (rows, columns) || (rows == 1 && size(values) == (columns,))
    fits || wrong_size(name, size(values), (rows, columns))
    require_contiguous(name, values)
end

# Points or adjoints as a dense array of Float64 or Float32: itself, or a copy.
function dense(values::AbstractArray{T}) where {T<:Real64or32}
    return is_contiguous(values) ? values : Array(values)
end
dense(values::AbstractArray{<:Real}) = Array{Float64}(values)

# Limits and other short vectors; a number is a vector of one.
vector(values::Vector{Float64}) = values
vector(values) = Float64[value for value in values]
vector_or_nothing(values) = values === nothing ? nothing : vector(values)

# The numbers of a vector argument that has to have this length.
function sized(name, values, expected)
    length(values) == expected || wrong_size(name, (length(values),), (expected,))
    return vector(values)
end

# The numbers of a matrix argument that has to have this size.
function sized(name, values, rows, columns)
    matrix = dense(convert(AbstractMatrix{Float64}, values))
    require_matrix(name, matrix, rows, columns)
    return matrix
end

# An array that may be missing.
const Optional{T} = Union{Nothing,AbstractVecOrMat{T}}
const OptionalReals = Union{Nothing,AbstractVecOrMat{<:Real}}
or_null(values) = values === nothing ? C_NULL : values
