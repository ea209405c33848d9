# A positive model as a distribution: what it says, and what is made of it.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE
using Random: MersenneTwister

struct Enough <: Exception end

# f(x | c) of one variable.
function conditional()
    model = Model(Mixture(1; components = 8), OpenBox([0], [1]);
        conditioning = FiLM(1; widths = [8]))
    set_parameters!(model, parameters(model) .+ 0.1)
    return Distribution(model)
end

@testset "the density is f where the integral is one" begin
    for model in (small_model(), mixture_model())
        joint, workspace, x = Distribution(model), Workspace(1), points(50)
        f = vec(integrand(model, workspace, x))
        @test pdf(joint, workspace, x) ≈ f
        @test logpdf(joint, workspace, x) ≈ log.(f)
        @test pdf(joint, workspace, x[:, 3]) ≈ f[3]
        @test pdf(joint, workspace, Float32.(x)) isa Vector{Float64}
        @test pdf(joint, workspace, [-2, 1]) == 0 && logpdf(joint, workspace, [-2, 1]) == -Inf
    end
end

@testset "a distribution is a snapshot and outlives its model" begin
    model, workspace, x = small_model(), Workspace(1), points(5)
    joint = Distribution(model)
    expected = pdf(joint, workspace, x)
    set_parameters!(model, fill(0.25, parameter_count(model)))
    finalize(model)
    GC.gc()
    @test pdf(joint, workspace, x) == expected
    first = marginal(joint, 1)
    finalize(joint)
    @test pdf(first, workspace, 0.5) > 0
    @test sprint(show, first) == "Distribution(1 variables, 0 given)"
end

@testset "a marginal of a marginal counts variables anew" begin
    joint = Distribution(Model(Mixture(3; components = 8), OpenBox([0, 0, 0], [1, 2, 3])))
    pair, workspace = marginal(joint, (3, 1)), Workspace(1)
    @test support(pair) == (lower = [0, 0], upper = [3, 1])
    @test minimum(pair) == [0, 0] && maximum(pair) == [3, 1]
    x = [0.25 1.5 2.75]
    @test pdf(marginal(pair, 1), workspace, x) == pdf(marginal(joint, 3), workspace, x)
    one, two = marginal(given(joint, 2), 2), given(marginal(joint, 2:3), 1)
    @test (variables(one), columns(one), given_columns(one)) == (1, 2, 1)
    @test cdf(one, workspace, [2, 0.5]) ≈ cdf(two, workspace, [2, 0.5])
end

@testset "a cdf where something is given is a ratio" begin
    joint, workspace = joint_of_mixture(), Workspace(1)
    first = given(joint, 2)
    found = cdf(first, workspace, [0.3, 1.25])
    @test found + ccdf(first, workspace, [0.3, 1.25]) ≈ 1
    strip(upper) = probability(joint, workspace, [-1, 1.2499], [upper, 1.2501]).value
    @test found ≈ strip(0.3) / strip(1) rtol = 1e-6
end

@testset "probabilities of boxes are integrals" begin
    model, workspace = mixture_model(), Workspace(1)
    joint, lower, upper = Distribution(model), [-0.5, 0.5], [0.75, 2.0]
    found = probability(joint, workspace, lower, upper)
    @test found.value ≈ only(integral(model, workspace, lower, upper).value)
    @test 0 <= found.error_estimate < 1e-12
    both = probability(joint, workspace, [lower LOWER], [upper UPPER])
    @test both.value ≈ [found.value, 1] && both.error_estimate isa Vector{Float64}
    @test probability_of_width(joint, workspace, lower, upper - lower).value ≈ found.value
    @test probability(joint, workspace, [-Inf, -Inf], [Inf, Inf]).value ≈ 1
    cut = truncated(joint, lower, [0.75, Inf])
    @test support(cut) == (lower = lower, upper = [0.75, 3])
    share = probability(joint, workspace, lower, [0.75, 3]).value
    @test pdf(cut, workspace, [0, 1]) ≈ pdf(joint, workspace, [0, 1]) / share
    @test probability(marginal(joint, 1), workspace, -0.5, 0.5).value > 0
end

@testset "quantiles and the Rosenblatt transform are inverses" begin
    joint, workspace, x = joint_of_mixture(), Workspace(1), points(20)
    first = given(joint, 2)
    @test quantile(first, workspace, cdf(first, workspace, x); given = x[2:2, :]) ≈ x[1, :]
    u = rosenblatt(joint, workspace, x)
    @test all(0 .<= u .<= 1) && inverse_rosenblatt(joint, workspace, u) ≈ x
    second = marginal(joint, 2)
    median = quantile(second, workspace, 0.5)
    @test median isa Float64 && cdf(second, workspace, median) ≈ 0.5
    @test quantile(second, workspace, [0, 1]) ≈ [0, 3]
end

