# Chains: densities of many variables, fitted link by link.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_FILE, FINN_ERROR_FORMAT, FINN_ERROR_NOT_FINITE

const SHORT_CHAIN = (steps = 10, batch = 32, components = 4, linear_components = 2, widths = (4,),
    seed = 5)

# Columns of two numbers, of which the second follows the first.
const TOGETHER = reduce(hcat, map(0:199) do i
    first, noise = mod(0.5 + 0.618i, 1), mod(0.5 + 0.414i, 1)
    [first, 2first + 0.3noise]
end)

function fitted_chain()
    chain = Chain(2; SHORT_CHAIN...)
    @test fit!(chain, Workspace(1), TOGETHER)
    return chain
end

struct EnoughLinks <: Exception end

@testset "a fit makes a link for each variable" begin
    chain = Chain(2; SHORT_CHAIN...)
    @test sprint(show, chain) == "Chain(2 variables, 0 conditions, 0 links fitted)"
    chain = fitted_chain()
    @test (variables(chain), conditions(chain), columns(chain), links(chain)) == (2, 0, 2, 2)
    @test options(chain).steps == 10 && options(chain).widths == [4]
    @test options(Chain(2)).steps == 3000
    @test any(row -> row.name === :linear_components, options(:chain))
end

@testset "a link says what became of it" begin
    chain = fitted_chain()
    for found in (link(chain, 1), link(chain, 2))
        @test found.form in (:linear, :residual, :network, :stacked)
        taken = found.form === :stacked ? :linear : found.form
        @test isfinite(getproperty(found, taken)) && isfinite(found.linear)
    end
    @test isnan(link(chain, 1).network) && isfinite(link(chain, 2).network)
    test_thrown(() -> link(chain, 3), ArgumentError, "link")
    test_thrown(() -> link(chain, 0), ArgumentError, "link")
end

@testset "a chain is a distribution of its variables" begin
    joint, workspace = Distribution(fitted_chain()), Workspace(1)
    density = pdf(joint, workspace, [0.5, 1.1])
    first = pdf(marginal(joint, 1), workspace, 0.5)
    @test density > 0 && first * pdf(given(joint, 1), workspace, [1.1, 0.5]) ≈ density
    @test size(rand(3, joint, workspace, 20)) == (2, 20)
    @test variables(distribution(fitted_chain())) == 2
end

@testset "a chain has conditions and limits" begin
    chain = Chain(1; conditions = 1, lower = [0], upper = [1], SHORT_CHAIN...)
    @test fit!(chain, Workspace(1), TOGETHER; weights = fill(1.5, 200))
    alone = Distribution(chain)
    @test given_columns(alone) == 1
    @test support(alone) == (lower = [0.0], upper = [1.0])
    @test pdf(alone, Workspace(1), [1.5, 0.5]) == 0
end

@testset "a fit that progress stopped goes on to the same bits" begin
    stopped = Chain(2; SHORT_CHAIN...)
    @test fit!(stopped, Workspace(1), TOGETHER; progress = told -> told.step <= 10) === false
    @test links(stopped) == 1
    test_refused(() -> Distribution(stopped), FINN_ERROR_ARGUMENT, "chain")
    resumed = load(Chain, to_bytes(stopped))
    @test fit!(resumed, Workspace(1), Float32.(TOGETHER)) isa Bool
    resumed = load(Chain, to_bytes(stopped))
    @test fit!(resumed, Workspace(1), TOGETHER) === true
    @test to_bytes(resumed) == to_bytes(fitted_chain())
end

@testset "an exception of progress comes out as itself" begin
    chain = Chain(2; SHORT_CHAIN...)
    failing(told) = throw(EnoughLinks())
    @test thrown(() -> fit!(chain, Workspace(1), TOGETHER; progress = failing)) isa EnoughLinks
    @test fit!(chain, Workspace(1), TOGETHER)
end

@testset "a chain comes back from its file with the same bits" begin
    chain = fitted_chain()
    mktempdir() do folder
        path = joinpath(folder, "chain.safetensors")
        @test save(path, chain) === path
        @test read(path) == to_bytes(chain) == to_bytes(load(Chain, path))
        test_refused(() -> load(path), FINN_ERROR_FORMAT, "safetensors")
        test_refused(() -> load(Chain, joinpath(folder, "none")), FINN_ERROR_FILE, "none")
    end
    test_refused(() -> load(Chain, UInt8[1, 2, 3]), FINN_ERROR_FORMAT, "file")
end

@testset "wrong sizes and numbers are refused by name" begin
    chain, workspace = Chain(2; SHORT_CHAIN...), Workspace(1)
    test_thrown(() -> fit!(chain, workspace, TOGETHER[1:1, :]), DimensionMismatch, "x")
    test_thrown(() -> fit!(chain, workspace, TOGETHER; weights = [1, 2]), DimensionMismatch,
        "weights")
    test_refused(() -> fit!(chain, workspace, [0 NaN; 1 1]), FINN_ERROR_NOT_FINITE, "x")
    test_thrown(() -> Chain(2; lower = [0], upper = [1]), DimensionMismatch, "lower")
    test_refused(() -> Chain(1; lower = [1], upper = [0]), FINN_ERROR_ARGUMENT, "lower")
    test_refused(() -> Chain(0), FINN_ERROR_ARGUMENT, "variables")
    test_refused(() -> Chain(2; conditions = 5000), FINN_ERROR_ARGUMENT, "conditions")
    test_refused(() -> Chain(2; stepz = 3), FINN_ERROR_ARGUMENT, "steps")
end
