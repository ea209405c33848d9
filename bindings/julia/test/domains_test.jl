# Domains of every kind: the map, its limits, models on them, and what is refused.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_NOT_FINITE, FINN_ERROR_NULL

# A domain of each kind with its volume, infinite on axes.
const KINDS = [
    (OpenBox([0, 1], [2, 4]), 6),
    (Box([0, 1], [2, 4]), 6),
    (Domains.line(1, 2), Inf),
    (Domains.line(tail = :rational), Inf),
    (Domains.half_line(1, :downward; scale = 3), Inf),
    (Domains.half_line(tail = :gaussian), Inf),
    (Domains.parallelepiped([1, 1], [2 1; 0 3]), 6),
    (Domains.affine(Domains.disk([0, 0], 1), [0 2; 1 1], [3, 4]), 2pi),
    (Domains.disk([1, 2], 3), 9pi),
    (Domains.annulus([1, 2], 1, 2), 3pi),
    (Domains.sector([1, 2], 1, 2, 0, pi), 1.5pi),
    (Domains.ellipse([1, 2], [3, 1], 0.5), 3pi),
    (Domains.polar([1, 2], 3), 9pi),
    (Domains.ball([1, 2, 3], 2), 32pi / 3),
    (Domains.shell([1, 2, 3], 1, 2), 28pi / 3),
    (Domains.cylinder([1, 2], 2, 0, 3), 12pi),
    (Domains.simplex([0 1 0; 0 0 1]), 0.5),
    (Domains.polygon([0 2 2 0; 0 0 1 1]), 2),
    (Domains.star(d -> 2 + d[1], [0, 0]), 4.5pi),
    (Domains.product(Domains.disk([0, 0], 1), Box([0], [2])), 2pi),
    (Domains.map(u -> (u[1]^2, 3u[2]), [1, 0], [2, 1]), 9)]

# Points of the box of u, (n, count).
function inner_points(domain, count)
    lower, upper = limits(domain)
    shares = [mod(0.5 + 0.618i * k + 0.1i, 1) for i in eachindex(lower), k in 1:count]
    return lower .+ (0.05 .+ 0.9 .* shares) .* (upper .- lower)
end

# The volume from the mean of 1/w = exp(-log_weight) over a midpoint grid of u.
function volume(domain, cells)
    lower, upper = limits(domain)
    sides = upper .- lower
    grid = vec(collect(Iterators.product(fill(((1:cells) .- 0.5) ./ cells, length(sides))...)))
    u = lower .+ sides .* reduce(hcat, map(collect, grid))
    x = to_point(domain, u)
    return prod(sides) * sum(exp.(-to_box(domain, x).log_weight)) / length(grid)
end

@testset "the map goes there and back: $domain" for (domain, size) in KINDS
    u = inner_points(domain, 20)
    x = to_point(domain, u)
    found = to_box(domain, x)
    @test found.u ≈ u rtol = 1e-9
    @test all(isfinite, found.log_weight)
    isinf(size) || @test volume(domain, 8) ≈ size rtol = 1e-2
end

@testset "a model has its integral on $domain" for (domain, size) in KINDS
    network, workspace = Mixture(variables(domain); components = 8), Workspace(1)
    model = Model(network, domain; constraint = EqualTo(2), seed = 3)
    lower, upper = limits(domain)
    @test integral(model, workspace, lower, upper; limits = :u).value ≈ [2]
    x = to_point(domain, inner_points(domain, 5))
    f = integrand(model, workspace, x)
    @test all(f .> 0) && all(isfinite, integrand_vjp(model, workspace, x, one.(f)).x)
    @test parameters(initialise_from_data!(copy(model), x)) != parameters(model)
end

@testset "rows and columns are those of mathematics" begin
    edges = [2.0 1; 0 3]
    skew = Domains.parallelepiped([1, 1], edges)
    @test to_point(skew, [1 0; 0 1]) ≈ [1, 1] .+ edges
    turned = Domains.affine(Box([0, 0], [1, 1]), edges, [5, 6])
    @test to_point(turned, [1 0; 0 1]) ≈ [5, 6] .+ edges
    @test to_point(Domains.simplex([0 4 0; 0 0 5]), [0 1; 0 0])[:, 1] ≈ [0, 0]
    @test sprint(show, Domains.line()) == "Domain(line, 1 variables)"
    @test limits(skew) == (lower = [0, 0], upper = [1, 1])
