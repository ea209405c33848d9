# Checkpoints as bytes and as files, there and back, damaged, and of another model.

using LibFinn.C: FINN_ERROR_FILE, FINN_ERROR_FORMAT, FINN_ERROR_NULL, FINN_ERROR_SIZE

# A run stopped after so many of its 20 steps.
function stopped_run(count; options...)
    model = small_model()
    trainer = Trainer(model; steps = 20, batch = 16, options...)
    stop(told) = told.step < count
    fit!(trainer, model, Workspace(1), ROWS, TARGETS; progress = stop)
    return (model = model, trainer = trainer)
end

go_on!(trainer, model) = fit!(trainer, model, Workspace(1), ROWS, TARGETS)

@testset "a run goes on from bytes and from a file to the same bits: $optimiser" for optimiser in
    (:adam, :adamw, :sgd, :lbfgs)
    whole = fitted(steps = 20, batch = 16, optimiser = optimiser)
    run = stopped_run(7; optimiser = optimiser)
    path = joinpath(mktempdir(), "run.finn")
    bytes = checkpoint(run.trainer, run.model)
    @test checkpoint(path, run.trainer, run.model) === path
    @test read(path) == bytes
    for source in (bytes, path)
        model = small_model(seed = 99)
        trainer = restore!(model, source)
        @test (steps(trainer), parameters(model)) == (7, parameters(run.model))
        @test history(trainer) == history(run.trainer)
        @test go_on!(trainer, model) === :finished
        @test parameters(model) == parameters(whole.model)
    end
end

@testset "a loss of one's own is set again after a checkpoint" begin
    model = small_model()
    trainer = Trainer(model; steps = 12, loss = :custom)
    set_loss!(squared_error, trainer, model)
    fit!(trainer, model, Workspace(1), ROWS, TARGETS; progress = told -> told.step < 5)
    again = small_model()
    restored = restore!(again, checkpoint(trainer, model))
    test_refused(() -> go_on!(restored, again), FINN_ERROR_NULL, "loss")
    set_loss!(squared_error, restored, again)
    @test go_on!(restored, again) === :finished
    @test parameters(again) == parameters(fit_with(squared_error).model)
end

@testset "damaged bytes are refused and change nothing" begin
    run = stopped_run(3)
    bytes, model = checkpoint(run.trainer, run.model), small_model(seed = 99)
    before = parameters(model)
    for at in (1, 9, 40, length(bytes))
        damaged = copy(bytes)
        damaged[at] = damaged[at] ⊻ 0x01
        test_refused(() -> restore!(model, damaged), FINN_ERROR_FORMAT, "checkpoint")
    end
    for count in (0, 1, length(bytes) - 1)
        test_refused(() -> restore!(model, bytes[1:count]), FINN_ERROR_FORMAT, "checkpoint")
    end
    test_refused(() -> restore!(model, vcat(bytes, 0x00)), FINN_ERROR_FORMAT, "checkpoint")
    @test parameters(model) == before
end

@testset "bytes in any array are read" begin
    run = stopped_run(3)
    bytes = checkpoint(run.trainer, run.model)
    scattered = view(permutedims([bytes bytes]), 1, :)
    for content in (view(vcat(0x00, bytes), 2:length(bytes)+1), scattered)
        model = small_model(seed = 99)
        @test steps(restore!(model, content)) == 3
        @test parameters(model) == parameters(run.model)
    end
end

@testset "another model and a missing file are refused" begin
    run = stopped_run(3)
    bytes = checkpoint(run.trainer, run.model)
    for other in (small_model(outputs = 2), small_model(precision = Float32))
        test_refused(() -> restore!(other, bytes), FINN_ERROR_SIZE, "checkpoint|model|network")
    end
    narrow = small_model(precision = Float32)
    test_refused(() -> checkpoint(run.trainer, narrow), FINN_ERROR_SIZE, "trainer")
    test_refused(() -> checkpoint(run.trainer, small_model(outputs = 2)), FINN_ERROR_SIZE,
        "outputs")
    test_refused(() -> restore!(run.model, "/nowhere/run.finn"), FINN_ERROR_FILE, "nowhere")
    test_refused(() -> checkpoint("/nowhere/run.finn", run.trainer, run.model), FINN_ERROR_FILE,
        "nowhere")
    finalize(run.trainer)
    test_refused(() -> checkpoint(run.trainer, run.model), FINN_ERROR_NULL, "trainer")
end

@testset "a run of any network goes on from its checkpoint: $options" for options in
    ((head = :product, widths = nothing), (read_out = :dense,), (patterns = 2,))
    model, again = small_model(; options...), small_model(; options...)
    bytes = checkpoint(Trainer(model; steps = 20), model)
    @test steps(restore!(again, bytes)) == 0
end
