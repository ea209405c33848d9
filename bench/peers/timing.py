"""Times a candidate in turn with libfinn, so that a ratio holds when the machine's speed drifts."""

import statistics
import time

BLOCK_SECONDS = 0.03  # least length of what is timed at once
BUDGET_SECONDS = 1.5
LEAST_ROUNDS, MOST_ROUNDS = 3, 15


def repeated(function):
    """Makes `count -> seconds of so many calls` of a function."""

    def run(count):
        start = time.perf_counter()
        for _ in range(count):
            function()
        return time.perf_counter() - start

    return run


def of_libfinn(problem):
    """The same for what libfinn does in the case."""
    if problem.case.what == "density":
        return repeated(lambda: problem.model.density(problem.x, problem.f))
    x, y = problem.rows()

    def run(count):
        trainer = problem.trainer(count)
        start = time.perf_counter()
        trainer.fit(x, y)
        return time.perf_counter() - start

    return run


def calls_per_block(run):
    count = 1
    while (seconds := run(count)) < BLOCK_SECONDS:
        count = max(2 * count, int(1.2 * count * BLOCK_SECONDS / max(seconds, 1e-6)))
    return count


def alternate(ours, theirs):
    """Medians over rounds of the seconds of one call of each, and of the ratio of the two."""
    our_calls, their_calls = calls_per_block(ours), calls_per_block(theirs)
    rounds, start = [], time.perf_counter()
    before = ours(our_calls) / our_calls
    while len(rounds) < LEAST_ROUNDS or (
        len(rounds) < MOST_ROUNDS and time.perf_counter() - start < BUDGET_SECONDS
    ):
        their = theirs(their_calls) / their_calls
        after = ours(our_calls) / our_calls
        our = (before + after) / 2
        rounds.append((our, their, their / our))
        before = after
    return [statistics.median(column) for column in zip(*rounds)]
