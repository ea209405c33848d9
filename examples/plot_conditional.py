#!/usr/bin/python3
"""Draws a conditional density: OUTPUT_DIR/conditional.json, as the example conditional writes it,
to conditional.png.

    plot_conditional.py [OUTPUT_DIR]        (default build/demo)
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy

PIXELS_PER_INCH = 100
SIZE_IN_INCHES = (7, 5)
DENSITY_COLOURS = "YlGnBu"
POINT_COLOUR = "#20242c"


def draw(result):
    figure, axes = plt.subplots(figsize=SIZE_IN_INCHES, dpi=PIXELS_PER_INCH)
    f = numpy.reshape(result["f"], (result["size"], result["size"]))
    limits = (-result["range"], result["range"], result["lower"], result["upper"])
    axes.imshow(f, origin="lower", extent=limits, aspect="auto", cmap=DENSITY_COLOURS)
    rows = numpy.reshape(result["rows"], (-1, 2))
    axes.plot(rows[:, 1], rows[:, 0], ".", color=POINT_COLOUR, markersize=2, alpha=0.4)
    axes.set_xlabel("condition c")
    axes.set_ylabel("y")
    axes.set_title("f(y | c), with integral 1 for every c", fontsize=13)
    figure.tight_layout()
    return figure


def main():
    directory = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    result = json.loads((directory / "conditional.json").read_text())
    draw(result).savefig(directory / "conditional.png")


if __name__ == "__main__":
    main()
