# Model files and checkpoints, as files and as bytes.

"""
    save(path, model) -> path
    save(path, trainer) -> path

Writes a model file, or that of a trainer, a checkpoint: the model with the whole state of its run.
The format is safetensors. [`load`](@ref) gives the same bits in a program that knows nothing of the
model; a run that goes on by [`restore!`](@ref) gives the same bits as one that never stopped. A
checkpoint holds no data and no loss of one's own. A star or a map of one's own is stored by its
name, and cannot be saved without one.

The file is written beside path, flushed to the disk and renamed: whatever fails, a file that was
there before is whole.
"""
function save(path::AbstractString, model::Model)
    checked(error -> C.finn_model_save(model, path, error))
    return path
end

function save(path::AbstractString, trainer::Trainer)
    checked(error -> C.finn_trainer_save(trainer, path, error))
    return path
end

"""
    to_bytes(model)
    to_bytes(trainer)

The bytes of the file that [`save`](@ref) writes.
"""
to_bytes(model::Model) = bytes_of() do buffer, capacity, size, error
    C.finn_model_save_bytes(model, buffer, capacity, size, error)
end

to_bytes(trainer::Trainer) = bytes_of() do buffer, capacity, size, error
    C.finn_trainer_save_bytes(trainer, buffer, capacity, size, error)
end

# Bytes that C can read.
contiguous(bytes::AbstractVector{UInt8}) = is_contiguous(bytes) ? bytes : Array(bytes)

"""
    load(path; domains = []) -> model
    load(bytes; domains = []) -> model

The model of a file that [`save`](@ref) has written, a checkpoint too. Where its domain is a star or
a map of one's own, `domains` has to hold one of the same name, in any order. Bytes that are damaged
or hostile are a [`FinnError`](@ref).
"""
function load(path::AbstractString; domains = Domain[])
    candidates = collect(Domain, domains)
    handle = handle_of(C.finn_model) do made, error
        C.finn_model_load(path, candidates, length(candidates), made, error)
    end
    return Model(handle, functions_of(candidates))
end

function load(bytes::AbstractVector{UInt8}; domains = Domain[])
    content, candidates = contiguous(bytes), collect(Domain, domains)
    handle = handle_of(C.finn_model) do made, error
        C.finn_model_load_bytes(content, length(content), candidates, length(candidates), made,
            error)
    end
    return Model(handle, functions_of(candidates))
end

"""
    restore!(model, path) -> trainer
    restore!(model, bytes) -> trainer

A trainer of this model from a checkpoint, which gives the model its parameters. Make the model of
the parts it had, or [`load`](@ref) it from the checkpoint, and fit the same rows; a loss of one's
own is to be set again. A failure is a [`FinnError`](@ref) and changes nothing.
"""
function restore!(model::Model, path::AbstractString)
    handle = handle_of(C.finn_trainer) do made, error
        C.finn_trainer_load(model, path, made, error)
    end
    return Trainer(handle, model)
end

function restore!(model::Model, bytes::AbstractVector{UInt8})
    content = contiguous(bytes)
    handle = handle_of(C.finn_trainer) do made, error
        C.finn_trainer_load_bytes(model, content, length(content), made, error)
    end
    return Trainer(handle, model)
end
