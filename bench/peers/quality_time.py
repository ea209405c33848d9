"""Time to quality: how long libfinn trains until rows that it does not see have the loss that a
neural spline flow ends with, both on one core.

    quality_time.py FOLDER NAME

Fits the flow of bench/quality, then the default mixture of libfinn in float and in double, and
prints a line of JSON for each of the two.

Times are seconds of processor time; that of the flow has the compiling of its step taken out.
FINN_QUALITY_TIME names the program that trains libfinn. FOLDER gets the tables.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "quality"))
import data_sets  # noqa: E402
import flow  # noqa: E402
import jax  # noqa: E402
import numpy  # noqa: E402

ROWS = 25000  # of a synthetic set, a tenth of them for validation and a tenth to test with


def eight_gaussians(random):
    angle = random.integers(0, 8, ROWS) * numpy.pi / 4
    rows = 4 * numpy.c_[numpy.cos(angle), numpy.sin(angle)]
    return rows + 0.5 * random.standard_normal(rows.shape)


def checkerboard(random):
    """Uniform on the black fields of a board of four by four."""
    fields = random.integers(0, 8, ROWS)
    row, pair = fields // 2, fields % 2
    corner = numpy.c_[row, 2 * pair + row % 2]
    return corner + random.random(corner.shape)


SYNTHETIC = {"8gaussians": eight_gaussians, "checkerboard": checkerboard}
TABLES = ("faithful2", "NOx3")
PROBLEMS = (*SYNTHETIC, *TABLES)


def parts_of(name):
    """Rows to train on, to validate and to test with, standardised by the first."""
    if name in TABLES:
        return data_sets.load(name)
    rows = SYNTHETIC[name](numpy.random.default_rng(0))
    first, second = int(0.8 * ROWS), int(0.9 * ROWS)
    return numpy.split((rows - rows[:first].mean(0)) / rows[:first].std(0), [first, second])


def seconds_to_compile(train, validation):
    """Of what the flow calls, found by fitting for one check before the fit that is timed."""
    steps, flow.STEPS = flow.STEPS, flow.INTERVAL
    times = []
    for _ in range(2):
        start = time.process_time()
        flow.fitted(train, validation, jax.random.key(0), numpy.random.default_rng(0))
        times.append(time.process_time() - start)
    flow.STEPS = steps
    return max(0.0, times[0] - times[1])


def of_flow(train, validation, test):
    """Loss, seconds without compiling, and seconds of compiling."""
    compiling = seconds_to_compile(train, validation)
    start = time.process_time()
    model = flow.fitted(train, validation, jax.random.key(0), numpy.random.default_rng(0))
    seconds = time.process_time() - start
    return float(flow.loss(model, test)), seconds, compiling


def of_libfinn(folder, name, loss, kind):
    command = [os.environ["FINN_QUALITY_TIME"], folder, name, repr(loss), kind]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    folder, name = sys.argv[1:]
    parts = parts_of(name)
    for part, rows in zip(("train", "validation", "test"), parts):
        numpy.savetxt(os.path.join(folder, f"{name}.{part}.csv"), rows, "%.17g", ",")
    loss, seconds, compiling = of_flow(*parts)
    for kind in ("f32", "f64"):
        ours = of_libfinn(folder, name, loss, kind)
        reached = ours["seconds"]
        print(json.dumps({
            "what": "time_to_quality", "problem": name, "type": kind, "flow_loss": loss,
            "flow_seconds": seconds, "flow_compile_seconds": compiling,
            "libfinn_seconds": reached, "libfinn_steps": ours["steps"],
            "libfinn_end_loss": ours["loss"], "libfinn_end_seconds": ours["all_seconds"],
            "ratio": seconds / reached if reached else None,
        }), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
