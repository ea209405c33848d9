"""The mixture and the batch of a case, the same for everyone, and what libfinn makes of them.

    f(x) = f'(x) / I,    f' = sum_j v_j prod_i sum_k p_ijk a_i w_ijk sigma_0(w_ijk (z_i - m_ijk))

with z = a x + b, v = exp, w = exp and p = softmax over k of free parameters, and I the integral of
f' over the box: the same with sigma_1(upper) - sigma_1(lower) for a w sigma_0. Under FiLM a network
of tanh of the condition moves each m_ijk and scales each v_j by exp(30 tanh(eta_j / 30)). The loss
is the mean of -log f over the batch. docs/NETWORKS.md, docs/CONDITIONING.md.

A case "mdn" is a plain mixture density network on the same rows, beside libfinn's FiLM: a network
of the same layers gives logits, means and log deviations of C normals with two deviations each.
Nothing of it is compared but its time.
"""

import math

import mixture_model
import numpy
import problem as problems
from mixture_model import HALF_SIDE, NORMALS, VARIABLES, WIDTHS

LEARNING_RATE = 1e-6  # so small that what is timed stays what was compared
COMPONENTS = 64  # of libfinn
TOLERANCES = {"f32": 1e-4, "f64": 1e-10}


class Problem:
    def __init__(self, case):
        self.case, self.conditional = case, case.network != "mixture"
        self.model = mixture_model.trained(COMPONENTS, self.conditional, case.type)
        self.parameters = self.model.parameters()
        self.rows64 = mixture_model.rows_of(self.conditional, case.B, 2)
        self.x = self.rows64.astype(self.parameters.dtype)
        self.f = numpy.empty(case.B, self.x.dtype)
        self.model.density(self.x, self.f)
        if case.what == "train_step":
            adjoint = (-1 / (case.B * self.f)).astype(self.x.dtype)
            self.gradient = self.model.gradient(self.x, adjoint)[: self.trained_count()]

    def shapes(self):
        """The arrays of the parameters that are trained, in their order."""
        if self.case.network == "mdn":
            return self.layer_shapes(self.case.C * (1 + 2 * VARIABLES))
        normals = (VARIABLES, self.case.C, NORMALS)
        mixture = [normals, normals, normals, (self.case.C,)]
        if not self.conditional:
            return mixture
        return mixture + self.layer_shapes(math.prod(normals) + self.case.C)

    @staticmethod
    def layer_shapes(outputs):
        sizes = [1, *WIDTHS, outputs]
        pairs = zip(sizes, sizes[1:])
        return [shape for width_in, out in pairs for shape in ((out, width_in), (out,))]

    def trained_count(self):
        return sum(math.prod(shape) for shape in self.shapes())

    def arrays(self):
        """The parameters in these shapes; those of an mdn are drawn here."""
        if self.case.network == "mdn":
            random = numpy.random.default_rng(3)
            return [
                (random.standard_normal(shape) / math.sqrt(shape[-1])).astype(self.x.dtype)
                for shape in self.shapes()
            ]
        arrays, start = [], 0
        for shape in self.shapes():
            stop = start + math.prod(shape)
            arrays.append(self.parameters[start:stop].reshape(shape))
            start = stop
        return arrays

    def coordinates(self):
        """z_i = scale[i] x_i + offset[i]: of unit variance over the box, then by the standards."""
        return self.standard(self.trained_count(), VARIABLES, HALF_SIDE)

    def condition_coordinates(self):
        return self.standard(self.trained_count() + 2 * VARIABLES, 1, 1.0)

    def standard(self, start, count, half_side):
        mean = self.parameters[start : start + count].astype(float)
        spread = numpy.exp(self.parameters[start + count : start + 2 * count].astype(float))
        return math.sqrt(12) / (2 * half_side) / spread, -mean / spread

    def rows(self):
        return self.rows64, None

    def trainer(self, steps):
        return mixture_model.Trainer(
            self.model, steps, batch=self.case.B, learning_rate=LEARNING_RATE,
            schedule="constant", standardise="false", width_prior=0,
        )  # fmt: skip


def check(problem, candidate):
    """Lets a candidate compute everything that will be timed, and compares it with libfinn."""
    tolerance = TOLERANCES[problem.case.type]
    compared = problem.case.network != "mdn"
    if problem.case.what == "density":
        f = candidate.density()
        if compared:
            problems.require_equal("f", f, problem.f, tolerance)
        return
    loss = float(candidate.step())
    if not compared:
        return
    expected = -numpy.log(problem.f.astype(float)).mean()
    problems.require_equal("the gradient", candidate.gradient(), problem.gradient, tolerance)
    problems.require_equal("the loss", loss, expected, tolerance)
