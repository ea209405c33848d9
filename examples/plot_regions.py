#!/usr/bin/python3
"""Draws densities on regions: OUTPUT_DIR/regions.json, as the example regions writes it, to
regions.png.

    plot_regions.py [OUTPUT_DIR]        (default build/demo)
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy

PIXELS_PER_INCH = 100
SIZE_IN_INCHES = (11, 5.6)
DENSITY_COLOURS = "YlGnBu"
POINT_COLOUR = "#20242c"


def draw_region(axes, region, reach, size):
    f = numpy.reshape(region["f"], (size, size))
    inside = numpy.ma.masked_equal(f, 0)
    axes.imshow(inside, origin="lower", extent=(-reach, reach, -reach, reach), cmap=DENSITY_COLOURS)
    points = numpy.reshape(region["points"], (-1, 2))
    axes.plot(points[:, 0], points[:, 1], ".", color=POINT_COLOUR, markersize=2, alpha=0.5)
    axes.set_title(f"{region['name']}: integral {region['integral']:.12g}", fontsize=13)
    axes.set_aspect("equal")
    axes.set_xticks([-1, 0, 1])
    axes.set_yticks([-1, 0, 1])


def draw(result):
    figure, all_axes = plt.subplots(
        1, len(result["regions"]), figsize=SIZE_IN_INCHES, dpi=PIXELS_PER_INCH
    )
    for axes, region in zip(all_axes, result["regions"]):
        draw_region(axes, region, result["reach"], result["size"])
    figure.tight_layout()
    return figure


def main():
    directory = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    result = json.loads((directory / "regions.json").read_text())
    draw(result).savefig(directory / "regions.png")


if __name__ == "__main__":
    main()
