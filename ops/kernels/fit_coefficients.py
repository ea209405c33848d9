#!/usr/bin/env python3
"""Fits the polynomials of the kernels and writes coefficients.hpp; --check measures it again.

Each fit is minimax in the error that the kernel makes of it (`weight`), has coefficients rounded
to the format, and the least degree that stays below the bound of the format. Needs Python with
mpmath and numpy.
"""
import argparse
import math
import pathlib
import re
import sys

import mpmath as mp
import numpy as np
from numpy.polynomial import chebyshev

mp.mp.dps = 60
POINTS, SERIES_STRIDE, SERIES_DEGREE = 2401, 10, 80
CENTRE = 3  # of the variable s of the ratios; near it degrees are least and s matters least
# format -> (rounding, bits of the significand, literals per line)
FORMATS = {"double": (float, 53, 3), "float": (np.float32, 24, 5)}


class RepeatedErfcRatio:
    """I_N/I_{N-1} of the repeated integrals of erfc, I_k = i^k erfc (DLMF 7.18)."""
    interval = (-1, 1)
    bounds = {"double": -56, "float": -26.5}

    def __init__(self, order):
        self.order = order
        self.name = f"RepeatedErfcRatio{order}"
        self.text = [f"p(s) of (z + {CENTRE}) I_{order}(z) / I_{order - 1}(z), where I_k = i^k erfc"
                     " (DLMF 7.18) and",
                     f"s = (z - {CENTRE}) / (z + {CENTRE}) in [-1, 1), z >= 0. Weight: one over the"
                     " function."]

    def value(self, s):
        if s == 1:
            return mp.mpf(0.5)
        z = CENTRE * (1 + s) / (1 - s)
        # Extra digits make up for the loss in the upward recurrence (DLMF 7.18.7).
        with mp.workdps(mp.mp.dps + 10 + int(40 * mp.log10(2 + z))):
            below, here = 2 / mp.sqrt(mp.pi) * mp.exp(-z * z), mp.erfc(z)
            for k in range(1, self.order + 1):
                below, here = here, (below - 2 * z * here) / (2 * k)
            return (z + CENTRE) * here / below

    def weight(self, s, value):
        return 1 / value


class ReducedExp:
    """exp after its argument has been reduced by multiples of ln 2."""
    name = "ReducedExp"
    interval = (-mp.log(2) / 2 * mp.mpf("1.0001"), mp.log(2) / 2 * mp.mpf("1.0001"))
    bounds = {"double": -57, "float": -28}
    text = ["q(r) of (exp(-r) - 1 + r) / r^2 on |r| <= ln(2)/2. Weight: r^2 exp(r), which makes it",
            "the relative error of exp."]

    def value(self, r):
        if abs(r) < mp.mpf(10)**-12:
            return mp.mpf(1) / 2 - r / 6
        return (mp.exp(-r) - 1 + r) / r**2

    def weight(self, r, value):
        return r * r * mp.exp(r)


class ReducedLog:
    """log after its argument has been reduced to [sqrt(1/2), sqrt(2)]."""
    name = "ReducedLog"
    interval = (mp.mpf(0), ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1))**2 * mp.mpf("1.0001"))
    bounds = {"double": -58, "float": -28}
    text = ["q(t) of (log((1 + s) / (1 - s)) - 2 s) / s^3, t = s^2, on |s| <= (sqrt(2) - 1) /",
            "(sqrt(2) + 1). Weight: t/2, which makes it the relative error of log."]

    def value(self, t):
        return mp.fsum(2 * t**k / (2 * k + 3) for k in range(50))

    def weight(self, t, value):
        return t / 2


FUNCTIONS = [RepeatedErfcRatio(1), RepeatedErfcRatio(3), RepeatedErfcRatio(5), RepeatedErfcRatio(7),
             ReducedExp(), ReducedLog()]


