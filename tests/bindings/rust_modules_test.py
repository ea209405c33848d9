"""The modules of the Rust crate use each other in one direction only: their arrows have no circle."""

import glob
import os
import re
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOURCES = os.path.join(ROOT, "bindings", "rust", "libfinn", "src", "*.rs")


def uses_of(source):
    """The modules that a source names by their path from the root of the crate; comments do not
    count, as they may point anywhere."""
    code = re.sub(r"//[^\n]*", "", source)
    found = set(re.findall(r"\bcrate::([a-z_]+)\b", code))
    for group in re.findall(r"\bcrate::\{([^;]*)\};", code):
        found |= set(re.findall(r"(?:^|,)\s*([a-z_]+)\b", group))
    return found


def circle_in(arrows):
    """The modules along one circle, the first one again at the end; [] if there is none."""
    done = set()

    def walk(path):
        for module in sorted(arrows.get(path[-1], ())):
            if module in path:
                return path[path.index(module):] + [module]
            circle = walk(path + [module]) if module not in done else []
            if circle:
                return circle
        done.add(path[-1])
        return []

    for module in sorted(arrows):
        circle = walk([module]) if module not in done else []
        if circle:
            return circle
    return []


def arrows_of_the_crate():
    arrows = {}
    for path in glob.glob(SOURCES):
        name = os.path.splitext(os.path.basename(path))[0]
        if name == "lib":  # which holds all of them
            continue
        with open(path, encoding="utf-8") as file:
            arrows[name] = uses_of(file.read()) - {name}
    return {name: uses & set(arrows) for name, uses in arrows.items()}


class RustModules(unittest.TestCase):
    def test_the_arrows_of_the_crate_have_no_circle(self):
        arrows = arrows_of_the_crate()
        self.assertIn("model", arrows["query"])  # that arrows are found at all
        self.assertEqual(circle_in(arrows), [])

    def test_a_circle_is_found(self):
        self.assertEqual(circle_in({"a": {"b"}, "b": {"c", "d"}, "c": set(), "d": {"b"}}),
                         ["b", "d", "b"])
        self.assertEqual(circle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}), [])

    def test_every_form_of_use_is_an_arrow_and_a_comment_is_none(self):
        self.assertEqual(uses_of("use crate::query::rows_of;\nlet x = crate::real::one();\n"
                                 "use crate::{error::{Error, Result}, model::Model};\n"
                                 "/// As [`crate::trainer::Trainer`].\n"),
                         {"query", "real", "error", "model"})


if __name__ == "__main__":
    unittest.main()
