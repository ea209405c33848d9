"""Joins what bench_files and peers.py measured, and writes the table of docs/QUALITY.md.

    table.py FITS PEERS OUTPUT [PAGE]    build/bench/quality.json, and the table of PAGE
"""

import json
import re
import sys

MARKERS = re.compile(r"(<!-- table of quality, by table.py -->\n).*?(<!-- end of table -->)", re.S)


def joined(fits, peers):
    problems = []
    for fit in fits:
        losses = sorted(fit["losses"])
        problems.append({
            "name": fit["name"], "n": fit["n"], "rows": fit["rows"], "option": fit["option"],
            "median": losses[len(losses) // 2], "worst": losses[-1], "best_possible": None,
            "seconds": fit["seconds"], "peers": peers[fit["name"]],
        })
    return problems


def table(problems):
    options = list(dict.fromkeys(problem["option"] for problem in problems))
    lines = ["| set | n | rows | " + " | ".join(options) + " | gmm | kde |",
             "|---|---|---|" + "---|" * (len(options) + 2)]
    for name in dict.fromkeys(problem["name"] for problem in problems):
        fits = {p["option"]: p for p in problems if p["name"] == name}
        first = fits[options[0]]
        cells = [f"{p['median']:.3f} ({p['worst']:.3f}), {p['seconds']:.0f} s"
                 for p in (fits[option] for option in options)]
        peers = [f"{first['peers'][peer]:.3f}" for peer in ("gmm", "kde")]
        lines.append("| " + " | ".join([name, str(first["n"]), str(first["rows"]), *cells, *peers])
                     + " |")
    return "\n".join(lines) + "\n"


def read(path):
    with open(path) as file:
        return json.load(file)


def main():
    fits, peers, output, *pages = sys.argv[1:]
    problems = joined(read(fits), read(peers))
    with open(output, "w") as file:
        json.dump({"problems": problems}, file, indent=1)
    print(table(problems), end="")
    for page in pages:
        with open(page) as file:
            text = file.read()
        with open(page, "w") as file:
            file.write(MARKERS.sub(lambda at: at[1] + table(problems) + at[2], text))


if __name__ == "__main__":
    main()
