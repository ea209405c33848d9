# f(x | c): rows beside x, and integrals under conditions.

using LibFinn.C: FINN_ERROR_ARGUMENT

const LINE = OpenBox([0], [1])

conditional_model(conditioning = FiLM(1; widths = [8])) =
    Model(Mixture(1; components = 8), LINE; conditioning = conditioning)

@testset "the integral is 1 for every condition: $form" for form in
    (FiLM, Hypernetwork, LinearInputs)
    model = conditional_model(form === LinearInputs ? form(1) : form(1; widths = [32, 32]))
    @test (variables(model), columns(model)) == (1, 2)
    set_parameters!(model, parameters(model) .+ 0.1)
    given = [-1.0 0.0 0.7]
    found = conditional_integral(model, Workspace(1), [0], [1], given)
    @test size(found.value) == size(found.condition_number) == (1, 3)
    @test all(isapprox.(found.value, 1; atol = 1e-12))
    parts = conditional_integral(model, Workspace(1), [0], [0.4], given).value
    @test parts[1] != parts[3]
    test_thrown(() -> conditional_integral(model, Workspace(1), [0], [1], zeros(2, 3)),
        DimensionMismatch, "conditions")
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

@testset "a conditioning says what it was made of" begin
    conditioning = Hypernetwork([0, -2], [1, 2]; widths = [3])
    @test (conditions(conditioning), options(conditioning).widths) == (2, [3])
    @test limits(conditioning) == (lower = [0, -2], upper = [1, 2])
    @test limits(FiLM(2)) == (lower = [-1, -1], upper = [1, 1])
    @test sprint(show, conditioning) == "Hypernetwork(2 conditions)"
end

@testset "a conditioning that is none is refused" begin
    test_refused(() -> FiLM(0), FINN_ERROR_ARGUMENT, "conditions")
    test_refused(() -> FiLM([0], [0]), FINN_ERROR_ARGUMENT, "upper")
    test_refused(() -> Hypernetwork(1; widths = [0]), FINN_ERROR_ARGUMENT, "widths")
    test_thrown(() -> LinearInputs([0], [1, 2]), DimensionMismatch, "upper")
end

@testset "a conditional density is trained from columns" begin
    model = conditional_model(FiLM([0], [1]))
    c = (0:199) ./ 200
    x = permutedims([0.2 .+ 0.6 .* c .+ 0.05 .* ((0:199) .% 5 .- 2) c])
    trainer = Trainer(model; steps = 200, loss = :negative_log_likelihood)
    @test fit!(trainer, Workspace(1), x) === :steps_done
    f = integrand(model, Workspace(1), [0.2 0.8; 0 0])
    @test f[1] > 2f[2]
end

@testset "the target of a row is its last number" begin
    model = Model(Mixture(1), LINE; constraint = PerRow())
    @test columns(model) == 2
    @test conditional_integral(model, Workspace(1), [0], [1], [0.5 3.0]).value ≈ [0.5 3.0]
    test_refused(() -> integral(model, Workspace(1), [0], [1]), FINN_ERROR_ARGUMENT,
        "finn_conditional_integral")
    plain = Model(Mixture(1), LINE)
    @test conditional_integral(plain, Workspace(1), [0], [1], zeros(0, 2)).value ≈ [1 1]
end
