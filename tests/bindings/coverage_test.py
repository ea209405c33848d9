"""The scripts of bindings/ against headers that differ from finn.h."""

import os
import subprocess
import sys
import tempfile
import unittest

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LAST = "#ifdef __cplusplus\n}"


def covered(text):
    """What coverage.py says of a header with this text."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "finn.h")
        with open(path, "w", encoding="ascii") as file:
            file.write(text)
        return subprocess.run([sys.executable, os.path.join(ROOT, "bindings", "coverage.py"), path],
                              capture_output=True, text=True, check=False)


class Coverage(unittest.TestCase):
    def setUp(self):
        with open(os.path.join(ROOT, "capi", "finn.h"), encoding="ascii") as file:
            self.header = file.read()

    def test_passes_with_the_header_as_it_is(self):
        self.assertEqual(covered(self.header).returncode, 0)

    def test_fails_for_a_function_that_no_binding_has(self):
        found = covered(self.header.replace(
            LAST, "/* New. */\nFINN_API int32_t finn_new(const finn_model* model);\n\n" + LAST))
        self.assertEqual(found.returncode, 1)
        for language in ("C++", "Rust", "Julia"):
            self.assertIn("%s: finn_new has no cover" % language, found.stdout)

    def test_fails_for_an_exception_that_the_header_lacks(self):
        found = covered(self.header.replace("finn_sigma_f32", "finn_sigma_f16"))
        self.assertEqual(found.returncode, 1)
        self.assertIn("the exception finn_sigma_f32 is no function", found.stdout)

    def test_stops_at_what_the_generator_does_not_understand(self):
        found = covered(self.header.replace(LAST, "union surprise { int a; };\n" + LAST))
        self.assertNotEqual(found.returncode, 0)
        self.assertIn("not understood: 'union surprise", found.stderr)


if __name__ == "__main__":
    unittest.main()
