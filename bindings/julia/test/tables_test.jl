# Tables: numbers of CSV files with the names of their columns.

using LibFinn.C: FINN_ERROR_ARGUMENT, FINN_ERROR_FILE, FINN_ERROR_FORMAT

function written(name, text)
    path = joinpath(FOLDER, name)
    write(path, text)
    return path
end

@testset "a table has names, and rows as columns" begin
    path = written("table.csv", "x,label,y\n1,\"a\",2.5\n-3,\"b\",4e2\n")
    table = read_table(path; columns = ["y", 1])
    @test table.names == ["y", "x"]
    @test table.values == [2.5 400; 1 -3]
    @test read_table(path; columns = :x).values == [1 -3]
    @test sprint(show, table) == "Table(2 rows of \"y\", \"x\")"
    bare = read_table(written("bare.csv", "1,2\n3,4\n5,6\n"))
    @test bare.names == ["", ""] && bare.values == [1 3 5; 2 4 6]
end

@testset "a fit takes columns of a file by name" begin
    lines = ["$(ROWS[2, i]),$(TARGETS[i]),$(ROWS[1, i])" for i in 1:64]
    path = written("named.csv", join(["b,f,a"; lines], "\n"))
    @test fit_of_file(path; columns = ("a", "b", "f")) ==
          parameters(fitted(steps = 20, batch = 16).model)
    table = read_table(path; columns = (:a, :b))
    @test table.values == ROWS
end

@testset "a bad table is refused" begin
    refused(text, status, name; options...) =
        test_refused(() -> read_table(written("bad.csv", text); options...), status, name)
    refused("x,y\n1,2\n3,\n", FINN_ERROR_FORMAT, "line 3")
    refused("x,y\n1,a\n", FINN_ERROR_FORMAT, "line 2")
    refused("x,y\n1,2\n", FINN_ERROR_ARGUMENT, "z"; columns = "z")
    test_refused(() -> read_table(joinpath(FOLDER, "none.csv")), FINN_ERROR_FILE, "none")
end
