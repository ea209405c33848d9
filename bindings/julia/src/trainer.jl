# Trainers: options, losses of one's own, rows held out, and how a run stands.

"""
    Trainer(model; options...)

State of a training run for models of the shape of this one. What each option does, and when to use
it: docs/TRAINING.md of the library.

- `steps = 6000` in all
- `batch = 0` rows per step; 0 is 512 (L-BFGS: all), or all rows of a smaller data set
- `loss = :squared_error`: the mean of (f - y)^2; `:absolute_error`; `:huber`, with
  `huber_delta = 1`; `:negative_log_likelihood`: the mean of -log f; `:poisson_process`, with
  `poisson_events = 0` in one realisation, 0 being as many as there are rows; `:custom`: one's own,
  by [`set_loss!`](@ref)
- `optimiser = :adam`: with `beta1 = 0.9`, `beta2 = 0.999`, `adam_epsilon = 1e-8`; `:adamw`, with
  `weight_decay = 0.01`; `:sgd`, with `momentum = 0.9` and `nesterov = false`; `:lbfgs`, with
  `lbfgs_memory = 10`, `gradient_tolerance = 1e-8` and `loss_tolerance = 1e-9`
- `schedule = :cosine`: from `learning_rate = 0.01` to `final_learning_rate = 0`; `:linear`;
  `:one_cycle`; `:constant`; `:step` and `:exponential`, by `decay_factor = 0.5` in every
  `decay_interval = 1000` steps
- `warmup_steps = 0` in which the rate first rises
- `gradient_clip = 0`: the largest norm of a gradient; 0 is any
- `validation_share = 0` of the rows of a data set, held out, in [0, 1)
- `validation_interval = 50` steps between looks at the rows held out
- `patience = 0` looks without a new best before the fit ends, 0 being for ever; a new best is
  better by `min_delta = 0`
- `seed = 0`: of the shuffles, of the points that a sampler is handed, of the rows held out
"""
mutable struct Trainer
    handle::Ptr{C.finn_trainer}
    own_loss::Any

    Trainer(handle::Ptr{C.finn_trainer}) = own!(new(handle, nothing), C.finn_trainer_destroy)
end

function Trainer(model::Model; loss = :squared_error, schedule = :cosine, optimiser = :adam,
        nesterov::Bool = false, fields...)
    defaults = initialised(C.finn_training_options)
    require_fields(defaults, keys(fields))
    options = changed(defaults; nesterov = nesterov,
        loss = enumerator(C.finn_loss_values, loss, "loss"),
        schedule = enumerator(C.finn_schedule_values, schedule, "schedule"),
        optimiser = enumerator(C.finn_optimiser_values, optimiser, "optimiser"), fields...)
    made = Ref{Ptr{C.finn_trainer}}(C_NULL)
    status_of(error -> C.finn_trainer_create(model, Ref(options), made, error))
    return Trainer(made[])
end

Base.unsafe_convert(::Type{Ptr{C.finn_trainer}}, trainer::Trainer) = trainer.handle

# The user_data of a loss of one's own.
mutable struct OwnLoss
    loss::Any
    columns::Int
    outputs::Int
end

function on_loss(step::Int64, batch::Int64, x::Ptr{Float64}, y::Ptr{Float64}, f::Ptr{Float64},
        f_adjoint::Ptr{Float64}, loss::Ptr{Float64}, user_data::Ptr{Cvoid})
    return guarded(OwnLoss, user_data) do own
        value = own.loss(Int(step) + 1, wrapped(x, own.columns, batch),
            wrapped(y, own.outputs, batch), wrapped(f, own.outputs, batch),
            wrapped(f_adjoint, own.outputs, batch))
        unsafe_store!(loss, Float64(value))
        true
    end
end

# Memory of C as a matrix; NULL as nothing.
wrapped(values, rows, columns) =
    values == C_NULL ? nothing : unsafe_wrap(Array, values, (rows, Int(columns)))

"""
    set_loss!(loss, trainer, model) -> trainer

The loss of a trainer with `loss = :custom`, for fits of models of the shape of this one:
`loss(step, x, y, f, f_adjoint)` returns the loss of a whole batch, f (outputs, batch) at the points
x (columns, batch) with the targets y (outputs, batch), nothing where the data has none. It writes
dloss/df into f_adjoint (outputs, batch), which is 0 on entry, and nothing where only the value is
wanted, for rows held out. Steps are counted from 1. The arrays belong to the library: do not keep
them, and write into none but f_adjoint. An exception in it ends the fit and comes out as itself;
the steps done are kept.
"""
function set_loss!(loss, trainer::Trainer, model::Model)
    own = OwnLoss(loss, columns(model), outputs(model))
    called = @cfunction(on_loss, Int32, (Int64, Int64, Ptr{Float64}, Ptr{Float64}, Ptr{Float64},
        Ptr{Float64}, Ptr{Float64}, Ptr{Cvoid}))
    checked(error -> C.finn_trainer_set_loss(trainer, called, pointer_from_objref(own), error))
    trainer.own_loss = own
    return trainer
end

"""
    set_validation!(trainer, model, x, y = nothing; weights = nothing) -> trainer

Holds these rows out, in place of a share of the data: x (columns, rows), y (outputs, rows), or
(rows,) where there is one output, nothing where the loss takes none, weights (rows,). They are
copied. Before the first step only.
"""
function set_validation!(trainer::Trainer, model::Model, x::AbstractMatrix{<:Real},
        y::OptionalReals = nothing; weights::OptionalReals = nothing)
    rows = rows_of(model, x, y, weights)
    checked(error -> C.finn_trainer_set_validation(trainer, model, rows.x, or_null(rows.y),
        or_null(rows.weights), rows.count, error))
    return trainer
end

"""
    steps(trainer)

Steps done so far.
"""
steps(trainer::Trainer) = Int(C.finn_trainer_steps(trainer))

"""
    outcome(trainer)

How the run stands, or ended: `:unfinished`, `:steps_done`, `:early_stopped` by patience,
`:converged` or `:stalled`, both of L-BFGS.
"""
outcome(trainer::Trainer) =
    enumerated(C.finn_outcome_values, C.finn_trainer_outcome(trainer))

"""
    best(trainer) -> (validation_loss, step)

The smallest loss of the rows held out, and after how many steps it was seen: 0 steps and an
infinite loss when there was none.
"""
function best(trainer::Trainer)
    validation_loss, step = Ref(Inf), Ref(Int64(0))
    checked(error -> C.finn_trainer_best(trainer, validation_loss, step, error))
    return (validation_loss = validation_loss[], step = Int(step[]))
end

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
