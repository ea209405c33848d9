# Statuses of C as exceptions.

"""
    FinnError(status, message)

What the library refused: `status` is one of the FINN_ERROR_* of finn.h (`LibFinn.C`), `message`
names the argument, what was given and what was expected.
"""
struct FinnError <: Exception
    status::Int32
    message::String
end

"""
    status_name(status), status_text(status)

"FINN_ERROR_SIZE" and the like, and one sentence on it.
"""
status_name(status) = unsafe_string(C.finn_status_name(status))
status_text(status) = unsafe_string(C.finn_status_text(status))

function Base.showerror(io::IO, failure::FinnError)
    print(io, "FinnError: ", status_name(failure.status), ": ", failure.message)
end

# A finn_error for one call, with its struct_size set.
function empty_error()
    message = ntuple(_ -> 0x00, Int(C.FINN_ERROR_MESSAGE_SIZE))
    return Ref(C.finn_error(sizeof(C.finn_error), C.FINN_OK, message))
end

@noinline function failure_of(status, error)
    bytes = collect(error[].message)
    length = something(findfirst(iszero, bytes), Base.length(bytes) + 1) - 1
    return FinnError(status, String(bytes[1:length]))
end

# No exception may cross the frames of C: one in a callback waits here, with the task that made the
# call, until the call has returned. Callbacks run on the thread of the caller.
keep_exception(exception) = task_local_storage(:LibFinn_exception, exception)

# Throws what a callback of this task has thrown, if anything, and forgets it.
function rethrow_kept()
    exception = pop!(task_local_storage(), :LibFinn_exception, nothing)
    exception === nothing || throw(exception)
    return nothing
end

# The user_data of a callback, which `guarded` finds again. Not inlined: the object would otherwise
# lie on the stack, without the type that is looked at there.
@noinline address_of(object) = pointer_from_objref(object)

# The body of a callback of C, which returns whether to go on; 0 is yes. The safepoint lets a
# collection that another thread wants begin.
function guarded(body, ::Type{T}, user_data) where {T}
    try
        GC.safepoint()
        return body(unsafe_pointer_to_objref(user_data)::T)::Bool ? Int32(0) : Int32(1)
    catch exception
        keep_exception(exception)
        return Int32(1)
    end
end

# Runs call(error) with a message at hand.
function succeed(call)
    error = empty_error()
    status = call(error)
    status == C.FINN_OK || fail(status, error)
    return nothing
end

@noinline function fail(status, error)
    status == C.FINN_ERROR_CALLBACK && rethrow_kept()
    throw(failure_of(status, error))
end

# Runs call(error) for a function that can be repeated: at first without a message, so that nothing
# is allocated, and again with one when it has failed.
@inline function checked(call)
    status = call(C_NULL)
    status == C.FINN_OK || repeated(call, status)
    return nothing
end

@noinline function repeated(call, status)
    status == C.FINN_ERROR_CALLBACK && rethrow_kept()
    succeed(call)
end
