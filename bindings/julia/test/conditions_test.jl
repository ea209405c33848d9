# f(x | c): rows beside x, and integrals for given conditions.

using LibFinn.C: FINN_ERROR_ARGUMENT

conditional_model(; options...) =
    Model([0.0], [1.0]; terms = 8, conditions = 1, condition_widths = [8], options...)

@testset "the integral is 1 for every condition: $form" for form in (:modulation, :hypernetwork)
    model = conditional_model(conditioning = form)
    @test (variables(model), columns(model)) == (1, 2)
    set_parameters!(model, parameters(model) .+ 0.1)
    given = [-1.0 0.0 0.7]
    found = integral_given(model, Workspace(1), [0], [1], given)
    @test size(found.value) == size(found.kappa) == (1, 3)
    @test all(isapprox.(found.value, 1; atol = 1e-12))
    parts = integral_given(model, Workspace(1), [0], [0.4], given).value
    @test parts[1] != parts[3]
    test_thrown(() -> integral_given(model, Workspace(1), [0], [1], zeros(2, 3)),
        DimensionMismatch, "given")
    test_thrown(() -> integrand(model, Workspace(1), zeros(1, 3)), DimensionMismatch, "x")
end

@testset "gradients reach conditions" begin
    model, workspace = conditional_model(), Workspace(1)
    set_parameters!(model, parameters(model) .+ 0.1)
    x, h = [0.3 0.6; 0.2 -0.4], 1e-6
    found = integrand_vjp(model, workspace, x, ones(1, 2))
    f(c) = integrand(model, workspace, [0.3, c][:, :])[1]
    @test size(found.x) == (2, 2)
    @test isapprox(found.x[2, 1], (f(0.2 + h) - f(0.2 - h)) / 2h; rtol = 1e-6)
end

@testset "a conditional density is trained from columns" begin
    test_refused(() -> conditional_model(conditioning = :inputs), FINN_ERROR_ARGUMENT,
        "condition_widths")
    test_thrown(() -> conditional_model(condition_range = ([0], [1, 2])), DimensionMismatch,
        "condition_range")
    model = conditional_model(condition_range = ([0], [1]))
    c = (0:199) ./ 200
    x = permutedims([0.2 .+ 0.6 .* c .+ 0.05 .* ((0:199) .% 5 .- 2) c])
    trainer = Trainer(model; steps = 200, loss = :negative_log_likelihood)
    @test fit!(trainer, model, Workspace(1), x) === :finished
    f = integrand(model, Workspace(1), [0.2 0.8; 0 0])
    @test f[1] > 2f[2]
end

@testset "an epsilon of the sample is the last row" begin
    model = Model([0.0], [1.0]; sample_epsilon = true)
    @test columns(model) == 2
    @test integral_given(model, Workspace(1), [0], [1], [0.5 3.0]).value ≈ [0.5 3.0]
    test_refused(() -> integral(model, Workspace(1), [0], [1]), FINN_ERROR_ARGUMENT,
        "finn_integral_given")
    plain = Model([0.0], [1.0])
    @test integral_given(plain, Workspace(1), [0], [1], zeros(0, 2)).value ≈ [1 1]
end
