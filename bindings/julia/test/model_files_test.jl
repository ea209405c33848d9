# Model files: saved and loaded as files and as bytes, with domains by functions of Julia.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_FILE, FINN_ERROR_FORMAT, FINN_ERROR_NULL

@testset "a loaded model gives the same bits: $(network(model)), $(precision(model))" for model in (
    small_model(outputs = 2, skip = true, constraint = EqualTo([1, 3]; uniform_share = 0.25)),
    small_model(positivity = :none, precision = Float32),
    Model(Mixture(2; components = 5), Domains.disk([0, 1], 3); conditioning = FiLM([0], [2])))
    path = joinpath(FOLDER, "model.safetensors")
    @test save(path, model) === path
    bytes = to_bytes(model)
    @test read(path) == bytes
    x = repeat([0.25, 1.5, 0.5][1:columns(model)], 1, 5)
    expected = integrand(model, Workspace(1), x)
    for source in (path, bytes, view(permutedims([bytes bytes]), 1, :))
        loaded = load(source)
        @test parameters(loaded) == parameters(model)
        @test describe(loaded) == describe(model)
        @test integrand(loaded, Workspace(1), x) == expected
    end
end

heart(name) = Domains.star(direction -> 2 + direction[1], [0, 0]; name = name)

@testset "a star is bound again by its name" begin
    model = Model(Mixture(2), heart("heart"))
    @test LibFinn.name(domain(model)) == "heart" && LibFinn.name(BOX) === nothing
    x, bytes = [0.5 0.1; 0.2 0.7], to_bytes(model)
    expected = integrand(model, Workspace(1), x)
    loaded = load(bytes; domains = [BOX, heart("other"), heart("heart")])
    finalize(model)
    GC.gc()
    @test integrand(loaded, Workspace(1), x) == expected
    test_refused(() -> load(bytes), FINN_ERROR_ARGUMENT, "heart")
    test_refused(() -> load(bytes; domains = [heart("other")]), FINN_ERROR_ARGUMENT, "heart")
    test_thrown(() -> integrand(loaded, Workspace(2), x), ArgumentError, "workspace")
end

@testset "a map is bound again by its name, and one without cannot be saved" begin
    named(name) = Model(Mixture(2), square_map(name = name))
    model = named("square")
    loaded = load(to_bytes(model); domains = (domain(model),))
    x = [1.5625 3.0625; 1.5 0.375]
    @test integrand(loaded, Workspace(1), x) == integrand(model, Workspace(1), x)
    test_refused(() -> to_bytes(named(nothing)), FINN_ERROR_ARGUMENT, "name")
    test_thrown(() -> named("a\0b"), ArgumentError, "NUL|embedded")
end

@testset "what is no model file is refused" begin
    bytes = to_bytes(small_model())
    test_refused(() -> load(bytes[1:end-1]), FINN_ERROR_FORMAT, "bytes|file|model")
    test_refused(() -> load(UInt8[]), FINN_ERROR_FORMAT, "bytes|file|model")
    test_refused(() -> load("/nowhere/model"), FINN_ERROR_FILE, "nowhere")
    test_refused(() -> save("/nowhere/model", small_model()), FINN_ERROR_FILE, "nowhere")
    model = small_model()
    finalize(model)
    test_refused(() -> to_bytes(model), FINN_ERROR_NULL, "model")
end
