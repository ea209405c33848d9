"""Joins what bench_files, peers.py and flow.py measured, and writes the table of docs/QUALITY.md.

    table.py FITS PEERS FLOW OUTPUT [PAGE]    build/bench/quality.json, and the table of PAGE
"""

import json
import re
import sys

MARKERS = re.compile(r"(<!-- table of quality, by table.py -->\n).*?(<!-- end of table -->)", re.S)
PEERS = ("gmm", "kde", "flow")
FLOAT = "/float"


def joined(fits, peers, flow):
    problems = []
    for fit in fits:
        losses = sorted(fit["losses"])
        problems.append({
            "name": fit["name"], "n": fit["n"], "rows": fit["rows"], "option": fit["option"],
            "median": losses[len(losses) // 2], "worst": losses[-1], "best_possible": None,
            "seconds": fit["seconds"], "peers": {**peers[fit["name"]], **flow[fit["name"]]},
        })
    return {"seeds": max(len(fit["losses"]) for fit in fits), "problems": problems}


def float_less_double(fits):
    """The difference of medians, of the option where it is largest."""
    differences = [fit["median"] - fits[option.removesuffix(FLOAT)]["median"]
                   for option, fit in fits.items() if option.endswith(FLOAT)]
    return max(differences, key=abs)


def table(results):
    problems = results["problems"]
    options = [option for option in dict.fromkeys(problem["option"] for problem in problems)
               if not option.endswith(FLOAT)]
    columns = ["set", "n", "rows", *options, "float - double", *PEERS]
    lines = [f"Of {results['seeds']} seeds:", "", "| " + " | ".join(columns) + " |",
             "|" + "---|" * len(columns)]
    for name in dict.fromkeys(problem["name"] for problem in problems):
        fits = {p["option"]: p for p in problems if p["name"] == name}
        first = fits[options[0]]
        cells = [f"{p['median']:.3f} ({p['worst']:.3f}), {p['seconds']:.0f} s"
                 if p is not None else "" for p in (fits.get(option) for option in options)]
        cells.append(f"{float_less_double(fits):.1e}")
        peers = [f"{first['peers'][peer]:.3f}" for peer in PEERS]
        lines.append("| " + " | ".join([name, str(first["n"]), str(first["rows"]), *cells, *peers])
                     + " |")
    return "\n".join(lines) + "\n"


def read(path):
    with open(path) as file:
        return json.load(file)


def main():
    fits, peers, flow, output, *pages = sys.argv[1:]
    results = joined(read(fits), read(peers), read(flow))
    with open(output, "w") as file:
        json.dump(results, file, indent=1)
    print(table(results), end="")
    for page in pages:
        with open(page) as file:
            text = file.read()
        with open(page, "w") as file:
            file.write(MARKERS.sub(lambda at: at[1] + table(results) + at[2], text))


if __name__ == "__main__":
    main()
