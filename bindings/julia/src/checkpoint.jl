# Checkpoints of a training run, as bytes and as files.

"""
    checkpoint(trainer, model) -> bytes
    checkpoint(path, trainer, model) -> path

The whole state of a run with the parameters of its model: a run that goes on from it gives the same
bits as one that never stopped. It holds no domain, no data and no loss of one's own. The file is
written beside path, flushed to the disk and renamed: whatever fails, a file that was there before
is whole.
"""
function checkpoint(trainer::Trainer, model::Model)
    size = Ref(Int64(0))
    checked(error -> C.finn_trainer_save(trainer, model, C_NULL, 0, size, error))
    bytes = Vector{UInt8}(undef, size[])
    checked(error -> C.finn_trainer_save(trainer, model, bytes, length(bytes), size, error))
    return bytes
end

function checkpoint(path::AbstractString, trainer::Trainer, model::Model)
    checked(error -> C.finn_trainer_save_file(trainer, model, path, error))
    return path
end

"""
    restore!(model, bytes) -> trainer
    restore!(model, path) -> trainer

A trainer from a checkpoint, which gives the model the parameters. Make the model with the options
it had, and fit the same rows; a loss of one's own is to be set again. Bytes that are damaged or
hostile are a [`FinnError`](@ref) and change nothing.
"""
function restore!(model::Model, bytes::AbstractVector{UInt8})
    content = is_contiguous(bytes) ? bytes : Array(bytes)
    made = Ref{Ptr{C.finn_trainer}}(C_NULL)
    status_of(error -> C.finn_trainer_load(model, content, length(content), made, error))
    return Trainer(made[])
end

function restore!(model::Model, path::AbstractString)
    made = Ref{Ptr{C.finn_trainer}}(C_NULL)
    status_of(error -> C.finn_trainer_load_file(model, path, made, error))
    return Trainer(made[])
end
