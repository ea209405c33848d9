# What the tests share: a small model, points, and the assertion that a call is refused.

const LOWER = [-1.0, 0.0]
const UPPER = [1.0, 3.0]

const BOX = OpenBox(LOWER, UPPER)

small_network(; outputs = 1, options...) =
    Mlp(2, outputs; widths = (6, 5), axis_units = 0, options...)

small_model(; seed = 7, constraint = nothing, precision = Float64, options...) =
    Model(small_network(; options...), BOX; constraint = constraint, precision = precision,
        seed = seed)

# A mixture whose normals overlap.
function mixture_model()
    model = Model(Mixture(2; components = 16), BOX)
    initialise_from_data!(model, points(40); seed = 3)
    return model
end

joint_of_mixture() = Distribution(mixture_model())

# Points of the box, (2, count).
points(count) = reshape(
    hcat(([2 * mod(0.5 + 0.618k, 1) - 1, 3 * mod(0.5 + 0.414k, 1)]
          for k in 0:count-1)...), 2, count)

# What a call throws.
function thrown(@nospecialize(call))
    try
        call()
    catch failure
        return failure
    end
    return nothing
end

# The library refuses the call with this status and names the argument.
function test_refused(@nospecialize(call), status, name)
    failure = thrown(call)
    @test failure isa FinnError
    failure isa FinnError || return
    @test LibFinn.status_name(failure.status) == LibFinn.status_name(status)
    @test occursin(Regex("\\b$name\\b"), failure.message)
end

# Julia's own exception names the argument, before the library is called.
function test_thrown(@nospecialize(call), type, name)
    failure = thrown(call)
    @test failure isa type
    @test occursin(Regex("\\b$name\\b"), sprint(showerror, failure))
end
