# What a distribution refuses: the exception, and the argument that is named.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE

@testset "a model, variables and limits that are none are refused" begin
    joint, status = joint_of_mixture(), FINN_ERROR_ARGUMENT
    test_refused(() -> Distribution(small_model(positivity = :none)), status, "model")
    for output in (0, 2)
        test_thrown(() -> Distribution(small_model(), output), ArgumentError, "output")
    end
    for chosen in (3, (0, 1), (1, 1))
        test_thrown(() -> marginal(joint, chosen), ArgumentError, "variables")
        test_thrown(() -> given(joint, chosen), ArgumentError, "variables")
    end
    test_refused(() -> marginal(joint, ()), status, "count")
    test_refused(() -> given(joint, (1, 2)), status, "variables")
    test_refused(() -> truncated(joint, [5, 0], [6, 1]), status, "lower")
    test_refused(() -> truncated(joint, [0, NaN], UPPER), FINN_ERROR_NOT_FINITE, "lower")
end

@testset "a wrong size is refused before the call" begin
    joint, workspace, x = joint_of_mixture(), Workspace(1), points(3)
    first = given(joint, 2)
    refused(call, name) = test_thrown(call, DimensionMismatch, name)
    for call in (pdf, logpdf, cdf, ccdf, rosenblatt)
        refused(() -> call(joint, workspace, zeros(3, 2)), "x")
    end
    refused(() -> pdf(joint, workspace, zeros(3)), "x")
    refused(() -> pdf!(zeros(2), joint, workspace, x), "density")
    refused(() -> rosenblatt!(zeros(2, 2), joint, workspace, x), "u")
    refused(() -> truncated(joint, [0], UPPER), "lower")
    refused(() -> truncated(joint, LOWER, [1, 2, 3]), "upper")
    refused(() -> probability(joint, workspace, [0], UPPER), "lower")
    refused(() -> probability(joint, workspace, x, zeros(2, 2)), "upper")
    refused(() -> probability_of_width(joint, workspace, LOWER, [1]), "width")
    refused(() -> quantile(first, workspace, [0.5]), "given")
    refused(() -> quantile(first, workspace, [0.5]; given = [1, 2]), "given")
    refused(() -> quantile(first, workspace, [0.5]; given = [1 2]), "given")
    refused(() -> quantile!(zeros(2), marginal(joint, 1), workspace, [0.5]), "x")
    refused(() -> inverse_rosenblatt(joint, workspace, zeros(3, 1)), "u")
    refused(() -> rand(1, first, workspace, 2; given = [1 2 3]), "given")
    refused(() -> rand!(1, joint, workspace, zeros(3, 2)), "x")
    refused(() -> moments(joint, workspace; given = [1]), "given")
    refused(() -> entropy(first, workspace), "given")
    refused(() -> expectation(x -> 1, first, workspace; given = [1 2]), "given")
end

@testset "values out of range are refused" begin
    joint, workspace, status = joint_of_mixture(), Workspace(1), FINN_ERROR_ARGUMENT
    first = given(joint, 2)
    test_refused(() -> pdf(joint, workspace, zeros(2, 0)), status, "rows")
    test_refused(() -> quantile(joint, workspace, 0.5), status, "distribution")
    test_refused(() -> quantile(first, workspace, 1.5; given = [1]), status, "p")
    test_refused(() -> cdf(first, workspace, [0, 7]), status, "given")
    test_refused(() -> probability(joint, workspace, UPPER, LOWER), status, "upper")
    test_refused(() -> entropy(joint, workspace; samples = 1), status, "samples")
    test_refused(() -> density_level(joint, workspace, 1), status, "probability")
    test_refused(() -> expectation(x -> 1, joint, workspace; outputs = 0), status, "length")
    test_refused(() -> pdf(joint, workspace, [0, NaN]), FINN_ERROR_NOT_FINITE, "x")
    test_thrown(() -> rand(1, joint, workspace, 2; first = 0), ArgumentError, "first")
end
