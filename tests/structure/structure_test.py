"""The includes of the tree run down and in no circle, every file includes what it names, and every
function of finn.h is defined where a search for its name finds it."""

import glob
import os
import re
import sys
import unittest

sys.dont_write_bytecode = True
import includes
import source

sys.path.insert(0, os.path.join(includes.ROOT, "bindings"))
from generator import header



def tree_of(files):
    return {path: source.read(path, text) for path, text in files.items()}


def errors(files):
    return includes.errors(tree_of(files))


def including(*paths):
    return "#pragma once\n" + "".join('#include "%s"\n' % path for path in paths)


class Tree(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.tree = includes.read_tree(includes.ROOT)
        cls.graph = includes.graph_of(cls.tree)

    def test_has_no_arrow_that_runs_up_and_no_room_without_a_floor(self):
        self.assertEqual(list(includes.wrong_arrows(self.graph)), [])

    def test_has_no_circle_of_files(self):
        self.assertEqual(list(includes.wrong_circles(self.graph)), [])

    def test_includes_what_it_names(self):
        missing = ['%s: uses %s; #include "%s"' % found
                   for found in includes.missing_includes(self.tree, self.graph)]
        self.assertFalse(missing, "\n".join(
            ["tests/structure/includes.py --fix inserts these:"] + missing))

    def test_is_understood(self):
        """A header of which no definition is found is one that the reader lost its way in."""
        for path, file in self.tree.items():
            if path.endswith((".hpp", ".h")):
                self.assertTrue(file.defines, path)
        self.assertGreater(len(includes.definitions_of(self.tree)), 800)


class Mirror(unittest.TestCase):
    """A file X of a room is tested in tests/ROOM/X_test: whoever changes one knows where to look."""

    # Declarations alone, a list of the others, and what only an instruction set can change, which
    # tests/ops tries on every set.
    WITHOUT = {"finn/domains/domains", "finn/networks/block", "finn/networks/layer_layout",
               "finn/evaluation/batch", "finn/evaluation/gradient", "finn/queries/row_moments",
               "finn/training/callbacks"}

    def test_every_file_has_its_test(self):
        rooms = [room for room in includes.ROOMS
                 if room.startswith(("core", "ops", "finn/", "capi")) and room != "ops/kernels"]
        for room in rooms + ["capi/files"]:
            for path in sorted(os.listdir(os.path.join(includes.ROOT, room))):
                stem, ending = os.path.splitext(path)
                if ending not in (".hpp", ".cpp", ".h") or room + "/" + stem in self.WITHOUT:
                    continue
                test = os.path.join(includes.ROOT, "tests", room, stem + "_test.cpp")
                self.assertTrue(os.path.exists(test), test)


class Arrows(unittest.TestCase):
    def test_that_run_up_are_found(self):
        self.assertEqual(
            errors({"core/a.hpp": including("ops/b.hpp"), "ops/b.hpp": ""}),
            ["core/a.hpp: includes ops/b.hpp, but ops lies above core"])
        self.assertEqual(
            errors({"finn/networks/a.cpp": including("finn/constraints/b.hpp"),
                    "finn/constraints/b.hpp": including("finn/domains/c.hpp"),
                    "finn/domains/c.hpp": ""}),
            ["finn/networks/a.cpp: includes finn/constraints/b.hpp, but finn/constraints lies "
             "above finn/networks"])

    def test_from_the_program_to_anything_but_the_header_are_found(self):
        files = {"program/a.cpp": including("program/b.hpp", "finn.hpp", "core/c.hpp"),
                 "program/b.hpp": "", "capi/finn.h": "", "capi/finn.hpp": "", "core/c.hpp": ""}
        self.assertEqual(errors(files), ["program/a.cpp: includes core/c.hpp, but program knows "
                                         "capi/finn.h and capi/finn.hpp alone"])

    def test_between_rooms_of_a_floor_go_in_no_circle(self):
        one_way = {"finn/constraints/a.hpp": including("finn/conditioning/b.hpp"),
                   "finn/conditioning/b.hpp": "", "finn/conditioning/c.hpp": "",
                   "finn/constraints/d.hpp": ""}
        self.assertEqual(errors(one_way), [])
        both_ways = dict(one_way, **{
            "finn/conditioning/c.hpp": including("finn/constraints/d.hpp")})
        self.assertEqual(errors(both_ways), ["rooms in a circle: finn/conditioning -> "
                                             "finn/constraints -> finn/conditioning"])

    def test_from_a_folder_that_is_no_room_are_found(self):
        self.assertEqual(errors({"attic/a.hpp": including("core/b.hpp"), "core/b.hpp": ""}),
                         ["attic/a.hpp: stands in no room of tests/structure/includes.py"])


class Circles(unittest.TestCase):
    def test_of_files_are_found(self):
        files = {"core/a.hpp": including("core/b.hpp"), "core/b.hpp": including("core/c.hpp"),
                 "core/c.hpp": including("core/a.hpp")}
        self.assertEqual(errors(files), ["files in a circle: core/a.hpp -> core/b.hpp -> "
                                         "core/c.hpp -> core/a.hpp"])
        self.assertEqual(errors(dict(files, **{"core/c.hpp": ""})), [])


DEFINITIONS = """#pragma once
namespace finn::core {
template <class T>
class Jet final : public Base<T> {
 public:
  Jet() : rows_{0} {}
  int row() const { return rows_; }
 private:
  int rows_;
};
enum class Mode { record, forget };
enum { kBits = 8, kBytes };
using Subset = unsigned;
inline constexpr int kLanes = 4;
inline int whole(int lanes) { return lanes; }
}  // namespace finn::core
#define FINN_WHOLE(x) core::whole(x)
"""


class Names(unittest.TestCase):
    def uses(self, text, direct="core/middle.hpp", **more):
        """What is missing in a file of ops that includes a header, which includes DEFINITIONS."""
        files = {"core/jet.hpp": DEFINITIONS, "core/middle.hpp": including("core/jet.hpp")}
        files.update(more)
        files["ops/a.cpp"] = including(direct) + "namespace finn::ops {\n%s\n}\n" % text
        return errors(files)

    def test_that_come_through_another_include_are_found(self):
        for name, text in (
                ("Jet", "void f(const core::Jet<double>& jet);"),
                ("Jet", "using core::Jet;"),
                ("Mode", "int f() { return int(core::Mode::record); }"),
                ("kBytes", "int f() { return core::kBytes; }"),
                ("Subset", "void f(Subset s) {}"),
                ("kLanes", "int lanes[core::kLanes];"),
                ("whole", "int f(int i) { return core::whole(i); }"),
                ("whole", "int f(int i) { return whole(i); }"),
                ("FINN_WHOLE", "int f(int i) { return FINN_WHOLE(i); }"),
                ("whole", "#define TWICE(i) (2 * core::whole(i))")):
            message = 'ops/a.cpp: uses %s; #include "core/jet.hpp"' % name
            self.assertEqual(self.uses(text), [message], text)
            self.assertEqual(self.uses(text, direct="core/jet.hpp"), [], text)

    def test_of_members_and_local_things_are_none_of_another_header(self):
        for text in ("int f(Row r) { return r.whole(1) + r->whole(2); }",
                     "int f(int i) { const auto whole = [](int j) { return j; }; return whole(i); }",
                     "struct A { int whole(int i); int g() { return whole(3); } };",
                     "enum class Mode { slow }; Mode mode = Mode::slow;",
                     "class Jet; void f(Jet* jet);",
                     "template <class Subset> void f(Subset s) {}",
                     "int f() { return std::whole(1) + Other::kLanes; }",
                     "// Jet, kLanes\nconst char* text = \"Mode\";"):
            self.assertEqual(self.uses(text), [], text)

    def test_may_come_through_the_header_of_the_same_name_only(self):
        use = "int f() { return core::kLanes; }"
        own = {"ops/a.hpp": including("core/jet.hpp")}
        self.assertEqual(self.uses(use, direct="ops/a.hpp", **own), [])
        other = {"ops/b.hpp": including("core/jet.hpp")}
        self.assertEqual(self.uses(use, direct="ops/b.hpp", **other),
                         ['ops/a.cpp: uses kLanes; #include "core/jet.hpp"'])

    def test_of_several_headers_are_satisfied_by_any(self):
        again = {"core/again.hpp": "#pragma once\nnamespace finn::core { class Jet {}; }"}
        again["core/both.hpp"] = including("core/again.hpp", "core/middle.hpp")
        use = including("core/both.hpp") + "core::Jet j;"
        self.assertEqual(self.uses(use, direct="core/again.hpp", **again), [])

    def test_are_those_of_the_namespace_in_front_of_them(self):
        rows = {"core/rows.hpp": "#pragma once\nnamespace finn::net { class Jet {}; }"}
        use = including("core/rows.hpp") + "core::Jet j;"
        self.assertEqual(self.uses(use, **rows), ['ops/a.cpp: uses Jet; #include "core/jet.hpp"'])


class Fix(unittest.TestCase):
    def test_inserts_what_is_missing_in_order_and_once(self):
        text = '#include "ops/a.hpp"\n\n#include <cmath>\n\n#include "core/a.hpp"\n' \
               '#include "core/z.hpp"\n\nint x;\n'
        fixed = includes.with_includes(text, {"core/jet.hpp", "ops/b.hpp"}, {"ops/a.hpp"})
        self.assertEqual(fixed, '#include "ops/a.hpp"\n\n#include <cmath>\n\n'
                                '#include "core/a.hpp"\n#include "core/jet.hpp"\n'
                                '#include "core/z.hpp"\n#include "ops/b.hpp"\n\nint x;\n')
        self.assertEqual(includes.with_includes(fixed, {"core/jet.hpp"}, {"ops/a.hpp"}), fixed)

    def test_makes_a_block_where_there_is_none(self):
        self.assertEqual(
            includes.with_includes('#include "ops/a.hpp"\n\n#include <cmath>\n\nint x;\n',
                                   {"core/jet.hpp"}, {"ops/a.hpp"}),
            '#include "ops/a.hpp"\n\n#include <cmath>\n\n#include "core/jet.hpp"\n\nint x;\n')


def undefined(functions, text):
    """Functions that no line of this text defines literally, as `type name(` or `type(name)(`."""
    return [name for name in functions
            if not re.search(r"^\w[\w ]*[ *(]+%s\)?\(" % name, text, re.MULTILINE)]


class Functions(unittest.TestCase):
    def test_of_the_header_are_defined_where_a_search_finds_them(self):
        functions = [d.name for d in header.read() if d.kind == "function"]
        self.assertGreater(len(functions), 60)
        text = ""
        for path in sorted(glob.glob(os.path.join(includes.ROOT, "capi", "**", "*.cpp"),
                                     recursive=True)):
            with open(path, encoding="utf-8") as file:
                text += file.read()
        self.assertEqual(undefined(functions, text), [])

    def test_that_a_macro_makes_are_missed(self):
        text = "int finn_a(int x) {\n}\n#define FINN_ALL(U)  \\\n  int finn_b_##U(U x) { return 0; }\n"
        self.assertEqual(undefined(["finn_a", "finn_b_f64"], text), ["finn_b_f64"])


if __name__ == "__main__":
    unittest.main()
