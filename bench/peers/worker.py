"""Runs one peer on cases of one setting, in a process of its own.

    worker.py PEER LIMIT_SECONDS TYPE CASES
TYPE is a class of cases.py, and CASES a JSON array of the arguments of each.

Prints a line of JSON per case: microseconds per sample of the peer and of libfinn, their ratio, the
variant of the peer that was fastest and the seconds it took to compile; or a reason for there being
none. A peer is a module with variants(case) -> {name: candidate class}. A candidate is made of a
problem (this is where it may compile) and has
    density() -> f [B]         step() -> the loss before an Adam step
    gradient() -> the gradient of that step, flat, in libfinn's order
"""

import importlib
import json
import resource
import sys
import time

import cases
import problem as problems
import timing

MEMORY_LIMIT = 12 << 30  # bytes
CHOICE_SECONDS = 0.3  # of timing, to choose a variant
SHARE_FOR_CHOICE = 0.15  # of the limit, after which no further variant is tried


def call_of(candidate, what):
    return candidate.density if what == "density" else candidate.step


def first_line(error):
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0][:160]}"


def quick_time(candidate, what):
    run, seconds = timing.repeated(call_of(candidate, what)), []
    while sum(seconds) < CHOICE_SECONDS and len(seconds) < 10:
        seconds.append(run(1))
    return min(seconds)


def fastest(variants, problem, check, limit):
    """The name of the fastest candidate, what it is, and of each: seconds of a call, to compile."""
    best, calls, compiles, failures, start = None, {}, {}, [], time.perf_counter()
    for name, make in variants.items():
        if best and time.perf_counter() - start > SHARE_FOR_CHOICE * limit:
            break
        try:
            begin = time.perf_counter()
            candidate = make(problem)
            compiles[name] = time.perf_counter() - begin
            check(problem, candidate)
            calls[name] = quick_time(candidate, problem.case.what)
            if best is None or calls[name] < calls[best[0]]:
                best = name, candidate
        except (RuntimeError, MemoryError, TypeError) as error:
            failures.append(f"{name}: {first_line(error)}")
    if best is None:
        raise RuntimeError("; ".join(failures))
    return *best, calls, compiles


def measure(peer, case, limit):
    of_case = importlib.import_module(case.PROBLEM)
    problem = of_case.Problem(case)
    name, candidate, calls, compiles = fastest(
        peer.variants(case), problem, of_case.check, limit
    )
    theirs = timing.repeated(call_of(candidate, case.what))
    our, their, ratio = timing.alternate(timing.of_libfinn(problem), theirs)
    return {
        "libfinn_us": our / case.B * 1e6,
        "us": their / case.B * 1e6,
        "ratio": ratio,
        "variant": name,
        "variants_us": {name: seconds / case.B * 1e6 for name, seconds in calls.items()},
        "compile_s": compiles[name],
    }


def main():
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
    peer = importlib.import_module("peer_" + sys.argv[1])
    make_case = getattr(cases, sys.argv[3])
    for arguments in json.loads(sys.argv[4]):
        try:
            result = measure(peer, make_case(*arguments), float(sys.argv[2]))
        except problems.Mismatch as error:
            result = {"reason": str(error), "mismatch": True}
        except (RuntimeError, MemoryError) as error:
            result = {"reason": first_line(error)}
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