end

@testset "a point outside has f = 0 and the weight 0" begin
    disk = Domains.disk([0, 0], 1)
    @test to_box(disk, [0 2; 0.5 0]).log_weight ≈ [log(2), -Inf]
    @test integrand(Model(Mixture(2), disk), Workspace(1), [0 2; 0.5 0])[2] == 0
end

@testset "limits of an integral are those of x or of u" begin
    model, workspace = Model(Mixture(1), Domains.line(1, 2)), Workspace(1)
    middle = to_box(Domains.line(1, 2), fill(2.5, 1, 1)).u[1]
    @test integral(model, workspace, [-Inf], [Inf]).value ≈ [1]
    part = integral(model, workspace, [-Inf], [2.5])
    @test part.value ≈ integral(model, workspace, [0], [middle]; limits = :u).value
    @test part.value == integral(model, workspace, [-Inf], [2.5]; limits = :x).value
    disk = Model(Mixture(2), Domains.disk([0, 0], 1))
    test_refused(() -> integral(disk, workspace, [0, 0], [1, 1]), FINN_ERROR_ARGUMENT, "limits")
    test_thrown(() -> integral(disk, workspace, [0, 0], [1, 1]; limits = :y), ArgumentError,
        "limits")
end

@testset "a product has the marginal of a whole factor as a density of x" begin
    disk, axis = Domains.disk([0, 0], 2), Box([0], [1])
    model, workspace = Model(Mixture(3), Domains.product(axis, disk); seed = 1), Workspace(1)
    partial(u, x) = mixed_partial(model, workspace, 1, reshape([x; to_point(disk, u)], 3, 1))[1]
    x = 0.25
    ends = [(a, b, sign) for (a, signa) in ((1e-12, -1), (1, 1)) for (b, sign) in
            ((0.0, -signa), (2pi * (1 - 1e-12), signa))]
    marginal = sum(sign * partial(reshape([a, b], 2, 1), x) for (a, b, sign) in ends)
    slab = integral(model, workspace, [x - 1e-4, 0, 0], [x + 1e-4, 1, 2pi]; limits = :u).value[1]
    @test marginal ≈ slab / 2e-4 rtol = 1e-5
end

@testset "a domain may go before the model that was made of it" begin
    domain = Domains.disk([0, 0], 1)
    whole, model = Domains.product(domain, domain), Model(Mixture(2), domain)
    x = [0.1 0.2; 0.3 0.4]
    expected = integrand(model, Workspace(1), x)
    finalize(domain)
    finalize(domain)
    @test integrand(model, Workspace(1), x) == expected
    @test variables(whole) == 4 && variables(domain) == 0
    test_refused(() -> limits(domain), FINN_ERROR_NULL, "domain")
    test_refused(() -> Domains.product(whole, domain), FINN_ERROR_NULL, "factors")
    test_refused(() -> Model(Mixture(2), domain), FINN_ERROR_NULL, "domain")
end

