# Fits: on data, on a sampler, on a file, with a progress callback.

# The user_data of the callbacks of a fit.
mutable struct Callbacks
    sampler::Any
    progress::Any
    columns::Int
    outputs::Int
end

function on_progress(told::Ptr{C.finn_progress}, user_data::Ptr{Cvoid})
    return guarded(Callbacks, user_data) do callbacks
        callbacks.progress(unsafe_load(told)) !== false
    end
end

function on_sample(step::Int64, batch::Int64, x::Ptr{Float64}, y::Ptr{Float64},
        user_data::Ptr{Cvoid})
    return guarded(Callbacks, user_data) do callbacks
        callbacks.sampler(Int(step) + 1, wrapped(x, callbacks.columns, batch),
            wrapped(y, callbacks.outputs, batch))
        true
    end
end

# Without a callback of the user a fit of data still comes here, for the safepoint.
go_on(told) = true

# Runs fit(progress, user_data, error) and says how it ended.
function run_fit(fit, trainer, model, workspace, progress, sampler = nothing)
    require_thread(model, workspace)
    callbacks = Callbacks(sampler, something(progress, go_on), columns(model), outputs(model))
    told = @cfunction(on_progress, Int32, (Ptr{C.finn_progress}, Ptr{Cvoid}))
    error = empty_error()
    status = GC.@preserve callbacks trainer begin
        fit(told, pointer_from_objref(callbacks), error)
    end
    rethrow_kept()
    status == C.FINN_STOPPED && return :stopped
    status == C.FINN_OK || throw(failure_of(status, error))
    return :finished
end

# Rows in memory that C can read; arrays that are not dense Float64 are copied.
function rows_of(model, x, y, weights)
    float64(values) = values === nothing ? nothing :
        dense(convert(AbstractArray{Float64}, values))
    points, targets, counts = float64(x), float64(y), float64(weights)
    count = batch_of(model, points)
    targets === nothing || require_matrix("y", targets, outputs(model), count)
    counts === nothing || require_length("weights", counts, count)
    return (x = points, y = targets, weights = counts, count = count)
end

"""
    fit!(trainer, model, workspace, x, y = nothing; weights = nothing, progress = nothing)
        -> :finished or :stopped

Trains on the columns of x (columns, rows) and y (outputs, rows), or (rows,) where there is one
output; y is nothing under a likelihood or a Poisson process, and may be under a loss of one's own.
Points lie in the domain and are shuffled anew for each pass. Row i counts weights[i] times, weights
(rows,) >= 0; not with a loss of one's own. Goes on from where the trainer stands until the run is
over ([`outcome`](@ref)), with as many rows as at the first call. Arrays that are not dense Float64
are copied. With rows held out, the run ends with the parameters that were best on them.

`progress(told)` is called after each step, with the fields `step`, `steps`, `loss`,
`learning_rate`, `seconds` and `validation_loss`, which is NaN before the first look; when it
returns `false` the fit stops, and a further call goes on to the same bits. An exception in it ends
the fit and comes out as itself; the steps done are kept.
"""
function fit!(trainer::Trainer, model::Model, workspace::Workspace, x::AbstractMatrix{<:Real},
        y::OptionalReals = nothing; weights::OptionalReals = nothing, progress = nothing)
    rows = rows_of(model, x, y, weights)
    return run_fit(trainer, model, workspace, progress) do told, user_data, error
        rows.weights === nothing ?
        C.finn_trainer_fit_data(trainer, model, workspace, rows.x, or_null(rows.y), rows.count,
            told, user_data, error) :
        C.finn_trainer_fit_weighted(trainer, model, workspace, rows.x, or_null(rows.y),
            rows.weights, rows.count, told, user_data, error)
    end
end

"""
    fit!(sampler, trainer, model, workspace; progress = nothing) -> :finished or :stopped

The same with mini-batches from `sampler(step, x, y)`, steps counted from 1. On entry x (columns,
batch) holds uniform points of the domain, of u with a [`Domain`](@ref), which may be overwritten;
the sampler fills y (outputs, batch), which is nothing under a likelihood or a Poisson process. Both
belong to the library: do not keep them. An exception in it ends the fit and comes out as itself;
the steps done are kept.
"""
function fit!(sampler, trainer::Trainer, model::Model, workspace::Workspace; progress = nothing)
    sample = @cfunction(on_sample, Int32,
        (Int64, Int64, Ptr{Float64}, Ptr{Float64}, Ptr{Cvoid}))
    return run_fit(trainer, model, workspace, progress, sampler) do told, user_data, error
        C.finn_trainer_fit_sampler(trainer, model, workspace, sample, told, user_data, error)
    end
end

const file_formats = (csv = C.FINN_FILE_CSV, float64 = C.FINN_FILE_FLOAT64,
    float32 = C.FINN_FILE_FLOAT32)

"""
    fit!(trainer, model, workspace, path; format = :csv, weighted = false, progress = nothing)
        -> :finished or :stopped

The same with rows from a file, which may be larger than memory: the columns of x, then the outputs
where the loss takes targets (one's own does), then a weight if `weighted`. `format` is `:csv`,
`:float64` or `:float32`, raw numbers with the least significant byte first. The same bits as with
these rows in arrays. A bad file is a [`FinnError`](@ref) that names path, line and column.
"""
function fit!(trainer::Trainer, model::Model, workspace::Workspace, path::AbstractString;
        format = :csv, weighted::Bool = false, progress = nothing)
    chosen = enumerator(file_formats, format, "format")
    return run_fit(trainer, model, workspace, progress) do told, user_data, error
        C.finn_trainer_fit_file(trainer, model, workspace, path, chosen, weighted, told, user_data,
            error)
    end
end
