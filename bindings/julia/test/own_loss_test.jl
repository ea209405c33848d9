# Losses written in Julia.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE, FINN_ERROR_NULL

# The mean of (f - y)^2.
function squared_error(step, x, y, f, f_adjoint)
    f_adjoint === nothing || (f_adjoint .= 2 .* (f .- y) ./ length(f))
    return sum(abs2, f .- y) / length(f)
end

function fit_with(loss; share = 0, progress = nothing)
    model = small_model()
    trainer = Trainer(model; steps = 12, loss = :custom, validation_share = share,
        validation_interval = 4)
    @test set_loss!(loss, trainer) === trainer
    GC.gc()
    @test fit!(trainer, Workspace(1), ROWS, TARGETS) === :steps_done
    return (model = model, trainer = trainer)
end

@testset "the squared error written here trains as that of the library" begin
    ours, theirs = fit_with(squared_error), fitted(steps = 12)
    @test history(ours.trainer) ≈ history(theirs.trainer) rtol = 1e-9
    @test parameters(ours.model) ≈ parameters(theirs.model) rtol = 1e-6
end

@testset "a loss sees steps, shapes, and no adjoint for validation rows" begin
    seen = []
    found = fit_with(; share = 0.25) do step, x, y, f, f_adjoint
        push!(seen, (step, size(x), size(y), size(f), f_adjoint === nothing))
        f_adjoint === nothing || @assert all(iszero, f_adjoint)
        squared_error(step, x, y, f, f_adjoint)
    end
    trained = filter(call -> !call[5], seen)
    @test trained == [(step, (2, 48), (1, 48), (1, 48), false) for step in 1:12]
    @test filter(call -> call[5], seen) ==
          [(step, (2, 16), (1, 16), (1, 16), true) for step in (4, 8, 12, 12)]
    @test isfinite(best(found.trainer).validation_loss)
end

@testset "a loss may do without targets" begin
    model, targets = small_model(), Any[]
    trainer = Trainer(model; steps = 3, loss = :custom)
    set_loss!(trainer) do step, x, y, f, f_adjoint
        push!(targets, y)
        f_adjoint .= 1
        sum(f)
    end
    @test fit!(trainer, Workspace(1), ROWS) === :steps_done
    @test targets == [nothing, nothing, nothing]
end

struct NoLoss <: Exception
    step::Int
end

@testset "an exception in a loss comes out as itself and the fit can go on" begin
    model, workspace = small_model(), Workspace(1)
    trainer = Trainer(model; steps = 12, loss = :custom)
    set_loss!(trainer) do step, x, y, f, f_adjoint
        step == 3 ? throw(NoLoss(step)) : squared_error(step, x, y, f, f_adjoint)
    end
    fit() = fit!(trainer, workspace, ROWS, TARGETS)
    @test thrown(fit) === NoLoss(3)
    @test steps(trainer) == 2
    set_loss!(squared_error, trainer)
    @test fit() === :steps_done
    @test steps(trainer) == length(history(trainer)) == 12
end

@testset "a loss that returns no number is a MethodError" begin
    model = small_model()
    trainer = Trainer(model; steps = 3, loss = :custom)
    set_loss!((arguments...) -> nothing, trainer)
    @test thrown(() -> fit!(trainer, Workspace(1), ROWS, TARGETS)) isa MethodError
    @test steps(trainer) == 0
end

@testset "what is no loss is refused" begin
    model = small_model()
    trainer = Trainer(model; steps = 3, loss = :custom)
    fit(; options...) = () -> fit!(trainer, Workspace(1), ROWS, TARGETS; options...)
    test_refused(fit(), FINN_ERROR_NULL, "loss")
    set_loss!((arguments...) -> NaN, trainer)
    test_refused(fit(), FINN_ERROR_NOT_FINITE, "loss")
    test_refused(fit(weights = ones(64)), FINN_ERROR_ARGUMENT, "weights")
    test_refused(() -> set_loss!(squared_error, Trainer(model)), FINN_ERROR_ARGUMENT, "loss")
    finalize(trainer)
    test_refused(() -> set_loss!(squared_error, trainer), FINN_ERROR_NULL, "trainer")
end
