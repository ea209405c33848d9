# Integrals that are fixed, bounded, learned, of a row, or several at once.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE, FINN_ERROR_NULL, FINN_ERROR_SIZE

whole(model) = integral(model, Workspace(1), LOWER, UPPER).value[1]
whole_of(constraint) = whole(small_model(constraint = constraint))

@testset "the integral lies within its bounds" begin
    free = whole_of(NoConstraint())
    @test whole_of(BoundedBy(nothing, 2free)) ≈ free
    @test whole_of(BoundedBy(nothing, free / 2)) ≈ free / 2
    @test whole_of(BoundedBy(nothing, free; transition = :smooth)) ≈ free / 2
    @test whole_of(BoundedBy(2free, nothing)) ≈ 2free
    @test whole_of(BoundedBy(1, 3; transition = :learned)) ≈ 2
    @test 1 < whole_of(BoundedBy(1, 3; transition = :smooth)) < 3
end

@testset "the integral is its target, or begins at its start" begin
    for method in (:scale, :shift)
        @test whole_of(EqualTo(2.5; method = method)) ≈ 2.5
        @test whole_of(Learned(2.5; method = method)) ≈ 2.5
    end
    model = small_model(constraint = Learned(2))
    @test parameter_count(model) == parameter_count(small_model()) + 1
    both = small_model(outputs = 2, constraint = EqualTo([1, 3]))
    @test integral(both, Workspace(1), LOWER, UPPER).value ≈ [1, 3]
end

@testset "all linear integrals hold at once" begin
    half = [UPPER[1], (LOWER[2] + UPPER[2]) / 2]
    model = small_model(positivity = :none, constraint = LinearIntegrals(2, [(value = 0.5,),
        (value = -1, upper = half), (value = [0.25], powers = (1, 0))]))
    @test whole(model) ≈ 0.5
    @test integral(model, Workspace(1), LOWER, half).value ≈ [-1]
end

@testset "a constraint says what it is" begin
    @test bounds(EqualTo([1, 2])) == (lower = [1, 2], upper = [1, 2])
    @test bounds(BoundedBy(nothing, 3)) == (lower = [-Inf], upper = [3])
    @test outputs.((NoConstraint(), PerRow(3), Learned([1, 2]))) == (0, 3, 2)
    @test sprint(show, PerRow(3)) == "PerRow(3 outputs)"
    test_refused(() -> bounds(PerRow(1)), FINN_ERROR_ARGUMENT, "constraint")
end

@testset "constraints that are none are refused" begin
    test_refused(() -> EqualTo(NaN), FINN_ERROR_NOT_FINITE, "target")
    test_refused(() -> EqualTo(Float64[]), FINN_ERROR_ARGUMENT, "outputs")
    test_refused(() -> BoundedBy(2, 1), FINN_ERROR_ARGUMENT, "upper")
    test_refused(() -> BoundedBy(nothing, nothing), FINN_ERROR_ARGUMENT, "outputs|lower")
    test_refused(() -> EqualTo(1; uniform_share = 1), FINN_ERROR_ARGUMENT, "uniform_share")
    test_refused(() -> EqualTo(1; uniform_share = NaN), FINN_ERROR_NOT_FINITE, "uniform_share")
    test_refused(() -> EqualTo(1; method = :shift, uniform_share = 0.5), FINN_ERROR_ARGUMENT,
        "uniform_share")
    test_refused(() -> PerRow(1; transition = :smooth), FINN_ERROR_ARGUMENT, "transition")
    test_refused(() -> LinearIntegrals(2, []), FINN_ERROR_ARGUMENT, "count")
    test_thrown(() -> EqualTo(1; method = :nonsense), ArgumentError, "method")
    test_thrown(() -> PerRow(1; bound = :nonsense), ArgumentError, "bound")
    test_thrown(() -> BoundedBy(1, 2; transition = :nonsense), ArgumentError, "transition")
    test_thrown(() -> BoundedBy(1, [2, 3]), DimensionMismatch, "upper")
    linear(integral) = LinearIntegrals(2, [(value = 1,), integral])
    test_thrown(() -> linear((value = [1, 2],)), DimensionMismatch, "value")
    test_thrown(() -> linear((value = 1, powers = [1])), DimensionMismatch, "powers")
    test_thrown(() -> linear((value = 1, lower = [0])), DimensionMismatch, "lower")
    test_thrown(() -> linear((value = 1, power = [1])), ArgumentError, "power")
    test_thrown(() -> linear((powers = [1, 0],)), DimensionMismatch, "value")
end

@testset "a constraint that its model cannot meet is refused by the model" begin
    test_refused(() -> whole_of(EqualTo(0)), FINN_ERROR_ARGUMENT, "target")
    test_refused(() -> whole_of(EqualTo([1, 2])), FINN_ERROR_SIZE, "outputs")
end
