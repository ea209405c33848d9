# Fig. 1 of the paper, for a target of 2: two Gaussian bumps on [-3, 3]^2, whose integral there is
# about 1.8, fitted by a network whose integral is fixed to 2.
#
#     julia --project=bindings/julia bindings/julia/examples/fig1.jl

using LibFinn

const TARGET = 2.0
const SIDE = 6.0
const GRID = 200  # cells per axis on which errors are measured

bump(x, y) = exp(-(x^2 + y^2) / 2) / (2pi)
wanted_at(x, y) = bump(x - 1, y - 1) + bump(x + 2, y)

# The centres of the cells, (2, GRID^2).
function grid()
    centres = [-3 + SIDE * (i - 0.5) / GRID for i in 1:GRID]
    return reduce(hcat, [[x, y] for x in centres for y in centres])
end

mean_squared_error(f, wanted) = sum(abs2, f .- wanted) / length(wanted)

# The least error that any f >= 0 with this integral can have: that of max(wanted - level, 0), where
# the level makes the integral right.
function least_error(wanted)
    low, high = -TARGET, 1.0
    for _ in 1:60
        level = (low + high) / 2
        integral_above = sum(max.(wanted .- level, 0)) * SIDE^2 / length(wanted)
        low, high = integral_above > TARGET ? (level, high) : (low, level)
    end
    return mean_squared_error(max.(wanted .- low, 0), wanted)
end

function fill_targets(step, x, y)
    for i in axes(x, 2)
        y[i] = wanted_at(x[1, i], x[2, i])
    end
end

function show_progress(told)
    if told.step % (told.steps ÷ 4) == 0
        println(stderr, "step ", told.step, " of ", told.steps, ", loss ", told.loss)
    end
end

function main()
    lower, upper = [-3, -3], [3, 3]
    model = Model(Mixture(2), OpenBox(lower, upper); constraint = EqualTo(TARGET))
    workspace = Workspace(1)  # one thread is enough, also beside others
    trainer = Trainer(model)
    seconds = @elapsed fit!(fill_targets, trainer, workspace; progress = show_progress)

    points = grid()
    wanted = [wanted_at(points[1, i], points[2, i]) for i in axes(points, 2)]
    f = vec(integrand(model, workspace, points))
    squared, least = mean_squared_error(f, wanted), least_error(wanted)
    found = integral(model, workspace, lower, upper)
    println("mean squared error             ", squared)
    println("least possible for any f >= 0  ", least)
    println("ratio of the two               ", squared / least)
    println("integral of f, from F          ", found.value[1])
    println("condition number of F          ", found.condition_number[1])
    println("smallest f on the grid         ", minimum(f))
    println("seconds of training            ", seconds)
end

main()
