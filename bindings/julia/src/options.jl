# Options by name, from the table of the library: what is added there needs nothing here.

# The number of a choice in finn.h.
function enumerator(table, chosen, name)
    for i in 1:length(table)
        keys(table)[i] === chosen && return values(table)[i]
    end
    expected = join(map(repr, keys(table)), ", ")
    throw(ArgumentError("$name: $(repr(chosen)) given, one of $expected expected"))
end

# The name of a number of finn.h.
function enumerated(table, number)
    found = findfirst(==(number), values(table))
    return found === nothing ? :unknown : keys(table)[found]
end

# The number of a struct of options in the table, and the function that writes its defaults.
entry(::Type{C.finn_mixture_options}) = (C.FINN_OPTIONS_MIXTURE, C.finn_mixture_options_init)
entry(::Type{C.finn_mlp_options}) = (C.FINN_OPTIONS_MLP, C.finn_mlp_options_init)
entry(::Type{C.finn_constraint_options}) =
    (C.FINN_OPTIONS_CONSTRAINT, C.finn_constraint_options_init)
entry(::Type{C.finn_conditioning_options}) =
    (C.FINN_OPTIONS_CONDITIONING, C.finn_conditioning_options_init)
entry(::Type{C.finn_training_options}) = (C.FINN_OPTIONS_TRAINING, C.finn_training_options_init)
entry(::Type{C.finn_chain_options}) = (C.FINN_OPTIONS_CHAIN, C.finn_chain_options_init)

# A struct with the defaults, as long as Julia knows it: a library that is older refuses the size.
function initialised(::Type{T}, size = sizeof(T)) where {T}
    options, (_, set_defaults) = Ref{T}(), entry(T)
    status = set_defaults(options, size)
    status == C.FINN_OK ||
        throw(FinnError(status, "struct_size: the library is older than this package"))
    return options
end

# A struct with these keyword arguments set by name.
function options_of(::Type{T}, @nospecialize(given)) where {T}
    options, (number, _) = initialised(T), entry(T)
    for (name, value) in pairs(given)
        set_option(number, options, name, option_text(value))
    end
    return options
end

function set_option(number, options, name, text)
    succeed(error -> C.finn_option_set(number, options, name, text, error))
end

# A value as the library reads it. A whole number is written as one, so that 1e4 will do for steps.
option_text(value::Union{Bool,Integer,Symbol,AbstractString}) = string(value)
option_text(value::Real) =
    isinteger(value) && abs(value) < 2^53 ? string(Int(value)) : string(Float64(value))
option_text(values) = join((option_text(value) for value in values), ", ")

# A text of the library as a value of Julia.
function option_value(type::Symbol, text)
    type === :integer && return something(tryparse(Int, text), tryparse(UInt64, text))
    type === :number && return parse(Float64, text)
    type === :flag && return text == "true"
    type === :choice && return Symbol(text)
    return Int[parse(Int, part) for part in split(text, ","; keepempty = false)]
end

"""
    LibFinn.Option

A row of the table of options: `name`, `type` (`:integer`, `:number`, `:flag`, `:choice` or
`:integers`), `default`, the limits `least` and `most` with `least_is_excluded` and
`most_is_excluded`, `choices`, `applies_to`, what takes it where that is not all, and `sentence`,
what it does.
"""
struct Option
    name::Symbol
    type::Symbol
    default::Any
    least::Float64
    most::Float64
    least_is_excluded::Bool
    most_is_excluded::Bool
    choices::Vector{Symbol}
    applies_to::String
    sentence::String
end

function Option(row::C.finn_option)
    type = enumerated(C.finn_option_type_values, row.type)
    choices = split(unsafe_string(row.choices), ", "; keepempty = false)
    return Option(Symbol(unsafe_string(row.name)), type,
        option_value(type, unsafe_string(row.default_value)), row.least, row.most,
        row.least_is_excluded != 0, row.most_is_excluded != 0, map(Symbol, choices),
        unsafe_string(row.applies_to), unsafe_string(row.sentence))
end

function Base.show(io::IO, option::Option)
    print(io, option.name, " = ", repr(option.default))
    isempty(option.choices) || print(io, " (", join(map(repr, option.choices), ", "), ")")
    if option.type in (:integer, :number, :integers)
        print(io, option.least_is_excluded ? " (above " : " (", option.least, " .. ",
            option.most_is_excluded ? "below " : "", option.most, ")")
    end
    isempty(option.applies_to) || print(io, ", ", option.applies_to)
    print(io, ": ", option.sentence)
end

function option_row(number, index)
    row = Ref(C.finn_option(sizeof(C.finn_option), ntuple(_ -> C_NULL, 5)..., 0, 0, 0, 0, 0))
    succeed(error -> C.finn_option_row(number, index, row, error))
    return Option(row[])
end

"""
    options(of::Symbol) -> rows

The options of `:mixture`, `:mlp`, `:constraint`, `:conditioning`, `:training` or `:chain`, a
[`LibFinn.Option`](@ref) each. They are the keyword arguments of [`Mixture`](@ref), [`Mlp`](@ref),
the constraints, the conditionings, [`Trainer`](@ref) and [`Chain`](@ref).
"""
function options(of::Symbol)
    number = enumerator(C.finn_options_kind_values, of, "of")
    return [option_row(number, index) for index in 0:C.finn_option_count(number)-1]
end

# What call(buffer, capacity, size, error) writes: asked for the size, and then for the bytes.
function bytes_of(call)
    size = Ref(Int64(0))
    succeed(error -> call(C_NULL, 0, size, error))
    bytes = Vector{UInt8}(undef, size[])
    succeed(error -> call(bytes, length(bytes), size, error))
    return bytes
end

text_of(call) = String(bytes_of(call)[1:end-1])

# All options of a struct by name.
function named_options(options::Ref{T}) where {T}
    number, _ = entry(T)
    rows = [option_row(number, index) for index in 0:C.finn_option_count(number)-1]
    values = map(rows) do row
        text = text_of() do buffer, capacity, size, error
            C.finn_option_get(number, options, row.name, buffer, capacity, size, error)
        end
        option_value(row.type, text)
    end
    return (; (row.name => value for (row, value) in zip(rows, values))...)
end
