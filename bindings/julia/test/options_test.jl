# Options by name: the table of the library, and what it says of wrong ones.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_SIZE

row_of(kind, name) = only(filter(row -> row.name === name, options(kind)))

@testset "the table has each option of a struct, with its default: $kind" for (kind, type) in
    ((:mixture, LibFinn.C.finn_mixture_options), (:mlp, LibFinn.C.finn_mlp_options),
    (:constraint, LibFinn.C.finn_constraint_options),
    (:conditioning, LibFinn.C.finn_conditioning_options),
    (:training, LibFinn.C.finn_training_options), (:chain, LibFinn.C.finn_chain_options))
    rows = options(kind)
    fields = filter(name -> !(name in (:struct_size, :reserved, :hidden_layers)), fieldnames(type))
    @test issubset(fields, [row.name for row in rows])
    @test all(row -> !isempty(row.sentence), rows)
    defaults = LibFinn.named_options(LibFinn.initialised(type))
    @test collect(defaults) == [row.default for row in rows]
end

@testset "a row of the table says what an option takes" begin
    rate = row_of(:training, :learning_rate)
    @test (rate.type, rate.default) == (:number, 0.01)
    optimiser = row_of(:training, :optimiser)
    @test (optimiser.type, optimiser.default) == (:choice, :adam)
    @test optimiser.choices == [:adam, :adamw, :sgd, :lbfgs]
    @test occursin("sgd", row_of(:training, :momentum).applies_to)
    @test (row_of(:mlp, :widths).type, row_of(:mlp, :widths).default) == (:integers, [32, 32])
    @test row_of(:mlp, :skip).default === false
    components = row_of(:mixture, :components)
    @test (components.default, components.least, components.most) == (64, 1, 65536)
    @test occursin("components = 64", sprint(show, components))
    @test occursin(":adamw", sprint(show, optimiser))
    test_thrown(() -> options(:nonsense), ArgumentError, "of")
end

@testset "values of any kind are read as the option takes them" begin
    given = (steps = 1e3, learning_rate = 1 // 4, beta1 = 0.5f0, min_delta = 1e-300,
        seed = typemax(UInt64), nesterov = true, optimiser = "sgd")
    read = LibFinn.named_options(LibFinn.options_of(LibFinn.C.finn_training_options, given))
    for name in keys(given)
        @test read[name] == (name === :optimiser ? :sgd : given[name])
    end
    for widths in ((3, 2), [3, 2], 3:-1:2)
        @test options(Mlp(2; widths = widths)).widths == [3, 2]
    end
end

@testset "a wrong option is refused with the name that is nearest, or its limits" begin
    refused(call, name) = test_refused(call, FINN_ERROR_ARGUMENT, name)
    model = small_model()
    refused(() -> Trainer(model; learnig_rate = 0.1), "learning_rate")
    refused(() -> Mixture(2; component = 3), "components")
    refused(() -> Mlp(2; width = 3), "widths")
    refused(() -> EqualTo(1; uniform_shares = 0), "uniform_share")
    refused(() -> FiLM(1; struct_size = 8), "struct_size")
    refused(() -> Mixture(2; components = 70000), "65536")
    refused(() -> Trainer(model; steps = 0.5), "steps")
    refused(() -> Trainer(model; nesterov = 2), "nesterov")
    refused(() -> Trainer(model; optimiser = :adamx), "adamw")
end

@testset "a library that is older than the package refuses its options" begin
    type = LibFinn.C.finn_training_options
    failure = thrown(() -> LibFinn.initialised(type, 2sizeof(type)))
    @test failure.status == FINN_ERROR_SIZE
end
