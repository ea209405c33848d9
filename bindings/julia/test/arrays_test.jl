# Which arrays are read as they are, which are copied, and which are refused.

@testset "a view of whole columns is read and written as it is" begin
    model, workspace, x = small_model(), Workspace(1), points(10)
    f = zeros(1, 10)
    expected = integrand(model, workspace, x)
    integrand!(view(f, :, 3:7), model, workspace, view(x, :, 3:7))
    @test f[:, 3:7] == expected[:, 3:7] && all(iszero, f[:, [1, 2, 8, 9, 10]])
end

@testset "a vector serves for the results of one output" begin
    model, workspace, x = small_model(), Workspace(1), points(10)
    f = zeros(10)
    @test integrand!(f, model, workspace, x) === f
    @test f == vec(integrand(model, workspace, x))
end

@testset "what is not contiguous is refused in place and copied otherwise" begin
    model, workspace, x = small_model(), Workspace(1), points(10)
    expected = integrand(model, workspace, x)
    for scattered in (view(vcat(x, x), 1:2, :), view(x, :, 1:2:9), transpose(copy(transpose(x))))
        f = zeros(1, size(scattered, 2))
        test_thrown(() -> integrand!(f, model, workspace, scattered), ArgumentError, "memory")
        copied = integrand(model, workspace, Array(scattered))
        @test integrand(model, workspace, scattered) == copied
    end
    test_thrown(() -> integrand!(view(zeros(2, 10), 1:1, :), model, workspace, x), ArgumentError,
        "f")
    test_thrown(() -> set_parameters!(model, view(zeros(2, parameter_count(model)), 1, :)),
        ArgumentError, "parameters")
    @test integrand(model, workspace, transpose(copy(transpose(x)))) == expected
end

@testset "other numbers become Float64" begin
    model, workspace = small_model(), Workspace(1)
    @test integrand(model, workspace, [0 1; 1 2]) == integrand(model, workspace, [0.0 1.0; 1.0 2.0])
    @test integral(model, workspace, (-1, 0), (1, 3)).value ≈ [1]
    @test sigma(1, 1, 0:0)[1] == 0.5
end

@testset "arrays of Float32 are answered in Float32" begin
    model, workspace, x = small_model(), Workspace(1), points(10)
    narrow = integrand(model, workspace, Float32.(x))
    @test eltype(narrow) == Float32
    @test narrow ≈ integrand(model, workspace, x) rtol = 1e-5
    @test_throws MethodError integrand!(zeros(1, 10), model, workspace, Float32.(x))
end
