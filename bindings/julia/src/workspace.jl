# Owned handles, and the workspaces of evaluations.

# Finalizers run at any time on any thread: they call the library, which neither throws nor waits.
function own!(object, destroy)
    return finalizer(object) do owner
        destroy(owner.handle)
        owner.handle = C_NULL
    end
end

"""
    Workspace(threads = 0)

Scratch memory of an evaluation, which grows at first use. `threads` is how many threads a call may
use: 0 for the number that OpenMP takes, at most 1024; results are the same bits for every number.
Serves any model, one task at a time.
"""
mutable struct Workspace
    handle::Ptr{C.finn_workspace}
    threads::Int

    function Workspace(threads::Integer = 0)
        made = Ref{Ptr{C.finn_workspace}}(C_NULL)
        status_of(error -> C.finn_workspace_create(threads, made, error))
        return own!(new(made[], threads), C.finn_workspace_destroy)
    end
end

Base.unsafe_convert(::Type{Ptr{C.finn_workspace}}, workspace::Workspace) = workspace.handle
