"""The declarations of finn.h in Rust, and the table by which their layout is tested."""

from .header import refilled

NOTE = "// Made from capi/finn.h by bindings/generate.py; do not edit.\n"

TYPES = {"void": "c_void", "char": "c_char", "float": "f32", "double": "f64", "int32_t": "i32",
         "int64_t": "i64", "uint32_t": "u32", "uint64_t": "u64"}


def rust_type(c_type):
    """const double * -> *const f64, finn_model * * -> *mut *mut finn_model; const stands before the
    name or before the star that points to what it protects."""
    words = c_type.split()
    name = [word for word in words if word not in ("const", "*")][0]
    text, protected = TYPES.get(name, name), False
    for word in words:
        if word == "*":
            text, protected = ("*const " if protected else "*mut ") + text, False
        protected = protected or word == "const"
    return text


def documented(doc, indent=""):
    return "".join("%s/// %s\n" % (indent, line) if line else "%s///\n" % indent
                   for line in refilled(doc, 96 - len(indent)).split("\n")) if doc else ""


def identifier(name):
    """A name that is a word of the language has a mark in front of it."""
    return "r#type" if name == "type" else name


def parameters(declaration):
    return ["%s: %s" % (identifier(p.name), rust_type(p.type)) for p in declaration.members]


def signature(head, items, tail):
    """head(items)tail as rustfmt breaks it: on one line where it fits, else one item a line."""
    indent = " " * (len(head) - len(head.lstrip()))
    line = "%s(%s)%s" % (head, ", ".join(items), tail)
    if len(line) <= 100:
        return line + "\n"
    inner = "".join("%s    %s,\n" % (indent, item) for item in items)
    return "%s(\n%s%s)%s\n" % (head, inner, indent, tail)


def struct(d):
    fields = ""
    for field in d.members:
        kind = rust_type(field.type)
        if field.length:
            kind = "[%s; %s as usize]" % (kind, field.length)
        fields += documented(field.doc, "    ") + "    pub %s: %s,\n" % (
            identifier(field.name), kind)
    return "#[repr(C)]\n#[derive(Clone, Copy, Debug)]\npub struct %s {\n%s}\n" % (d.name, fields)


def opaque(d):
    return ("#[repr(C)]\npub struct %s {\n    _private: [u8; 0],\n"
            "    _not_send_sync_or_unpin: PhantomData<(*mut u8, PhantomPinned)>,\n}\n" % d.name)


def returned(d):
    return "" if d.type == "void" else " -> " + rust_type(d.type)


def callback(d):
    pointer = 'unsafe extern "C" fn'
    for break_ in (" ", "\n    "):
        line = "pub type %s =%sOption<%s(%s)%s>;\n" % (
            d.name, break_, pointer, ", ".join(parameters(d)), returned(d))
        if max(map(len, line.split("\n"))) <= 100:
            return line
    return "pub type %s = Option<\n%s>;\n" % (
        d.name, signature("    " + pointer, parameters(d), returned(d) + ","))


def function(d):
    tail = returned(d) + ";"
    return signature("    pub fn %s" % d.name, parameters(d), tail)


def declarations(found):
    types, functions, shared = "", "", ""
    for d in found:
        if d.kind == "function":
            shared = d.name if d.doc else shared
            doc = d.doc or "See `%s`." % shared
            if d.name.endswith("_destroy"):
                doc = "Releases what the function beside it made; does nothing with NULL."
            functions += documented(doc, "    ") + function(d)
            continue
        types += "\n" * (d.kind not in ("constant", "macro")) + documented(d.doc)
        if d.kind in ("macro", "constant"):
            types += "pub const %s: %s = %d;\n" % (d.name, TYPES.get(d.type, d.type), d.value)
        elif d.kind == "alias":
            types += "pub type %s = %s;\n" % (d.name, TYPES[d.type])
        else:
            types += {"struct": struct, "opaque": opaque, "callback": callback}[d.kind](d)
    uses = "use core::ffi::{c_char, c_void};\nuse core::marker::{PhantomData, PhantomPinned};\n"
    return '%s\n%s\n%s\nunsafe extern "C" {\n%s}\n' % (NOTE, uses, types, functions)


def layout_table(found):
    """Calls of the macros of tests/layout.rs, one for each thing that has a size or a value."""
    lines = ""
    for d in found:
        if d.kind in ("macro", "constant"):
            lines += "constant!(%s);\n" % d.name
        elif d.kind == "struct":
            lines += "structure!(%s);\n" % d.name
            lines += "".join("field!(%s, %s);\n" % (d.name, identifier(f.name)) for f in d.members)
    return "%s{\n%s}\n" % (NOTE, lines)
