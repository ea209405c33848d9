"""The report of compare.py as tables in Markdown.

    table.py peers.json
"""

import json
import sys

import cases as all_cases

TITLES = {
    "pytorch": "PyTorch",
    "torch_func": "torch.func",
    "torch_compile": "torch.compile",
    "jax": "JAX",
    "adolc": "ADOL-C",
}

MIXTURE_TITLES = {"mixture_pytorch": "PyTorch", "mixture_jax": "JAX"}


def number(value):
    """Three digits, or a dash for what is missing."""
    return "-" if value is None else f"{value:.3g}" if value < 1000 else f"{value:.0f}"


def lines_of(titles, rows):
    if not rows:
        return []
    every = [titles, ["---"] * len(titles), *rows]
    return [f"| {' | '.join(map(str, row))} |" for row in every]


def peer_cell(row, peer):
    time = row["peers"].get(peer)
    return "-" if time is None else f"{number(time)} ({number(row['ratios'][peer])})"


def net_lines(rows, what):
    peers = [peer for peer in all_cases.PEERS if any(row["peers"].get(peer) for row in rows)]
    titles = ["n", "H", "B", "threads", "libfinn", *(TITLES[peer] for peer in peers)]
    cells = [
        [row["n"], row["H"], row["B"], row["threads"], number(row["libfinn_us"])]
        + [peer_cell(row, peer) for peer in peers]
        for row in rows
        if row["what"] == what
    ]
    return lines_of(titles, cells)


def reason_lines(rows):
    """Each reason once, with the cases that it holds for."""
    found = {}
    for row in rows:
        for peer, reason in row["reasons"].items():
            where = f"{row['what']} n={row['n']} H={row['H']} B={row['B']}"
            where += f" threads={row['threads']}" if row["threads"] > 1 else ""
            found.setdefault((peer, reason), []).append(where)
    return [f"* {TITLES[peer]}: {reason}: {', '.join(at)}" for (peer, reason), at in found.items()]


def compile_lines(rows):
    titles = ["n", "H", "B", "what", "torch.compile", "JAX"]
    cells = [
        [row["n"], row["H"], row["B"], row["what"]]
        + [number(row["compile_s"].get(peer)) for peer in ("torch_compile", "jax")]
        for row in rows
        if row["threads"] == 1 and {"torch_compile", "jax"} & set(row["compile_s"])
    ]
    return lines_of(titles, cells)


def affine_lines(rows):
    titles = ["H", "n", "type", "libfinn", "libxsmm", "Eigen", "libfinn / libxsmm"]
    cells = [
        [row["H"], row["n"], row["type"]]
        + [number(row[library]) for library in ("libfinn", "libxsmm", "eigen")]
        + [number(row.get("of_libxsmm"))]
        for row in rows
    ]
    return lines_of(titles, cells)


def memory_lines(rows):
    cells = [
        [row["n"], row["B"], number(row["libfinn_mib"]), number(row["pytorch_mib"])] for row in rows
    ]
    return lines_of(["n", "B", "libfinn", "PyTorch"], cells)


def mixture_lines(rows):
    titles = ["network", "C", "type", "what", "libfinn", *MIXTURE_TITLES.values()]
    cells = [
        [row["network"], row["C"], row["type"], row["what"], number(row["libfinn_us"])]
        + [
            f"{peer_cell(row, peer)}, {row['variants'][peer]}"
            if peer in row["ratios"]
            else row["reasons"].get(peer, "-")
            for peer in MIXTURE_TITLES
        ]
        for row in rows
    ]
    return lines_of(titles, cells)


def quality_text(row):
    ours = row["libfinn_seconds"]
    reached = "never" if ours is None else f"{number(ours)} s ({number(row['ratio'])})"
    return f"flow {row['flow_loss']:.3f} in {number(row['flow_seconds'])} s, libfinn {reached}"


def quality_lines(rows):
    titles = [
        "problem", "type", "loss of the flow", "its seconds", "compiling",
        "seconds of libfinn (flow / libfinn)", "steps", "end of its run: loss", "seconds",
    ]  # fmt: skip
    cells = [
        [row["problem"], row["type"], f"{row['flow_loss']:.4f}", number(row["flow_seconds"])]
        + [number(row["flow_compile_seconds"])]
        + ["never" if row["ratio"] is None
           else f"{number(row['libfinn_seconds'])} ({number(row['ratio'])})"]
        + [row["libfinn_steps"] or "-", f"{row['libfinn_end_loss']:.4f}"]
        + [number(row["libfinn_end_seconds"])]
        for row in rows
    ]  # fmt: skip
    return lines_of(titles, cells)


def machine_lines(machine):
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    return [
        f"{machine['cpu']}, {machine['cores']} cores, {machine['instruction_set']}; "
        f"libfinn {machine['libfinn']} ({machine['build']}); Python {machine['python']}, "
        f"{versions}. Load when it began: {machine['load_at_start']:.1f}."
    ]


def section(title, lines):
    return [f"## {title}", "", *lines, ""] if lines else []


def markdown(report):
    rows = report["cases"]
    time = "microseconds per sample (times libfinn)"
    lines = ["# libfinn and its peers", "", *machine_lines(report["machine"]), ""]
    lines += section(f"Training step: {time}", net_lines(rows, "train_step"))
    lines += section(f"Density: {time}", net_lines(rows, "density"))
    mixtures, quality = report.get("mixtures", []), report.get("quality", [])
    lines += section(f"Mixtures, B = 512, one thread: {time}", mixture_lines(mixtures))
    lines += section("Seconds on one core to the loss of a flow", quality_lines(quality))
    lines += section("Left out", reason_lines(rows))
    lines += section("Compiling, which is not in the times: seconds", compile_lines(rows))
    lines += section("Affine kernel: GFLOP/s", affine_lines(report["affine"]))
    lines += section("Growth of peak memory in a step, H = 64: MiB", memory_lines(report["memory"]))
    return "\n".join(lines)


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        print(markdown(json.load(file)))
