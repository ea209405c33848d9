# What a call costs above the same call in C: julia --project bench/call.jl
# Smallest of many batches, as others share the machine.

using LibFinn
using LibFinn: C

const BATCHES = 300

# Nanoseconds of one call.
function time_of(call::F, calls) where {F}
    best = typemax(UInt64)
    for _ in 1:BATCHES
        start = time_ns()
        for _ in 1:calls
            call()
        end
        best = min(best, time_ns() - start)
    end
    return best / calls
end

function report(name, in_c, in_julia)
    figures = map(value -> lpad(round(value; digits = 1), 8), (in_c, in_julia, in_julia - in_c))
    println(rpad(name, 25), "C ", figures[1], " ns, Julia ", figures[2], " ns, above ", figures[3],
        " ns")
end

# The bare C calls: a pointer of dlsym, raw handles and raw arrays.
function bare(name)
    return C.dlsym(C.open_library(C.library_path(ENV, C.preferences())), name)
end

function main()
    model = Model(Mlp(2; widths = (4,)), OpenBox([0, 0], [1, 1]))
    workspace = Workspace(1)
    x, f, empty = reshape([0.25, 0.75], 2, 1), zeros(1, 1), zeros(0)
    GC.@preserve model workspace x f begin
        size_call, query, family =
            bare(:finn_model_variables), bare(:finn_integrand_f64), bare(:finn_sigma_f64)
        handle, scratch, points, values = model.handle, workspace.handle, pointer(x), pointer(f)
        report("finn_model_variables",
            time_of(() -> ccall(size_call, Int32, (Ptr{Cvoid},), handle), 10000),
            time_of(() -> variables(model), 10000))
        report("finn_integrand_f64, B 1",
            time_of(() -> ccall(query, Int32, (Ptr{Cvoid}, Ptr{Cvoid}, Ptr{Float64}, Int64,
                    Ptr{Float64}, Int64, Ptr{Cvoid}), handle, scratch, points, 1, values, 1,
                    C_NULL), 1000),
            time_of(() -> integrand!(f, model, workspace, x), 1000))
        table = zeros(0, 1)
        report("finn_sigma_f64, length 0",
            time_of(() -> ccall(family, Int32, (Int32, Int32, Ptr{Float64}, Int64, Ptr{Float64},
                    Ptr{Cvoid}), 2, 1, points, 0, values, C_NULL), 10000),
            time_of(() -> sigma!(table, 2, empty), 10000))
    end
end

main()
