# Structs of options, which the library fills with its defaults.

# The number of an option in finn.h.
function enumerator(table, chosen, name)
    haskey(table, chosen) && return table[chosen]
    expected = join(map(repr, keys(table)), ", ")
    throw(ArgumentError("$name: $(repr(chosen)) given, one of $expected expected"))
end

# The name of a number of finn.h.
function enumerated(table, number)
    found = findfirst(==(number), values(table))
    return found === nothing ? :unknown : keys(table)[found]
end

# The defaults of a struct, as long as Julia knows it: a library that is older refuses the size.
function initialised(::Type{C.finn_model_options})
    options = Ref{C.finn_model_options}()
    require_known(C.finn_model_options_init_sized(options, sizeof(C.finn_model_options)))
    return options[]
end

function initialised(::Type{C.finn_training_options})
    options = Ref{C.finn_training_options}()
    require_known(C.finn_training_options_init_sized(options, sizeof(C.finn_training_options)))
    return options[]
end

require_known(status) = status == C.FINN_OK ||
    throw(FinnError(status, "struct_size: the library is older than this package"))

# The same struct with some fields changed.
function changed(options::T; fields...) where {T}
    value_of(name) = haskey(fields, name) ? fields[name] : getfield(options, name)
    return T(map(value_of, fieldnames(T))...)
end

pointer_or_null(values) = values === nothing ? C_NULL : pointer(values)

# Keywords that become fields as they are must be fields, and not the size of the struct.
function require_fields(options, names)
    for name in names
        name in fieldnames(typeof(options)) && name !== :struct_size ||
            throw(ArgumentError("$name is no option"))
    end
end
