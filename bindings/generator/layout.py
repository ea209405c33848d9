"""A C program that prints what the bindings must agree with: sizes, offsets and values."""

NOTE = "/* Made from capi/finn.h by bindings/generate.py; do not edit. */\n"


def program(found):
    lines = ""
    for d in found:
        if d.kind in ("macro", "constant"):
            lines += "  CONSTANT(%s);\n" % d.name
        elif d.kind == "struct":
            lines += "  STRUCT(%s);\n" % d.name
            lines += "".join("  FIELD(%s, %s);\n" % (d.name, f.name) for f in d.members)
    return (NOTE + """\
#include <finn.h>
#include <stddef.h>
#include <stdio.h>

#define CONSTANT(name) printf("constant %s %d\\n", #name, (int)(name))
#define STRUCT(type) printf("struct %s %d\\n", #type, (int)sizeof(type))
#define FIELD(type, name)                                                \\
  printf("field %s %s %d %d\\n", #type, #name, (int)offsetof(type, name), \\
         (int)sizeof(((type*)0)->name))

int main(void) {
""" + lines + "  return 0;\n}\n")
