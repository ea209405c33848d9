"""Measures how much the peak of resident memory grows by one training step, in a fresh process.

    memory.py libfinn|pytorch VARIABLES BATCH      prints mebibytes

Counted is what the step takes beside the net and the batch, which are there before: of libfinn also
the trainer's copy of the batch. PyTorch has made a step on 16 rows before, which loads its
libraries; what that leaves behind is not counted, in its favour.
"""

import ctypes
import gc
import sys

import cases
import libfinn
import numpy
import problem as problems

WIDTH, LAYERS, WARM_ROWS = 64, 2, 16


def reset_peak():
    """To what is resident now, after the heap has given back what was freed before."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    with open("/proc/self/clear_refs", "w") as file:
        file.write("5")


def peak():
    """The largest resident set since the reset, in kibibytes; ru_maxrss has no reset."""
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM"))


def step_of_libfinn(variables, rows):
    model = libfinn.Model(variables, [WIDTH] * LAYERS, threads=1)
    random = numpy.random.default_rng(1)
    x, y = random.uniform(-1, 1, (rows, variables)), random.uniform(0, 1, rows)

    def step():
        libfinn.Trainer(model, 1, rows, problems.LEARNING_RATE).fit(x, y)

    return step


def step_of_pytorch(variables, rows):
    import peer_pytorch

    def candidate(batch):
        case = cases.Case(variables, WIDTH, LAYERS, batch, "density", 1)
        return peer_pytorch.Custom(problems.Problem(case))

    candidate(WARM_ROWS).step()
    return candidate(rows).step


def main():
    variables, rows = int(sys.argv[2]), int(sys.argv[3])
    make = {"libfinn": step_of_libfinn, "pytorch": step_of_pytorch}[sys.argv[1]]
    step = make(variables, rows)
    reset_peak()
    before = peak()
    step()
    print((peak() - before) / 1024)


if __name__ == "__main__":
    main()