@testset "what is no region is refused by name" begin
    disk = Domains.disk([0, 0], 1)
    for (make, name) in (
        (() -> OpenBox([0], [0]), "upper"),
        (() -> OpenBox(zeros(65), ones(65)), "variables"),
        (() -> Box([0], [0]), "upper"),
        (() -> Box(Int[], Int[]), "variables"),
        (() -> Domains.line(0, 0), "scale"),
        (() -> Domains.half_line(scale = -1), "scale"),
        (() -> Domains.parallelepiped([0, 0], [1 1; 1 1]), "edges"),
        (() -> Domains.affine(disk, zeros(2, 2), [0, 0]), "matrix"),
        (() -> Domains.disk([0, 0], 0), "radius"),
        (() -> Domains.annulus([0, 0], 2, 1), "outer"),
        (() -> Domains.annulus([0, 0], -1, 1), "inner"),
        (() -> Domains.sector([0, 0], 0, 1, 2, 1), "to"),
        (() -> Domains.ellipse([0, 0], [1, 0]), "semi_axes"),
        (() -> Domains.polar([0, 0], 0), "radius"),
        (() -> Domains.ball([0, 0, 0], 0), "radius"),
        (() -> Domains.shell([0, 0, 0], 2, 1), "outer"),
        (() -> Domains.cylinder([0, 0], 1, 1, 0), "top"),
        (() -> Domains.simplex([0 1 2; 0 1 2]), "vertices"),
        (() -> Domains.polygon([0 1; 0 1]), "count"),
        (() -> Domains.polygon([0 2 1 0 ; 0 0 0.1 2]), "vertices"),
        (() -> Domains.product(), "count"),
        (() -> Domains.product(fill(disk, 5)...), "factors"))
        test_refused(make, FINN_ERROR_ARGUMENT, name)
    end
    test_refused(() -> Domains.disk([0, NaN], 1), FINN_ERROR_NOT_FINITE, "centre")
    test_refused(() -> Domains.line(Inf), FINN_ERROR_NOT_FINITE, "centre")
    test_thrown(() -> Domains.line(tail = :nonsense), ArgumentError, "tail")
    test_thrown(() -> Domains.half_line(tail = :nonsense), ArgumentError, "tail")
    test_thrown(() -> Domains.half_line(0, :left), ArgumentError, "direction")
    test_refused(() -> OpenBox([NaN], [1]), FINN_ERROR_NOT_FINITE, "lower")
    test_refused(() -> Box([0], [Inf]), FINN_ERROR_NOT_FINITE, "upper")
end

@testset "a wrong size is refused before the call" begin
    refused(call, name) = test_thrown(call, DimensionMismatch, name)
    disk, matrix = Domains.disk([0, 0], 1), [1 0; 0 1]
    refused(() -> Box([0, 0], [1]), "upper")
    refused(() -> OpenBox([0, 0], [1]), "upper")
    refused(() -> Domains.parallelepiped([0, 0], zeros(2, 3)), "edges")
    refused(() -> Domains.affine(disk, zeros(3, 3), [0, 0]), "matrix")
    refused(() -> Domains.affine(disk, matrix, [0]), "offset")
    for make in (Domains.disk, Domains.polar, Domains.ball)
        refused(() -> make([0], 1), "centre")
    end
    for make in (Domains.annulus, Domains.shell)
        refused(() -> make([0], 1, 2), "centre")
    end
    refused(() -> Domains.sector([0], 0, 1, 0, 1), "centre")
    refused(() -> Domains.ellipse([0], [1, 1]), "centre")
    refused(() -> Domains.ellipse([0, 0], [1]), "semi_axes")
    refused(() -> Domains.cylinder([0, 0, 0], 1, 0, 1), "centre")
    refused(() -> Domains.simplex(zeros(2, 4)), "vertices")
    refused(() -> Domains.polygon(zeros(3, 4)), "vertices")
    refused(() -> to_point(disk, zeros(3, 2)), "u")
    refused(() -> to_point!(zeros(2, 3), disk, zeros(2, 2)), "x")
    refused(() -> to_box(disk, zeros(1, 2)), "x")
    refused(() -> to_box!(zeros(2, 3), disk, zeros(2, 2)), "u")
    refused(() -> to_box!(zeros(2, 2), disk, zeros(2, 2); log_weight = zeros(1)), "log_weight")
    test_thrown(() -> to_point!(view(zeros(4, 2), 1:2:3, :), disk, zeros(2, 2)), ArgumentError, "x")
end

@testset "points that are none are refused" begin
    disk = Domains.disk([0, 0], 1)
    test_refused(() -> to_point(disk, fill(NaN, 2, 1)), FINN_ERROR_NOT_FINITE, "u")
    test_refused(() -> to_box(disk, fill(Inf, 2, 1)), FINN_ERROR_NOT_FINITE, "x")
    test_refused(() -> to_box(disk, zeros(2, 0)), FINN_ERROR_ARGUMENT, "count")
end
