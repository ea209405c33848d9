# What happened in a run.

"""
What [`summary`](@ref) finds in a run. Shown, it is a few lines, of which those that warn begin with
"warning: ".

`steps` done; their `outcome`; `loss` of the last step, and `smoothed_loss`, the mean of the last
100; `validation_loss` of the last check, `best_validation_loss` and `best_step`; `rows` trained on,
0 with a sampler, and `validation_rows`; with a log likelihood `rows_looked_at`, and `rows_at_floor`
where f is only the floor; `floor_share`, the share of the integral that is the floor; `integral`
and its one-sided `bound` of the `output` that is farthest from it, counted from 1, NaN where there
is none; `has_standards`, whether units came from rows; `warnings`, some of `:rows_at_floor`,
`:far_from_bound`, `:overfitted` and `:still_falling`.
"""
struct Summary
    fields::C.finn_training_summary
end

function Base.getproperty(summary::Summary, name::Symbol)
    value = getfield(getfield(summary, :fields), name)
    name === :outcome && return enumerated(C.finn_outcome_values, value)
    name === :warnings &&
        return [warning for (warning, bit) in pairs(C.finn_warning_values) if value & bit != 0]
    name === :output && return Int(value) + 1
    name === :has_standards && return value != 0
    return value
end

Base.propertynames(::Summary) = filter(!=(:struct_size), fieldnames(C.finn_training_summary))

"""
    summary(trainer, workspace) -> Summary

What happened in a run, of the trainer's model as it is now; f is computed at some rows. A trainer
that was restored tells of the whole run, but has no rows to look at until a fit was called with
them.
"""
function Base.summary(trainer::Trainer, workspace::Workspace)
    require_thread(trainer.model, workspace)
    found = Ref(C.finn_training_summary(sizeof(C.finn_training_summary),
        zeros(fieldcount(C.finn_training_summary) - 1)...))
    checked(error -> C.finn_trainer_summary(trainer, workspace, found, error))
    return Summary(found[])
end

function Base.show(io::IO, ::MIME"text/plain", summary::Summary)
    text = text_of() do buffer, capacity, size, error
        C.finn_trainer_summary_text(Ref(getfield(summary, :fields)), buffer, capacity, size, error)
    end
    print(io, text)
end
