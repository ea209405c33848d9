# Where the library is found, and what is said when it is not.

const soname = Sys.isapple() ? "libfinn.0.dylib" : "libfinn.so.0"

const advice = """
    Install libfinn (make install PREFIX=...) and do one of these:
      - set the environment variable LIBFINN to the path of libfinn.so before Julia starts;
      - from Julia 1.6 on, write it into LocalPreferences.toml beside the active Project.toml:
            [LibFinn]
            libfinn = "/path/to/libfinn.so"
      - install it where the system's loader looks (ldconfig, LD_LIBRARY_PATH)."""

# The preferences of this package in the active environments, which Base reads from 1.6 on.
function preferences()
    id = Base.PkgId(parentmodule(@__MODULE__)).uuid
    if id !== nothing && isdefined(Base, :get_preferences)
        return Base.get_preferences(id)
    end
    return Dict{String,Any}()
end

"""
    library_path(environment, preferences)

The path to open: that of the environment, of the preferences, or the name that the loader looks
for.
"""
function library_path(environment, preferences)
    path = get(environment, "LIBFINN", "")
    isempty(path) || return path
    return get(preferences, "libfinn", soname)
end

# What the system's loader said last.
function loader_message()
    message = ccall(:dlerror, Cstring, ())
    return message == C_NULL ? "no reason given" : unsafe_string(message)
end

"""
    open_library(path) -> handle

Opens the library, which must have the version of the declarations.
"""
function open_library(path)
    # Not RTLD_DEEPBIND, Julia's default: where Julia brings an unwinder of its own (libunwind in
    # Debian), a C++ exception would be raised by one and caught by another, which aborts.
    handle = dlopen(path, RTLD_LAZY | RTLD_LOCAL; throw_error = false)
    handle === nothing &&
        error("libfinn could not be opened as \"$path\": $(loader_message())\n$advice")
    version = dlsym(handle, :finn_version_number; throw_error = false)
    version === nothing && error("\"$path\" is not libfinn: it has no finn_version_number\n$advice")
    number = ccall(version, Int32, ())
    if number ÷ 100 != FINN_VERSION_MAJOR * 100 + FINN_VERSION_MINOR
        major, minor = number ÷ 10000, number ÷ 100 % 100
        error("\"$path\" is libfinn $major.$minor, but this package needs " *
              "$FINN_VERSION_MAJOR.$FINN_VERSION_MINOR\n$advice")
    end
    return handle
end

"""
    load()

Opens the library and looks up its functions.
"""
function load()
    handle = open_library(library_path(ENV, preferences()))
    resize!(pointers, length(symbols))
    for (i, symbol) in enumerate(symbols)
        pointers[i] = dlsym(handle, symbol)
    end
end
