# Trainers: losses of one's own, validation rows, and how a run stands.

"""
    Trainer(model; steps = 6000, loss = :squared_error, ...)

State of a training run of this model, which it keeps as `trainer.model`. `options(:training)` lists
the options; docs/TRAINING.md of the library says when to use which. With `loss = :custom` the loss
is one's own, by [`set_loss!`](@ref).
"""
mutable struct Trainer
    handle::Ptr{C.finn_trainer}
    model::Model
    own_loss::Any

    Trainer(handle::Ptr{C.finn_trainer}, model) =
        own!(new(handle, model, nothing), C.finn_trainer_destroy)
end

function Trainer(model::Model; options...)
    chosen = options_of(C.finn_training_options, options)
    handle = handle_of(C.finn_trainer) do made, error
        C.finn_trainer_create(model, chosen, made, error)
    end
    return Trainer(handle, model)
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
    set_loss!(loss, trainer) -> trainer

The loss of a trainer with `loss = :custom`, in place of one that was set before:
`loss(step, x, y, f, f_adjoint)` returns the loss of a whole batch, f (outputs, batch) at the points
x (columns, batch) with the targets y (outputs, batch), nothing where the data has none. It writes
dloss/df into f_adjoint (outputs, batch), which is 0 on entry, and nothing where only the value is
wanted, for validation rows. Steps are counted from 1. The arrays belong to the library: do not keep
them, and write into none but f_adjoint. An exception in it ends the fit and comes out as itself;
the steps done are kept.
"""
function set_loss!(loss, trainer::Trainer)
    own = OwnLoss(loss, columns(trainer.model), outputs(trainer.model))
    called = @cfunction(on_loss, Int32, (Int64, Int64, Ptr{Float64}, Ptr{Float64}, Ptr{Float64},
        Ptr{Float64}, Ptr{Float64}, Ptr{Cvoid}))
    user_data = address_of(own)
    checked(error -> C.finn_trainer_set_loss(trainer, called, user_data, C_NULL, error))
    trainer.own_loss = own
    return trainer
end

"""
    set_validation!(trainer, x, y = nothing; weights = nothing) -> trainer

The validation rows, in place of a share of the data: x (columns, rows), y (outputs, rows), or
(rows,) where there is one output, other rows as [`target_columns`](@ref) says, nothing where the loss takes none, weights (rows,). They are
copied. Before the first step only.
"""
function set_validation!(trainer::Trainer, x::AbstractMatrix{<:Real}, y::OptionalReals = nothing;
        weights::OptionalReals = nothing)
    rows = rows_of(trainer, x, y, weights)
    checked(error -> C.finn_trainer_set_validation(trainer, rows.x, or_null(rows.y),
        or_null(rows.weights), rows.count, error))
    return trainer
end

"""
    target_columns(trainer)

The numbers of a column of y that the loss takes: the outputs of the model, its variables under
`loss = :interval_likelihood`, 0 where it takes none.
"""
target_columns(trainer::Trainer) = Int(C.finn_trainer_target_columns(trainer))

"""
    steps(trainer)

Steps done so far.
"""
steps(trainer::Trainer) = Int(C.finn_trainer_steps(trainer))

"""
    outcome(trainer)

How the run stands, or ended: `:unfinished`, `:steps_done`, `:early_stopped` by patience,
`:converged` or `:stalled`, both of L-BFGS, or `:stopped` by a progress callback, after which it can
go on.
"""
outcome(trainer::Trainer) =
    enumerated(C.finn_outcome_values, C.finn_trainer_outcome(trainer))

"""
    best(trainer) -> (validation_loss, step)

The smallest loss of the validation rows, and after how many steps it was seen: 0 steps and an
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
