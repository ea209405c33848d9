#!/usr/bin/env python3
"""The tables of docs/PERFORMANCE.md on trained networks, from what bench_trained measured.

    trained_table.py build/bench/trained.json

us: microseconds per sample; flushed: against the same with subnormal numbers flushed to zero;
of bound: how much of the time exponentials and matrix products alone would take; ns/(C n): of a
mixture, per component and variable.
"""

import json
import sys


def rows(report):
    """network, what, n, size, type and counters of each benchmark."""
    for entry in report["benchmarks"]:
        _, network, what, n, size, _, kind, *_ = entry["name"].split("/")
        yield network, what, int(n[2:]), int(size[2:]), kind, entry


def cell(entry):
    parts = [f"{entry['us_per_sample']:.3g} us"]
    if "over_flushed" in entry:
        parts.append(f"{entry['over_flushed']:.2f}")
    parts.append(f"{100 * entry['of_bound']:.0f} %")
    if "ns_per_factor" in entry:
        parts.append(f"{entry['ns_per_factor']:.3g}")
    if "of_unconditional" in entry:
        parts.append(f"x {entry['of_unconditional']:.3g}")
    return ", ".join(parts)


def table(found):
    columns = [(what, kind) for what in ("step", "density") for kind in ("f32", "f64")]
    lines = ["| network | n | C or H | " + " | ".join(f"{w}, {k}" for w, k in columns) + " |",
             "|" + "---|" * (3 + len(columns))]
    cells = {}
    for network, what, n, size, kind, entry in found:
        cells.setdefault((network, n, size), {})[what, kind] = cell(entry)
    for (network, n, size), row in cells.items():
        values = [row.get(column, "-") for column in columns]
        lines.append(f"| {network} | {n} | {size} | " + " | ".join(values) + " |")
    return lines


def spread(found):
    """Largest over smallest cost per component and variable."""
    costs = {}
    for network, what, _, _, kind, entry in found:
        if network == "mixture":
            costs.setdefault((what, kind), []).append(entry["ns_per_factor"])
    for (what, kind), values in costs.items():
        least, most = min(values), max(values)
        yield (f"* mixture, {what}, {kind}: {least:.3g} .. {most:.3g} ns per component and "
               f"variable, {most / least:.2f} times")


def main():
    with open(sys.argv[1]) as file:
        found = list(rows(json.load(file)))
    print("Each cell: us, over flushed, of bound, ns/(C n), times the unconditional network.\n")
    print("\n".join(table(found)) + "\n\n" + "\n".join(spread(found)))


if __name__ == "__main__":
    main()
