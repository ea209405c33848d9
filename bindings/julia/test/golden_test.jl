# The same bits as in C, for tests/data/golden_bits.txt, which tests/bindings/golden_bits.c prints.

const GOLDEN = Dict(first(split(line)) => split(line)[2:end]
    for line in eachline(joinpath(@__DIR__, "..", "..", "..", "tests", "data", "golden_bits.txt")))

golden(name, ::Type{Float64} = Float64) =
    [reinterpret(Float64, parse(UInt64, word, base = 16)) for word in GOLDEN[name]]
golden(name, ::Type{Float32}) =
    [reinterpret(Float32, parse(UInt32, word, base = 16)) for word in GOLDEN[name]]

bits(values::AbstractArray{Float64}) =
    string.(reinterpret.(UInt64, vec(values)), base = 16, pad = 16)
bits(values::AbstractArray{Float32}) =
    string.(reinterpret.(UInt32, vec(values)), base = 16, pad = 8)

# Whether these are the bits of the golden line, in the order of memory.
has_bits(values, name) = bits(values) == GOLDEN[name]

double_model() = Model(Mlp(2, 2; widths = (5, 4), axis_units = 0),
    OpenBox(golden("double.lower"), golden("double.upper"));
    constraint = EqualTo(golden("double.target"); uniform_share = 0.125), seed = 7)

double_points() = reshape(golden("double.x"), 2, :)

training(model, loss, batch) = Trainer(model; steps = 12, batch = batch, loss = loss,
    schedule = :constant, seed = 3)

function test_queries_in_double()
    model, workspace, x = double_model(), Workspace(1), double_points()
    @test has_bits(parameters(model), "double.parameters")
    @test has_bits(integrand(model, workspace, x), "double.f")
    @test has_bits(antiderivative(model, workspace, x), "double.F")
    @test has_bits(mixed_partial(model, workspace, 1, x), "double.partial_of_the_first")
    @test has_bits(mixed_partial(model, workspace, (), x), "double.F")
    @test has_bits(mixed_partial(model, workspace, 1:2, x), "double.f")
    found = integral(model, workspace, golden("double.box_lower"), golden("double.box_upper"))
    @test has_bits(found.value, "double.integral")
    @test has_bits(found.condition_number, "double.condition_number")
    @test has_bits(found.error_estimate, "double.error_estimate")
    vjp = integrand_vjp(model, workspace, x, reshape(golden("double.f_adjoint"), 2, :))
    @test has_bits(vjp.f, "double.vjp_f")
    @test has_bits(vjp.parameters, "double.parameter_adjoint")
    @test has_bits(vjp.x, "double.x_adjoint")
end

function test_fits()
    model = double_model()
    trainer = training(model, :squared_error, 40)
    fit!(trainer, Workspace(1)) do step, x, y
        y[1, :] .= x[1, :] .* x[2, :]
        y[2, :] .= x[1, :]
    end
    @test has_bits(history(trainer), "double.sampler_losses")
    @test has_bits(parameters(model), "double.sampler_parameters")
    model = double_model()
    trainer = training(model, :negative_log_likelihood, 4)
    fit!(trainer, Workspace(1), double_points())
    @test has_bits(history(trainer), "double.data_losses")
    @test has_bits(parameters(model), "double.data_parameters")
end

# Gradient descent on the sum of (f_j - x_1)^2 over the points and outputs j.
function test_own_loss()
    model, workspace, x = double_model(), Workspace(1), double_points()
    values = parameters(model)
    for _ in 1:3
        adjoint = 2 .* (integrand(model, workspace, x) .- x[1:1, :])
        values .-= 0.015625 .* integrand_vjp(model, workspace, x, adjoint).parameters
        set_parameters!(model, values)
    end
    @test has_bits(values, "double.own_parameters")
end

function test_queries_in_float()
    model = Model(Mlp(3; widths = (6, 3), positivity = :none),
        OpenBox(golden("float.lower"), golden("float.upper"));
        constraint = EqualTo(golden("float.target"); method = :shift), precision = Float32,
        seed = 11)
    workspace, x = Workspace(1), reshape(golden("float.x", Float32), 3, :)
    @test has_bits(parameters(model, Float32), "float.parameters")
    @test has_bits(integrand(model, workspace, x), "float.f")
    @test has_bits(antiderivative(model, workspace, x), "float.F")
    partial = mixed_partial(model, workspace, (1, 3), x)
    @test has_bits(partial, "float.partial_of_the_first_and_third")
    vjp = integrand_vjp(model, workspace, x, reshape(golden("float.f_adjoint", Float32), 1, :))
    @test has_bits(vjp.f, "float.vjp_f")
    @test has_bits(vjp.parameters, "float.parameter_adjoint")
    @test has_bits(vjp.x, "float.x_adjoint")
end

# A mixture of 4 components, whose parameters are moved off those of the seed.
function moved_mixture(lower, upper, conditioning = nothing)
    model = Model(Mixture(length(lower); components = 4), OpenBox(lower, upper);
        conditioning = conditioning, seed = 5)
    set_parameters!(model, parameters(model) .+ 0.125)
    return Distribution(model)
end

function test_distributions()
    x, workspace, p = double_points(), Workspace(1), 0.0625 .+ 0.125 .* (0:6)
    joint = moved_mixture(golden("double.lower"), golden("double.upper"))
    @test has_bits(pdf(joint, workspace, x), "joint.density")
    @test has_bits(cdf(joint, workspace, x), "joint.cdf")
    @test has_bits(rand(3, joint, workspace, 7; first = 3), "joint.sample")
    second = quantile(given(joint, 1), workspace, p; given = x[1:1, :])
    @test has_bits(second, "joint.quantile_of_the_second")
    density, known = moved_mixture([-1], [1.5], FiLM([0], [2]; widths = [4])), x[2:2, :]
    @test has_bits(pdf(density, workspace, x), "conditional.density")
    @test has_bits(cdf(density, workspace, x), "conditional.cdf")
    @test has_bits(quantile(density, workspace, p; given = known), "conditional.quantile")
    @test has_bits(rand(3, density, workspace, 7; given = known, first = 3), "conditional.sample")
end

function test_sigma(prefix, x)
    @test has_bits(sigma(4, 6, x), prefix * "sigma_4")
    found = log_sigma(3, x)
    @test has_bits(found.logs, prefix * "log_sigma_3")
    @test has_bits(found.slopes, prefix * "slopes")
    @test has_bits(repeated_erfc(2, 4, x), prefix * "repeated_erfc_2")
end

if LibFinn.instruction_set() in ("sse2", "portable")
    @info "skipped: $(LibFinn.instruction_set()) has no fused multiply-adds and rounds differently"
elseif !occursin("gcc", LibFinn.build_info())
    @info "skipped: the bits are those of g++: $(LibFinn.build_info())"
else
    @testset "queries in double have the bits of C" begin test_queries_in_double() end
    @testset "fits have the bits of C" begin test_fits() end
    @testset "gradient descent on a loss of one's own has the bits of C" begin test_own_loss() end
    @testset "queries in float have the bits of C" begin test_queries_in_float() end
    @testset "distributions have the bits of C" begin test_distributions() end
    @testset "the sigma family has the bits of C" begin
        test_sigma("sigma.", golden("sigma.x"))
        test_sigma("sigma.float.", golden("sigma.float.x", Float32))
    end
end
