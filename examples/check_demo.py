#!/usr/bin/python3
"""Checks the numbers of the two examples, DIR/fig1.json and DIR/faithful.json.

    check_demo.py [DIR]        (default build/demo)

Prints one line for each number out of bounds, and exits with 1 if there is any.
"""

import json
import math
import pathlib
import sys

MOST_RATIO = 1.03  # of the squared error to the least possible
INTEGRAL_TOLERANCE = 1e-12  # relative: the integral is fixed by construction
QUADRATURE_TOLERANCE = 1e-6  # absolute: the quadrature errs too
LEAST_GAIN = 0.2  # nats per eruption held out, over a fitted Gaussian
BOX_TOLERANCE = 0.06  # two standard errors of a share among 272 rows


def bounded(name, value, low, high):
    """The line to print, if any; NaN lies in no range."""
    return [] if low <= value <= high else [f"{name} is {value!r}, not in [{low!r}, {high!r}]"]


def not_finite(name, value):
    if isinstance(value, float) and not math.isfinite(value):
        return [f"{name} is {value!r}, not finite"]
    if isinstance(value, list):
        value = dict(enumerate(value))
    children = value.items() if isinstance(value, dict) else ()
    return [line for key, child in children for line in not_finite(f"{name}.{key}", child)]


def check_fig1(result):
    lines = bounded("fig1: number of runs", len(result["runs"]), 3, 3)
    for run in result["runs"]:
        epsilon = run["epsilon"]
        name = f"fig1, epsilon {epsilon:g}:"
        lines += bounded(f"{name} ratio", run["ratio"], 0, MOST_RATIO)
        error = abs(run["integral"] - epsilon) / epsilon
        lines += bounded(f"{name} relative error of the integral", error, 0, INTEGRAL_TOLERANCE)
        error = abs(run["integral_quadrature"] - epsilon)
        lines += bounded(f"{name} error of the quadrature", error, 0, QUADRATURE_TOLERANCE)
        lines += bounded(f"{name} smallest f", run["min_f"], 0, math.inf)
    return lines


def check_faithful(result):
    lines = bounded("faithful: number of seeds", len(result["seeds"]), 1, math.inf)
    lines += bounded("faithful: number of boxes", len(result["boxes"]), 2, 2)
    for seed in result["seeds"]:
        name = f"faithful, seed {seed['seed']}: gain over the Gaussian"
        lines += bounded(name, seed["difference"], LEAST_GAIN, math.inf)
    for box in result["boxes"]:
        name = f"faithful, box {box['lower']} to {box['upper']}: probability minus share"
        gap = box["probability"] - box["observed"]
        lines += bounded(name, gap, -BOX_TOLERANCE, BOX_TOLERANCE)
    return lines


def checked(directory, name, check):
    try:
        result = json.loads((directory / f"{name}.json").read_text())
        return not_finite(name, result) + check(result)
    except (OSError, ValueError, LookupError) as error:  # the examples print NaN as nan: no JSON
        return [f"{directory / name}.json: {type(error).__name__}: {error}"]


def main():
    directory = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    lines = checked(directory, "fig1", check_fig1)
    lines += checked(directory, "faithful", check_faithful)
    print("\n".join(lines) if lines else f"all numbers in {directory} are within their bounds")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
