#!/usr/bin/env python3
"""What a fitted distribution is asked, by libfinn and by what people use today, in one process on
one thread: masses beside SciPy's cubature, speed and held-out likelihood beside a vine copula and
a kernel density, monotone regression beside isotonic regression."""

import argparse
import json
import statistics
import time

import numpy
import openturns
from distribution import Distribution, Monotone
from pyvinecopulib.core import Kde1d, Vinecop
from scipy.integrate import nquad
from sklearn.isotonic import IsotonicRegression

BOX = ([0.5, 30.0], [6.5, 110.0])  # of the eruptions, in minutes
SAMPLES, POINTS, ROUNDS = 100_000, 5_000, 5


def seconds(body):
    """The median of a few runs."""
    taken = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        body()
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def worst_mass(variables, widths, random):
    """The largest relative difference of masses of boxes to cubature, and the estimate there."""
    rows = random.normal(size=(400, variables)) * 0.5 + numpy.sin(numpy.arange(variables))
    distribution = Distribution(rows, [-4] * variables, [4] * variables, 200, widths)
    worst = 0.0, 0.0
    for _ in range(3):
        lower = random.uniform(-1, 0, variables)
        upper = lower + random.uniform(0.3, 1, variables)
        limits = list(zip(lower, upper))
        density = lambda *x: distribution.ask("density", numpy.array([x]))[0]
        options = {"epsabs": 1e-11, "epsrel": 1e-10, "limit": 60} if variables < 3 else {
            "epsabs": 1e-8, "epsrel": 1e-7, "limit": 20}  # fmt: skip
        reference, _ = nquad(density, limits, opts=options)
        value, error = distribution.probability(lower, upper)
        worst = max(worst, (abs(value - reference) / reference, error / value))
    return worst


class Vine:
    name = "pyvinecopulib"

    def __init__(self, rows):
        self.margins = [Kde1d.from_data(numpy.ascontiguousarray(column)) for column in rows.T]
        self.copula = Vinecop.from_data(self.uniform(rows))

    def uniform(self, x):
        columns = [margin.cdf(numpy.ascontiguousarray(column)) for margin, column in zip(self.margins, x.T)]
        return numpy.asfortranarray(numpy.column_stack(columns))

    def density(self, x):
        columns = [margin.pdf(numpy.ascontiguousarray(column)) for margin, column in zip(self.margins, x.T)]
        return self.copula.pdf(self.uniform(x)) * numpy.prod(columns, axis=0)

    def cdf(self, x):
        return self.copula.cdf(self.uniform(x))

    def sample(self, count):
        u = self.copula.sample(count)
        return numpy.column_stack([m.icdf(numpy.ascontiguousarray(c)) for m, c in zip(self.margins, u.T)])


class Kernels:
    name = "OpenTURNS kernels"

    def __init__(self, rows):
        self.made = openturns.KernelSmoothing().build(openturns.Sample(rows))

    def density(self, x):
        return numpy.array(self.made.computePDF(openturns.Sample(x)))[:, 0]

    def cdf(self, x):
        return numpy.array(self.made.computeCDF(openturns.Sample(x)))[:, 0]

    def sample(self, count):
        return numpy.array(self.made.getSample(count))


class Finn:
    name = "libfinn"

    def __init__(self, rows):
        self.made = Distribution(rows, *BOX, 1000)

    def density(self, x):
        return self.made.ask("density", x)

    def cdf(self, x):
        return self.made.ask("cdf", x)

    def sample(self, count):
        return self.made.sample(count)


def compare(kind, train, held_out):
    """Microseconds per row, and nats of rows that were not trained on."""
    begin = time.perf_counter()
    fitted = kind(train)
    fit = time.perf_counter() - begin
    points = numpy.ascontiguousarray(fitted.sample(POINTS))
    return {
        "name": kind.name,
        "fit_seconds": fit,
        "sample_us": seconds(lambda: fitted.sample(SAMPLES)) / SAMPLES * 1e6,
        "density_us": seconds(lambda: fitted.density(points)) / POINTS * 1e6,
        "cdf_us": seconds(lambda: fitted.cdf(points)) / POINTS * 1e6,
        "held_out_nats": float(-numpy.mean(numpy.log(fitted.density(held_out)))),
    }  # fmt: skip


def monotone_errors(random):
    """Root mean square errors to the truth, of F and of isotonic regression: medians of seeds."""
    grid = numpy.linspace(-1.95, 1.95, 400)
    truth = lambda x: numpy.tanh(2 * x) + 0.3 * x
    errors = []
    for _ in range(5):
        x = random.uniform(-2, 2, 400)
        y = truth(x) + 0.2 * random.normal(size=400)
        mine = Monotone(x, y, -2, 2, 1000).predict(grid)
        steps = IsotonicRegression(out_of_bounds="clip").fit(x, y).predict(grid)
        if numpy.any(numpy.diff(mine) < 0):
            raise RuntimeError("F falls somewhere")
        errors.append([numpy.sqrt(numpy.mean((f - truth(grid)) ** 2)) for f in (mine, steps)])
    return numpy.median(errors, axis=0).tolist()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", required=True)
    parser.add_argument("--json", required=True)
    given = parser.parse_args()
    random = numpy.random.default_rng(0)
    rows = random.permutation(numpy.loadtxt(given.data, delimiter=",", skiprows=1))
    result = {"masses": [], "peers": []}
    print("masses of boxes      largest relative difference to cubature   estimate")
    for widths in (None, [32, 32]):
        for variables in (1, 2, 3):
            difference, estimate = worst_mass(variables, widths, random)
            network = "mixture" if widths is None else "mlp"
            result["masses"].append([network, variables, difference, estimate])
            print(f"{network:8} n = {variables} {difference:40.1e} {estimate:10.1e}", flush=True)
    print("\nus per row            sample   density       cdf   nats held out   fit, s")
    for kind in (Finn, Vine, Kernels):
        found = compare(kind, rows[54:], rows[:54])
        result["peers"].append(found)
        print("{name:18} {sample_us:9.2f} {density_us:9.2f} {cdf_us:9.2f} {held_out_nats:15.3f} "
              "{fit_seconds:8.2f}".format(**found), flush=True)  # fmt: skip
    result["monotone"] = monotone_errors(random)
    print("\nmonotone regression, root mean square error: F {:.4f}, isotonic {:.4f}".format(
        *result["monotone"]))  # fmt: skip
    with open(given.json, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=1)


if __name__ == "__main__":
    main()