class Samples:
    """A function at Chebyshev extrema of its interval, and its Chebyshev series."""

    def __init__(self, function):
        low, high = function.interval
        self.y = [-mp.cos(mp.pi * i / (POINTS - 1)) for i in range(POINTS)]
        self.x = [(low + high + (high - low) * y) / 2 for y in self.y]
        self.values = [function.value(x) for x in self.x]
        self.weights = [function.weight(x, v) for x, v in zip(self.x, self.values)]
        self.series = chebyshev_series(self.values[::SERIES_STRIDE])
        self.basis = chebyshev_basis(low, high)

    def errors(self, coefficients, constant_low=0):
        high_first = [mp.mpf(c) for c in reversed(coefficients)]
        return [(mp.polyval(high_first, x) + constant_low - v) * w
                for x, v, w in zip(self.x, self.values, self.weights)]

    def log2_error(self, coefficients, constant_low):
        return float(mp.log(max(map(abs, self.errors(coefficients, constant_low))), 2))


def chebyshev_series(values):
    """Coefficients up to SERIES_DEGREE from the values at Chebyshev extrema, ascending."""
    m = len(values) - 1
    halved = [values[0] / 2, *values[1:-1], values[-1] / 2]
    cosines = [mp.cos(mp.pi * i / m) for i in range(2 * m)]
    factors = [(-1)**j * mp.mpf(2 if j else 1) / m for j in range(SERIES_DEGREE + 1)]
    return [f * mp.fdot(halved, (cosines[j * i % (2 * m)] for i in range(m + 1)))
            for j, f in enumerate(factors)]


def chebyshev_basis(low, high):
    """T_k of y in powers of x, low <= x <= high, y in [-1, 1]."""
    a, b = 2 / (mp.mpf(high) - low), -(mp.mpf(high) + low) / (mp.mpf(high) - low)
    basis = [[mp.mpf(1)], [b, a]]
    for _ in range(SERIES_DEGREE - 1):
        twice_y = [2 * b * c for c in basis[-1]] + [mp.mpf(0)]
        for i, c in enumerate(basis[-1]):
            twice_y[i + 1] += 2 * a * c
        for i, c in enumerate(basis[-2]):
            twice_y[i] -= c
        basis.append(twice_y)
    return basis


def minimax_correction(residual, weight, y, degree):
    """Remez exchange: q (Chebyshev basis) that levels residual + weight q, and that level."""
    basis = chebyshev.chebvander(y, degree) * weight[:, None]
    pick = np.linspace(0, len(y) - 1, degree + 2).round().astype(int)
    alternate = (-1.0)**np.arange(degree + 2)
    for _ in range(12):
        q = np.linalg.lstsq(np.column_stack([basis[pick], alternate]), -residual[pick],
                            rcond=None)[0][:-1]
        error = residual + basis @ q
        runs = np.split(np.arange(len(y)), np.flatnonzero(np.diff(np.sign(error))) + 1)
        peaks = [r[np.argmax(abs(error[r]))] for r in runs]
        while len(peaks) > degree + 2:
            peaks.pop(0 if abs(error[peaks[0]]) < abs(error[peaks[-1]]) else -1)
        if len(peaks) < degree + 2 or np.array_equal(peaks, pick):
            break
        pick = np.array(peaks)
    return q, abs(error).max()


def to_rounded_powers(series, basis, rounding):
    """Powers of x, rounded from the top; each rounding error becomes a multiple of T_k. The
    rounding error of the constant, rounded, comes last."""
    powers = [mp.fsum(series[j] * basis[j][k] for j in range(k, len(series)))
              for k in range(len(series))]
    for k in range(len(series) - 1, 0, -1):
        excess = (float(rounding(float(powers[k]))) - powers[k]) / basis[k][k]
        for i in range(k + 1):
            powers[i] += excess * basis[k][i]
    constant = float(rounding(float(powers[0])))
    low = float(rounding(float(powers[0] - constant)))
    return [constant] + [float(rounding(float(c))) for c in powers[1:]], low


def polish(coefficients, errors, x, weight, bits):
    """Moves one or two coefficients by one ulp while that lowers the largest error."""
    moves = [(0, 0.0)]  # a pair with this one moves a single coefficient
    for k, c in enumerate(coefficients):
        if k == 0:
            continue
        ulp = math.ldexp(1.0, math.frexp(c)[1] - bits)
        moves += [(k, ulp), (k, -ulp)]
    effects = np.array([step * x**k * weight for k, step in moves])
    while True:
        best, pair = abs(errors).max() * (1 - 1e-6), None
        for i in range(len(moves) - 1):
            worst = abs(errors + effects[i] + effects[i + 1:]).max(axis=1)
            if worst.min() < best:
                best, pair = worst.min(), (i, i + 1 + int(worst.argmin()))
        if pair is None:
            return coefficients
        for i in pair:
            coefficients[moves[i][0]] += moves[i][1]
            errors = errors + effects[i]


