# Bounds on the integral, integrals that are learned, and linear constraints.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NULL

whole(model) = integral(model, Workspace(1), LOWER, UPPER).value[1]

@testset "the integral lies within its bounds" begin
    free = whole(small_model(constraint = :none))
    at_most(epsilon, approach) =
        whole(small_model(epsilon = epsilon, bound = :at_most, approach = approach))
    @test at_most(2free, :hard) ≈ free
    @test at_most(free / 2, :hard) ≈ free / 2
    @test at_most(free, :smooth) ≈ free / 2
    @test whole(small_model(epsilon = 2free, bound = :at_least)) ≈ 2free
    between = (epsilon = 3, lower_epsilon = 1, bound = :between)
    @test whole(small_model(; approach = :learned, between...)) ≈ 2
    @test 1 < whole(small_model(; approach = :smooth, between...)) < 3
end

@testset "the projection meets all its constraints" begin
    half = [UPPER[1], (LOWER[2] + UPPER[2]) / 2]
    model = small_model(positivity = :none, constraint = :projection, linear_constraints = [
        (value = 0.5,), (value = -1, lower = LOWER, upper = half),
        (value = [0.25], powers = (1, 0))])
    @test whole(model) ≈ 0.5
    @test integral(model, Workspace(1), LOWER, half).value ≈ [-1]
end

@testset "constraints that do not fit are refused" begin
    test_refused(() -> small_model(bound = :between), FINN_ERROR_NULL, "lower_epsilon")
    test_refused(() -> small_model(softness = 1), FINN_ERROR_ARGUMENT, "softness")
    test_thrown(() -> small_model(bound = :between, lower_epsilon = [0.5, 0.5]), DimensionMismatch,
        "lower_epsilon")
    test_thrown(() -> small_model(bound = :none), ArgumentError, "bound")
    projection(linear) = small_model(positivity = :none, constraint = :projection,
        linear_constraints = [linear])
    test_thrown(() -> projection((value = [1, 2],)), DimensionMismatch, "value")
    test_thrown(() -> projection((value = 1, powers = [1])), DimensionMismatch, "powers")
    test_thrown(() -> projection((value = 1, lower = [0])), DimensionMismatch, "lower")
    test_thrown(() -> projection((value = 1, power = [1])), ArgumentError, "power")
    test_thrown(() -> projection((powers = [1, 0],)), ArgumentError, "value")
end