@testset "conditions are rows of given" begin
    density, workspace, conditions = conditional(), Workspace(1), [-1 0.5 1]
    @test (variables(density), columns(density), given_columns(density)) == (1, 2, 1)
    medians = quantile(density, workspace, fill(0.5, 3); given = conditions)
    @test medians[1] != medians[3]
    @test cdf(density, workspace, [medians'; conditions]) ≈ fill(0.5, 3)
    found = moments(density, workspace; given = conditions)
    @test size(found.mean) == (1, 3) && size(found.covariance_error) == (1, 1, 3)
    @test mean(density, workspace; given = conditions) ≈ found.mean
    @test cov(density, workspace; given = conditions) ≈ found.covariance
    @test mean(density, workspace; given = [1]) == found.mean[:, 3]
    @test rand(7, density, workspace, 4; given = [1]) ==
        rand(7, density, workspace, 4; given = [1 1 1 1])
end

@testset "samples of a seed are the same for any threads and batches" begin
    joint = joint_of_mixture()
    for (distribution, known) in ((joint, nothing), (given(joint, 2), [1.25]))
        expected = rand(7, distribution, Workspace(1), 300; given = known)
        @test size(expected) == (variables(distribution), 300)
        @test rand(7, distribution, Workspace(3), 300; given = known) == expected
        later = rand(7, distribution, Workspace(1), 10; given = known, first = 291)
        @test later == expected[:, 291:300]
        @test rand(7, distribution, Workspace(1); given = known) == expected[:, 1]
        @test rand(8, distribution, Workspace(1), 300; given = known) != expected
    end
    workspace, x = Workspace(1), zeros(2, 5)
    by_generator(n) = rand(MersenneTwister(n), joint, workspace, 5)
    @test by_generator(1) == by_generator(1) != by_generator(2)
    @test rand!(3, joint, workspace, x) === x && x == rand(3, joint, workspace, 5)
    @test rand(joint, workspace, 5) != rand(joint, workspace, 5)
    @test length(rand(joint, workspace)) == 2
end

@testset "what samples tell agrees with the integrals" begin
    joint, workspace = joint_of_mixture(), Workspace(2)
    exact = moments(joint, workspace)
    @test exact.mean == mean(joint, workspace) && exact.covariance ≈ cov(joint, workspace)
    found = expectation(x -> x, joint, workspace; outputs = 2)
    @test all(abs.(found.value .- exact.mean) .< 5 .* found.standard_error)
    deviations = sqrt.([exact.covariance[k, k] for k in 1:2])
    @test found.standard_error ≈ deviations ./ 100 rtol = 0.05
    product = expectation(x -> x[1] * x[2], joint, workspace)
    expected = exact.covariance[1, 2] + prod(exact.mean)
    @test abs(product.value[1] - expected) < 5 * product.standard_error[1]
    patch = truncated(Distribution(small_model()), [0, 1], [1e-3, 1.001])
    @test entropy(patch, workspace; samples = 100).value ≈ log(1e-6) atol = 1e-2
    level = density_level(joint, workspace, 0.5)
    densities = pdf(joint, workspace, rand(9, joint, workspace, 4000))
    @test count(densities .>= level.value) / 4000 ≈ 0.5 atol = 0.05
    best = mode(joint, workspace)
    @test logpdf(joint, workspace, best.x) ≈ best.log_density
    @test best.log_density >= log(maximum(densities)) - 1e-6
end

@testset "an exception in an expectation comes out as itself" begin
    joint, workspace, calls = joint_of_mixture(), Workspace(1), Ref(0)
    failing = x -> (calls[] += 1) == 3 ? throw(Enough()) : 1
    @test thrown(() -> expectation(failing, joint, workspace)) isa Enough
    @test calls[] == 3
    test_thrown(() -> expectation(x -> (1, 2), joint, workspace), DimensionMismatch, "function")
    test_thrown(() -> expectation(x -> (:one,), joint, workspace), MethodError, "convert|Float64")
    test_refused(() -> expectation(x -> Inf, joint, workspace), FINN_ERROR_NOT_FINITE, "value")
end

@testset "an exception in a domain comes out as itself" begin
    fails = Ref(false)
    star = Domains.star(direction -> fails[] ? throw(Enough()) : 1.5, [0, 0])
    round, workspace = Distribution(Model(Mixture(2), star)), Workspace(1)
    GC.gc()
    x = rand(1, round, workspace, 5)
    @test all(pdf(round, workspace, x) .> 0)
    test_refused(() -> cdf(round, workspace, x), FINN_ERROR_ARGUMENT, "cdf")
    test_refused(() -> marginal(round, 1), FINN_ERROR_ARGUMENT, "marginal")
    for call in (pdf, logpdf, cdf, rosenblatt)
        test_thrown(() -> call(round, Workspace(2), x), ArgumentError, "workspace")
    end
    test_thrown(() -> rand(1, round, Workspace(2), 5), ArgumentError, "workspace")
    test_thrown(() -> entropy(round, Workspace(2)), ArgumentError, "workspace")
    fails[] = true
    @test thrown(() -> pdf(round, workspace, x)) isa Enough
    @test thrown(() -> rand(1, round, workspace, 5)) isa Enough
end
