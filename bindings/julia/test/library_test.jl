# Where the library is looked for, and what is said when it is not there.

using LibFinn.C: library_path, open_library, soname

message_of(path) = thrown(() -> open_library(path)).msg

@testset "the environment comes before the preference, the loader last" begin
    @test library_path(Dict("LIBFINN" => "/a"), Dict("libfinn" => "/b")) == "/a"
    @test library_path(Dict("LIBFINN" => ""), Dict("libfinn" => "/b")) == "/b"
    @test library_path(Dict{String,String}(), Dict{String,Any}()) == soname
    @test LibFinn.C.preferences() isa AbstractDict
end

@testset "a missing library is an error that says what to do" begin
    message = message_of("/nowhere/libfinn.so")
    @test occursin("/nowhere/libfinn.so", message)
    @test occursin("LIBFINN", message) && occursin("LocalPreferences.toml", message)
end

@testset "another library is an error that says so" begin
    @test occursin("is not libfinn", message_of("libjulia.so.1"))
end

@testset "the package cannot be loaded without the library, and says why" begin
    output, package, program = IOBuffer(), dirname(@__DIR__), "using LibFinn"
    environment = merge(Dict(ENV), Dict("LIBFINN" => "/nowhere/libfinn.so"))
    command = `$(Base.julia_cmd()) --project=$package --startup-file=no -e $program`
    process = run(pipeline(ignorestatus(setenv(command, environment)), stdout = output,
        stderr = output))
    @test !success(process)
    @test occursin("set the environment variable LIBFINN", String(take!(output)))
end

@testset "the library says what it is" begin
    @test LibFinn.version_number() == LibFinn.version().major * 10000 +
          LibFinn.version().minor * 100 + LibFinn.version().patch
    @test LibFinn.max_variables() == LibFinn.C.FINN_MAX_VARIABLES
    @test !isempty(LibFinn.build_info()) && !isempty(LibFinn.instruction_set())
end
