"""The declarations of finn.h in Julia: bindings/julia/src/declarations.jl."""

import os

from .header import refilled

NOTE = "# Made from capi/finn.h by bindings/generate.py; do not edit.\n"

TYPES = {"void": "Cvoid", "char": "UInt8", "float": "Float32", "double": "Float64",
         "int32_t": "Int32", "int64_t": "Int64", "uint32_t": "UInt32", "uint64_t": "UInt64"}

KEYWORDS = ("begin", "do", "end", "export", "function", "global", "in", "let", "local", "module")


def julia_type(c_type, callbacks=()):
    """const double * -> Ptr{Float64}, const char * -> Cstring; a callback is a Ptr{Cvoid}."""
    words = c_type.split()
    name = [word for word in words if word not in ("const", "*")][0]
    kind = "Ptr{Cvoid}" if name in callbacks else TYPES.get(name, name)
    stars = words.count("*")
    if name == "char" and words[0] == "const":
        kind, stars = "Cstring", stars - 1
    for _ in range(stars):
        kind = "Ptr{%s}" % kind
    return kind


def variable(name):
    """What a parameter is called, which in C may have the name of a keyword of Julia."""
    return name + "_" if name in KEYWORDS else name


def documented(doc):
    return '"""\n%s\n"""\n' % refilled(doc, 92) if doc else ""


def remarked(doc, indent=""):
    """A comment above what it is about."""
    lines = refilled(doc, 90 - len(indent)).split("\n") if doc else []
    return "".join("%s# %s\n" % (indent, line) for line in lines)


def struct(d, callbacks):
    fields = ""
    for field in d.members:
        kind = julia_type(field.type, callbacks)
        if field.length:
            kind = "NTuple{Int(%s),%s}" % (field.length, kind)
        fields += "%s    %s::%s\n" % (remarked(field.doc, "    "), field.name, kind)
    return "struct %s\n%send\n" % (d.name, fields)


def macro_of(d, callbacks):
    """Calls that compute or read and write files let the garbage collector run meanwhile; those
    that take a callback do so in it."""
    calls_back = any(p.type in callbacks for p in d.members)
    works = d.type == "finn_status" and "_create" not in d.name
    is_long = works and any(p.name in ("workspace", "order", "path") for p in d.members)
    return "@long_call" if is_long and not calls_back else "@ccall"


def wrapped(head, items, tail, width=92):
    """head(items)tail, broken between items."""
    lines, line = [], head + "("
    for i, item in enumerate(items):
        piece = item + (", " if i + 1 < len(items) else "")
        last = len(tail) + 1 if i + 1 == len(items) else 0
        if len(line) + len(piece.rstrip()) + last > width:
            lines.append(line.rstrip())
            line = " " * (len(head) - len(head.lstrip()) + 4)
        line += piece
    return "\n".join(lines + [line + ")" + tail])


def function(d, number, callbacks):
    names = [variable(p.name) for p in d.members]
    typed = ["%s::%s" % (variable(p.name), julia_type(p.type, callbacks)) for p in d.members]
    call = wrapped("    %s $(pointers[%d])" % (macro_of(d, callbacks), number), typed,
                   "::" + julia_type(d.type))
    return "%s\n%s\nend\n" % (wrapped("function " + d.name, names, ""), call)


def enumerators(found):
    """Tables from the lower-case names, without what all of an enumeration begin with, to the
    values."""
    text = ""
    for alias in (d.name for d in found if d.kind == "alias"):
        names = [d.name for d in found if d.kind == "constant" and d.type == alias]
        start = os.path.commonprefix(names).rfind("_") + 1
        table = ["%s = %s" % (name[start:].lower(), name) for name in names]
        text += wrapped("const %s_values = " % alias, table, "") + "\n"
    return text


def declarations(found):
    callbacks = [d.name for d in found if d.kind == "callback"]
    functions = [d for d in found if d.kind == "function"]
    text, shared = "", ""
    for d in found:
        if d.kind in ("macro", "constant"):
            text += "%sconst %s = Int32(%d)\n" % (remarked(d.doc), d.name, d.value)
        elif d.kind == "alias":
            text += "\n%sconst %s = %s\n" % (documented(d.doc), d.name, TYPES[d.type])
        elif d.kind == "struct":
            text += "\n" + documented(d.doc) + struct(d, callbacks)
        elif d.kind == "opaque":
            text += "\n%smutable struct %s end\n" % (documented(d.doc), d.name)
        elif d.kind == "function":
            shared = d.name if d.doc else shared
            doc = d.doc or "See `%s`." % shared
            if d.name.endswith("_destroy"):
                doc = "Releases the handle; does nothing with NULL."
            number = functions.index(d) + 1
            text += "\n" + documented(doc) + function(d, number, callbacks)
    symbols = wrapped("const symbols = ", [":" + d.name for d in functions], "")
    return "%s\n%s\n%s\n%s" % (NOTE, symbols, text, enumerators(found))
