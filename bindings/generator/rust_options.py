"""The options structs of finn.h as builders in Rust: a method for each field, with its comment."""

import re
import textwrap

from .rust import NOTE, TYPES, documented

STRUCTS = ["finn_mixture_options", "finn_mlp_options", "finn_constraint_options",
           "finn_conditioning_options", "finn_training_options"]
NOT_SET_ALONE = ("struct_size", "reserved", "hidden_layers")  # the layers are as many as the widths
FLAG = re.compile(r"\b1(?=:| for )")


def camel(name):
    return "".join(word.capitalize() for word in name.split("_")[1:])


def is_flag(field):
    return field.type == "int32_t" and FLAG.search(field.doc) is not None


def sentence(field, constants, layers):
    """The comment of the field as a sentence; the values of a choice get their names in Rust."""
    text = field.doc
    if field.length:
        text = "one for each hidden layer (%s), %s" % (layers, text.replace("of each of them, ", ""))
    if is_flag(field):
        text = FLAG.sub("true", text).replace("default 0", "default false")
    if field.type.startswith("finn_"):
        prefix = "FINN_%s_" % field.type[len("finn_"):].upper()
        for name in constants[field.type]:
            variant = "`%s`" % camel("_" + name[len(prefix):])
            text = re.sub(r"\b(%s)?%s\b" % (prefix, name[len(prefix):]), variant, text)
        if "default" not in text:
            first = camel("_" + constants[field.type][0][len(prefix):])
            text = "%sdefault `%s`" % (text + "; " if text else "", first)
        text = "a [`%s`]; %s" % (camel(field.type), text)
        text = re.sub(r"^a (?=\[`[AEIO])", "an ", text)
    text = text.replace("FINN_MAX_HIDDEN_LAYERS", "64").replace(" .. ", " ..= ")
    text = re.sub(r"\[(?=[0-9])", r"\\[", text)
    return "`%s`: %s." % (field.name, text)


def setter(field, constants):
    kind, value = TYPES.get(field.type), field.name
    if field.length:
        return ("    pub fn {0}(mut self, {0}: &[i32]) -> Self {{\n"
                "        self.fields.hidden_layers = count({0});\n"
                "        for (own, given) in self.fields.{0}.iter_mut().zip({0}) {{\n"
                "            *own = *given;\n        }}\n        self\n    }}\n").format(value)
    if is_flag(field):
        kind, value = "bool", "i32::from(%s)" % field.name
    elif kind is None:
        kind, value = camel(field.type), "%s as i32" % field.name
    return ("    pub fn {0}(mut self, {0}: {1}) -> Self {{\n        self.fields.{0} = {2};\n"
            "        self\n    }}\n").format(field.name, kind, value)


def struct(d, constants):
    name = camel(d.name)
    doc = d.doc or "Options of a [`%s`](crate::%s)." % (2 * (name[:-len("Options")],))
    layers = "".join(field.doc for field in d.members if field.name == "hidden_layers")
    head = "options_struct! {\n%s    %s, %s, %s_init, %s\n}\n" % (
        documented(doc, "    "), name, d.name, d.name, name[:-len("Options")])
    methods = ""
    for field in d.members:
        if field.name not in NOT_SET_ALONE:
            methods += "\n" * bool(methods) + documented(sentence(field, constants, layers), "    ")
            methods += setter(field, constants)
    return "\n%s\nimpl %s {\n%s}\n" % (head, name, methods)


def imported(names):
    text = "use crate::enumerations::{%s};\n" % ", ".join(names)
    if len(text) <= 100:  # with the end of the line: rustfmt wants one character free
        return text
    inner = textwrap.fill(", ".join(names) + ",", 100, initial_indent="    ",
                          subsequent_indent="    ")
    return "use crate::enumerations::{\n%s\n};\n" % inner


def builders(found):
    constants = {}
    for d in found:
        if d.kind == "constant":
            constants.setdefault(d.type, []).append(d.name)
    structs = [d for d in found if d.name in STRUCTS]
    names = sorted({camel(f.type) for d in structs for f in d.members if f.type in constants})
    return ("%s//! The options structs: builders whose defaults are those of the library.\n"
            "%suse crate::options::options_struct;\nuse crate::rows::count;\n%s" %
            (NOTE, imported(names), "".join(struct(d, constants) for d in structs)))
