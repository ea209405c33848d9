# What the library says about itself at run time.

"""
    version(), build_info(), instruction_set(), max_variables(), max_mixture_variables()

The version of the library; a line on its compiler and threads; the instruction set whose kernels are
in use ("avx512", "avx2", "neon" and "fma" give the same bits); the largest number of variables of
an [`Mlp`](@ref), and of a [`Mixture`](@ref).
"""
version() = VersionNumber(unsafe_string(C.finn_version_string()))
version_number() = Int(C.finn_version_number())
build_info() = unsafe_string(C.finn_build_info())
instruction_set() = unsafe_string(C.finn_instruction_set())
max_variables() = Int(C.finn_max_variables())
max_mixture_variables() = Int(C.finn_max_mixture_variables())
