"""JAX: the mixture's formula as it stands, and the whole step with Adam in one jit."""

import functools

import jax
import jax.numpy as jnp
import mixture_form
import mixture_problem
import numpy
import peer_jax
import problem as problems

jax.config.update("jax_enable_x64", True)


class Library:
    exp, tanh, log = staticmethod(jnp.exp), staticmethod(jnp.tanh), staticmethod(jnp.log)
    erfc = staticmethod(jax.scipy.special.erfc)
    softmax = staticmethod(jax.nn.softmax)
    logsumexp = staticmethod(jax.scipy.special.logsumexp)


class Jitted:
    def __init__(self, problem, rows_last):
        form = mixture_form.form_of(Library, problem, rows_last)
        self.x = jnp.asarray(problem.x)
        parameters = [jnp.array(array) for array in problem.arrays()]
        first, second = (jax.tree.map(jnp.zeros_like, parameters) for _ in range(2))
        self.state = parameters, first, second, jnp.asarray(1, self.x.dtype)

        def step(state, x):
            def loss(parameters):
                return -form.log_density(parameters, x).mean()

            value, gradient = jax.value_and_grad(loss)(state[0])
            rate = mixture_problem.LEARNING_RATE
            return peer_jax.adam(*state[:3], gradient, state[3], rate), value

        if problem.case.what == "density":
            self.program = jax.jit(form.density).lower(parameters, self.x).compile()
        else:
            lowered = jax.jit(step, donate_argnums=0).lower(self.state, self.x)
            self.program = lowered.compile()

    def density(self):
        return self.program(self.state[0], self.x).block_until_ready()

    def step(self):
        self.state, loss = self.program(self.state, self.x)
        return loss.block_until_ready()

    def gradient(self):
        """The first moment begins at 0."""
        moments = [numpy.ravel(m) for m in self.state[1]]
        return numpy.concatenate(moments) / (1 - problems.BETA1)


def variants(case):
    if case.network == "mdn":
        return {"rows last": functools.partial(Jitted, rows_last=True)}
    return {
        "rows last": functools.partial(Jitted, rows_last=True),
        "rows first": functools.partial(Jitted, rows_last=False),
    }
