# Fits of rows from files.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_FILE, FINN_ERROR_FORMAT, FINN_ERROR_NOT_FINITE

const FOLDER = mktempdir()

# Writes the columns of a matrix as lines, and returns the path.
function csv_file(name, columns; header = "")
    path = joinpath(FOLDER, name)
    open(path, "w") do file
        isempty(header) || println(file, header)
        foreach(column -> println(file, join(column, ",")), eachcol(columns))
    end
    return path
end

function raw_file(name, columns)
    path = joinpath(FOLDER, name)
    write(path, columns)
    return path
end

function fit_of_file(path; loss = :squared_error, progress = nothing, options...)
    model = small_model()
    trainer = Trainer(model; steps = 20, batch = 16, loss = loss)
    fit!(trainer, Workspace(1), path; progress = progress, options...)
    return parameters(model)
end

@testset "rows of a file give the bits of the same rows in arrays" begin
    rows, counts = vcat(ROWS, TARGETS'), [mod(i, 3) for i in 1:64]
    expected = parameters(fitted(steps = 20, batch = 16).model)
    @test fit_of_file(csv_file("rows.csv", rows; header = "x,y,f")) == expected
    @test fit_of_file(raw_file("rows.f64", rows); format = :float64) == expected
    weighted = parameters(fitted(steps = 20, batch = 16, weights = counts).model)
    path = csv_file("weighted.csv", vcat(rows, counts'))
    @test fit_of_file(path; weighted = true) == weighted
    narrow = raw_file("rows.f32", Float32.(rows))
    wide = raw_file("wide.f64", Float64.(Float32.(rows)))
    @test fit_of_file(narrow; format = :float32) == fit_of_file(wide; format = :float64)
end

@testset "under a likelihood a file has no targets" begin
    likelihood = fitted(steps = 20, batch = 16, loss = :negative_log_likelihood, targets = nothing)
    path = csv_file("points.csv", ROWS)
    @test fit_of_file(path; loss = :negative_log_likelihood) == parameters(likelihood.model)
end

@testset "progress is told of a fit of a file, and its exception comes out as itself" begin
    path, calls = csv_file("told.csv", vcat(ROWS, TARGETS')), Ref(0)
    fit_of_file(path; progress = told -> calls[] += 1)
    @test calls[] == 20
    fail(told) = throw(OutOfData(told.step))
    @test thrown(() -> fit_of_file(path; progress = fail)) === OutOfData(1)
end

@testset "bad files are refused with path, line and column" begin
    refused(path, status, name; options...) =
        test_refused(() -> fit_of_file(path; options...), status, name)
    refused(joinpath(FOLDER, "none.csv"), FINN_ERROR_FILE, "none")
    words = joinpath(FOLDER, "words.csv")
    write(words, "0.5,1,2\n0.5,one,2\n")
    refused(words, FINN_ERROR_FORMAT, "line 2")
    refused(csv_file("short.csv", ROWS), FINN_ERROR_FORMAT, "line 1")
    refused(csv_file("nan.csv", [0.5 0.5; 1 NaN; 2 2]), FINN_ERROR_NOT_FINITE, "line 2")
    refused(raw_file("cut.f64", ones(4)), FINN_ERROR_FORMAT, "cut"; format = :float64)
    refused(csv_file("outside.csv", fill(7, 3, 2)), FINN_ERROR_ARGUMENT, "x|outside")
    test_thrown(() -> fit_of_file(words; format = :nonsense), ArgumentError, "format")
    test_thrown(() -> fit_of_file("a\0b"), ArgumentError, "NUL|embedded")
end
