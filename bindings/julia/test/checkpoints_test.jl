# Checkpoints as bytes and as files, there and back, damaged, and of another model.

using LibFinn.C: FINN_ERROR_FILE, FINN_ERROR_FORMAT, FINN_ERROR_NULL, FINN_ERROR_SIZE

# A run stopped after so many of its 20 steps.
function stopped_run(count; options...)
    model = small_model()
    trainer = Trainer(model; steps = 20, batch = 16, options...)
    stop(told) = told.step < count
    fit!(trainer, Workspace(1), ROWS, TARGETS; progress = stop)
    return (model = model, trainer = trainer)
end

go_on!(trainer) = fit!(trainer, Workspace(1), ROWS, TARGETS)

@testset "a run goes on from bytes and from a file to the same bits: $optimiser" for optimiser in
    (:adam, :adamw, :sgd, :lbfgs)
    whole = fitted(steps = 20, batch = 16, optimiser = optimiser)
    run = stopped_run(7; optimiser = optimiser)
    path = joinpath(FOLDER, "run.safetensors")
    bytes = to_bytes(run.trainer)
    @test save(path, run.trainer) === path
    @test read(path) == bytes
    for source in (bytes, path)
        model = small_model(seed = 99)
        trainer = restore!(model, source)
        @test (steps(trainer), parameters(model)) == (7, parameters(run.model))
        @test history(trainer) == history(run.trainer)
        @test outcome(trainer) === :unfinished && trainer.model === model
        @test go_on!(trainer) === :steps_done
        @test parameters(model) == parameters(whole.model)
    end
end

@testset "a loss of one's own is set again after a checkpoint" begin
    model = small_model()
    trainer = Trainer(model; steps = 12, loss = :custom)
    set_loss!(squared_error, trainer)
    fit!(trainer, Workspace(1), ROWS, TARGETS; progress = told -> told.step < 5)
    again = small_model()
    restored = restore!(again, to_bytes(trainer))
    test_refused(() -> go_on!(restored), FINN_ERROR_NULL, "loss")
    set_loss!(squared_error, restored)
    @test go_on!(restored) === :steps_done
    @test parameters(again) == parameters(fit_with(squared_error).model)
end

@testset "damaged bytes are refused and change nothing" begin
    run = stopped_run(3)
    bytes, model = to_bytes(run.trainer), small_model(seed = 99)
    before = parameters(model)
    for count in (0, 1, length(bytes) - 1)
        test_refused(() -> restore!(model, bytes[1:count]), FINN_ERROR_FORMAT, "bytes|checkpoint")
    end
    test_refused(() -> restore!(model, vcat(bytes, 0x00)), FINN_ERROR_FORMAT, "bytes|checkpoint")
    test_refused(() -> restore!(model, to_bytes(model)), FINN_ERROR_FORMAT, "checkpoint")
    @test parameters(model) == before
end

@testset "the model of a checkpoint is loaded as any other" begin
    run = stopped_run(3)
    model = load(to_bytes(run.trainer))
    @test parameters(model) == parameters(run.model)
    trainer = restore!(model, to_bytes(run.trainer))
    @test go_on!(trainer) === go_on!(run.trainer) === :steps_done
    @test parameters(model) == parameters(run.model)
end

@testset "bytes in any array are read" begin
    run = stopped_run(3)
    bytes = to_bytes(run.trainer)
    scattered = view(permutedims([bytes bytes]), 1, :)
    for content in (view(vcat(0x00, bytes), 2:length(bytes)+1), scattered)
        model = small_model(seed = 99)
        @test steps(restore!(model, content)) == 3
        @test parameters(model) == parameters(run.model)
    end
end

@testset "another model and a missing file are refused" begin
    run = stopped_run(3)
    bytes = to_bytes(run.trainer)
    for (other, name) in ((small_model(outputs = 2), "outputs"),
        (small_model(precision = Float32), "precision"),
        (small_model(constraint = EqualTo(2)), "constraint|target"))
        test_refused(() -> restore!(other, bytes), FINN_ERROR_SIZE, name)
    end
    test_refused(() -> restore!(run.model, "/nowhere/run"), FINN_ERROR_FILE, "nowhere")
    test_refused(() -> save("/nowhere/run", run.trainer), FINN_ERROR_FILE, "nowhere")
    finalize(run.trainer)
    test_refused(() -> to_bytes(run.trainer), FINN_ERROR_NULL, "trainer")
end

@testset "a run of any network goes on from its checkpoint: $network" for network in
    (Mixture(2), small_network(skip = true), small_network(orthants = 2))
    model, again = Model(network, BOX), Model(network, BOX; seed = 1)
    trainer = restore!(again, to_bytes(Trainer(model; steps = 20)))
    @test steps(trainer) == 0 && parameters(again) == parameters(model)
end
