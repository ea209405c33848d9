#!/usr/bin/python3
"""Draws Fig. 1 of the paper: OUTPUT_DIR/fig1.json, as the example fig1 writes it, to fig1.png.

    plot_fig1.py [OUTPUT_DIR]        (default build/demo)
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy

PIXELS_PER_INCH = 100
SIZE_IN_INCHES = (18, 6.2)
SURFACE_COLOURS = "YlGnBu"
TRUTH_COLOUR = "#20242c"
TRUTH_LINES = 20  # per axis


def square(values, size):
    """[size][size]; the first index belongs to x."""
    return numpy.reshape(values, (size, size))


def tidy(axes, top):
    axes.set_facecolor("none")  # so as not to cover the labels of the neighbour
    axes.set_zlim(0, top)
    axes.set_xlabel("x")
    axes.set_ylabel("y")
    axes.set_xticks([-3, 0, 3])
    axes.set_yticks([-3, 0, 3])
    axes.set_zticks(numpy.arange(0, top, 0.05))
    axes.tick_params(labelsize=9)
    axes.view_init(elev=24, azim=-60)
    axes.set_box_aspect((1, 1, 0.78), zoom=1.08)
    for axis in (axes.xaxis, axes.yaxis, axes.zaxis):
        axis.set_pane_color((1, 1, 1, 0))
        axis._axinfo["grid"].update(color="#dddddd", linewidth=0.6)


def draw_run(axes, x, y, run, truth, top):
    axes.computed_zorder = False  # otherwise one of the two surfaces hides the other
    axes.plot_surface(
        x, y, square(run["surface"], len(x)), cmap=SURFACE_COLOURS, vmin=0, vmax=top,
        rcount=60, ccount=60, alpha=0.7, linewidth=0, antialiased=False, zorder=1,
    )  # fmt: skip
    axes.plot_wireframe(
        x, y, truth, rcount=TRUTH_LINES, ccount=TRUTH_LINES, color=TRUTH_COLOUR,
        linewidth=0.6, alpha=0.7, zorder=2,
    )  # fmt: skip
    tidy(axes, top)
    axes.set_title(
        f"$\\varepsilon$ = {run['epsilon']:g}\n"
        f"integral {run['integral']:.12g},  squared error {run['ratio']:.3f} $\\times$ least",
        fontsize=13,
        y=0.96,
    )


def draw(result):
    size = result["size"]
    nodes = numpy.linspace(result["lower"], result["upper"], size)
    x, y = numpy.meshgrid(nodes, nodes, indexing="ij")
    truth = square(result["truth"], size)
    highest = max(numpy.max(run["surface"]) for run in result["runs"])
    top = 1.04 * max(highest, truth.max())
    figure = plt.figure(figsize=SIZE_IN_INCHES, dpi=PIXELS_PER_INCH)
    for place, run in enumerate(result["runs"], start=1):
        axes = figure.add_subplot(1, len(result["runs"]), place, projection="3d")
        draw_run(axes, x, y, run, truth, top)
    figure.legend(
        handles=[
            matplotlib.patches.Patch(color=plt.get_cmap(SURFACE_COLOURS)(0.6), label="f, learnt"),
            matplotlib.lines.Line2D([], [], color=TRUTH_COLOUR, label="target"),
        ],
        loc="lower center",
        ncol=2,
        frameon=False,
        fontsize=12,
    )
    figure.subplots_adjust(left=0.0, right=0.97, bottom=0.09, top=0.99, wspace=0.03)
    return figure


def main():
    directory = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    result = json.loads((directory / "fig1.json").read_text())
    draw(result).savefig(directory / "fig1.png")


if __name__ == "__main__":
    main()
