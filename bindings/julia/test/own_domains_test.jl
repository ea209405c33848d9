# Domains by functions of Julia: how long they live, what they throw, and on which threads they run.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE

struct NoRadius <: Exception
    direction::Vector{Float64}
end

square(u) = (u[1]^2, 3u[2])
square_root(x) = (sqrt(max(x[1], 0)), x[2] / 3)
slope(u) = 6u[1]
square_map(; options...) = Domains.map(square, [1, 0], [2, 1]; options...)

@testset "a map is the same with its inverse, its determinant, or neither" begin
    x = to_point(square_map(), [1.25 1.75; 0.5 0.125])
    @test x ≈ [1.5625 3.0625; 1.5 0.375]
    for domain in (square_map(), square_map(to_box = square_root),
        square_map(determinant = slope), square_map(to_box = square_root, determinant = slope))
        found = to_box(domain, x)
        @test found.u ≈ [1.25 1.75; 0.5 0.125]
        @test found.log_weight ≈ -log.([7.5, 10.5])
        @test to_box(domain, [-1 9; 0 0]).log_weight == [-Inf, -Inf]
    end
end

@testset "a map that does not agree with itself is refused" begin
    test_refused(() -> square_map(to_box = x -> (x[1], x[2])), FINN_ERROR_ARGUMENT, "to_box")
    test_refused(() -> square_map(determinant = u -> 1), FINN_ERROR_ARGUMENT, "determinant")
    test_refused(() -> Domains.map(u -> (u[1], u[1]), [0, 0], [1, 1]), FINN_ERROR_ARGUMENT,
        "determinant")
    test_refused(() -> Domains.map(u -> (NaN, u[2]), [0, 0], [1, 1]), FINN_ERROR_NOT_FINITE,
        "to_point")
    test_refused(() -> Domains.star(d -> -1, [0, 0]), FINN_ERROR_ARGUMENT, "radius")
    test_refused(() -> Domains.star(d -> 1, [0]), FINN_ERROR_ARGUMENT, "variables")
    test_refused(() -> Domains.map(square, [1, 0], [1, 1]), FINN_ERROR_ARGUMENT, "upper")
    test_thrown(() -> Domains.map(square, [1, 0], [1]), DimensionMismatch, "upper")
    test_thrown(() -> Domains.map(u -> (1, 2, 3), [0, 0], [1, 1]), DimensionMismatch, "to_point")
    test_thrown(() -> square_map(to_box = x -> 1), DimensionMismatch, "to_box")
    test_thrown(() -> square_map(determinant = u -> nothing), MethodError, "convert|Float64")
end

# A star whose function throws once it is told to.
function failing_star(fails)
    return Domains.star([0.0, 0.0]) do direction
        fails[] && throw(NoRadius(copy(direction)))
        1.5
    end
end

@testset "an exception in a function comes out of every call as itself" begin
    @test thrown(() -> failing_star(Ref(true))) isa NoRadius
    fails = Ref(false)
    domain = failing_star(fails)
    model, workspace = Model(Mixture(2), domain), Workspace(1)
    x = [0.5 0.1; 0.2 0.7]
    expected, trainer = integrand(model, workspace, x), Trainer(model; steps = 3, batch = 2)
    before = parameters(model)
    fails[] = true
    for call in (() -> integrand(model, workspace, x), () -> antiderivative(model, workspace, x),
        () -> mixed_partial(model, workspace, 1, x), () -> to_point(domain, x),
        () -> integrand_vjp(model, workspace, x, ones(1, 2)), () -> to_box(domain, x),
        () -> initialise_from_data!(model, x), () -> fit!(trainer, workspace, x, ones(2)),
        () -> set_validation!(trainer, x, ones(2)),
        () -> fit!((step, x, y) -> fill!(y, 1), trainer, workspace))
        @test thrown(call) isa NoRadius
    end
    @test parameters(model) == before && steps(trainer) == 0
    fails[] = false
    @test integrand(model, workspace, x) == expected
    @test fit!(trainer, workspace, x, ones(2)) === :steps_done
end

@testset "a task gets the exception of its own call" begin
    failures = Vector{Any}(undef, 16)
    Threads.@threads for i in 1:16
        failures[i] = thrown(() -> Domains.star(direction -> throw(NoRadius([i])), [0, 0]))
    end
    @test [failure.direction for failure in failures] == [[i] for i in 1:16]
    model = Model(Mixture(2), failing_star(Ref(false)))
    @test thrown(() -> integrand(model, Workspace(1), fill(NaN, 2, 1))) isa FinnError
end

@testset "the functions live as long as a model that may call them" begin
    function made(kind)
        radius = let values = [1.5, 0.25]
            direction -> values[1] + values[2] * direction[1]
        end
        star = Domains.star(radius, [0, 0])
        kind === :plain && return copy(Model(Mixture(2), star))
        kind === :part && return Model(Mixture(2), domain(Model(Mixture(2), star)))
        kind === :affine && return Model(Mixture(2), Domains.affine(star, [1 0; 0 1], [0, 0]))
        return Model(Mixture(3), Domains.product(Box([0], [1]), star))
    end
    for kind in (:plain, :part, :affine, :product)
        model, workspace = made(kind), Workspace(1)
        x = fill(0.5, variables(model), 4)
        expected = integrand(model, workspace, x)
        for _ in 1:5
            GC.gc()
            [zeros(100) for _ in 1:1000]
            @test integrand(model, workspace, x) == expected
        end
    end
end

@testset "models, domains and functions go together" begin
    gone = Ref(0)
    function make_and_drop()
        for _ in 1:20
            witness = finalizer(_ -> gone[] += 1, Ref(1.0))
            Model(Mixture(2), Domains.star(direction -> witness[], [0, 0]))
        end
    end
    make_and_drop()
    foreach(_ -> GC.gc(), 1:3)
    @test gone[] >= 19
end

@testset "several threads of the library are refused" begin
    domain = Domains.star(direction -> 1, [0, 0])
    whole = Domains.product(Box([0], [1]), domain)
    model, x = Model(Mixture(3), whole), fill(0.5, 3, 2)
    for workspace in (Workspace(), Workspace(2))
        trainer = Trainer(model; steps = 1, batch = 2)
        for call in (() -> integrand(model, workspace, x),
            () -> antiderivative(model, workspace, x), () -> mixed_partial(model, workspace, 1, x),
            () -> integrand_vjp(model, workspace, x, ones(1, 2)),
            () -> fit!(trainer, workspace, x, ones(2)),
            () -> fit!((step, x, y) -> fill!(y, 1), trainer, workspace),
            () -> fit!(trainer, workspace, "/nowhere"))
            test_thrown(call, ArgumentError, "workspace")
        end
    end
    @test integral(model, Workspace(2), [0, 0, 0], [1, 1, 2pi]; limits = :u).value ≈ [1]
    threads = Vector{Any}(undef, 4)
    Threads.@threads for i in 1:4
        threads[i] = integrand(model, Workspace(1), x)
    end
    @test all(==(threads[1]), threads)
end
