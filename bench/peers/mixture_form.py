"""The formula of mixture_problem.py over a library of arrays, in either of two layouts.

The library has exp, tanh, log, erfc, softmax and logsumexp. Rows stand last, [.., B], so that loops
run over rows, or first, [B, ..], so that they run over components and normals.
"""

import functools
import math
import operator

from mixture_model import HALF_SIDE

GAUSS = 1 / math.sqrt(math.pi)
LARGEST_LOG_SCALE = 30


def product(factors):
    return functools.reduce(operator.mul, factors)


class Layout:
    """Where the rows of arrays of components [C] and of their normals [C][k] stand."""

    def __init__(self, rows_last):
        self.rows_last = rows_last
        self.component_axis, self.normal_axis = (0, 1) if rows_last else (1, 2)

    def of_all_rows(self, array):
        return array[..., None] if self.rows_last else array[None]

    def beside_normals(self, x):
        return x[None, None, :] if self.rows_last else x[:, None, None]

    def part(self, outputs, start, shape):
        """Some of the outputs [outputs][B] of a network, in a shape of their own."""
        part = outputs[start : start + math.prod(shape)]
        return part.reshape(*shape, -1) if self.rows_last else part.T.reshape(-1, *shape)


def network(library, layers, c):
    """Layers of tanh and a linear one at conditions c [B]: [outputs][B]."""
    h = c[None, :]
    for layer in range(0, len(layers), 2):
        h = layers[layer] @ h + layers[layer + 1][:, None]
        if layer + 2 < len(layers):
            h = library.tanh(h)
    return h


class Mixture:
    """libfinn's mixture, with FiLM where there are conditions."""

    def __init__(self, library, problem, rows_last):
        self.library, self.layout = library, Layout(rows_last)
        self.scale, self.offset = (numbers.tolist() for numbers in problem.coordinates())
        pairs = zip(self.scale, self.offset)
        self.sides = [(o - HALF_SIDE * s, o + HALF_SIDE * s) for s, o in pairs]
        self.conditional = problem.conditional
        if self.conditional:
            standard = problem.condition_coordinates()
            (self.condition_scale,), (self.condition_offset,) = (n.tolist() for n in standard)

    def density(self, parameters, x):
        f, integral = self.f_and_integral(parameters, x)
        return f / integral

    def log_density(self, parameters, x):
        f, integral = self.f_and_integral(parameters, x)
        return self.library.log(f) - self.library.log(integral)

    def f_and_integral(self, parameters, x):
        """f' at the rows of x, and its integral."""
        log_slopes, centres, logits, coefficients, *layers = parameters
        slopes = self.layout.of_all_rows(self.library.exp(log_slopes))
        shares = self.layout.of_all_rows(self.library.softmax(logits, -1))
        centres, weights = self.at_rows(layers, centres, coefficients, x)
        densities, integrals = [], []
        for i, (w, m, p) in enumerate(zip(self.axes(slopes), centres, self.axes(shares))):
            z = self.layout.beside_normals(self.scale[i] * x[:, i] + self.offset[i])
            densities.append(self.axis_density(i, w, m, p, z))
            integrals.append(self.axis_integral(i, w, m, p))
        return self.sum_of_products(weights, densities), self.sum_of_products(weights, integrals)

    def axes(self, array):
        """One for each variable."""
        variables = range(len(self.scale))
        return [array[i] if self.layout.rows_last else array[:, i] for i in variables]

    def at_rows(self, layers, centres, coefficients, x):
        """The centres of each variable and the weights of the components, as the rows have them."""
        layout, exp = self.layout, self.library.exp
        moved = [layout.of_all_rows(centre) for centre in centres]
        weights = layout.of_all_rows(exp(coefficients))
        if not self.conditional:
            return moved, weights
        c = self.condition_scale * x[:, -1] + self.condition_offset
        deltas = network(self.library, layers, c)
        count = math.prod(centres[0].shape)
        for i, centre in enumerate(centres):
            moved[i] = moved[i] + layout.part(deltas, i * count, centre.shape)
        log_scales = layout.part(deltas, len(moved) * count, coefficients.shape)
        bounded = LARGEST_LOG_SCALE * self.library.tanh(log_scales / LARGEST_LOG_SCALE)
        return moved, weights * exp(bounded)

    def axis_density(self, i, w, m, p, z):
        argument = w * (z - m)
        normals = p * w * (self.scale[i] * GAUSS) * self.library.exp(-argument * argument)
        return normals.sum(self.layout.normal_axis)

    def axis_integral(self, i, w, m, p):
        lower, upper = (self.library.erfc(w * (m - side)) / 2 for side in self.sides[i])
        return (p * (upper - lower)).sum(self.layout.normal_axis)

    def sum_of_products(self, weights, factors):
        return (weights * product(factors)).sum(self.layout.component_axis)


class MixtureDensityNetwork:
    """A plain one: logits, then mean and log deviation of each variable, from one network."""

    def __init__(self, library, problem, rows_last):
        self.library, self.components = library, problem.case.C

    def density(self, parameters, x):
        return self.library.exp(self.log_density(parameters, x))

    def log_density(self, parameters, x):
        outputs = network(self.library, parameters, x[:, -1]).reshape(-1, self.components, len(x))
        terms = logits = outputs[0]
        for i in range(x.shape[1] - 1):
            mean, log_deviation = outputs[1 + 2 * i], outputs[2 + 2 * i]
            z = (x[:, i][None] - mean) * self.library.exp(-log_deviation)
            terms = terms - z * z / 2 - log_deviation - math.log(2 * math.pi) / 2
        return self.library.logsumexp(terms, 0) - self.library.logsumexp(logits, 0)


def form_of(library, problem, rows_last):
    kind = MixtureDensityNetwork if problem.case.network == "mdn" else Mixture
    return kind(library, problem, rows_last)
