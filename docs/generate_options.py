#!/usr/bin/env python3
"""Writes the table of options into docs/OPTIONS.md, between its markers.

    docs/generate_options.py build/dev/tests/docs/option_rows    write docs/OPTIONS.md anew

The argument is docs/option_rows.c, built with the library, or a file with what it prints.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "OPTIONS.md")
MARKERS = re.compile(r"(<!-- rows of (\w+), by generate_options.py -->\n).*?(<!-- end of rows -->)",
                     re.S)


@dataclass
class Row:
    struct: str
    name: str
    type: str
    default: str
    least: float
    least_is_excluded: bool
    most: float
    most_is_excluded: bool
    choices: list
    applies_to: str
    sentence: str

    def values(self):
        """What the option may be, as the messages of the library say it."""
        if self.type == "flag":
            return "false, true"
        if self.type == "choice":
            return ", ".join(self.choices)
        least, most = ("%d" % limit if limit == int(limit) else "%g" % limit
                       for limit in (self.least, min(self.most, 2.0**64)))
        if self.type in ("integer", "integers"):
            each = ", each" if self.type == "integers" else ""
            return "64 bits" if self.most >= 2.0**64 else "%s .. %s%s" % (least, most, each)
        if self.most == float("inf"):
            return ("above %s" if self.least_is_excluded else "%s or more") % least
        return "%s%s, %s%s" % ("(" if self.least_is_excluded else "[", least, most,
                               ")" if self.most_is_excluded else "]")

    def line(self):
        cells = ("`%s`" % self.name, self.default, self.values(), self.applies_to, self.sentence)
        return "| %s |\n" % " | ".join(cells)


def parsed(text):
    """The rows of what option_rows prints."""
    for line in text.splitlines():
        (struct, name, kind, default, least, least_is_excluded, most, most_is_excluded, choices,
         applies_to, sentence) = line.split("\t")
        yield Row(struct, name, kind, default, float(least), least_is_excluded == "1", float(most),
                  most_is_excluded == "1", choices.split(", ") if choices else [], applies_to,
                  sentence)


def read(source):
    """The rows that a program prints, or that stand in a file."""
    if os.access(source, os.X_OK):
        text = subprocess.run([source], check=True, capture_output=True, encoding="utf-8").stdout
    else:
        with open(source, encoding="utf-8") as file:
            text = file.read()
    return list(parsed(text))


def table(rows):
    head = "| option | default | values | for | what it does |\n|---|---|---|---|---|\n"
    return head + "".join(row.line() for row in rows)


def written(page, rows):
    """The page with its tables made of these rows."""
    def of_struct(match):
        return match[1] + table(row for row in rows if row.struct == match[2]) + match[3]
    return MARKERS.sub(of_struct, page)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__.strip())
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    with open(PAGE, "w", encoding="utf-8") as file:
        file.write(written(page, read(sys.argv[1])))


if __name__ == "__main__":
    main()
