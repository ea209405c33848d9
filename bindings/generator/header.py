"""Reads capi/finn.h, whose regular style is the grammar: a comment, then what it describes.

Knows no more C than that header uses, and stops at anything else.
"""

import os
import re
import textwrap
from dataclasses import dataclass, field

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
HEADER = os.path.join(ROOT, "capi", "finn.h")


@dataclass
class Variable:
    """A parameter, or a field of a struct. type is as in C, with one space around each '*'."""

    name: str
    type: str
    doc: str = ""
    length: str = ""  # of a field that is an array: a number or the name of a macro


@dataclass
class Declaration:
    """kind: macro, alias (an enumeration), constant, struct, opaque, callback or function."""

    kind: str
    name: str
    doc: str = ""
    type: str = ""  # of an alias, a constant, or what a callback or a function returns
    value: int = 0
    members: list = field(default_factory=list)  # fields or parameters


def clean(comment):
    """The text of a C comment, line by line."""
    lines = comment[2:-2].split("\n")
    return "\n".join(re.sub(r"^ \* ?", "", line).rstrip() for line in lines).strip()


def refilled(doc, width):
    """The text with the lines of its paragraphs broken anew; those of a table are kept whole."""
    lines, paragraph = [], []
    for line in doc.split("\n") + [""]:
        if line and not line.startswith(" "):
            paragraph.append(line)
            continue
        lines += textwrap.wrap(" ".join(paragraph), width)
        lines.append(line if len(line) <= width else re.sub("  +", "  ", line))
        paragraph = []
    return "\n".join(lines[:-1])


def one_space(c_type):
    return " ".join(c_type.replace("*", " * ").split())


def variable(text, doc=""):
    match = re.fullmatch(r"(.*?)(\w+)(?:\[(\w+)\])?", text.strip(), re.S)
    return Variable(match[2], one_space(match[1]), doc, match[3] or "")


def parameters(text):
    return [] if text.strip() == "void" else [variable(part) for part in text.split(",")]


def members(body, end):
    """(text, doc) of what stands between braces; a comment follows on the same line."""
    pattern = r"\s*((?:[^;,/]|/(?!\*))+)%s?[ \t]*(/\*.*?\*/)?" % end
    return [(m[1].strip(), " ".join(clean(m[2]).split()) if m[2] else "")
            for m in re.finditer(pattern, body, re.S) if m[1].strip()]


TOKENS = re.compile(r"""
    (?P<comment>/\*.*?\*/)
  | \#define\ (?P<macro>\w+)\ (?P<number>\d+)\n
  | (?P<preprocessor>\#(?:[^\n\\]|\\\n|\\.)*\n)
  | extern\ "C"\ \{ | \}\s*(?=\#endif)
  | typedef\ enum\ (?P<enumeration>\w+)\ FINN_INT32\ \{(?P<constants>.*?)\}\ (?P=enumeration);
  | typedef\ char\ \w+\[[^;]*\];
  | typedef\ struct\ (?P<struct>\w+)\ \{(?P<fields>.*?)\}\ (?P=struct);
  | typedef\ struct\ (?P<opaque>\w+)\ (?P=opaque);
  | typedef\ (?P<returned>\w+)\ \(\*(?P<callback>\w+)\)\((?P<callback_parameters>.*?)\);
  | FINN_API\ (?P<result>[\w\ ]+?[\ \*]+)(?P<function>\w+)\((?P<function_parameters>.*?)\);
  | (?P<blank>\n\n+) | \s+
""", re.X | re.S)


def constants(text, alias):
    for item, doc in members(text, ","):
        name, value = item.split("=")
        yield Declaration("constant", name.strip(), doc, alias, int(value))


def read(path=HEADER):
    """The declarations of the header, in order."""
    with open(path, encoding="ascii") as file:
        text = file.read()
    found, doc, at = [], "", 0
    while at < len(text):
        m = TOKENS.match(text, at)
        if m is None:
            raise ValueError("%s: not understood: %r" % (path, text[at:at + 80]))
        at = m.end()
        if m["comment"]:
            doc = clean(m["comment"])
            continue
        if m["macro"]:
            found.append(Declaration("macro", m["macro"], doc, "int32_t", int(m["number"])))
        elif m["enumeration"]:
            found.append(Declaration("alias", m["enumeration"], doc, "int32_t"))
            found += constants(m["constants"], m["enumeration"])
        elif m["struct"]:
            fields = [variable(item, note) for item, note in members(m["fields"], ";")]
            found.append(Declaration("struct", m["struct"], doc, members=fields))
        elif m["opaque"]:
            found.append(Declaration("opaque", m["opaque"], doc))
        elif m["callback"]:
            found.append(Declaration("callback", m["callback"], doc, m["returned"],
                                     members=parameters(m["callback_parameters"])))
        elif m["function"]:
            found.append(Declaration("function", m["function"], doc, one_space(m["result"]),
                                     members=parameters(m["function_parameters"])))
        elif not m["blank"]:
            continue
        doc = ""
    return found


def functions(path=HEADER):
    return [d.name for d in read(path) if d.kind == "function"]
