#!/usr/bin/env python3
"""Makes the declarations of the bindings from capi/finn.h, and the builders of options in Rust from
the lists of options of finn/ too.

    bindings/generate.py            write the files
    bindings/generate.py --check    say which of them differ from what would be written
"""

import os
import sys

sys.dont_write_bytecode = True
from generator import header, julia, layout, rust, rust_options

HERE = os.path.dirname(os.path.abspath(__file__))


def files():
    found = header.read()
    return {
        "rust/libfinn-sys/src/declarations.rs": rust.declarations(found),
        "rust/libfinn-sys/tests/layout_table.rs.in": rust.layout_table(found),
        "rust/libfinn/src/builders.rs": rust_options.builders(found),
        "julia/src/declarations.jl": julia.declarations(found),
        "layout.c": layout.program(found),
    }


def is_current(path, text):
    try:
        with open(path, encoding="ascii") as file:
            return file.read() == text
    except FileNotFoundError:
        return False


def main(arguments):
    stale = []
    for name, text in files().items():
        path = os.path.join(HERE, name)
        if is_current(path, text):
            continue
        stale.append(name)
        if arguments != ["--check"]:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="ascii") as file:
                file.write(text)
    if arguments == ["--check"] and stale:
        print("not what bindings/generate.py makes of capi/finn.h: %s" % ", ".join(stale))
        return 1
    print("%d files, %d %s" % (len(files()), len(stale),
                               "stale" if arguments == ["--check"] else "written"))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
