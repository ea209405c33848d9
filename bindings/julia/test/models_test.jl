# Models of parts: what is shared, what comes back, and what does not go together.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_SIZE

@testset "parts serve several models, which outlive them" begin
    network, box, target = small_network(), OpenBox(LOWER, UPPER), EqualTo(2)
    models = [Model(network, box; constraint = target, seed = seed) for seed in (7, 7, 8)]
    values = map(parameters, models)
    @test values[1] == values[2] != values[3]
    set_parameters!(models[1], fill(0.5, parameter_count(models[1])))
    @test parameters(models[2]) == values[2]
    foreach(finalize, (network, box, target))
    found = [integral(model, Workspace(1), LOWER, UPPER).value for model in models]
    @test all(isapprox.(found, [[2]]))
end

@testset "a model gives back its parts" begin
    model = Model(Mixture(2, 2; components = 5), Box(LOWER, UPPER);
        constraint = BoundedBy([1, 2], [3, 4]), conditioning = FiLM([0], [1]; widths = [4]),
        precision = Float32)
    @test network(model) isa Mixture && options(network(model)).components == 5
    @test LibFinn.kind(domain(model)) == "box"
    @test limits(domain(model)) == (lower = LOWER, upper = UPPER)
    @test constraint(model) isa BoundedBy
    @test bounds(constraint(model)) == (lower = [1, 2], upper = [3, 4])
    @test conditioning(model) isa FiLM && options(conditioning(model)).widths == [4]
    @test precision(model) === Float32
    again = Model(network(model), domain(model); constraint = constraint(model),
        conditioning = conditioning(model), precision = precision(model))
    @test parameters(again) == parameters(model) && describe(again) == describe(model)
end

@testset "a model without a constraint says which it has" begin
    plain, free = small_model(), small_model(positivity = :none)
    @test network(plain) isa Mlp && conditioning(plain) === nothing
    for model in (plain, free)
        @test constraint(model) isa EqualTo
        @test bounds(constraint(model)) == (lower = [1], upper = [1])
    end
    for made in (NoConstraint(), Learned(1), PerRow(1), LinearIntegrals(2, [(value = 1,)]))
        model = small_model(constraint = made, positivity = :none)
        @test typeof(constraint(model)) === typeof(made)
    end
    for made in (Hypernetwork(1), LinearInputs(2))
        model = Model(Mixture(2), BOX; conditioning = made)
        @test typeof(conditioning(model)) === typeof(made)
    end
end

@testset "a description is a JSON object of all parts" begin
    text = describe(Model(Mlp(2; widths = [7, 5]), BOX))
    @test startswith(text, "{") && endswith(text, "}")
    @test occursin("mlp", text) && occursin("open box", text)
end

@testset "parts that do not go together are refused" begin
    for (make, status, name) in (
        (() -> Model(Mixture(3), BOX), FINN_ERROR_SIZE, "variables"),
        (() -> Model(Mixture(2, 3), BOX; constraint = EqualTo([1, 2])), FINN_ERROR_SIZE,
            "outputs"))
        test_refused(make, status, name)
    end
    test_thrown(() -> small_model(precision = Int), ArgumentError, "precision")
    test_thrown(() -> Model(Mixture(2), BOX; seed = -1), InexactError, "UInt64")
    test_thrown(() -> Model(Mixture(2), BOX; constraint = 2), TypeError, "Constraint")
end
