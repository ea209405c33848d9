#!/usr/bin/env python3
"""Lists the functions of finn.h and which binding covers each: C++, Rust, Julia.

    bindings/coverage.py [HEADER]

A function is covered where the code of the safe layer names it; the generated declarations do not
count, and neither do comments. Fails when a function has no cover and no reason below, or a reason
that no longer holds.
"""

import glob
import os
import re
import sys

sys.dont_write_bytecode = True
from generator import header

SOURCES = {
    "C++": ["capi/finn.hpp"],
    "Rust": ["bindings/rust/libfinn/src/*.rs"],
    "Julia": ["bindings/julia/src/*.jl"],
}
GENERATED = "declarations."
COMMENTS = {"C++": r"//.*", "Rust": r"//.*", "Julia": r'#.*|"""(.|\n)*?"""'}

# finn.hpp includes finn.h, so a C++ program calls what is not wrapped as it is.
AS_IT_IS = "takes no handle and owns nothing: called as it is in C++"
WIDER = "the vector forms of finn.hpp are of double; in float the function is called as it is"
EXCEPTIONS = {
    ("C++", "finn_version_number"): AS_IT_IS,
    ("C++", "finn_version_string"): AS_IT_IS,
    ("C++", "finn_build_info"): AS_IT_IS,
    ("C++", "finn_instruction_set"): AS_IT_IS,
    ("C++", "finn_max_variables"): AS_IT_IS,
    ("C++", "finn_max_mixture_variables"): AS_IT_IS,
    ("C++", "finn_status_name"): AS_IT_IS,
    ("C++", "finn_status_text"): AS_IT_IS,
    ("C++", "finn_repeated_erfc_f64"): AS_IT_IS,
    ("C++", "finn_repeated_erfc_f32"): AS_IT_IS,
    ("C++", "finn_sigma_f32"): WIDER,
    ("C++", "finn_log_sigma_f32"): WIDER,
    ("C++", "finn_model_get_parameters_f32"): WIDER,
    ("C++", "finn_model_set_parameters_f32"): WIDER,
    ("C++", "finn_integrand_vjp_f32"): WIDER,
    ("C++", "finn_antiderivative_f64"): "Model::antiderivative is the mixed partial of subset 0",
    ("C++", "finn_antiderivative_f32"): "Model::antiderivative is the mixed partial of subset 0",
    ("Julia", "finn_map_options_init"): "Domains.map fills each field of the struct itself",
}


def code_of(language):
    text = ""
    for pattern in SOURCES[language]:
        for path in sorted(glob.glob(os.path.join(header.ROOT, pattern))):
            if GENERATED not in path:
                with open(path, encoding="utf-8") as file:
                    text += file.read()
    return re.sub(COMMENTS[language], "", text)


def main(arguments):
    names = header.functions(*arguments[:1])
    code = {language: code_of(language) for language in SOURCES}
    faults, width = [], max(map(len, names))
    for name in names:
        marks = []
        for language in SOURCES:
            covered = re.search(r"\b%s\b" % name, code[language]) is not None
            reason = EXCEPTIONS.get((language, name))
            marks.append("yes" if covered else "-" if reason else "NO")
            if not covered and not reason:
                faults.append("%s: %s has no cover" % (language, name))
            if covered and reason:
                faults.append("%s: %s is covered: drop its exception" % (language, name))
        print("%-*s" % (width, name), *("%s %-3s" % pair for pair in zip(SOURCES, marks)))
    for language, name in EXCEPTIONS:
        if name not in names:
            faults.append("%s: the exception %s is no function of finn.h" % (language, name))
    print("\n".join(faults) or "%d functions, %d exceptions" % (len(names), len(EXCEPTIONS)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
