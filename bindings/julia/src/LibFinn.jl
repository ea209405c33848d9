"""
Fixed integral neural networks: a network F is trained so that its full mixed partial
f = d^nF/dx_1..dx_n is the function wanted. Every integral of f is then exact, and can be fixed to a
value that training cannot change (R. Kortvelesy, arXiv 2307.14439).

    model = Model([0, 0], [1, 1])            # the domain; the integral of f is 1
    workspace = Workspace()
    trainer = Trainer(model; steps = 500)
    fit!(trainer, model, workspace) do step, x, y
        y[1, :] .= 4 .* x[1, :] .* x[2, :]
    end
    integral(model, workspace, [0, 0], [0.5, 1]).value

Points are columns: `x` is a matrix (variables, batch), with conditions below the variables where a
model has them, and results are (outputs, batch), which is
the memory that C reads, so nothing is copied. Functions that end in `!` write into an array of the
caller and allocate nothing once the workspace has grown; they take arrays of Float64 or Float32
whose columns are contiguous, and refuse others. Those that return a new array take any matrix of
real numbers and copy it where they must.

Any number of tasks may ask a `Model` at once, each with a `Workspace` of its own; a workspace and a
`Trainer` serve one task at a time, and so does a model while it is changed.

Failures: `DimensionMismatch` for a wrong size, `ArgumentError` for what is no option,
[`FinnError`](@ref) for what the library refuses; an exception in a callback comes out as itself.
"""
module LibFinn

export Model, Domain, Domains, Workspace, Trainer, FinnError
export variables, columns, outputs, parameter_count, parameters, parameters!, set_parameters!
export initialise_from_data!
export limits, to_point, to_point!, to_box, to_box!
export integrand, integrand!, antiderivative, antiderivative!, mixed_partial, mixed_partial!
export integral, integral!, integral_given, integrand_vjp, integrand_vjp!
export fit!, steps, history, outcome, best, set_loss!, set_validation!, checkpoint, restore!
export sigma, sigma!, log_sigma, log_sigma!, repeated_erfc, repeated_erfc!

include("C.jl")
include("error.jl")
include("arrays.jl")
include("options.jl")
include("workspace.jl")
include("domain.jl")
include("domains.jl")
include("model_arrays.jl")
include("model.jl")
include("query.jl")
include("parameters.jl")
include("trainer.jl")
include("fit.jl")
include("checkpoint.jl")
include("sigma.jl")
include("version.jl")

function __init__()
    C.load()
end

end
