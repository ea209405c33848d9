"""The options structs of finn.h as builders in Rust: a method for each option of the table."""

import textwrap

from . import option_table
from .rust import NOTE, TYPES, documented

WHENCE = "capi/finn.h and the lists of options of finn/"
DOCS = {
    "finn_mixture_options": "Sizes and forms of a [`Network::mixture`](crate::Network::mixture).",
    "finn_mlp_options": "Sizes and forms of a [`Network::mlp`](crate::Network::mlp).",
    "finn_constraint_options": "What a [`Constraint`](crate::Constraint) has beside its numbers.",
    "finn_conditioning_options":
        "The network of the conditions of a [`Conditioning`](crate::Conditioning).",
    "finn_training_options":
        "How a [`Trainer`](crate::Trainer) trains a model. `docs/TRAINING.md` says what each "
        "option does, when to use it and what it costs.",
    "finn_chain_options": "How a [`Chain`](crate::Chain) is fitted.",
}


def camel(name):
    return "".join(word.capitalize() for word in name.split("_"))


def type_of(field):
    """The enumeration of a field in Rust: finn_loss is Loss."""
    return camel(field.type[len("finn_"):])


def facts(field, option):
    """The values that the option takes, its default, and what it is for."""
    default, kind, limits = option.default, "", option.limits.replace(" .. ", " ..= ")
    if option.type == "choice":
        default, name = camel(default), type_of(field)
        kind = "%s [`%s`], " % ("An" if name[0] in "AEIOU" else "A", name)
    elif option.type == "integers":
        default, kind = "[%s]" % default, "each `%s`, " % limits
    elif "..=" in limits:
        kind = "`%s`, " % limits
    elif limits.startswith("in "):
        kind = "in `%s`, " % limits[len("in "):]
    elif limits:
        kind = "%s, " % limits
    text = "%sby default `%s`" % (kind, default)
    applies = "; for %s" % option.applies_to if option.applies_to else ""
    return "%s%s." % (text[0].upper() + text[1:], applies)


def documentation(field, option):
    return "%s.\n\n%s" % (option.sentence[0].upper() + option.sentence[1:],
                          facts(field, option))


def setter(field, option):
    name, kind, value = field.name, TYPES.get(field.type), field.name
    if option.type == "integers":
        return ("    pub fn {0}(mut self, {0}: &[i32]) -> Self {{\n"
                "        self.fields.hidden_layers = count({0});\n"
                "        for (own, given) in self.fields.{0}.iter_mut().zip({0}) {{\n"
                "            *own = *given;\n        }}\n        self\n    }}\n").format(name)
    if option.type == "flag":
        kind, value = "bool", "i32::from(%s)" % name
    elif option.type == "choice":
        kind, value = type_of(field), "%s as i32" % name
    return ("    pub fn {0}(mut self, {0}: {1}) -> Self {{\n        self.fields.{0} = {2};\n"
            "        self\n    }}\n").format(name, kind, value)


def struct(d, options):
    name, fields = camel(d.name[len("finn_"):]), {field.name: field for field in d.members}
    head = "options_struct! {\n%s    %s, %s, %s_init, %s\n}\n" % (
        documented(DOCS[d.name], "    "), name, d.name, d.name, name[:-len("Options")])
    methods = [documented(documentation(fields[option.name], option), "    ") +
               setter(fields[option.name], option) for option in options]
    return "\n%s\nimpl %s {\n%s}\n" % (head, name, "\n".join(methods))


def imported(names):
    text = "use crate::enumerations::{%s};\n" % ", ".join(names)
    if len(text) <= 100:  # with the end of the line: rustfmt wants one character free
        return text
    inner = textwrap.fill(", ".join(names) + ",", 100, initial_indent="    ",
                          subsequent_indent="    ")
    return "use crate::enumerations::{\n%s\n};\n" % inner


def builders(found):
    table = option_table.read()
    structs = [d for d in found if d.name in table]
    choices = {type_of(field) for d in structs for field in d.members
               if field.type.startswith("finn_")}
    text = "".join(struct(d, table[d.name]) for d in structs)
    return ("%s\n//! The options structs: builders whose defaults are those of the library.\n"
            "%suse crate::options::options_struct;\nuse crate::rows::count;\n%s" %
            (NOTE.replace("capi/finn.h", WHENCE).rstrip(), imported(sorted(choices)), text))
