# Every error path that can be reached from Julia: the exception, and the argument that is named.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_INTEGRAL, FINN_ERROR_NOT_FINITE, FINN_ERROR_SIZE

@testset "options of a network are refused by name" begin
    for (options, name) in (((widths = (4, 0),), "widths"), ((activation = :tanh,), "activation"),
        ((orthants = 5,), "orthants"), ((skip = true, output_activation = true), "skip"))
        test_refused(() -> Mlp(2; options...), FINN_ERROR_ARGUMENT, name)
    end
    for (options, name) in (((components = -1,), "components"),
        ((normals_per_axis = 65,), "normals_per_axis"), ((positivity = :none,), "positivity"),
        ((positivity = :nonsense,), "positivity"), ((sharing = :nonsense,), "sharing"))
        test_refused(() -> Mixture(2; options...), FINN_ERROR_ARGUMENT, name)
    end
    test_refused(() -> Mlp(2; widths = fill(2, 65)), FINN_ERROR_SIZE, "widths")
    test_refused(() -> Mlp(9), FINN_ERROR_ARGUMENT, "variables")
    test_refused(() -> Mixture(65), FINN_ERROR_ARGUMENT, "variables")
    test_refused(() -> Mixture(0), FINN_ERROR_ARGUMENT, "variables")
    test_refused(() -> Mixture(2, 0), FINN_ERROR_ARGUMENT, "outputs")
    test_thrown(() -> Mixture(2, 2^40), InexactError, "Int32")
end

@testset "options of a training are refused by name" begin
    model = small_model()
    for (options, status, name) in (
        ((steps = 0,), FINN_ERROR_ARGUMENT, "steps"),
        ((learning_rate = NaN,), FINN_ERROR_NOT_FINITE, "learning_rate"),
        ((optimiser = :lbfgs, gradient_clip = 1), FINN_ERROR_ARGUMENT, "gradient_clip"),
        ((warmup_steps = 6000,), FINN_ERROR_ARGUMENT, "warmup_steps"),
        ((final_learning_rate = 1,), FINN_ERROR_ARGUMENT, "final_learning_rate"),
        ((schedule = :nonsense,), FINN_ERROR_ARGUMENT, "schedule"),
        ((loss = :poisson_process,), FINN_ERROR_ARGUMENT, "loss"))
        test_refused(() -> Trainer(model; options...), status, name)
    end
    free = small_model(positivity = :none)
    test_refused(() -> Trainer(free; loss = :negative_log_likelihood), FINN_ERROR_ARGUMENT, "loss")
end

@testset "a number of threads out of range is refused" begin
    test_refused(() -> Workspace(-1), FINN_ERROR_ARGUMENT, "threads")
    test_refused(() -> Workspace(1025), FINN_ERROR_ARGUMENT, "threads")
end

@testset "a wrong size is refused before the call" begin
    model, workspace, x = small_model(), Workspace(1), points(3)
    refused(call, name) = test_thrown(call, DimensionMismatch, name)
    refused(() -> integrand(model, workspace, zeros(3, 2)), "x")
    for f in (zeros(2), zeros(3, 1), zeros(2, 3))
        refused(() -> integrand!(f, model, workspace, x), "f")
        refused(() -> antiderivative!(f, model, workspace, x), "F")
        refused(() -> mixed_partial!(f, model, workspace, 1, x), "values")
    end
    refused(() -> integral(model, workspace, [0.0], UPPER), "lower")
    refused(() -> integral(model, workspace, LOWER, zeros(3)), "upper")
    value = zeros(1)
    refused(() -> integral!(zeros(2), model, workspace, LOWER, UPPER), "value")
    refused(() -> integral!(value, model, workspace, LOWER, UPPER; condition_number = zeros(2)),
        "condition_number")
    refused(() -> integral!(value, model, workspace, LOWER, UPPER; error_estimate = zeros(2)),
        "error_estimate")
    gradient, adjoint = zeros(parameter_count(model)), ones(1, 3)
    refused(() -> integrand_vjp(model, workspace, x, ones(1, 2)), "f_adjoint")
    refused(() -> integrand_vjp!(zeros(2), model, workspace, x, adjoint), "parameter_adjoint")
    refused(() -> integrand_vjp!(gradient, model, workspace, x, adjoint; f = zeros(2)), "f")
    refused(() -> integrand_vjp!(gradient, model, workspace, x, adjoint; x_adjoint = zeros(3, 2)),
        "x_adjoint")
    refused(() -> set_parameters!(model, zeros(2)), "parameters")
    refused(() -> parameters!(zeros(2), model), "parameters")
    refused(() -> sigma!(zeros(2, 2), 2, zeros(3)), "values")
    refused(() -> log_sigma!(zeros(2), 2, zeros(3)), "logs")
    refused(() -> log_sigma!(zeros(3), 2, zeros(3); slopes = zeros(2)), "slopes")
    refused(() -> repeated_erfc!(zeros(2, 2), 2, zeros(3)), "values")
