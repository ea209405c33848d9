#!/usr/bin/env python3
"""Prints the tests that took longest in the last run of ctest.

    slowest.py BUILD_FOLDER [COUNT]
"""
import json
import pathlib
import sys


def tests(folder):
    """(seconds, name) of every test that GoogleTest has written a time of."""
    for path in sorted((folder / "tests" / "times").glob("*.json")):
        room = path.stem.rpartition("_")[0]
        for suite in json.loads(path.read_text())["testsuites"]:
            for test in suite["testsuite"]:
                name = f"{room}: {suite['name']}.{test['name']}"
                yield float(test["time"].rstrip("s")), name


def main():
    folder = pathlib.Path(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    times = sorted(tests(folder), reverse=True)
    if not times:
        return
    total = sum(seconds for seconds, _ in times)
    print(f"The slowest of {len(times)} tests, {total:.0f} s in all:")
    for seconds, name in times[:count]:
        print(f"  {seconds:6.2f} s  {name}")


main()
