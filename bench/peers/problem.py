"""The net and the batch of a case, the same for everyone, and what libfinn makes of them.

    F(x) = |W_3| sigma_n(|W_2| sigma_n(|W_1| x + b_1) + b_2) + b_3,     f = d^nF/dx_1..dx_n

The free parameters are libfinn's initial ones; the targets are f times random factors, so that the
loss is of the size of f.
"""

import libfinn
import numpy

LEARNING_RATE = 1e-4
BETA1, BETA2, ADAM_EPSILON = 0.9, 0.999, 1e-8
STEPS_CHECKED = 3
TOLERANCE = 1e-4  # relative to the largest value


class Mismatch(Exception):
    """A peer's numbers are not libfinn's."""


class Problem:
    def __init__(self, case):
        self.case = case
        self.model = libfinn.Model(case.n, [case.H] * case.L, case.threads)
        self.parameters = self.model.parameters()
        random = numpy.random.default_rng(case.n)
        self.x = random.uniform(-1, 1, (case.B, case.n)).astype(numpy.float32)
        self.f = numpy.empty(case.B, numpy.float32)
        self.model.density(self.x, self.f)
        self.y = self.f * random.uniform(0.5, 1.5, case.B).astype(numpy.float32)
        if case.what == "train_step":
            self.gradient, self.losses = self.expected_gradient(), self.expected_losses()

    def layers(self):
        """The parameters as [(weights [out][in], biases [out])], layer by layer."""
        sizes = [self.case.n] + [self.case.H] * self.case.L + [1]
        layers, start = [], 0
        for width_in, width_out in zip(sizes, sizes[1:]):
            middle = start + width_out * width_in
            weights = self.parameters[start:middle].reshape(width_out, width_in)
            layers.append((weights, self.parameters[middle : middle + width_out]))
            start = middle + width_out
        return layers

    def expected_gradient(self):
        """Of the mean of (f - y)^2 at the initial parameters."""
        return self.model.gradient(self.x, 2 * (self.f - self.y) / numpy.float32(self.case.B))

    def expected_losses(self):
        """Of the first steps from the initial parameters; leaves the model trained."""
        trainer = self.trainer(STEPS_CHECKED)
        trainer.fit(*self.rows())
        return trainer.losses()

    def rows(self):
        return self.x.astype(numpy.float64), self.y.astype(numpy.float64)

    def trainer(self, steps):
        return libfinn.Trainer(self.model, steps, self.case.B, LEARNING_RATE)


def require_equal(name, actual, expected, tolerance=TOLERANCE):
    actual = numpy.asarray(actual, numpy.float64).reshape(-1)
    expected = numpy.asarray(expected, numpy.float64).reshape(-1)
    error = numpy.abs(actual - expected).max() / numpy.abs(expected).max()
    if not error <= tolerance:  # NaN is not
        raise Mismatch(f"{name} differs from libfinn's by {error:.1e} of the largest value")


def check(problem, candidate):
    """Lets a candidate compute everything that will be timed, and compares it with libfinn."""
    if problem.case.what == "density":
        require_equal("f", candidate.density(), problem.f)
        return
    losses = [float(candidate.step())]
    require_equal("the gradient", candidate.gradient(), problem.gradient)
    losses += [float(candidate.step()) for _ in range(STEPS_CHECKED - 1)]
    require_equal("the loss of the first steps", losses, problem.losses)