def fit(samples, degree, form, bound):
    """Rounded coefficients and the low part of the constant; None where the degree is too low."""
    rounding, bits, _ = FORMATS[form]
    x, y, weight = (np.array([float(c) for c in v]) for v in (samples.x, samples.y, samples.weights))
    tail = np.array([float(c) for c in samples.series])
    tail[:degree + 1] = 0
    correction, level = minimax_correction(-chebyshev.chebval(y, tail) * weight, weight, y, degree)
    if level > 2.0**bound:
        return None
    series = [c + q for c, q in zip(samples.series, correction)]
    powers, low = to_rounded_powers(series, samples.basis, rounding)
    errors = np.array([float(e) for e in samples.errors(powers, low)])
    return polish(powers, errors, x, weight, bits), low


def choose(samples, form, bound):
    for degree in range(2, SERIES_DEGREE):
        fitted = fit(samples, degree, form, bound)
        if fitted:
            error = samples.log2_error(*fitted)
            if error < bound:
                return error, *fitted
    raise ValueError("no degree is large enough")


HEADER = """\
// Generated by `python3 ops/kernels/fit_coefficients.py`; do not edit.
//
// Polynomials in powers of their variable, lowest first. constant_low is what the first
// coefficient lacks.
// clang-format off
#pragma once

namespace finn::ops {
"""
PRIMARY = """
// %s
template <class T>
struct %s;
"""
ENTRY = """
template <>
struct %s<%s> {
  // Largest weighted error of the rounded polynomial: 2^%.1f.
  static constexpr int degree = %d;
  static constexpr %s constant_low = %s;
  static constexpr %s coefficients[] = {
%s};
};
"""
PATTERN = re.compile(r"struct (\w+)<(\w+)> {\s*// .*?: 2\^(\S+)\..*?low = ([^;]+);.*?{(.*?)}", re.S)


def literal(value, form):
    return re.sub(r"\.?0*p", "p", value.hex()) + ("f" if form == "float" else "")


def entry(name, form, error, coefficients, low):
    words = [literal(c, form) for c in coefficients]
    per_line = FORMATS[form][2]
    lines = ["      " + ", ".join(words[i:i + per_line]) for i in range(0, len(words), per_line)]
    return ENTRY % (name, form, math.ceil(error * 10) / 10, len(words) - 1, form,
                    literal(low, form), form, ",\n".join(lines))


def generate(path, samples_of):
    text = HEADER
    for function in FUNCTIONS:
        samples = samples_of(function)
        text += PRIMARY % ("\n// ".join(function.text), function.name)
        for form in FORMATS:
            chosen = choose(samples, form, function.bounds[form])
            print(f"{function.name:18} {form:6} degree {len(chosen[1]) - 1:2} 2^{chosen[0]:.2f}",
                  flush=True)
            text += entry(function.name, form, *chosen)
    path.write_text(text + "\n}  // namespace finn::ops\n")
    return True


def check(path, samples_of):
    entries = PATTERN.findall(path.read_text())
    good = len(entries) == len(FUNCTIONS) * len(FORMATS)
    samples = {f.name: samples_of(f) for f in FUNCTIONS}
    for name, form, stated, low, words in entries:
        number = lambda word: float.fromhex(word.strip().rstrip("f"))
        error = samples[name].log2_error([number(w) for w in words.split(",")], number(low))
        good = good and error <= float(stated)
        print(f"{name:18} {form:6} 2^{error:.2f}, stated 2^{stated}", flush=True)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", nargs="?", type=pathlib.Path,
                        default=pathlib.Path(__file__).with_name("coefficients.hpp"))
    parser.add_argument("--check", action="store_true", help="only measure the table again")
    arguments = parser.parse_args()
    sys.exit(not (check if arguments.check else generate)(arguments.path, Samples))


if __name__ == "__main__":
    main()
