# Training: the library's optimiser, on data or on a sampler, with a progress callback.

"""
    Trainer(model; options...)

State of a training run for models of the shape of this one: Adam on mini-batches.

- `steps = 6000` in all
- `batch = 0` rows per step; 0 is 512, or all rows of a smaller data set
- `learning_rate = 0.01`, `beta1 = 0.9`, `beta2 = 0.999`, `adam_epsilon = 1e-8`
- `loss = :squared_error`: the mean of (f - y)^2; or `:negative_log_likelihood`: the mean of -log f
- `schedule = :cosine`: to 0 along half a cosine; or `:constant`
- `seed = 0`: of the shuffles and of the points that a sampler is handed
"""
mutable struct Trainer
    handle::Ptr{C.finn_trainer}
    has_targets::Bool

    function Trainer(model::Model; steps = 6000, batch = 0, learning_rate = 0.01, beta1 = 0.9,
            beta2 = 0.999, adam_epsilon = 1e-8, loss = :squared_error, schedule = :cosine,
            seed = 0)
        options = changed(initialised(C.finn_training_options, C.finn_training_options_init);
            steps = steps, batch = batch, learning_rate = learning_rate, beta1 = beta1,
            beta2 = beta2, adam_epsilon = adam_epsilon,
            loss = enumerator(C.finn_loss_values, loss, "loss"),
            schedule = enumerator(C.finn_schedule_values, schedule, "schedule"), seed = seed)
        made = Ref{Ptr{C.finn_trainer}}(C_NULL)
        status_of(error -> C.finn_trainer_create(model, Ref(options), made, error))
        return own!(new(made[], loss === :squared_error), C.finn_trainer_destroy)
    end
end

Base.unsafe_convert(::Type{Ptr{C.finn_trainer}}, trainer::Trainer) = trainer.handle

# The user_data of both callbacks. No exception may cross the C frames, so the first one waits here
# until the call has returned.
mutable struct Callbacks
    sampler::Any
    progress::Any
    variables::Int
    outputs::Int
    exception::Any
end

# What the C callback returns: 0 to go on. The safepoint lets a collection that another thread wants
# begin between two steps.
function guarded(body, user_data)
    callbacks = unsafe_pointer_to_objref(user_data)::Callbacks
    try
        GC.safepoint()
        return body(callbacks)::Bool ? Int32(0) : Int32(1)
    catch exception
        callbacks.exception = exception
        return Int32(1)
    end
end

function on_progress(told::Ptr{C.finn_progress}, user_data::Ptr{Cvoid})
    return guarded(user_data) do callbacks
        callbacks.progress === nothing || callbacks.progress(unsafe_load(told)) !== false
    end
end

function on_sample(step::Int64, batch::Int64, x::Ptr{Float64}, y::Ptr{Float64},
        user_data::Ptr{Cvoid})
    return guarded(user_data) do callbacks
        points = unsafe_wrap(Array, x, (callbacks.variables, Int(batch)))
        targets = y == C_NULL ? nothing : unsafe_wrap(Array, y, (callbacks.outputs, Int(batch)))
        callbacks.sampler(Int(step) + 1, points, targets)
        true
    end
end

# How a fit ended.
function run_fit(fit, callbacks)
    error = empty_error()
    status = GC.@preserve callbacks fit(pointer_from_objref(callbacks), error)
    callbacks.exception === nothing || throw(callbacks.exception)
    status == C.FINN_STOPPED && return :stopped
    status == C.FINN_OK || throw(failure_of(status, error))
    return :finished
end

"""
    fit!(trainer, model, workspace, x, y = nothing; progress = nothing) -> :finished or :stopped

Trains on the columns of x (variables, rows) and y (outputs, rows), or (rows,) where there is one
output; y is nothing under a likelihood. Points lie in the domain and are shuffled anew for each
pass. Goes on from where the trainer stands until all steps are done, with as many rows as at the
first call. Arrays that are not dense Float64 are copied.

`progress(told)` is called after each step, with the fields `step`, `steps`, `loss`, `learning_rate`
and `seconds`; when it returns `false` the fit stops, and a further call goes on to the same bits.
An exception in it ends the fit and comes out as itself; the steps done are kept.
"""
function fit!(trainer::Trainer, model::Model, workspace::Workspace, x::AbstractMatrix{<:Real},
        y::Union{Nothing,AbstractVecOrMat{<:Real}} = nothing; progress = nothing)
    points = dense(convert(AbstractMatrix{Float64}, x))
    rows = batch_of(model, points)
    targets = y === nothing ? nothing : dense(convert(AbstractArray{Float64}, y))
    if targets !== nothing && trainer.has_targets
        require_matrix("y", targets, outputs(model), rows)
    end
    callbacks = Callbacks(nothing, progress, variables(model), outputs(model), nothing)
    told = @cfunction(on_progress, Int32, (Ptr{C.finn_progress}, Ptr{Cvoid}))
    return run_fit(callbacks) do user_data, error
        C.finn_trainer_fit_data(trainer, model, workspace, points, or_null(targets), rows, told,
            user_data, error)
    end
end

"""
    fit!(sampler, trainer, model, workspace; progress = nothing) -> :finished or :stopped

The same with mini-batches from `sampler(step, x, y)`, steps counted from 1. On entry x (variables,
batch) holds uniform points of the domain, which may be overwritten; the sampler fills y (outputs,
batch), which is nothing under a likelihood. Both belong to the library: do not keep them. An
exception in it ends the fit and comes out as itself; the steps done are kept.
"""
function fit!(sampler, trainer::Trainer, model::Model, workspace::Workspace; progress = nothing)
    callbacks = Callbacks(sampler, progress, variables(model), outputs(model), nothing)
    sample = @cfunction(on_sample, Int32,
        (Int64, Int64, Ptr{Float64}, Ptr{Float64}, Ptr{Cvoid}))
    told = progress === nothing ? C_NULL :
           @cfunction(on_progress, Int32, (Ptr{C.finn_progress}, Ptr{Cvoid}))
    return run_fit(callbacks) do user_data, error
        C.finn_trainer_fit_sampler(trainer, model, workspace, sample, told, user_data, error)
    end
end

"""
    steps(trainer)

Steps done so far.
"""
steps(trainer::Trainer) = Int(C.finn_trainer_steps(trainer))

"""
    history(trainer)

The loss of every step done.
"""
function history(trainer::Trainer)
    losses = Vector{Float64}(undef, steps(trainer))
    checked(error -> C.finn_trainer_history(trainer, losses, length(losses), error))
    return losses
end

function Base.show(io::IO, trainer::Trainer)
    print(io, "Trainer(", steps(trainer), " steps done)")
end
