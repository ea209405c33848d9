# The two networks, their options, and first parameters from data.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE

# Less the standards at the end: mean and spread of each variable, the unit of each output.
function count_of(network)
    model = Model(network, BOX)
    return parameter_count(model) - 2variables(model) - outputs(model)
end

@testset "a network says what it was made of" begin
    network = Mixture(3, 2; components = 5, sharing = :none)
    @test (variables(network), outputs(network)) == (3, 2)
    @test (options(network).components, options(network).sharing) == (5, :none)
    @test sprint(show, network) == "Mixture(3 variables, 2 outputs)"
    network = Mlp(2; widths = (4, 3, 2), skip = true, activation = :sigma)
    @test (options(network).widths, options(network).skip) == ([4, 3, 2], true)
    @test options(network).activation === :sigma
    @test options(Mlp(1; widths = ())).widths == Int[]
end

@testset "a mixture has the parameters of its components and normals" begin
    @test count_of(Mixture(2)) == 3 * 2 * 64 * 4 + 64
    @test count_of(Mixture(2; components = 5, normals_per_axis = 2)) == 3 * 2 * 5 * 2 + 5
    @test count_of(Mixture(2; components = 5, normals_per_axis = 1)) == 2 * 2 * 5 + 5
end

@testset "options of layers change the network" begin
    plain = count_of(small_network())
    @test count_of(small_network(skip = true)) == plain + 6
    @test count_of(small_network(orthants = 2)) > plain
    @test count_of(small_network(axis_units = 2)) == plain + 2 * 2 * 2 + 6 * 2 * 2
    @test count_of(small_network(widths = ())) == 3
    split = small_network(outputs = 2, sharing = :none)
    @test count_of(split) == 2plain > count_of(small_network(outputs = 2))
end

@testset "a mixture of many variables has its integral and all its partials" begin
    n = LibFinn.max_mixture_variables()
    @test n == LibFinn.C.FINN_MAX_MIXTURE_VARIABLES
    box = OpenBox(zeros(n), ones(n))
    model = Model(Mixture(n; components = 3), box; constraint = EqualTo(2))
    workspace, middle = Workspace(1), fill(0.5, n, 1)
    found = integral(model, workspace, zeros(n), ones(n))
    @test found.value ≈ [2] && found.condition_number == [1]
    @test integrand(model, workspace, middle)[1] > 0
    @test mixed_partial(model, workspace, 1:n, middle) == integrand(model, workspace, middle)
    test_thrown(() -> mixed_partial(model, workspace, n + 1, middle), ArgumentError, "variables")
end

# Points of a small part of the box.
cluster(count) = 0.1 .* points(count) .+ [0.5, 1]

@testset "parameters drawn from data depend on data and seed: $(typeof(network))" for network in
    (Mlp(2), Mixture(2))
    model, workspace = Model(network, BOX), Workspace(1)
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
    model = Model(Mixture(2), BOX)
    before = parameters(model)
    test_thrown(() -> initialise_from_data!(model, zeros(3, 4)), DimensionMismatch, "x")
    test_refused(() -> initialise_from_data!(model, zeros(2, 0)), FINN_ERROR_ARGUMENT, "rows")
    test_refused(() -> initialise_from_data!(model, fill(NaN, 2, 3)), FINN_ERROR_NOT_FINITE, "x")
    test_refused(() -> initialise_from_data!(model, fill(7, 2, 3)), FINN_ERROR_ARGUMENT, "x")
    @test parameters(model) == before
end
