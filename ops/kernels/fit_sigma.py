#!/usr/bin/env python3
"""Fits the polynomials of the sigma kernel and writes sigma_coefficients.hpp.

I_k(z) = i^k erfc(z) is the repeated integral of erfc (DLMF 7.18), I_{-1}(z) = 2/sqrt(pi) e^{-z^2},
with 2k I_k = I_{k-2} - 2z I_{k-1} (DLMF 7.18.7). For n = 1..8, N = n-1 and a centre K the script
fits, with the relative error as the measure,

    g(s) = (z + K) I_N(z) / I_{N-1}(z),    s = (z - K) / (z + K) in [-1, 1),    z >= 0.

g -> 1/2 as s -> 1 (DLMF 7.18.14). Taken is the least degree that some centre allows, with the
smallest such centre: the rounding errors of s and of Horner's sums near z = 0 grow with K.
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
CENTRES = (1, 1.5, 2, 2.5, 3, 3.5, 4, 5)
ORDERS = range(1, 9)
DEGREES = range(8, 45)
POINTS, SERIES_STRIDE = 4001, 10
SERIES_DEGREE = 80  # what lies beyond is below 2^-80 for every centre and order
# format -> (rounding, bits of the significand, log2 of the error to stay below, literals per line)
FORMATS = {"double": (float, 53, -54, 3), "float": (np.float32, 24, -25, 5)}


def ratios(z):
    """I_N(z)/I_{N-1}(z), N = 0..7; extra digits make up for the loss in the forward recurrence."""
    with mp.workdps(mp.mp.dps + 10 + int(40 * mp.log10(2 + z))):
        below, here, result = 2 / mp.sqrt(mp.pi) * mp.exp(-z * z), mp.erfc(z), []
        for n in ORDERS:
            result.append(here / below)
            below, here = here, (below - 2 * z * here) / (2 * n)
    return result


def targets(centre, points):
    """g at the points, one tuple for each order."""
    rows = [[(z + centre) * r for r in ratios(z)]
            for z in (centre * (1 + s) / (1 - s) for s in points if s < 1)]
    return list(zip(*rows, *[[mp.mpf(0.5)] * len(ORDERS)] * (len(points) - len(rows))))


def chebyshev_series(values):
    """Coefficients up to SERIES_DEGREE from the values at Chebyshev extrema, s ascending."""
    m = len(values) - 1
    halved = [values[0] / 2, *values[1:-1], values[-1] / 2]
    cosines = [mp.cos(mp.pi * i / m) for i in range(2 * m)]
    factors = [(-1)**j * mp.mpf(2 if j else 1) / m for j in range(SERIES_DEGREE + 1)]
    return [f * mp.fdot(halved, (cosines[j * i % (2 * m)] for i in range(m + 1)))
            for j, f in enumerate(factors)]


def minimax_correction(residual, weight, s, degree):
    """Remez exchange: q (Chebyshev basis) that levels residual + weight q, and that level."""
    basis = chebyshev.chebvander(s, degree) * weight[:, None]
    pick = np.linspace(0, len(s) - 1, degree + 2).round().astype(int)
    alternate = (-1.0)**np.arange(degree + 2)
    for _ in range(12):
        q = np.linalg.solve(np.column_stack([basis[pick], alternate]), -residual[pick])[:-1]
        error = residual + basis @ q
        runs = np.split(np.arange(len(s)), np.flatnonzero(np.diff(np.sign(error))) + 1)
        peaks = [r[np.argmax(abs(error[r]))] for r in runs]
        while len(peaks) > degree + 2:
            peaks.pop(0 if abs(error[peaks[0]]) < abs(error[peaks[-1]]) else -1)
        if len(peaks) < degree + 2 or np.array_equal(peaks, pick):
            break
        pick = np.array(peaks)
    return q, abs(error).max()


def to_rounded_powers(series, rounding):
    """Powers of s, rounded from the top; each rounding error is turned into a multiple of T_k."""
    basis = [[int(c) for c in chebyshev.cheb2poly([0] * k + [1])] for k in range(len(series))]
    powers = [mp.fsum(series[j] * basis[j][k] for j in range(k, len(series)))
              for k in range(len(series))]
    for k in reversed(range(len(series))):
        excess = (float(rounding(float(powers[k]))) - powers[k]) / basis[k][k]
        for i in range(k + 1):
            powers[i] += excess * basis[k][i]
    return [float(rounding(float(c))) for c in powers]


def polish(coefficients, errors, s, weight, bits):
    """Moves one or two coefficients by one ulp while that lowers the largest error."""
    moves = [(0, 0.0)]  # a pair with this one moves a single coefficient
    for k, c in enumerate(coefficients):
        ulp = math.ldexp(1.0, math.frexp(c)[1] - bits)
        moves += [(k, ulp), (k, -ulp)]
    effects = np.array([step * s**k * weight for k, step in moves])
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


def relative_errors(coefficients, points, values):
    high_first = [mp.mpf(c) for c in reversed(coefficients)]
    return [mp.polyval(high_first, s) / g - 1 for s, g in zip(points, values)]


def log2_error(coefficients, points, values):
    return float(mp.log(max(map(abs, relative_errors(coefficients, points, values))), 2))


def fit(points, values, series, degree, form):
    """Rounded coefficients; None where not even the exact ones are good enough."""
    rounding, bits, wanted, _ = FORMATS[form]
    s, weight = (np.array([float(x) for x in v]) for v in (points, [1 / g for g in values]))
    tail = np.array([float(c) for c in series])
    tail[:degree + 1] = 0
    residual = -chebyshev.chebval(s, tail) * weight
    correction, level = minimax_correction(residual, weight, s, degree)
    if level > 2.0**wanted:
        return None
    powers = to_rounded_powers([c + q for c, q in zip(series, correction)], rounding)
    errors = np.array([float(e) for e in relative_errors(powers, points, values)])
    return polish(powers, errors, s, weight, bits)


def choose(points, functions, form):
    for degree in DEGREES:
        for centre, values, series in functions:
            coefficients = fit(points, values, series, degree, form)
            if coefficients:
                error = log2_error(coefficients, points, values)
                if error < FORMATS[form][2]:
                    return error, centre, coefficients
    raise ValueError("no degree is large enough")


HEADER = """\
// Generated by `python3 ops/kernels/fit_sigma.py`; do not edit.
//
// With N = n-1 and K = centre, the polynomial in s = (z - K) / (z + K), s in [-1, 1), z >= 0,
// approximates (z + K) I_N(z) / I_{N-1}(z), where I_k = i^k erfc (DLMF 7.18). The fit is minimax in
// the relative error: the weight is one over the function.
// clang-format off
#pragma once

