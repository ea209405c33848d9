"""Fits one flow of flowjax to the files of data_sets.py: a neural spline flow, by one core.

    flow.py FOLDER OUTPUT    mean negative log likelihood of the rows to test with, as JSON

Eight coupling layers of rational quadratic splines, whose order of variables is permuted; Adam in
batches of 256 rows, at most 3,000 steps, and no more once 20 checks of the validation rows, every
50 steps, have found nothing better; the parameters that were best on them. Nothing is chosen by
set.
"""

import json
import os
import sys
import time

os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
import equinox
import jax
import jax.numpy as jnp
import numpy as np
import optax
from flowjax.bijections import RationalQuadraticSpline
from flowjax.distributions import Normal
from flowjax.flows import coupling_flow
from paramax import unwrap

from data_sets import SETS

STEPS, BATCH, RATE = 3000, 256, 1e-3
INTERVAL, PATIENCE = 50, 20
KNOTS, LIMIT = 8, 5  # of a spline, and where it goes over into the identity, in deviations


def flow(key, variables):
    return coupling_flow(key, base_dist=Normal(jnp.zeros(variables)),
                         transformer=RationalQuadraticSpline(knots=KNOTS, interval=LIMIT))


@equinox.filter_jit
def loss(model, rows):
    return -unwrap(model).log_prob(rows).mean()


@equinox.filter_jit
def step(model, state, rows, optimiser):
    gradient = equinox.filter_grad(loss)(model, rows)
    updates, state = optimiser.update(gradient, state)
    return equinox.apply_updates(model, updates), state


def fitted(train, validation, key, random):
    """The flow that was best on the validation rows."""
    model = flow(key, train.shape[1])
    optimiser = optax.adam(optax.cosine_decay_schedule(RATE, STEPS))
    state = optimiser.init(equinox.filter(model, equinox.is_inexact_array))
    best, least, waited = model, np.inf, 0
    batch = min(BATCH, len(train))
    for number in range(1, STEPS + 1):
        rows = train[random.choice(len(train), batch, replace=False)]
        model, state = step(model, state, rows, optimiser)
        if number % INTERVAL:
            continue
        now = float(loss(model, validation))
        best, least, waited = (model, now, 0) if now < least else (best, least, waited + 1)
        if waited == PATIENCE:
            break
    return best


def main():
    folder, output = sys.argv[1:]
    results = {}
    for name in SETS:
        start = time.process_time()
        train, validation, test = (
            np.loadtxt(os.path.join(folder, f"{name}.{part}.csv"), delimiter=",")
            for part in ("train", "validation", "test")
        )
        model = fitted(train, validation, jax.random.key(0), np.random.default_rng(0))
        results[name] = {"flow": float(loss(model, test))}
        print(f"{name} flow {results[name]['flow']:.3f}, {time.process_time() - start:.0f} s",
              flush=True)
    with open(output, "w") as file:
        json.dump(results, file, indent=1)


if __name__ == "__main__":
    main()
