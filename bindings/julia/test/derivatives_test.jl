# Derivatives of any orders, gradients of integrals and of what a distribution says, against
# differences.

slope(of; h = 1e-4) = (8 * (of(h) - of(-h)) - (of(2h) - of(-2h))) / 12h

@testset "a derivative is the slope of the one of an order less" begin
    for model in (small_model(), mixture_model())
        workspace, x = Workspace(1), points(1)
        f = integrand(model, workspace, x)
        @test derivative(model, workspace, (1, 1), x) == f
        second = only(derivative(model, workspace, (2, 1), x))
        @test second ≈ slope(h -> only(integrand(model, workspace, x .+ [h, 0]))) rtol = 1e-6
        vjp = derivative_vjp(model, workspace, (1, 1), x, ones(1, 1))
        @test vjp.values == f && vjp.x[1] ≈ second
        @test length(vjp.parameters) == parameter_count(model)
        @test only(derivative(model, workspace, [2, 1], Float32.(x))) ≈ second rtol = 1e-3
    end
end

@testset "orders and sizes are checked" begin
    model, workspace, x = small_model(), Workspace(1), points(1)
    @test_throws FinnError derivative(model, workspace, (5, 4), x)
    @test_throws DimensionMismatch derivative(model, workspace, (1,), x)
    @test_throws DimensionMismatch derivative_vjp(model, workspace, (1, 1), x, ones(1, 2))
end

@testset "an integral has slopes by its limits" begin
    model, workspace = small_model(), Workspace(1)
    ends = points(2)
    lower, upper = vec(minimum(ends; dims = 2)), vec(maximum(ends; dims = 2))
    value(top) = only(integral(model, workspace, lower, top).value)
    vjp = conditional_integral_vjp(model, workspace, lower, upper, zeros(0, 1), ones(1, 1))
    @test only(vjp.value) ≈ value(upper)
    @test vjp.upper[1] ≈ slope(h -> value(upper .+ [h, 0])) rtol = 1e-6
    @test vjp.lower[1] < 0
end

@testset "a distribution has gradients" begin
    for model in (small_model(), mixture_model())
        joint, workspace, x = Distribution(model), Workspace(1), points(1)
        score, by_cdf = gradlogpdf(joint, workspace, x), cdf_gradient(joint, workspace, x)
        for k in 1:2
            moved(h) = x .+ h .* (1:2 .== k)
            @test score[k] ≈ slope(h -> only(logpdf(joint, workspace, moved(h)))) rtol = 1e-6
            @test by_cdf[k] ≈ slope(h -> only(cdf(joint, workspace, moved(h)))) rtol = 1e-6
        end
        @test gradlogpdf(joint, workspace, vec(x)) == vec(score)
        below = reshape(minimum(joint), :, 1)
        boxes = probability_gradient(joint, workspace, below, x)
        @test boxes.upper ≈ by_cdf && size(boxes.given) == (0, 1)
        transform = rosenblatt_jacobian(joint, workspace, x)
        jacobian = transform.jacobian[:, :, 1]
        @test jacobian[1, 1] * jacobian[2, 2] ≈ only(pdf(joint, workspace, x))
        @test jacobian * transform.inverse[:, :, 1] ≈ [1 0; 0 1]
        @test jacobian[2, 1] == 0
    end
end
