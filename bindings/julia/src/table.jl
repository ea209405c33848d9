# The numbers of CSV files.

"""
    Table

What [`read_table`](@ref) reads: `values` (columns, rows), a row of the file in each column, as
[`fit!`](@ref) takes them, and the `names` of the columns, "" for one without.
"""
struct Table
    names::Vector{String}
    values::Matrix{Float64}
end

# Columns by name or number, as C reads them: their number and their names.
function chosen_columns(columns)
    names = String[string(column) for column in columns]
    return (length(names), isempty(names) ? C_NULL : names)
end
chosen_columns(column::Union{AbstractString,Symbol,Integer}) = chosen_columns((column,))

"""
    read_table(path; columns = ()) -> table

The numbers of a CSV file in memory, as a [`Table`](@ref). `columns` are those wanted, in that
order, by name or number from 1; without any all columns as they stand. Only columns wanted have to
be numbers. A bad file or a missing value is a [`FinnError`](@ref) that names the line.
"""
function read_table(path::AbstractString; columns = ())
    count, chosen = chosen_columns(columns)
    handle = handle_of(C.finn_table) do made, error
        C.finn_table_read(path, chosen, count, made, error)
    end
    try
        return table_of(handle)
    finally
        C.finn_table_destroy(handle)
    end
end

function table_of(handle)
    columns, rows = Int(C.finn_table_columns(handle)), Int(C.finn_table_rows(handle))
    values = Matrix{Float64}(undef, columns, rows)
    succeed(error -> C.finn_table_values(handle, values, length(values), error))
    names = [unsafe_string(C.finn_table_name(handle, column)) for column in 0:columns-1]
    return Table(names, values)
end

function Base.show(io::IO, table::Table)
    print(io, "Table(", size(table.values, 2), " rows of ", join(map(repr, table.names), ", "), ")")
end
