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

@testset "the names of options are those of the header" begin
    @test keys(LibFinn.C.finn_positivity_values) ==
          (:none, :abs, :softplus, :square, :exp, :auto)
    @test LibFinn.C.finn_loss_values.negative_log_likelihood == 1
end

@testset "the defaults are those of the library" begin
    trainer = LibFinn.initialised(LibFinn.C.finn_training_options)
    @test trainer.struct_size == sizeof(LibFinn.C.finn_training_options)
    @test (trainer.steps, trainer.batch, trainer.learning_rate) == (6000, 0, 0.01)
    @test (trainer.beta1, trainer.beta2, trainer.adam_epsilon) == (0.9, 0.999, 1e-8)
    @test (trainer.loss, trainer.schedule, trainer.seed) == (0, 0, 0)
    @test (trainer.optimiser, trainer.weight_decay, trainer.momentum) == (0, 0.01, 0.9)
    @test (trainer.lbfgs_memory, trainer.gradient_tolerance, trainer.loss_tolerance) ==
          (10, 1e-8, 1e-9)
    @test (trainer.decay_interval, trainer.decay_factor, trainer.huber_delta) == (1000, 0.5, 1)
    @test (trainer.validation_share, trainer.validation_interval, trainer.patience) == (0, 50, 0)
    model = LibFinn.initialised(LibFinn.C.finn_model_options)
    @test model.struct_size == sizeof(LibFinn.C.finn_model_options)
    @test (model.outputs, model.positivity) == (1, LibFinn.C.FINN_POSITIVITY_AUTO)
    @test (model.activation, model.last_layer, model.constraint, model.floor) == (0, 0, 0, 0)
    @test (model.precision, model.coordinates, model.seed) == (0, 0, 0)
    @test (model.head, model.patterns, model.terms, model.steps) == (0, 0, 0, 0)
    @test model.domain == C_NULL
end

@testset "a library that is older than the package refuses its options" begin
    options = Ref{LibFinn.C.finn_model_options}()
    status = LibFinn.C.finn_model_options_init_sized(options, 2sizeof(options[]))
    @test thrown(() -> LibFinn.require_known(status)).status == LibFinn.C.FINN_ERROR_ARGUMENT
end
