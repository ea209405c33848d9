#!/usr/bin/python3
"""Draws what a distribution was asked: OUTPUT_DIR/distribution.json, as the example distribution
writes it, to distribution.png.

    plot_distribution.py [OUTPUT_DIR [CSV]]        (default build/demo data/old_faithful.csv)
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy

PIXELS_PER_INCH = 100
SIZE_IN_INCHES = (11, 5)
LINE_COLOURS = ("#a6bddb", "#3690c0", "#034e7b")
BAND_COLOUR = "#2c7fb8"
POINT_COLOUR = "#20242c"


def draw_regions(axes, above, beside, result, rows):
    """Samples, highest-density regions, and the marginal density along each side."""
    size = result["size"]
    x, y = (numpy.linspace(low, up, size + 1)[:-1] + (up - low) / size / 2
            for low, up in zip(result["lower"], result["upper"]))
    density = numpy.reshape(result["density"], (size, size))
    samples = numpy.reshape(result["samples"], (-1, 2))
    axes.plot(samples[:, 0], samples[:, 1], ".", color=BAND_COLOUR, markersize=2, alpha=0.35)
    lines = axes.contour(x, y, density, levels=sorted(result["levels"]), colors=LINE_COLOURS)
    axes.clabel(lines, fmt=dict(zip(sorted(result["levels"]), ("95 %", "80 %", "50 %"))), fontsize=8)
    axes.plot(rows[:, 0], rows[:, 1], ".", color=POINT_COLOUR, markersize=3)
    axes.set_xlabel("duration of an eruption, min")
    axes.set_ylabel("wait until the next, min")
    above.fill_between(x, result["marginal_0"], color=BAND_COLOUR, alpha=0.5)
    beside.fill_betweenx(y, result["marginal_1"], color=BAND_COLOUR, alpha=0.5)
    for side in (above, beside):
        side.axis("off")
    above.set_title("highest-density regions, samples (blue), rows, marginals", fontsize=10)


def draw_bands(axes, result, rows):
    durations = result["durations"]
    axes.fill_between(durations, result["wait_0"], result["wait_2"], color=BAND_COLOUR, alpha=0.3)
    axes.plot(durations, result["wait_1"], color=BAND_COLOUR)
    axes.plot(rows[:, 0], rows[:, 1], ".", color=POINT_COLOUR, markersize=3)
    axes.set_xlabel("duration of an eruption, min")
    axes.set_title("the wait given the duration: median, 5 to 95 %", fontsize=10)


def main():
    directory = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    rows = numpy.loadtxt(sys.argv[2] if len(sys.argv) > 2 else "data/old_faithful.csv",
                         delimiter=",", skiprows=1)
    result = json.loads((directory / "distribution.json").read_text())
    figure = plt.figure(figsize=SIZE_IN_INCHES, dpi=PIXELS_PER_INCH)
    grid = figure.add_gridspec(2, 3, width_ratios=(4, 0.8, 4.6), height_ratios=(0.8, 4),
                               hspace=0.02, wspace=0.03)
    joint = figure.add_subplot(grid[1, 0])
    draw_regions(joint, figure.add_subplot(grid[0, 0], sharex=joint),
                 figure.add_subplot(grid[1, 1], sharey=joint), result, rows)
    bands = figure.add_subplot(grid[1, 2], sharey=joint)
    draw_bands(bands, result, rows)
    bands.tick_params(labelleft=False)
    joint.set_xlim(1.2, 5.6)
    joint.set_ylim(38, 102)
    figure.savefig(directory / "distribution.png", bbox_inches="tight")


if __name__ == "__main__":
    main()
