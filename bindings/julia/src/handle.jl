# Owned handles, and the workspaces of evaluations.

# Finalizers run at any time on any thread: they call the library, which neither throws nor waits.
function own!(object, destroy)
    return finalizer(object) do owner
        destroy(owner.handle)
        owner.handle = C_NULL
    end
end

# The handle of this type that call(made, error) makes.
function handle_of(call, ::Type{T}) where {T}
    made = Ref{Ptr{T}}(C_NULL)
    succeed(error -> call(made, error))
    return made[]
end

"""
    Workspace(threads = 0)

Scratch memory of an evaluation, which grows at first use. `threads` is how many threads a call may
use, at most 1024: 0 for `FINN_THREADS`, `OMP_NUM_THREADS` or one per processor; results are the same
bits for every number.
Serves any model, one task at a time.
"""
mutable struct Workspace
    handle::Ptr{C.finn_workspace}
    threads::Int

    function Workspace(threads::Integer = 0)
        handle = handle_of(C.finn_workspace) do made, error
            C.finn_workspace_create(threads, made, error)
        end
        return own!(new(handle, threads), C.finn_workspace_destroy)
    end
end

Base.unsafe_convert(::Type{Ptr{C.finn_workspace}}, workspace::Workspace) = workspace.handle
