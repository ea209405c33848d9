"""JAX: sigma_k as a custom_jvp, nested transforms, and the whole step with Adam in one jit."""

import functools
import math

import jax
import jax.numpy as jnp
import numpy
import problem as problems

GAUSS = 1 / math.sqrt(math.pi)


@functools.partial(jax.custom_jvp, nondiff_argnums=(0,))
def sigma(order, z):
    below = GAUSS * jnp.exp(-z * z)
    if order == -1:
        return -2 * z * below
    if order == 0:
        return below
    here = jax.lax.erfc(-z) / 2
    for k in range(2, order + 1):
        below, here = here, (z * here + below / 2) / (k - 1)
    return here


@sigma.defjvp
def sigma_jvp(order, primals, tangents):
    return sigma(order, primals[0]), sigma(order - 1, primals[0]) * tangents[0]


def network(parameters, x):
    """F at the rows of x [.., n]."""
    h, order = x, x.shape[-1]
    *hidden, (weights, bias) = parameters
    for hidden_weights, hidden_bias in hidden:
        h = sigma(order, h @ jnp.abs(hidden_weights).T + hidden_bias)
    return (h @ jnp.abs(weights).T + bias)[..., 0]


def jvp(f, direction):
    return lambda x: jax.jvp(f, (x,), (direction,))[1]


def by_vmap(parameters, x):
    """jvp of a row, once for each variable, under vmap."""
    f = functools.partial(network, parameters)
    for direction in jnp.eye(x.shape[1]):
        f = jvp(f, direction)
    return jax.vmap(f)(x)


def by_batch(parameters, x):
    """jvp of the whole batch."""
    f = functools.partial(network, parameters)
    for direction in jnp.eye(x.shape[1]):
        f = jvp(f, jnp.broadcast_to(direction, x.shape))
    return f(x)


def by_grad(parameters, x):
    """Reverse mode, once for each variable."""

    def partial(f, i):
        return lambda x: jax.grad(lambda x: f(x).sum())(x)[:, i]

    f = functools.partial(network, parameters)
    for i in range(x.shape[1]):
        f = partial(f, i)
    return f(x)


def adam(parameters, first, second, gradient, t, learning_rate=problems.LEARNING_RATE):
    tree = jax.tree.map
    b1, b2 = problems.BETA1, problems.BETA2
    first = tree(lambda m, g: b1 * m + (1 - b1) * g, first, gradient)
    second = tree(lambda v, g: b2 * v + (1 - b2) * g * g, second, gradient)
    rate = learning_rate * jnp.sqrt(1 - b2**t) / (1 - b1**t)
    epsilon = problems.ADAM_EPSILON
    parameters = tree(
        lambda p, m, v: p - rate * m / (jnp.sqrt(v) + epsilon), parameters, first, second
    )
    return parameters, first, second, t + 1


class Jitted:
    def __init__(self, problem, mixed_partial):
        self.x, self.y = jnp.asarray(problem.x), jnp.asarray(problem.y)
        parameters = jax.tree.map(jnp.array, problem.layers())
        first, second = (jax.tree.map(jnp.zeros_like, parameters) for _ in range(2))
        self.state = parameters, first, second, jnp.float32(1)

        def step(state, x, y):
            def loss(parameters):
                return jnp.mean((mixed_partial(parameters, x) - y) ** 2)

            value, gradient = jax.value_and_grad(loss)(state[0])
            return adam(*state[:3], gradient, state[3]), value

        if problem.case.what == "density":
            self.program = jax.jit(mixed_partial).lower(parameters, self.x).compile()
        else:
            lowered = jax.jit(step, donate_argnums=0).lower(self.state, self.x, self.y)
            self.program = lowered.compile()

    def density(self):
        return self.program(self.state[0], self.x).block_until_ready()

    def step(self):
        self.state, loss = self.program(self.state, self.x, self.y)
        return loss.block_until_ready()

    def gradient(self):
        """The first moment begins at 0."""
        moments = [numpy.ravel(m) for m in jax.tree.leaves(self.state[1])]
        return numpy.concatenate(moments) / (1 - problems.BETA1)


def variants(case):
    forms = {"vmap jvp": by_vmap, "batched jvp": by_batch, "grad": by_grad}
    return {name: functools.partial(Jitted, mixed_partial=form) for name, form in forms.items()}
