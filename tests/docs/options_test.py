"""docs/OPTIONS.md is the table of options of the library, which is that of finn.h; it explains every
choice and names every constructor of a part. And the lines of the docs have their length.

    options_test.py OPTION_ROWS    docs/option_rows.c, built, or a file with what it prints
"""

import glob
import os
import re
import sys
import unittest

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "bindings"))
sys.path.insert(0, os.path.join(ROOT, "docs"))
import generate_options
from generator import header

PARTS = ("network", "domain", "constraint", "conditioning")
NO_OPTIONS = ("struct_size", "reserved")


def text_of(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def choices_of(declarations, alias):
    """Enumerators of a type as options by name have them, without their common beginning and in
    lower case: finn_schedule has cosine, one_cycle and so on. [] for a type that has none."""
    found = [d.name for d in declarations if d.kind == "constant" and d.type == alias]
    beginning = os.path.commonprefix(found).rpartition("_")[0]
    return [name[len(beginning) + 1:].lower() for name in found]


def options(declarations):
    """struct -> its fields that are options."""
    return {d.name: [field for field in d.members if field.name not in NO_OPTIONS]
            for d in declarations
            if re.fullmatch(r"finn_(?!map_)\w+_options", d.name) and d.kind == "struct"}


def constructors(declarations):
    """Functions that make a part."""
    for part in PARTS:
        handle = "finn_%s * *" % part
        for d in declarations:
            if d.kind == "function" and d.name.startswith("finn_%s_" % part) and \
                    any(p.type == handle for p in d.members):
                yield d


def type_of(declarations, field):
    if field.length:
        return "integers"
    if choices_of(declarations, field.type):
        return "choice"
    return {"double": "number"}.get(field.type, "integer")


def contradiction(declarations, field, row):
    """What a row says that its field in finn.h does not, or None."""
    choices = choices_of(declarations, field.type)
    kind = type_of(declarations, field)
    if row.name != field.name or row.type != kind and (row.type, kind) != ("flag", "integer"):
        return "%s is %s, %s is %s" % (row.name, row.type, field.name, kind)
    if row.choices != choices[len(choices) - len(row.choices):]:
        return "%s: %s" % (field.name, row.choices)
    said = re.search(r"default ([\w.-]+)", field.doc)
    if said is None:
        expected = choices[:1]  # without a word of it, 0
    elif choices:
        expected = [said[1].lower().rpartition("_")[2]]
    elif row.type == "flag":
        expected = [{"0": "false", "1": "true"}[said[1]]]
    else:
        expected = [said[1]]
    if set(row.default.split(", ")) != set(expected):
        return "%s: default %s, in finn.h %s" % (field.name, row.default, expected)
    return None


def to_explain(declarations):
    """(section of the page, option or argument, choice) of all choices."""
    for struct, fields in options(declarations).items():
        for field in fields:
            for choice in choices_of(declarations, field.type):
                if (struct, field.name, choice) != ("finn_mixture_options", "positivity", "none"):
                    yield struct, field.name, choice
    create = next(d for d in declarations if d.name == "finn_model_create")
    for function in (*constructors(declarations), create):
        for argument in function.members:
            for choice in choices_of(declarations, argument.type):
                yield "", argument.name, choice


def explained(page):
    """The same of the rows of the page: `option` choice, and further choices behind two dots."""
    struct, option = "", ""
    for line in page.split("\n"):
        if line.startswith("## "):
            struct = next(iter(re.findall(r"finn_\w+_options", line)), "")
        match = re.match(r"\| (?:`(\w+)`|\.\.) (\w+) \| \S", line)
        if match:
            option = match[1] or option
            yield struct, option, match[2]


def unnamed(declarations, page):
    return sorted(d.name for d in constructors(declarations) if "`%s`" % d.name not in page)


class Table(unittest.TestCase):
    def setUp(self):
        self.declarations = header.read()
        self.rows = generate_options.read(OPTION_ROWS)

    def contradictions(self):
        for struct, fields in options(self.declarations).items():
            rows = [row for row in self.rows if row.struct == struct]
            if len(rows) != len(fields):
                yield "%s: %d rows, %d fields" % (struct, len(rows), len(fields))
            for field, row in zip(fields, rows):
                if (wrong := contradiction(self.declarations, field, row)) is not None:
                    yield wrong

    def test_is_that_of_the_header(self):
        self.assertEqual(len(options(self.declarations)), 6)
        self.assertEqual(list(self.contradictions()), [])

    def test_that_contradicts_the_header_is_found(self):
        for spoil in (lambda row: setattr(row, "default", "7"),
                      lambda row: setattr(row, "name", "surprise"),
                      lambda row: setattr(row, "type", "text")):
            for i in range(len(self.rows)):
                self.rows = generate_options.read(OPTION_ROWS)
                spoil(self.rows[i])
                self.assertEqual(len(list(self.contradictions())), 1, self.rows[i])

    def test_without_a_row_or_a_choice_is_found(self):
        del self.rows[-1]
        self.assertEqual(len(list(self.contradictions())), 1)
        for row in self.rows:
            if row.choices:
                row.choices = row.choices[:-1]
        choices = sum(1 for row in self.rows if row.type == "choice")
        self.assertEqual(len(list(self.contradictions())), 1 + choices)


class Page(unittest.TestCase):
    def setUp(self):
        self.declarations = header.read()
        self.page = text_of("docs", "OPTIONS.md")

    def unexplained(self, page):
        return sorted(set(to_explain(self.declarations)) - set(explained(page)))

    def test_has_the_rows_of_the_library(self):
        rows = generate_options.read(OPTION_ROWS)
        self.assertEqual(self.page, generate_options.written(self.page, rows),
                         "docs/generate_options.py writes them anew")
        tables = [struct for _, struct, _ in generate_options.MARKERS.findall(self.page)]
        self.assertEqual(tables, list(options(self.declarations)))

    def test_with_another_row_is_another_page(self):
        rows = generate_options.read(OPTION_ROWS)
        rows[3].sentence += ", perhaps"
        self.assertNotEqual(self.page, generate_options.written(self.page, rows))

    def test_explains_every_choice(self):
        self.assertEqual(self.unexplained(self.page), [])
        self.assertEqual(sorted(set(explained(self.page)) - set(to_explain(self.declarations))), [])

    def test_that_loses_an_explanation_is_found(self):
        lines = self.page.split("\n")
        rows = [i for i, line in enumerate(lines) if re.match(r"\| (`\w+`|\.\.) \w+ \|", line)]
        self.assertGreater(len(rows), 50)
        for row in rows:
            without = "\n".join(lines[:row] + lines[row + 1:])
            self.assertNotEqual(self.unexplained(without), [], lines[row])

    def test_misses_a_choice_that_is_new_in_the_header(self):
        self.declarations.append(
            header.Declaration("constant", "FINN_LOSS_HINGE", type="finn_loss", value=6))
        self.assertEqual(self.unexplained(self.page), [("finn_training_options", "loss", "hinge")])

    def test_names_every_constructor(self):
        self.assertGreater(len(list(constructors(self.declarations))), 25)
        self.assertEqual(unnamed(self.declarations, self.page), [])
        self.assertEqual(unnamed(self.declarations, self.page.replace("`finn_domain_disk`", "")),
                         ["finn_domain_disk"])


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
    OPTION_ROWS = sys.argv.pop()
    unittest.main()
