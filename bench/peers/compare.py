"""libfinn against its peers: the same net and weights, compared first, then timed in turn.

Writes peers.json and peers.md into the output folder and prints the tables. run.sh installs and
builds what is needed and calls this.
"""

import argparse
import collections
import importlib.metadata
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

import cases as all_cases
import libfinn
import processes
import runs
import table

PARTS = ("nets", "affine", "memory", "mixtures", "quality")
UNIT = "times: microseconds per sample; ratios: peer / libfinn, timed in turn; memory: MiB"
MEMORY_LIMIT_SECONDS = 120
QUALITY_LIMIT_SECONDS = 1200
QUALITY_PROBLEMS = ("faithful2", "8gaussians", "checkerboard", "NOx3")
XSMM_TARGETS = {"sse2": "wsm", "avx2": "hsw", "avx512": "skx"}


def parse(arguments):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a few cases, to check the script")
    parser.add_argument("--variables", type=int, nargs="+", help="only these n")
    parser.add_argument("--peers", nargs="+", choices=all_cases.PEERS, default=all_cases.PEERS)
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--mixtures", dest="parts", action="store_const",
                        const=("mixtures", "quality"), help="what needs no C++ peer")
    parser.add_argument("--limit", type=float, default=120, help="seconds of a case of one peer")
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--build", type=pathlib.Path, required=True, help="of the C++ peers")
    return parser.parse_args(arguments)


def processor():
    with open("/proc/cpuinfo") as file:
        return next(line.split(":")[1].strip() for line in file if line.startswith("model name"))


def debian_version(package):
    command = ["dpkg-query", "--show", "--showformat=${Version}", package]
    return subprocess.run(command, capture_output=True, text=True).stdout or "unknown"


def machine():
    versions = {name: importlib.metadata.version(name) for name in ("torch", "jax", "numpy")}
    for package in ("libxsmm-dev", "libeigen3-dev", "libadolc-dev", "g++"):
        versions[package] = debian_version(package)
    return {
        "cpu": processor(),
        "cores": os.cpu_count(),
        "instruction_set": libfinn.text("finn_instruction_set"),
        "libfinn": libfinn.text("finn_version_string"),
        "build": libfinn.text("finn_build_info"),
        "python": sys.version.split()[0],
        "versions": versions,
        "load_at_start": os.getloadavg()[0],
    }


class Progress:
    """A line per step of the work, with the minutes since the start."""

    def __init__(self):
        self.start = time.monotonic()

    def __call__(self, text):
        print(f"[{(time.monotonic() - self.start) / 60:5.1f} min] {text}", flush=True)


def affine(options):
    """Rates of the affine kernel, of libxsmm and Eigen; none where there is no such kernel."""
    instruction_set = libfinn.text("finn_instruction_set")
    if instruction_set not in XSMM_TARGETS:
        return []
    command = [options.build / f"affine_{instruction_set}"] + ["--quick"] * options.quick
    target = XSMM_TARGETS[instruction_set]
    output = processes.output_of(command, 1, 10 * options.limit, LIBXSMM_TARGET=target)
    return [json.loads(line) for line in output.splitlines()]


def memory_cells(options):
    batches = (256,) if options.quick else (256, 1024, 4096, 16384, 65536)
    for n in options.variables or ((2,) if options.quick else (2, 3, 4)):
        for batch in batches:
            yield n, batch, ("libfinn", "pytorch") if batch <= 16384 else ("libfinn",)


def memory(options, progress):
    """Growth of the peak of resident memory in one training step."""
    rows = []
    for n, batch, who in memory_cells(options):
        row = {"n": n, "H": 64, "L": 2, "B": batch, "libfinn_mib": None, "pytorch_mib": None}
        for name in who:
            try:
                command = processes.script("memory.py", name, n, batch)
                row[f"{name}_mib"] = float(processes.output_of(command, 1, MEMORY_LIMIT_SECONDS))
            except RuntimeError as error:
                row.setdefault("reasons", {})[name] = str(error)
        progress(f"memory n={n} B={batch}  {row['libfinn_mib']} and {row['pytorch_mib']} MiB")
        rows.append(row)
    return rows


def quality(options, progress):
    """How long libfinn trains until it is as good as a flow, and the flow."""
    rows, tables = [], options.build.parent / "tables"
    for name in QUALITY_PROBLEMS[: 1 if options.quick else None]:
        command = processes.script("quality_time.py", tables, name)
        try:
            found = processes.output_of(command, 1, QUALITY_LIMIT_SECONDS).splitlines()
        except RuntimeError as error:
            progress(f"time to quality of {name}: {error}")
            continue
        rows += [json.loads(line) for line in found]
        progress(f"time to quality of {name}: {table.quality_text(rows[-1])}")
    return rows


def net_cases(options):
    cases = all_cases.quick_cases() if options.quick else all_cases.full_cases()
    return [case for case in cases if options.variables is None or case.n in options.variables]


def by_setting(cases):
    """Those of one setting together."""
    chosen = collections.defaultdict(list)
    for case in cases:
        chosen[case.setting].append(case)
    return chosen.values()


def write(report, folder):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "peers.json").write_text(json.dumps(report, indent=1) + "\n")
    (folder / "peers.md").write_text(table.markdown(report))


def main():
    options, progress = parse(sys.argv[1:]), Progress()
    shutil.rmtree(os.environ["TORCHINDUCTOR_CACHE_DIR"], ignore_errors=True)
    report = {"machine": machine(), "unit": UNIT, "cases": [], "affine": [], "memory": []}
    report |= {"mixtures": [], "quality": []}
    nets = runs.Runs(options.peers, options, progress)
    mixtures = runs.Runs(all_cases.MIXTURE_PEERS, options, progress)
    if "affine" in options.parts:
        report["affine"] = affine(options)
        progress(f"affine: {len(report['affine'])} cases")
    if "nets" in options.parts:
        for cases in by_setting(net_cases(options)):
            nets.run_setting(cases)
            report["cases"] = nets.rows()
            write(report, options.output)
    if "mixtures" in options.parts:
        for cases in by_setting(all_cases.mixture_cases(options.quick)):
            mixtures.run_setting(cases)
            report["mixtures"] = mixtures.rows()
            write(report, options.output)
    if "quality" in options.parts:
        report["quality"] = quality(options, progress)
        write(report, options.output)
    if "memory" in options.parts:
        report["memory"] = memory(options, progress)
    write(report, options.output)
    print("\n" + table.markdown(report))
    mismatches = nets.mismatches() + mixtures.mismatches()
    for reason in mismatches:
        print(f"bench-peers: {reason}", file=sys.stderr)
    return 1 if mismatches else 0


if __name__ == "__main__":
    sys.exit(main())
