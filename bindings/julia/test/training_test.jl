# Fits by the library's optimiser, by one written here, and what callbacks may do.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE, FINN_ERROR_NULL

# A density on the box: x^2 y up to a factor; its integral is 1.
density(x) = x[1]^2 * x[2] / 3

function fill_targets(step, x, y)
    for i in axes(x, 2)
        y[i] = density(view(x, :, i))
    end
end

short_trainer(model; options...) = Trainer(model; batch = 32, options...)

function mean_squared_error(model)
    x = points(400)
    wanted = [density(x[:, i]) for i in axes(x, 2)]
    return sum(abs2, vec(integrand(model, Workspace(1), x)) - wanted) / 400
end

function test_integral_is_one(model)
    found = integral(model, Workspace(1), LOWER, UPPER)
    @test abs(found.value[1] - 1) <= found.error_estimate[1]
end

@testset "a fit by the library reaches the target" begin
    model = small_model()
    before = mean_squared_error(model)
    trainer = Trainer(model; steps = 600, batch = 128)
    @test fit!(fill_targets, trainer, Workspace(1)) === :steps_done
    @test mean_squared_error(model) < 0.1 * before
    test_integral_is_one(model)
end

# Adam in a few lines, on the mean squared error through `integrand_vjp!`.
function fit_by_hand!(model, count)
    workspace, x = Workspace(1), points(256)
    wanted = [density(x[:, i]) for i in axes(x, 2)]
    values = parameters(model)
    gradient, first, second, f = zero(values), zero(values), zero(values), zeros(256)
    for step in 1:count
        integrand!(f, model, workspace, x)
        f .= 2 .* (f .- wanted) ./ 256
        integrand_vjp!(gradient, model, workspace, x, f)
        first .+= 0.1 .* (gradient .- first)
        second .+= 0.001 .* (gradient .^ 2 .- second)
        values .-= 0.01 .* (first ./ (1 - 0.9^step)) ./ (sqrt.(second ./ (1 - 0.999^step)) .+ 1e-8)
        set_parameters!(model, values)
    end
end

@testset "a fit with a loss written here reaches the target" begin
    model = small_model()
    before = mean_squared_error(model)
    fit_by_hand!(model, 300)
    @test mean_squared_error(model) < 0.1 * before
    test_integral_is_one(model)
end

@testset "a fit of data takes targets or none as its loss does" begin
    model, workspace, x = small_model(), Workspace(1), points(64)
    y = [density(x[:, i]) for i in axes(x, 2)]
    trainer = short_trainer(model; steps = 5)
    test_refused(() -> fit!(trainer, workspace, x), FINN_ERROR_NULL, "y")
    test_thrown(() -> fit!(trainer, workspace, x, y[2:end]), DimensionMismatch, "y")
    test_thrown(() -> fit!(trainer, workspace, zeros(3, 64), y), DimensionMismatch, "x")
    @test fit!(trainer, workspace, x, y) === :steps_done
    @test steps(trainer) == 5
    likelihood = short_trainer(model; steps = 5, loss = :negative_log_likelihood)
    test_refused(() -> fit!(likelihood, workspace, x, y), FINN_ERROR_ARGUMENT, "y")
    @test fit!(likelihood, workspace, x) === :steps_done
    @test length(history(likelihood)) == 5
end

@testset "targets of any form are read" begin
    x = points(64)
    y = [density(x[:, i]) for i in axes(x, 2)]
    fits = map((y, reshape(y, 1, :), view(vcat(y', y'), 1:1, :), view([y; y], 1:64))) do targets
        model = small_model()
        fit!(short_trainer(model; steps = 3), Workspace(1), x, targets)
        parameters(model)
    end
    @test all(==(fits[1]), fits)
end

@testset "rows that do not fit are refused" begin
    model, workspace, x, y = small_model(), Workspace(1), points(64), ones(64)
    trainer = short_trainer(model; steps = 5)
    refused(x, y, status, name) =
        test_refused(() -> fit!(trainer, workspace, x, y), status, name)
    refused(zeros(2, 0), zeros(0), FINN_ERROR_ARGUMENT, "rows")
    refused(x[:, 1:4], y[1:4], FINN_ERROR_ARGUMENT, "batch")
    refused(x, fill(NaN, 64), FINN_ERROR_NOT_FINITE, "y")
    refused(x .+ 7, y, FINN_ERROR_ARGUMENT, "x")
