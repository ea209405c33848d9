# Who owns what, and what may be asked at once.

using LibFinn.C: FINN_ERROR_NULL

@testset "what has been finalized is refused, and may be finalized again" begin
    model, workspace = small_model(), Workspace(1)
    trainer = Trainer(model)
    parts = (Mixture(2), NoConstraint(), FiLM(1), OpenBox([0], [1]))
    for _ in 1:2
        foreach(finalize, (model, workspace, trainer, parts...))
    end
    @test (variables(model), outputs(model), parameter_count(model), steps(trainer)) == (0, 0, 0, 0)
    test_refused(() -> parameters(model), FINN_ERROR_NULL, "model")
    test_refused(() -> integrand(small_model(), workspace, points(1)), FINN_ERROR_NULL, "workspace")
    test_refused(() -> fit!((step, x, y) -> nothing, trainer, Workspace(1)),
        FINN_ERROR_NULL, "trainer")
    @test (variables(parts[1]), outputs(parts[2]), conditions(parts[3])) == (0, 0, 0)
    test_refused(() -> Model(parts[1], BOX), FINN_ERROR_NULL, "network")
end

@testset "a collection between calls frees what is unused and nothing else" begin
    model, x = small_model(), points(20)
    expected = integrand(model, Workspace(1), x)
    for _ in 1:20
        @test integrand(copy(model), Workspace(1), x) == expected
        GC.gc(false)
    end
    GC.gc()
    @test integrand(model, Workspace(1), x) == expected
end

@testset "a collection in a callback leaves a fit alone" begin
    fits = map((() -> nothing, GC.gc)) do collect_or_not
        model = small_model()
        trainer = Trainer(model; steps = 5, batch = 32)
        progress(told) = (collect_or_not(); true)
        fit!(trainer, Workspace(1); progress = progress) do step, x, y
            collect_or_not()
            fill!(y, 0.2)
        end
        parameters(model)
    end
    @test fits[1] == fits[2]
end

@testset "a copy shares nothing" begin
    model = small_model()
    before = parameters(model)
    set_parameters!(copy(model), fill(0.5, parameter_count(model)))
    @test parameters(model) == before
    @test sprint(show, model) == "Model(2 variables, 1 outputs, 64 parameters)"
end

@testset "a trainer keeps its model and the functions of its domain" begin
    function made()
        scale = Ref(2.0)
        star = Domains.star(direction -> scale[] + direction[1], [0, 0])
        return Trainer(Model(Mixture(2; components = 4), star); steps = 3, batch = 4)
    end
    trainer = made()
    GC.gc()
    [zeros(100) for _ in 1:1000]
    @test fit!((step, x, y) -> fill!(y, 0.1), trainer, Workspace(1)) === :steps_done
    @test all(isfinite, parameters(trainer.model))
end

@testset "tasks that share a model find the same bits" begin
    model, x = small_model(), points(300)
    expected = integrand(model, Workspace(1), x)
    found = Vector{Any}(undef, 8)
    Threads.@threads for i in 1:8
        found[i] = integrand(model, Workspace(1), x)
    end
    @test all(==(expected), found)
end
