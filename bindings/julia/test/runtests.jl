# julia --project test/runtests.jl, with LIBFINN set or libfinn where the loader looks.
using LibFinn
using Test

println("LibFinn against ", LibFinn.build_info(), ", on Julia ", VERSION)

@testset "LibFinn" begin
    include("support.jl")
    for name in ("layout", "library", "golden", "options", "networks", "constraints",
        "conditionings", "models", "derivatives", "refusals", "arrays", "domains", "own_domains", "distributions",
        "distribution_refusals", "training", "optimisers", "own_loss", "summaries", "files",
        "tables", "model_files", "checkpoints", "chains", "handles", "allocations")
        @testset "$name" begin
            include("$(name)_test.jl")
        end
    end
end
