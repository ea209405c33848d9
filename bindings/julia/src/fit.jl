# Fits: on data, on a sampler, on a file, with a progress callback.

# The user_data of a progress callback.
mutable struct Progress
    told::Any
end

# The user_data of a sampler.
mutable struct Sampler
    fill::Any
    columns::Int
    targets::Int
end

function on_progress(told::Ptr{C.finn_progress}, user_data::Ptr{Cvoid})
    return guarded(Progress, user_data) do progress
        progress.told(unsafe_load(told)) !== false
    end
end

function on_sample(step::Int64, batch::Int64, x::Ptr{Float64}, y::Ptr{Float64},
        user_data::Ptr{Cvoid})
    return guarded(Sampler, user_data) do sampler
        sampler.fill(Int(step) + 1, wrapped(x, sampler.columns, batch),
            wrapped(y, sampler.targets, batch))
        true
    end
end

# Without a callback of the user a fit of data still comes here, for the safepoint.
go_on(told) = true

# Runs fit(told, user_data, error) and says how the run stands then.
function run_fit(fit, trainer, workspace, progress)
    require_thread(trainer.model, workspace)
    run_told(fit, progress)
    return outcome(trainer)
end

# Runs fit(told, user_data, error). A progress callback that threw has stopped the fit, which is no
# error of the library.
function run_told(fit, progress)
    kept = Progress(something(progress, go_on))
    told = @cfunction(on_progress, Int32, (Ptr{C.finn_progress}, Ptr{Cvoid}))
    error = empty_error()
    status = GC.@preserve kept fit(told, address_of(kept), error)
    rethrow_kept()
    status == C.FINN_OK || throw(failure_of(status, error))
    return nothing
end

# Rows in memory that C can read; arrays that are not dense Float64 are copied.
function rows_of(trainer, x, y, weights)
    float64(values) = values === nothing ? nothing :
        dense(convert(AbstractArray{Float64}, values))
    points, targets, counts = float64(x), float64(y), float64(weights)
    count = batch_of(trainer.model, points)
    width = target_columns(trainer)
    # A loss without targets refuses those of any size itself.
    targets === nothing || width == 0 || require_matrix("y", targets, width, count)
    counts === nothing || require_length("weights", counts, count)
    return (x = points, y = targets, weights = counts, count = count)
end

"""
    fit!(trainer, workspace, x, y = nothing; weights = nothing, progress = nothing) -> outcome

Trains on the columns of x (columns, rows) and y (outputs, rows), or (rows,) where there is one
output; y is nothing under a likelihood or a Poisson process, and may be under a loss of one's own.
With `loss = :interval_likelihood` x has the lower ends of the variables, then conditions, and y
(variables, rows) their upper ends, which may be infinite; equal ends are a number that is known.
Points lie in the domain and are shuffled anew for each pass. Row i counts weights[i] times, weights
(rows,) >= 0, of which the ratios count, and under a Poisson process the numbers themselves; not
with a loss of one's own. Goes on from where the trainer stands until the run is
over, with as many rows as at the first call, and returns its [`outcome`](@ref). Arrays that are not
dense Float64 are copied. With validation rows, the run ends with the parameters that were best on
them.

`progress(told)` is called after each step, with the fields `step`, `steps`, `loss`,
`learning_rate`, `seconds` and `validation_loss`, which is NaN before the first validation check;
when it returns `false` the fit stops with the outcome `:stopped`, and a further call goes on to the
same bits. An exception in it ends the fit and comes out as itself; the steps done are kept.
"""
function fit!(trainer::Trainer, workspace::Workspace, x::AbstractMatrix{<:Real},
        y::OptionalReals = nothing; weights::OptionalReals = nothing, progress = nothing)
    rows = rows_of(trainer, x, y, weights)
    return run_fit(trainer, workspace, progress) do told, user_data, error
        C.finn_trainer_fit_data(trainer, workspace, rows.x, or_null(rows.y),
            or_null(rows.weights), rows.count, told, user_data, error)
    end
end

"""
    fit!(sampler, trainer, workspace; progress = nothing) -> outcome

Trains on mini-batches from `sampler(step, x, y)`, steps counted from 1. On entry x (columns, batch)
holds uniform points of the domain, uniform in its u, which may be overwritten; the sampler fills y
(outputs, batch), which is nothing under a likelihood or a Poisson process, and the upper ends
(variables, batch) under one of intervals. Both belong to the
library: do not keep them. An exception in it ends the fit and comes out as itself; the steps done
are kept. `progress` and the outcome are those of a fit of rows.
"""
function fit!(sampler, trainer::Trainer, workspace::Workspace; progress = nothing)
    own = Sampler(sampler, columns(trainer.model), target_columns(trainer))
    sample = @cfunction(on_sample, Int32,
        (Int64, Int64, Ptr{Float64}, Ptr{Float64}, Ptr{Cvoid}))
    GC.@preserve own begin
        return run_fit(trainer, workspace, progress) do told, user_data, error
            C.finn_trainer_fit_sampler(trainer, workspace, sample, address_of(own), told,
                user_data, error)
        end
    end
end

"""
    fit!(trainer, workspace, path; format = :csv, columns = (), weighted = false,
         progress = nothing) -> outcome

Trains on rows from a file, which may be larger than memory: the columns of x, then those
of y where the loss takes any (one's own does), then a weight if `weighted`. `format` is `:csv`, of
which `columns` may choose some, in that order, by name or number from 1; or `:float64` or
`:float32`, raw numbers with the least significant byte first. The same bits as with these rows in
arrays. A bad file is a [`FinnError`](@ref) that names path, line and column. `progress` and the
outcome are those of a fit of rows in arrays.
"""
function fit!(trainer::Trainer, workspace::Workspace, path::AbstractString; format = :csv,
        columns = (), weighted::Bool = false, progress = nothing)
    form = enumerator(C.finn_file_format_values, format, "format")
    count, chosen = chosen_columns(columns)
    return run_fit(trainer, workspace, progress) do told, user_data, error
        C.finn_trainer_fit_file(trainer, workspace, path, form, chosen, count, weighted, told,
            user_data, error)
    end
end
