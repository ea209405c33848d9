# The activation of positive networks with its derivatives, for itself.

"""
    sigma!(values, order, x) -> values
    sigma(order, count, x)

`values[i, k] = sigma_(order - k + 1)(x[i])`: the (order-1)-fold integral of (1 + erf)/2 with its
derivatives, one a column. `order` is 1 .. 8 and `order - count + 1 >= -8`. Any argument is valid,
NaN and infinities too.
"""
function sigma!(values::AbstractMatrix{T}, order::Integer,
        x::AbstractVector{T}) where {T<:Real64or32}
    require_table(values, x)
    checked(error -> call_sigma(order, size(values, 2), x, length(x), values, error))
    return values
end

function sigma(order::Integer, count::Integer, x::AbstractVector{<:Real})
    arguments = dense(x)
    return sigma!(table(arguments, count), order, arguments)
end

function require_table(values, x)
    require_matrix("values", values, length(x), size(values, 2))
    require_contiguous("x", x)
end

table(x::AbstractVector{T}, count) where {T} = Matrix{T}(undef, length(x), max(count, 0))

call_sigma(order, count, x::AbstractVector{Float64}, length, values, error) =
    C.finn_sigma_f64(order, count, x, length, values, error)
call_sigma(order, count, x::AbstractVector{Float32}, length, values, error) =
    C.finn_sigma_f32(order, count, x, length, values, error)

"""
    log_sigma!(logs, order, x; slopes = nothing) -> logs
    log_sigma(order, x) -> (logs, slopes)

`logs[i] = log sigma_order(x[i])` and its derivative, finite for every finite x, also where sigma
itself underflows. `order` is 0 .. 8.
"""
function log_sigma!(logs::AbstractVector{T}, order::Integer, x::AbstractVector{T};
        slopes::Optional{T} = nothing) where {T<:Real64or32}
    require_length("logs", logs, length(x))
    require_contiguous("x", x)
    slopes === nothing || require_length("slopes", slopes, length(x))
    checked(error -> call_log_sigma(order, x, length(x), logs, or_null(slopes), error))
    return logs
end

function log_sigma(order::Integer, x::AbstractVector{<:Real})
    arguments = dense(x)
    logs, slopes = similar(arguments), similar(arguments)
    log_sigma!(logs, order, arguments; slopes = slopes)
    return (logs = logs, slopes = slopes)
end

call_log_sigma(order, x::AbstractVector{Float64}, length, logs, slopes, error) =
    C.finn_log_sigma_f64(order, x, length, logs, slopes, error)
call_log_sigma(order, x::AbstractVector{Float32}, length, logs, slopes, error) =
    C.finn_log_sigma_f32(order, x, length, logs, slopes, error)

"""
    repeated_erfc!(values, order, z) -> values
    repeated_erfc(order, count, z)

`values[i, k] = i^(order - k + 1)erfc(z[i])`, the repeated integrals of erfc (DLMF 7.18). `order` is
0 .. 7 and `1 <= count <= order + 2`.
"""
function repeated_erfc!(values::AbstractMatrix{T}, order::Integer,
        z::AbstractVector{T}) where {T<:Real64or32}
    require_table(values, z)
    checked(error -> call_repeated_erfc(order, size(values, 2), z, length(z), values, error))
    return values
end

function repeated_erfc(order::Integer, count::Integer, z::AbstractVector{<:Real})
    arguments = dense(z)
    return repeated_erfc!(table(arguments, count), order, arguments)
end

call_repeated_erfc(order, count, z::AbstractVector{Float64}, length, values, error) =
    C.finn_repeated_erfc_f64(order, count, z, length, values, error)
call_repeated_erfc(order, count, z::AbstractVector{Float32}, length, values, error) =
    C.finn_repeated_erfc_f32(order, count, z, length, values, error)
