# Sizes, offsets and values against those that a C compiler finds in finn.h.

const ROOT = normpath(joinpath(@__DIR__, "..", "..", ".."))

# What bindings/layout.c prints; nothing where there is no C compiler.
function layout_in_c()
    compiler = Sys.which(get(ENV, "CC", "cc"))
    compiler === nothing && return nothing
    folder = mktempdir()
    program = joinpath(folder, "layout")
    source = joinpath(ROOT, "bindings", "layout.c")
    run(`$compiler -std=c99 -I $(joinpath(ROOT, "capi")) $source -o $program`)
    return map(split, eachline(`$program`))
end

# The number of a field of the same name, which C and Julia must have in the same place.
field_number(type, name) = findfirst(==(Symbol(name)), fieldnames(type))

function test_layout(lines)
    fields = 0
    for words in lines
        object = getfield(LibFinn.C, Symbol(words[2]))
        if words[1] == "constant"
            @test object === parse(Int32, words[3])
        elseif words[1] == "struct"
            @test sizeof(object) == parse(Int, words[3])
            fields += fieldcount(object)
        else
            number = field_number(object, words[3])
            @test fieldoffset(object, number) == parse(Int, words[4])
            @test sizeof(fieldtype(object, number)) == parse(Int, words[5])
            fields -= 1
        end
    end
    @test fields == 0  # no struct has a field that C does not have
end

@testset "sizes, offsets and values are those of C" begin
    lines = layout_in_c()
    if lines === nothing
        @info "skipped: no C compiler, so the layout of the structs was not compared"
    else
        @test length(lines) > 60
        test_layout(lines)
    end
end

@testset "the names of choices are those of the header" begin
    @test keys(LibFinn.C.finn_positivity_values) == (:none, :abs, :softplus, :square, :exp)
    @test LibFinn.C.finn_loss_values.negative_log_likelihood == 1
    @test keys(LibFinn.C.finn_direction_values) == (:upward, :downward)
    @test keys(LibFinn.C.finn_precision_values) == (:float64, :float32)
end