end

@testset "an empty batch is refused and an empty array of sigma is not" begin
    model, workspace = small_model(), Workspace(1)
    test_refused(() -> integrand(model, workspace, zeros(2, 0)), FINN_ERROR_ARGUMENT, "batch")
    test_refused(() -> integrand_vjp(model, workspace, zeros(2, 0), zeros(1, 0)),
        FINN_ERROR_ARGUMENT, "batch")
    @test size(sigma(2, 3, Float64[])) == (0, 3)
end

@testset "numbers that are not finite are refused" begin
    model, workspace, status = small_model(), Workspace(1), FINN_ERROR_NOT_FINITE
    x = reshape([0, NaN], 2, 1)
    test_refused(() -> integrand(model, workspace, x), status, "x")
    test_refused(() -> antiderivative(model, workspace, x), status, "x")
    test_refused(() -> mixed_partial(model, workspace, 2, Float32[Inf 0; 0 0]), status, "x")
    test_refused(() -> integral(model, workspace, [0, NaN], UPPER), status, "lower")
    test_refused(() -> integral(model, workspace, LOWER, [0, NaN]), status, "upper")
    test_refused(() -> integrand_vjp(model, workspace, zeros(2, 1), [NaN]), status, "f_adjoint")
    before = parameters(model)
    spoiled = copy(before)
    spoiled[3] = Inf
    test_refused(() -> set_parameters!(model, spoiled), status, "parameters")
    @test parameters(model) == before
    narrow = small_model(precision = Float32)
    test_refused(() -> set_parameters!(narrow, fill(1e300, parameter_count(narrow))), status,
        "parameters")
end

@testset "a result that overflows is refused and written" begin
    model, F = small_model(constraint = NoConstraint()), zeros(1)
    large = parameters(model)
    large[1:(end - 2variables(model) - outputs(model))] .= 1e160
    set_parameters!(model, large)
    test_refused(() -> antiderivative!(F, model, Workspace(1), reshape(UPPER, 2, 1)),
        FINN_ERROR_NOT_FINITE, "F")
    @test !isfinite(F[1])
end

@testset "a variable, an order or a box out of range is refused" begin
    model, workspace, status = small_model(), Workspace(1), FINN_ERROR_ARGUMENT
    for chosen in (3, (0, 1))
        test_thrown(() -> mixed_partial(model, workspace, chosen, points(1)), ArgumentError,
            "variables")
    end
    test_refused(() -> integral(model, workspace, UPPER, LOWER), status, "lower")
    test_refused(() -> sigma(9, 1, [0.0]), status, "order")
    test_refused(() -> sigma(1, 0, [0.0]), status, "count")
    test_refused(() -> sigma(1, -1, [0.0]), status, "count")
    test_refused(() -> log_sigma(-1, [0.0]), status, "order")
    test_refused(() -> repeated_erfc(8, 1, [0.0]), status, "order")
    test_refused(() -> repeated_erfc(2, 5, [0.0]), status, "count")
end

@testset "an integral that cannot be normalised is refused by the next query" begin
    model = small_model()
    set_parameters!(model, zeros(parameter_count(model)))
    test_refused(() -> integrand(model, Workspace(1), points(1)), FINN_ERROR_INTEGRAL, "integral")
end

@testset "an error shows the name of its status and its message" begin
    shown = sprint(showerror, FinnError(FINN_ERROR_SIZE, "length: 3 given"))
    @test shown == "FinnError: FINN_ERROR_SIZE: length: 3 given"
    @test LibFinn.status_name(77) == "FINN_UNKNOWN"
    @test !isempty(LibFinn.status_text(FINN_ERROR_INTEGRAL))
end
