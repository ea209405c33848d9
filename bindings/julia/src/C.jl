"""
The functions of finn.h as they are, with its comments: `declarations.jl` is made from the header by
bindings/generate.py. The library is opened when the package is loaded.
"""
module C

using Libdl

# The functions of the library, in the order of `symbols`.
const pointers = Ptr{Cvoid}[]

# Calls that take long and do not call back let the garbage collector of other threads go on, where
# Julia offers it.
@static if VERSION >= v"1.12"
    macro long_call(call)
        esc(:(@ccall gc_safe = true $call))
    end
else
    macro long_call(call)
        esc(:(@ccall $call))
    end
end

include("declarations.jl")
include("library.jl")

end
