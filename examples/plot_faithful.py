#!/usr/bin/python3
"""Draws OUTPUT_DIR/faithful.json, as the example faithful writes it, to faithful.png.

    plot_faithful.py [OUTPUT_DIR]        (default build/demo)
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import matplotlib.ticker
import numpy

PIXELS_PER_INCH = 100
SIZE_IN_INCHES = (11, 8)
LEVELS = 12
BOX_COLOUR = "#1f3d7a"
TRAINED_COLOUR = "#30343b"
HELD_OUT_COLOUR = "#d1495b"


def draw_density(figure, axes, result):
    grid = result["grid"]
    durations, waits = (
        numpy.linspace(low, high, grid["size"])
        for low, high in zip(grid["lower"], grid["upper"])
    )
    density = numpy.array(result["density"]).T  # contourf wants the vertical axis first
    levels = matplotlib.ticker.MaxNLocator(LEVELS).tick_values(0, density.max())
    filled = axes.contourf(durations, waits, density, levels=levels, cmap="Blues")
    axes.contour(durations, waits, density, levels=levels[1:], colors="white", linewidths=0.5)
    bar = figure.colorbar(filled, ax=axes, pad=0.02, format="%.3f")
    bar.set_label("density, per square minute")


def draw_points(axes, result):
    points = numpy.array(result["points"])
    held_out = numpy.arange(len(points)) < result["held_out"]
    for chosen, colour, marker, name in (
        (~held_out, TRAINED_COLOUR, "o", "trained on"),
        (held_out, HELD_OUT_COLOUR, "D", "held out"),
    ):
        axes.scatter(
            points[chosen, 0], points[chosen, 1], s=20, marker=marker, color=colour,
            edgecolor="white", linewidth=0.5, label=f"{name}: {chosen.sum()} eruptions",
        )  # fmt: skip


def draw_box(axes, box, label_at_top):
    (left, bottom), (right, top) = box["lower"], box["upper"]
    axes.add_patch(
        plt.Rectangle(
            (left, bottom), right - left, top - bottom, fill=False, clip_on=False,
            edgecolor=BOX_COLOUR, linewidth=1.6, linestyle=(0, (6, 3)), zorder=3,
        )  # fmt: skip
    )
    axes.annotate(
        f"probability {box['probability']:.4f}\nobserved share {box['observed']:.4f}",
        xy=(right, top if label_at_top else bottom),
        xytext=(-10, -10 if label_at_top else 10),
        textcoords="offset points",
        ha="right",
        va="top" if label_at_top else "bottom",
        color=BOX_COLOUR,
        fontsize=11,
    )


def draw(result):
    figure, axes = plt.subplots(figsize=SIZE_IN_INCHES, dpi=PIXELS_PER_INCH)
    draw_density(figure, axes, result)
    draw_points(axes, result)
    highest = max(box["upper"][1] for box in result["boxes"])
    for box in result["boxes"]:
        draw_box(axes, box, label_at_top=box["upper"][1] == highest)
    first = result["seeds"][0]
    axes.set_xlabel("duration of the eruption, minutes")
    axes.set_ylabel("waiting time to the next eruption, minutes")
    axes.set_title(
        "Old Faithful: a density whose integral is exactly 1\n"
        f"held-out log likelihood {first['log_likelihood']:.3f} per eruption, "
        f"a fitted Gaussian has {first['gaussian']:.3f}",
        fontsize=13,
    )
    axes.legend(loc="upper left", framealpha=0.95)
    figure.tight_layout()
    return figure


def main():
    directory = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "build/demo")
    result = json.loads((directory / "faithful.json").read_text())
    draw(result).savefig(directory / "faithful.png")


if __name__ == "__main__":
    main()
