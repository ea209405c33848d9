"""Reads the table of options out of the lists X(path, name, row, applies_to, sentence) of finn/."""

import glob
import os
import re
from dataclasses import dataclass

from .header import ROOT

STRUCTS = ["finn_mixture_options", "finn_mlp_options", "finn_constraint_options",
           "finn_conditioning_options", "finn_training_options", "finn_chain_options"]


@dataclass
class Option:
    """A row. type is the function of core/option.hpp that makes it: integer, any_integer, number,
    flag, choice or integers."""

    name: str
    type: str
    default: str
    limits: str  # "1 .. 64", "above 0", "in [0, 1)"; "" for a flag, a choice and any integer
    applies_to: str
    sentence: str


def arguments(text):
    """The parts of a text between the commas outside of brackets and quotes."""
    parts, depth = [""], 0
    for token in re.findall(r'"(?:[^"\\]|\\.)*"|.', text, re.S):
        depth += (token == "(") - (token == ")")
        if token == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += token
    return [part.strip() for part in parts]


def unquoted(text):
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text))


def calls(text, name):
    """What stands between the brackets of each call of this name, a regular expression."""
    found = []
    for match in re.finditer(r"\b%s\(" % name, text):
        depth, end = 1, match.end()
        while depth:
            quoted = re.compile(r'"(?:[^"\\]|\\.)*"').match(text, end)
            depth += (text[end] == "(") - (text[end] == ")")
            end = quoted.end() if quoted else end + 1
        found.append(text[match.end():end - 1])
    return found


def constants(text):
    """The numbers that the file gives names to: a shift or a plain one."""
    found = {}
    pattern = r"inline constexpr [\w:]+ (k\w+) = (?:std::int64_t\{)?(\d+)\}?(?: << (\d+))?;"
    for name, number, shift in re.findall(pattern, text):
        found[name] = int(number) << int(shift or 0)
    return found


def limits_of(row, numbers):
    """The limits of a row as a person writes them."""
    first = calls(row, r"core::\w+")[0]
    given = arguments(first)
    if row.startswith(("core::integer(", "core::integers(")):
        least, most = (word if word.isdigit() else numbers[word.split("::")[-1]]
                       for word in given[-2:])
        return "%s .. %s" % (least, most)
    bounds = dict(re.findall(r"\.(at_least|above|below|at_most)\(([^)]*)\)", row))
    if "below" in bounds or "at_most" in bounds:
        low = "[%(at_least)s" % bounds if "at_least" in bounds else "(%(above)s" % bounds
        high = "%(below)s)" % bounds if "below" in bounds else "%(at_most)s]" % bounds
        return "in %s, %s" % (low, high)
    if "above" in bounds:
        return "above " + bounds["above"]
    return "at least " + bounds["at_least"] if "at_least" in bounds else ""


def option(entry, numbers):
    name, row, applies_to, sentence = arguments(entry)[-4:]
    kind = re.match(r"core::(\w+)\(", row)[1]
    default = arguments(calls(row, r"core::\w+")[0])[1 if kind == "integers" else 0]
    return Option(name, kind, unquoted(default), limits_of(row, numbers), unquoted(applies_to),
                  unquoted(sentence))


def sources():
    """The texts of the headers that have lists."""
    for path in sorted(glob.glob(os.path.join(ROOT, "finn", "**", "*.hpp"), recursive=True)):
        with open(path, encoding="ascii") as file:
            text = file.read()
        if re.search(r"#define FINN_\w+_OPTIONS\(X", text):
            yield text


def read():
    """{struct: [Option]} in the order of the fields."""
    text = "".join(sources())
    numbers, found = constants(text), {}
    for struct in STRUCTS:
        pattern = r"#define %s\(X(?:, Y)?\)((?:.*\\\n)*.*\n)" % struct.upper()
        body = re.search(pattern, text)[1].replace("\\\n", "\n")
        found[struct] = [option(entry, numbers) for entry in calls(body, "[XY]")]
    return found
