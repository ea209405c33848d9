# What happened in a run.

@testset "a summary tells of the run" begin
    model, workspace = small_model(), Workspace(1)
    trainer = Trainer(model; steps = 12, loss = :negative_log_likelihood, validation_share = 0.25)
    fit!(trainer, workspace, points(60))
    found = summary(trainer, workspace)
    @test (found.steps, found.outcome) === (12, :steps_done)
    @test found.loss == history(trainer)[end]
    @test found.best_validation_loss == best(trainer).validation_loss
    @test (found.rows, found.validation_rows, found.rows_looked_at) === (45, 15, 60)
    @test (found.rows_at_floor, found.floor_share, found.output) === (0, 0.0, 1)
    @test found.has_standards && isnan(found.bound) && found.integral ≈ 1
    @test !(:rows_at_floor in found.warnings)
    @test startswith(repr("text/plain", found), "12 steps, all that were asked for\nloss ")
end

@testset "a summary warns of an integral far from its bound" begin
    model, workspace = Model(Mlp(2; widths = [6, 5]), OpenBox(LOWER, UPPER);
        constraint = BoundedBy(nothing, 500)), Workspace(1)
    trainer = Trainer(model; steps = 12)
    x = points(60)
    stop(progress) = false
    fit!(trainer, workspace, x, ones(60); progress = stop)
    found = summary(trainer, workspace)
    @test (found.outcome, found.bound) === (:stopped, 500.0)
    @test :far_from_bound in found.warnings && !(:overfitted in found.warnings)
    @test occursin("\nwarning: the integral ", repr("text/plain", found))
end
