# The two heads, their options, and first parameters from data.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE

@testset "the head is the product unless an option asks for layers" begin
    count(; options...) = parameter_count(Model(LOWER, UPPER; options...))
    @test count() == count(head = :product) == 3 * 2 * 64 * 4 + 64
    @test count(head = :mlp) == count(widths = (32, 32)) == count(activation = :sigma)
    @test count(positivity = :none) == count(head = :mlp)
    @test count(terms = 5, steps = 2) == 3 * 2 * 5 * 2 + 5
    @test count(terms = 5, steps = 1) == 2 * 2 * 5 + 5
end

@testset "options of layers change the network" begin
    plain = parameter_count(small_model())
    @test parameter_count(small_model(read_out = :dense)) == plain + 6
    @test parameter_count(small_model(patterns = 2)) > plain
    shared, split = small_model(outputs = 2), small_model(outputs = 2, sharing = :none)
    @test parameter_count(split) == 2plain > parameter_count(shared)
end

@testset "a product of many variables has its integral" begin
    n = LibFinn.max_product_variables()
    @test n == LibFinn.C.FINN_MAX_PRODUCT_VARIABLES
    model, workspace = Model(zeros(n), ones(n); terms = 3, epsilon = 2), Workspace(1)
    found = integral(model, workspace, zeros(n), ones(n))
    @test found.value ≈ [2] && found.kappa == [1]
    @test integrand(model, workspace, fill(0.5, n, 1))[1] > 0
    test_thrown(() -> mixed_partial(model, workspace, 33, zeros(n, 1)), ArgumentError, "variables")
end

# Points of a small part of the box.
cluster(count) = 0.1 .* points(count) .+ [0.5, 1]

@testset "parameters drawn from data depend on data and seed: $head" for head in (:mlp, :product)
    model, workspace = Model(LOWER, UPPER; head = head), Workspace(1)
    before = parameters(model)
    @test initialise_from_data!(model, cluster(50)) === model
    drawn = parameters(model)
    @test drawn != before
    @test parameters(initialise_from_data!(model, cluster(50); seed = 1)) != drawn
    @test parameters(initialise_from_data!(model, cluster(50); seed = 0)) == drawn
    @test parameters(initialise_from_data!(model, transpose(permutedims(cluster(50))))) == drawn
    @test integral(model, workspace, LOWER, UPPER).value ≈ [1]
end

@testset "data that parameters cannot be drawn from are refused" begin
    model = Model(LOWER, UPPER)
    before = parameters(model)
    test_thrown(() -> initialise_from_data!(model, zeros(3, 4)), DimensionMismatch, "x")
    test_refused(() -> initialise_from_data!(model, zeros(2, 0)), FINN_ERROR_ARGUMENT, "rows")
    test_refused(() -> initialise_from_data!(model, fill(NaN, 2, 3)), FINN_ERROR_NOT_FINITE, "x")
    test_refused(() -> initialise_from_data!(model, fill(7, 2, 3)), FINN_ERROR_ARGUMENT, "x")
    @test parameters(model) == before
end
