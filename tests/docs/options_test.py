"""docs/OPTIONS.md names every option of finn.h, and the lines of the docs have their length."""

import glob
import os
import re
import sys
import unittest

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "bindings"))
from generator import header

STRUCTS = ("finn_model_options", "finn_linear_constraint", "finn_map_options",
           "finn_training_options")


def text_of(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def constants_of(declarations, alias):
    """Enumerators of a type without their common beginning: finn_read_out has LAST and DENSE."""
    found = [d.name for d in declarations if d.kind == "constant" and d.type == alias]
    beginning = os.path.commonprefix(found).rpartition("_")[0]
    return [name[len(beginning) + 1:] for name in found]


def options(declarations):
    """What the page has to name: (struct or "", field or function, enumerator or "")."""
    for d in declarations:
        if d.name in STRUCTS:
            for field in d.members:
                yield d.name, field.name, ""
                for constant in constants_of(declarations, field.type):
                    yield d.name, field.name, constant
        elif re.fullmatch(r"finn_domain_(?!destroy|variables|limits|to_)\w+", d.name):
            yield "", d.name, ""
    for constant in constants_of(declarations, "finn_tail"):
        yield "", "finn_tail", constant


def named(page):
    """What the rows of the page name. The struct is the last one in the text before a table, the
    field the last one in the first cells; an enumerator stands behind it, or behind two dots."""
    struct, fields = "", []
    for line in page.split("\n"):
        if line.startswith("#"):
            struct = ""
        if not line.startswith("| "):
            struct = ([name for name in STRUCTS if name in line] or [struct])[-1]
            continue
        cell = line.split("|")[1]
        if "`" in cell:
            fields = re.findall(r"`(\w+)`", cell)
            yield from ((struct, field, "") for field in fields)
        for constant in re.findall(r"(?<!`)\b[A-Z0-9_]+\b(?!`)", cell):
            yield from ((struct, field, constant) for field in fields)


def missing(declarations, page):
    return sorted(set(options(declarations)) - set(named(page)))


class Options(unittest.TestCase):
    def setUp(self):
        self.declarations = header.read()
        self.page = text_of("docs", "OPTIONS.md")

    def test_are_all_named(self):
        self.assertEqual(missing(self.declarations, self.page), [])

    def test_that_lose_their_row_are_missed(self):
        lines = self.page.split("\n")
        rows = [i for i, line in enumerate(lines) if re.match(r"\| (`|\.\. [A-Z])", line)]
        self.assertGreater(len(rows), 100)
        for row in rows:
            self.assertNotEqual(
                missing(self.declarations, "\n".join(lines[:row] + lines[row + 1:])), [], lines[row])

    def test_that_are_new_in_the_header_are_missed(self):
        struct = next(d for d in self.declarations if d.name == "finn_training_options")
        struct.members.append(header.Variable("surprise", "double"))
        self.declarations.append(
            header.Declaration("constant", "FINN_READ_OUT_FIRST", type="finn_read_out", value=2))
        self.assertEqual(missing(self.declarations, self.page),
                         [("finn_model_options", "read_out", "FIRST"),
                          ("finn_training_options", "surprise", "")])


class Lines(unittest.TestCase):
    def test_have_at_most_100_columns_but_for_rows_of_tables(self):
        pages = sorted(glob.glob(os.path.join(ROOT, "*.md")) +
                       glob.glob(os.path.join(ROOT, "docs", "*.md")))
        self.assertGreater(len(pages), 10)
        for path in pages:
            for number, line in enumerate(text_of(path).split("\n"), 1):
                if not line.startswith("|"):
                    self.assertLessEqual(len(line), 100, "%s:%d" % (path, number))


if __name__ == "__main__":
    unittest.main()