end

@testset "progress that returns false stops the fit, which goes on to the same bits" begin
    workspace, whole, stopped = Workspace(1), small_model(), small_model()
    fit!(fill_targets, short_trainer(whole; steps = 20), workspace)
    trainer, told = short_trainer(stopped; steps = 20), []
    stop(progress) = (push!(told, progress); progress.step < 7)
    @test fit!(fill_targets, trainer, workspace; progress = stop) === :stopped
    @test outcome(trainer) === :stopped
    @test (steps(trainer), length(told), told[7].step, told[7].steps) == (7, 7, 7, 20)
    @test [progress.loss for progress in told] == history(trainer)
    @test told[1].learning_rate > told[7].learning_rate && told[1].seconds >= 0
    @test fit!(fill_targets, trainer, workspace) === :steps_done
    @test parameters(whole) == parameters(stopped)
end

@testset "progress that returns nothing lets a fit of data go on" begin
    model, x, calls = small_model(), points(64), Ref(0)
    trainer = short_trainer(model; steps = 9)
    count(progress) = (calls[] += 1; nothing)
    @test fit!(trainer, Workspace(1), x, ones(64); progress = count) === :steps_done
    @test calls[] == 9
end

struct OutOfData <: Exception
    step::Int
end

@testset "an exception in a callback comes out as itself and the fit can go on" begin
    model, workspace = small_model(), Workspace(1)
    trainer = short_trainer(model; steps = 9)
    failing(step, x, y) = step == 3 ? throw(OutOfData(step)) : fill_targets(step, x, y)
    @test thrown(() -> fit!(failing, trainer, workspace)) === OutOfData(3)
    @test steps(trainer) == 2
    fail(progress) = error("progress at step $(progress.step)")
    failure = thrown(() -> fit!(fill_targets, trainer, workspace; progress = fail))
    @test failure == ErrorException("progress at step 3")
    @test steps(trainer) == 3
    @test fit!(fill_targets, trainer, workspace) === :steps_done
    @test steps(trainer) == 9
end

@testset "an exception in the progress of a fit of data comes out as itself" begin
    model = small_model()
    fail(progress) = throw(OutOfData(progress.step))
    trainer = short_trainer(model; steps = 9)
    fit() = fit!(trainer, Workspace(1), points(64), ones(64); progress = fail)
    @test thrown(fit) === OutOfData(1)
end

@testset "a sampler that writes NaN is refused" begin
    model = small_model()
    trainer = short_trainer(model; steps = 9)
    test_refused(() -> fit!((step, x, y) -> fill!(y, NaN), trainer, Workspace(1)),
        FINN_ERROR_NOT_FINITE, "y")
end

@testset "under a likelihood the sampler has no targets" begin
    model = small_model()
    trainer, seen = short_trainer(model; steps = 2, loss = :negative_log_likelihood), []
    fit!((step, x, y) -> push!(seen, (step, size(x), y)), trainer, Workspace(1))
    @test seen == [(1, (2, 32), nothing), (2, (2, 32), nothing)]
end

@testset "intervals have an upper end for each variable" begin
    model, workspace = small_model(), Workspace(1)
    trainer = short_trainer(model; steps = 3, loss = :interval_likelihood)
    @test target_columns(trainer) == 2
    @test target_columns(short_trainer(model; loss = :negative_log_likelihood)) == 0
    lower = points(64)
    upper = copy(lower)
    upper[1, :] .= Inf
    @test_throws DimensionMismatch fit!(trainer, workspace, lower, upper[1, :])
    @test fit!(trainer, workspace, lower, upper) === :steps_done
    trainer = short_trainer(model; steps = 2, loss = :interval_likelihood)
    @test fit!((step, x, y) -> copyto!(y, x), trainer, workspace) === :steps_done
end

@testset "the history of a trainer that has done nothing is empty" begin
    trainer = Trainer(small_model())
    @test history(trainer) == Float64[] && steps(trainer) == 0
    @test sprint(show, trainer) == "Trainer(0 steps done)"
end