namespace finn::ops {

// Coefficients for the family sigma_0, ..., sigma_n in the format T, n = 1..8.
template <class T, int n>
struct SigmaFit;
"""
ENTRY = """
template <>
struct SigmaFit<%s, %d> {
  // Relative error of the rounded polynomial: 2^%.1f on s in [-1, 1).
  static constexpr %s centre = %s;
  static constexpr int degree = %d;
  static constexpr %s coefficients[] = {
%s};
};
"""
PATTERN = re.compile(r"SigmaFit<(\w+), (\d)> {.*?: 2\^(\S+) on.*?centre = ([\d.]+).*?{(.*?)}", re.S)


def entry(form, n, error, centre, coefficients):
    per_line, suffix = FORMATS[form][3], "f" if form == "float" else ""
    words = [re.sub(r"\.?0*p", "p", c.hex()) + suffix for c in coefficients]
    lines = ["      " + ", ".join(words[i:i + per_line]) for i in range(0, len(words), per_line)]
    stated = math.ceil(error * 10) / 10
    return ENTRY % (form, n, stated, form, f"{centre:.1f}{suffix}", len(words) - 1, form,
                    ",\n".join(lines))


def report(form, n, error, centre, coefficients, note=""):
    print(f"{form:6} n={n} K={centre:.1f} degree={len(coefficients) - 1} 2^{error:.2f}{note}",
          flush=True)


def generate(path, points):
    functions = {n: [] for n in ORDERS}
    for centre in CENTRES:
        for n, values in zip(ORDERS, targets(centre, points)):
            functions[n].append((centre, values, chebyshev_series(values[::SERIES_STRIDE])))
    text = HEADER
    for form in FORMATS:
        for n in ORDERS:
            chosen = choose(points, functions[n], form)
            report(form, n, *chosen)
            text += entry(form, n, *chosen)
    path.write_text(text + "\n}  // namespace finn::ops\n")
    return True


def check(path, points):
    entries = PATTERN.findall(path.read_text())
    good = len(entries) == len(FORMATS) * len(ORDERS)
    for form, n, stated, centre, words in entries:
        coefficients = [float.fromhex(w.strip().rstrip("f")) for w in words.split(",")]
        values = targets(float(centre), points)[int(n) - 1]
        error = log2_error(coefficients, points, values)
        good = good and error <= float(stated)
        note = "" if error <= float(stated) else f" MISSES 2^{stated}"
        report(form, n, error, float(centre), coefficients, note)
    return good


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", nargs="?", type=pathlib.Path,
                        default=pathlib.Path(__file__).with_name("sigma_coefficients.hpp"))
    parser.add_argument("--check", action="store_true", help="only measure the table again")
    arguments = parser.parse_args()
    points = [-mp.cos(mp.pi * i / (POINTS - 1)) for i in range(POINTS)]
    sys.exit(not (check if arguments.check else generate)(arguments.path, points))


if __name__ == "__main__":
    main()
