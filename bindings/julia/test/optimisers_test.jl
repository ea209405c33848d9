# Optimisers, schedules, losses, weights, validation rows, and how a run ends.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE, FINN_ERROR_NULL

# Rows on which fits are compared: x (2, 64) and y (64,).
const ROWS = points(64)
const TARGETS = [density(ROWS[:, i]) for i in 1:64]

# A model fitted to them, and its trainer.
function fitted(; steps = 30, workspace = Workspace(1), progress = nothing, weights = nothing,
        targets = TARGETS, constraint = nothing, options...)
    model = small_model(constraint = constraint)
    trainer = Trainer(model; steps = steps, options...)
    fit!(trainer, workspace, ROWS, targets; progress = progress, weights = weights)
    return (model = model, trainer = trainer)
end

@testset "every optimiser lowers the loss: $optimiser" for optimiser in
    (:adam, :adamw, :sgd, :lbfgs)
    losses = history(fitted(optimiser = optimiser).trainer)
    @test losses[end] < losses[1]
end

@testset "options of an optimiser change the fit" begin
    for options in ((optimiser = :adamw, weight_decay = 0.5), (optimiser = :sgd, momentum = 0.1),
        (optimiser = :sgd, nesterov = true), (optimiser = :lbfgs, lbfgs_memory = 1),
        (gradient_clip = 1e-3,), (batch = 16,))
        plain = haskey(options, :optimiser) ? (optimiser = options.optimiser,) : ()
        @test parameters(fitted(; options...).model) != parameters(fitted(; plain...).model)
    end
end

@testset "schedules give the rates of their formulas" begin
    function rates(; options...)
        seen = Float64[]
        fitted(; steps = 4, progress = told -> push!(seen, told.learning_rate), options...)
        return seen
    end
    @test rates(schedule = :constant) == fill(0.01, 4)
    @test rates(schedule = :linear, final_learning_rate = 0.002) ≈ [0.01, 0.008, 0.006, 0.004]
    @test rates(schedule = :step, decay_interval = 2) ≈ [0.01, 0.01, 0.005, 0.005]
    @test rates(schedule = :exponential, decay_interval = 1) ≈ 0.01 ./ [1, 2, 4, 8]
    @test rates(schedule = :cosine) ≈ 0.005 .* (1 .+ cos.(pi .* (0:3) ./ 4))
    @test rates(schedule = :one_cycle)[1] ≈ 0.01 / 25
    @test rates(schedule = :constant, warmup_steps = 3) ≈ [0.0025, 0.005, 0.0075, 0.01]
end

@testset "losses have the values of their formulas" begin
    error = vec(integrand(small_model(), Workspace(1), ROWS)) - TARGETS
    first_loss(; options...) =
        history(fitted(; steps = 1, standardise = false, options...).trainer)[1]
    @test first_loss() ≈ sum(abs2, error) / 64
    @test first_loss(loss = :absolute_error) ≈ sum(abs, error) / 64
    huber(e) = abs(e) <= 0.1 ? e^2 / 2 : 0.1 * (abs(e) - 0.05)
    @test first_loss(loss = :huber, huber_delta = 0.1) ≈ sum(huber, error) / 64
    counts = [mod(i, 3) for i in 1:64]
    @test first_loss(weights = counts) ≈ sum(counts .* error .^ 2) / 64
    @test first_loss(weights = 3 .* counts) ≈ sum(counts .* error .^ 2) / 64
end

@testset "an intensity has the number of events as its integral" begin
    model = small_model(constraint = NoConstraint())
    trainer = Trainer(model; steps = 400, loss = :poisson_process, poisson_events = 64)
    @test fit!(trainer, Workspace(1), ROWS) === :steps_done
    @test integral(model, Workspace(1), LOWER, UPPER).value[1] ≈ 64 rtol = 0.05
    test_refused(() -> fitted(loss = :poisson_process, constraint = NoConstraint()),
        FINN_ERROR_ARGUMENT, "y")
end

@testset "weights that are none are refused" begin
    test_thrown(() -> fitted(weights = ones(63)), DimensionMismatch, "weights")
    test_refused(() -> fitted(weights = fill(-1, 64)), FINN_ERROR_ARGUMENT, "weights")
    test_refused(() -> fitted(weights = fill(NaN, 64)), FINN_ERROR_NOT_FINITE, "weights")
end

@testset "validation rows end a fit early with the best parameters" begin
    seen = Float64[]
    found = fitted(steps = 5000, learning_rate = 0.1, schedule = :constant, patience = 3,
        validation_share = 0.25, validation_interval = 5,
        progress = told -> push!(seen, told.validation_loss))
    @test outcome(found.trainer) === :early_stopped && steps(found.trainer) < 5000
    @test best(found.trainer).validation_loss == minimum(filter(!isnan, seen))
    @test isnan(seen[1]) && mod(best(found.trainer).step, 5) == 0
end

@testset "validation rows can be one's own" begin
    model = small_model()
    trainer = Trainer(model; steps = 20, validation_interval = 10)
    @test outcome(trainer) === :unfinished
    @test best(trainer) == (validation_loss = Inf, step = 0)
    x, y, counts = ROWS[:, 1:8], TARGETS[1:8], 1:8
    @test set_validation!(trainer, x, y; weights = counts) === trainer
    @test fit!(trainer, Workspace(1), ROWS, TARGETS) === :steps_done
    @test outcome(trainer) === :steps_done
    error = vec(integrand(model, Workspace(1), x)) - y
    @test best(trainer).validation_loss ≈ sum(counts .* error .^ 2) / sum(counts)
    test_refused(() -> set_validation!(trainer, x, y), FINN_ERROR_ARGUMENT, "validation")
end

@testset "validation rows that are none are refused" begin
    model = small_model()
    trainer = Trainer(model)
    validate(arguments...; options...) =
        () -> set_validation!(trainer, arguments...; options...)
    test_refused(validate(ROWS), FINN_ERROR_NULL, "y")
    test_refused(validate(zeros(2, 0), Float64[]), FINN_ERROR_ARGUMENT, "rows")
    test_refused(validate(ROWS, fill(NaN, 64)), FINN_ERROR_NOT_FINITE, "y")
    test_refused(validate(ROWS, TARGETS; weights = fill(-1, 64)), FINN_ERROR_ARGUMENT, "weights")
    test_thrown(validate(zeros(3, 64), TARGETS), DimensionMismatch, "x")
    test_thrown(validate(ROWS, ones(63)), DimensionMismatch, "y")
    test_thrown(validate(ROWS, TARGETS; weights = ones(63)), DimensionMismatch, "weights")
end

@testset "L-BFGS converges, and a run that is over stays so" begin
    found = fitted(steps = 5000, optimiser = :lbfgs, loss_tolerance = 0.01)
    @test outcome(found.trainer) === :converged
    done, before = steps(found.trainer), parameters(found.model)
    @test fit!(found.trainer, Workspace(1), ROWS, TARGETS) === :converged
    @test steps(found.trainer) == done < 5000 && parameters(found.model) == before
end

@testset "what has been finalized has no outcome" begin
    trainer = Trainer(small_model())
    finalize(trainer)
    @test outcome(trainer) === :unfinished
    test_refused(() -> best(trainer), FINN_ERROR_NULL, "trainer")
end
