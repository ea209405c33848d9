# No allocation in Julia per call, once the workspace has grown.

# Each call behind a function barrier, so that only the call itself is counted.
allocated_by(call::F, arguments...) where {F} = (call(arguments...); @allocated call(arguments...))

@testset "calls into arrays of the caller allocate nothing: $T" for T in (Float64, Float32)
    model, workspace, x = small_model(), Workspace(1), T.(points(50))
    f, values, slopes = ones(T, 1, 50), parameters(model, T), zeros(T, 2, 50)
    @test allocated_by(integrand!, f, model, workspace, x) == 0
    @test allocated_by(antiderivative!, f, model, workspace, x) == 0
    @test allocated_by(mixed_partial!, f, model, workspace, (1,), x) == 0
    @test allocated_by(integrand_vjp!, values, model, workspace, x, f) == 0
    vjp!(values, model, workspace, x, f, slopes) =
        integrand_vjp!(values, model, workspace, x, f; x_adjoint = slopes)
    @test allocated_by(vjp!, values, model, workspace, x, f, slopes) == 0
    @test allocated_by(parameters!, values, model) == 0
    @test allocated_by(set_parameters!, model, values) == 0
    @test allocated_by(sigma!, zeros(T, 100, 2), 2, vec(x)) == 0
    @test allocated_by(log_sigma!, zeros(T, 100), 2, vec(x)) == 0
    @test allocated_by(repeated_erfc!, zeros(T, 100, 2), 2, vec(x)) == 0
end

@testset "integrals and sizes allocate nothing" begin
    model, workspace, value, condition_number = small_model(), Workspace(1), zeros(1), zeros(1)
    both!(value, model, workspace, lower, upper, condition_number) = integral!(value, model,
        workspace, lower, upper; limits = :u, condition_number = condition_number)
    @test allocated_by(integral!, value, model, workspace, LOWER, UPPER) == 0
    @test allocated_by(both!, value, model, workspace, LOWER, UPPER, condition_number) == 0
    @test allocated_by(variables, model) == 0
    @test allocated_by(parameter_count, model) == 0
end

@testset "a view of whole columns allocates nothing either" begin
    model, workspace, x, f = small_model(), Workspace(1), points(50), zeros(1, 50)
    @test allocated_by(integrand!, view(f, :, 1:10), model, workspace, view(x, :, 1:10)) == 0
end

@testset "maps of a domain and models on it allocate nothing" begin
    domain, u, x, log_weight = Domains.disk([0, 0], 1), [0.2 0.4; 1 2], zeros(2, 2), zeros(2)
    back!(u, domain, x, log_weight) = to_box!(u, domain, x; log_weight = log_weight)
    @test allocated_by(to_point!, x, domain, u) == 0
    @test allocated_by(back!, u, domain, x, log_weight) == 0
    model, workspace, f = Model(Mixture(2), domain), Workspace(1), zeros(1, 2)
    @test allocated_by(integrand!, f, model, workspace, x) == 0
    @test allocated_by(mixed_partial!, f, model, workspace, (1,), x) == 0
end

@testset "a distribution allocates nothing per call" begin
    joint, workspace, x = Distribution(Model(Mixture(2), BOX)), Workspace(1), points(50)
    first, values, u = marginal(joint, 1), fill(0.5, 50), fill(0.5, 2, 50)
    for call! in (pdf!, logpdf!, cdf!, ccdf!)
        @test allocated_by(call!, values, joint, workspace, x) == 0
    end
    @test allocated_by(rosenblatt!, u, joint, workspace, x) == 0
    @test allocated_by(quantile!, values, first, workspace, fill(0.5, 50)) == 0
    @test allocated_by(inverse_rosenblatt!, x, joint, workspace, fill(0.5, 2, 50)) == 0
    @test allocated_by(rand!, 7, joint, workspace, x) == 0
    @test allocated_by(variables, joint) == 0
end
