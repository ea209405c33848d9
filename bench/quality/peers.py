"""Fits scikit-learn's densities to the files of data_sets.py.

    peers.py FOLDER OUTPUT    mean negative log likelihood of the rows to test with, as JSON

gmm: a mixture of normals with full covariances, its size and regularisation by the validation rows.
kde: a kernel density estimate of at most 5,000 rows, its bandwidth by the validation rows.
"""

import json
import os
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KernelDensity

from data_sets import SETS

COMPONENTS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48)
REGULARISATIONS = (1e-6, 1e-3, 1e-2)
BANDWIDTHS = np.geomspace(0.03, 1, 16)
KERNEL_ROWS = 5000


def best(models, validation, test):
    """The loss on the test rows of the model that is best on the validation rows."""
    chosen = max(models, key=lambda model: model.score_samples(validation).mean())
    return -float(chosen.score_samples(test).mean())


def mixtures(train):
    for components in COMPONENTS:
        if components * 2 * train.shape[1] > len(train):
            return
        for regularisation in REGULARISATIONS:
            yield GaussianMixture(components, reg_covar=regularisation, n_init=2,
                                  random_state=0).fit(train)


def kernels(train):
    for bandwidth in BANDWIDTHS:
        yield KernelDensity(bandwidth=bandwidth).fit(train[:KERNEL_ROWS])


def main():
    folder, output = sys.argv[1:]
    results = {}
    for name in SETS:
        parts = ("train", "validation", "test")
        train, validation, test = (
            np.loadtxt(os.path.join(folder, f"{name}.{part}.csv"), delimiter=",") for part in parts
        )
        results[name] = {
            "gmm": best(list(mixtures(train)), validation, test),
            "kde": best(list(kernels(train)), validation, test),
        }
        print(name, ", ".join(f"{peer} {loss:.3f}" for peer, loss in results[name].items()),
              flush=True)
    with open(output, "w") as file:
        json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
