"""
Fixed integral neural networks: a network F is trained so that its full mixed partial
f = d^nF/dx_1..dx_n is the function wanted. Every integral of f is then exact, and can be fixed to a
target that training cannot change (R. Kortvelesy, arXiv 2307.14439).

    model = Model(Mixture(2), OpenBox([0, 0], [1, 1]))    # the integral of f is 1
    workspace = Workspace()
    trainer = Trainer(model; steps = 500)
    fit!(trainer, workspace) do step, x, y
        y[1, :] .= 4 .* x[1, :] .* x[2, :]
    end
    integral(model, workspace, [0, 0], [0.5, 1]).value
    save("product.safetensors", model)

A [`Model`](@ref) is made of parts, which never change and serve any number of models: a network,
[`Mixture`](@ref) or [`Mlp`](@ref); a domain, [`OpenBox`](@ref), [`Box`](@ref) or one of
[`Domains`](@ref); a [`Constraint`](@ref) on its integral; and a [`Conditioning`](@ref). Options are
keyword arguments, choices among them symbols: `options(:training)` lists those of a trainer, with
what each does.

A positive model is a [`Distribution`](@ref) too, with names of Distributions.jl: `pdf`, `cdf`,
`quantile`, `rand`, `mean`, and `marginal`, `given` and `truncated` to make others of it. A
[`Chain`](@ref) fits the density of many variables, link by link.

Points are columns: `x` is a matrix (variables, batch), with conditions below the variables where a
model has them, and results are (outputs, batch), which is
the memory that C reads, so nothing is copied. Functions that end in `!` write into an array of the
caller and allocate nothing once the workspace has grown; they take arrays of Float64 or Float32
whose columns are contiguous, and refuse others. Those that return a new array take any matrix of
real numbers and copy it where they must.

Any number of tasks may ask a `Model` at once, each with a `Workspace` of its own; a workspace and a
`Trainer` serve one task at a time, and so does a model while it is changed.

Failures: `DimensionMismatch` for a wrong size, [`FinnError`](@ref) for what the library refuses; an
exception in a callback comes out as itself.
"""
module LibFinn

export Network, Mixture, Mlp
export Domain, Domains, OpenBox, Box, limits, to_point, to_point!, to_box, to_box!
export Constraint, NoConstraint, EqualTo, BoundedBy, Learned, PerRow, LinearIntegrals, bounds
export Conditioning, FiLM, Hypernetwork, LinearInputs, conditions
export Model, network, domain, constraint, conditioning, describe, options
export variables, columns, outputs, parameter_count, parameters, parameters!, set_parameters!
export initialise_from_data!, save, load, to_bytes
export Workspace, integrand, integrand!, antiderivative, antiderivative!
export mixed_partial, mixed_partial!, integral, integral!, conditional_integral
export integrand_vjp, integrand_vjp!, derivative, derivative!, derivative_vjp
export conditional_integral_vjp
export Distribution, marginal, given, truncated, given_columns, support
export pdf, pdf!, logpdf, logpdf!, cdf, cdf!, ccdf, ccdf!, probability, probability_of_width
export quantile, quantile!, rosenblatt, rosenblatt!, inverse_rosenblatt, inverse_rosenblatt!
export gradlogpdf, cdf_gradient, probability_gradient, rosenblatt_jacobian
export rand!, moments, mean, cov, expectation, entropy, density_level, mode
export Trainer, fit!, steps, history, outcome, best, set_loss!, set_validation!, restore!
export target_columns
export Chain, distribution, link, links
export Table, read_table
export sigma, sigma!, log_sigma, log_sigma!, repeated_erfc, repeated_erfc!
export FinnError

using Random: Random, rand!
using Statistics: Statistics, cov, mean, quantile, quantile!

include("C.jl")
include("error.jl")
include("arrays.jl")
include("handle.jl")
include("options.jl")
include("network.jl")
include("domain.jl")
include("domains.jl")
include("constraint.jl")
include("conditioning.jl")
include("model.jl")
include("query.jl")
include("derivative.jl")
include("parameters.jl")
include("distribution.jl")
include("distribution_values.jl")
include("distribution_gradients.jl")
include("distribution_samples.jl")
include("distribution_summary.jl")
include("trainer.jl")
include("summary.jl")
include("table.jl")
include("fit.jl")
include("file.jl")
include("chain.jl")
include("sigma.jl")
include("version.jl")

function __init__()
    C.load()
end

end
