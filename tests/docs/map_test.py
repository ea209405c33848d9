"""docs/MAP.md names every source of the library in the section of its room, and nothing else."""

import os
import re
import sys
import unittest

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ROOMS = ("core", "ops", "finn", "capi", "program")


def sources():
    """(section of the page, stem as it is written there) of every source."""
    for room in ROOMS:
        for folder, _, names in os.walk(os.path.join(ROOT, room)):
            place = os.path.relpath(folder, ROOT)
            section, prefix = ("ops", "kernels/") if place == "ops/kernels" else (place, "")
            for name in names:
                if name.endswith((".hpp", ".cpp")):
                    yield section, prefix + os.path.splitext(name)[0]


def named(page):
    """The names in the first cells of the tables. In a row a folder stands before its first file
    only: `kernels/exp`, `log`."""
    section = ""
    for line in page.split("\n"):
        if line.startswith("#"):
            section = line.strip("# ")
        if not line.startswith("| `") or section.split("/")[0] not in ROOMS:
            continue
        prefix = ""
        for name in re.findall(r"`([\w/.]+)`", line.split("|")[1]):
            prefix = name[:name.rindex("/") + 1] or prefix if "/" in name else prefix
            yield section, prefix + re.sub(r"\.[a-z]+$", "", name.rpartition("/")[2])


class Map(unittest.TestCase):
    def setUp(self):
        with open(os.path.join(ROOT, "docs", "MAP.md"), encoding="utf-8") as file:
            self.page = file.read()

    def test_names_every_source_in_the_section_of_its_room(self):
        self.assertEqual(sorted(set(sources()) - set(named(self.page))), [])

    def test_names_nothing_that_is_gone(self):
        others = {"finn", "finn.map", "finn.symbols", "finn.1"}
        self.assertEqual(sorted(entry for entry in set(named(self.page)) - set(sources())
                                if entry[1] not in others), [])

    def test_misses_a_row_that_is_taken_out(self):
        rows = [line for line in self.page.split("\n") if line.startswith("| `domain_tile`")]
        self.assertEqual(len(rows), 1)
        without = self.page.replace(rows[0], "")
        self.assertEqual(set(sources()) - set(named(without)), {("finn/domains", "domain_tile")})


if __name__ == "__main__":
    unittest.main()
